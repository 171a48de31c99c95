"""What was done of each task, with its evidence. Append-only: the newest not voided counts."""

from datetime import date, datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from se_engine.records.base import Base, identity, link


class TaskRecord(Base):
    __tablename__ = "task_records"
    __table_args__ = (Index("ix_task_records_case", "case_id", "task"),)

    id: Mapped[int] = identity()
    case_id: Mapped[int] = link("cases.id")
    task: Mapped[str]
    employer_id: Mapped[int | None] = link("employers.id")
    status: Mapped[str]
    happened_on: Mapped[date]
    text_id: Mapped[int | None] = link("participant_texts.id")
    value: Mapped[str | None]
    """A code or number where the fact has one: a score, what the employer may know …"""
    own_words: Mapped[bool] = mapped_column(default=False)
    minutes: Mapped[int | None]
    interpreter: Mapped[str | None]
    """yes, no or empty: not recorded."""
    recorded_by: Mapped[int | None] = link("users.id")
    recorded_at: Mapped[datetime]
    voids_id: Mapped[int | None] = link("task_records.id")
