"""Counts of stays that are kept: what the report on time would else add up anew each time it is asked.

The database itself notes every change of a stay (triggers, see the migration), whoever makes it; `tick` puts what was
noted into the counts. Counts and notes together are always what the stays are.
"""

from datetime import date
from typing import Any

from sqlalchemy import BigInteger, Integer
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import JSON

from se_engine.records.base import Base, BigId, identity

EVERYWHERE = 0
"""In place of an office: all of them together, so that a nation is as quickly read as an office."""


class KeptCounts(Base):
    """All stays in one step of a process at one office, on one clock: see measures/kept_counts."""

    __tablename__ = "kept_counts"

    process_name: Mapped[str] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    step: Mapped[str] = mapped_column(primary_key=True)
    clock: Mapped[str] = mapped_column(primary_key=True)
    counts: Mapped[dict[str, Any]] = mapped_column(JSON)


class KeptStay(Base):
    """What a stay gave to the counts and its row does not tell: one that runs, or in which several were waited for."""

    __tablename__ = "kept_stays"

    period_id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    process_name: Mapped[str]
    office_id: Mapped[int] = mapped_column(BigInteger)
    step: Mapped[str]
    since: Mapped[date | None] = mapped_column(index=True)
    """The last day on which anything happened in it, while it runs: the counts hold from that day on."""
    calendar: Mapped[dict[str, Any]] = mapped_column(JSON)
    working: Mapped[dict[str, Any]] = mapped_column(JSON)


class StayChange(Base):
    """Noted by the database: a stay was left (`many` 1), is no longer what it was (-1), or came to be another (0)."""

    __tablename__ = "stay_changes"

    id: Mapped[int] = identity()
    period_id: Mapped[int] = mapped_column(BigInteger)
    many: Mapped[int] = mapped_column(Integer)
    process_name: Mapped[str | None]
    office_id: Mapped[int | None] = mapped_column(BigInteger)
    step: Mapped[str | None]
    left_to: Mapped[str | None]
    end_reason: Mapped[str | None]
    waited_for: Mapped[str | None]
    observed_days: Mapped[int | None]
    waiting_days: Mapped[int | None]
    paused_days: Mapped[int | None]
    observed_working_days: Mapped[int | None]
    waiting_working_days: Mapped[int | None]
    paused_working_days: Mapped[int | None]
