"""Offices and their teams."""

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from se_engine.records.base import Base, identity, link


class Office(Base):
    __tablename__ = "offices"

    id: Mapped[int] = identity()
    name: Mapped[str] = mapped_column(unique=True)
    municipality: Mapped[str | None]
    template: Mapped[str] = mapped_column(default="standard")
    threshold: Mapped[int] = mapped_column(default=5)
    """Counts below this are hidden from readers who may not open the cases."""


class Team(Base):
    __tablename__ = "teams"
    __table_args__ = (UniqueConstraint("office_id", "name"),)

    id: Mapped[int] = identity()
    office_id: Mapped[int] = link("offices.id")
    name: Mapped[str]
