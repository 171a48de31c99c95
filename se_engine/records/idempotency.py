"""Writes already done, so that a double click or a repeated request does them once; and leases."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from se_engine.records.base import Base, identity


class DoneWrite(Base):
    """A write that one person sent under one key: what it was, and where its answer stands."""

    __tablename__ = "done_writes"
    __table_args__ = (UniqueConstraint("who", "key"),)

    id: Mapped[int] = identity()
    who: Mapped[str]
    """user:17 or client:3."""
    key: Mapped[str]
    request_digest: Mapped[str]
    status: Mapped[int]
    location: Mapped[str | None]
    body: Mapped[str | None]
    recorded_at: Mapped[datetime]


class Lease(Base):
    """Who may do a background job until when: two machines may both run `tick`."""

    __tablename__ = "leases"

    name: Mapped[str] = mapped_column(primary_key=True)
    holder: Mapped[str]
    until: Mapped[datetime]
