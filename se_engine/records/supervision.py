"""What supervision keeps: reports as answered on a day, changes to a programme theory, what registering takes."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import JSON

from se_engine.records.base import Base, identity, link


class SavedReport(Base):
    """A question with the answer it had, in the published form: the same next year, whatever was recorded late."""

    __tablename__ = "saved_reports"

    id: Mapped[int] = identity()
    office_id: Mapped[int | None] = link("offices.id", index=True)
    """Whose readers may open it; None: of all offices together."""
    name: Mapped[str]
    report: Mapped[str]
    question: Mapped[dict[str, Any]] = mapped_column(JSON(none_as_null=True))
    definition_version: Mapped[int]
    as_of: Mapped[date]
    answer: Mapped[dict[str, Any]] = mapped_column(JSON(none_as_null=True))
    saved_by: Mapped[int | None] = link("users.id")
    saved_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[int | None] = link("users.id")


class TheoryChange(Base):
    """How an office words one part of its programme theory. Append-only: the newest counts, None is the template again.

    Nothing here is about a participant.
    """

    __tablename__ = "theory_changes"
    __table_args__ = (Index("ix_theory_changes_office", "office_id", "line", "part", "id"),)

    id: Mapped[int] = identity()
    office_id: Mapped[int] = link("offices.id")
    line: Mapped[str]
    """The key of a line of the theory: one effort and what it leads to."""
    part: Mapped[str]
    """effort, mechanism, short, middle or long."""
    words: Mapped[str | None]
    measure: Mapped[str | None]
    """The measure that the part is tied to, where it is tied to one."""
    recorded_by: Mapped[int | None] = link("users.id")
    recorded_at: Mapped[datetime]


class FormTime(Base):
    """How long forms stood open before they were sent, added up per office and week: no person, no case."""

    __tablename__ = "form_times"
    __table_args__ = (UniqueConstraint("office_id", "week_on", "form"),)

    id: Mapped[int] = identity()
    office_id: Mapped[int] = link("offices.id")
    week_on: Mapped[date]
    """Its Monday."""
    form: Mapped[str]
    """The page's own name."""
    sent: Mapped[int]
    minutes: Mapped[int]
