"""Her choices and goals: what was offered and what she answered, in her words."""

from datetime import date, datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from se_engine.records.base import Base, identity, link


class Choice(Base):
    """One proposal to her. Answered once; an answer she changes is a new choice."""

    __tablename__ = "choices"
    __table_args__ = (Index("ix_choices_case", "case_id", "answered_on"),)

    id: Mapped[int] = identity()
    case_id: Mapped[int] = link("cases.id")
    track_id: Mapped[int | None] = link("tracks.id")
    contact_id: Mapped[int | None] = link("contacts.id")
    about: Mapped[str]
    """employer, job, measure, course, task, person, meeting or other."""
    offered_on: Mapped[date]
    offer_text_id: Mapped[int] = link("participant_texts.id")
    answer: Mapped[str | None]
    """chosen, declined or something_else; empty: not yet answered."""
    answered_on: Mapped[date | None]
    words_text_id: Mapped[int | None] = link("participant_texts.id")
    language: Mapped[str | None]
    interpreter: Mapped[str | None]
    voided: Mapped[bool] = mapped_column(default=False)
    void_text_id: Mapped[int | None] = link("participant_texts.id")
    recorded_by: Mapped[int | None] = link("users.id")
    recorded_at: Mapped[datetime]


class Goal(Base):
    """A goal of her own; its words never change, a changed goal is a new one that says which it follows."""

    __tablename__ = "goals"

    id: Mapped[int] = identity()
    case_id: Mapped[int] = link("cases.id", index=True)
    kind: Mapped[str]
    """work_or_education, individual, activity or societal."""
    whose: Mapped[str]
    """Whose words it is in: own, interpreted, together or specialist."""
    text_id: Mapped[int] = link("participant_texts.id")
    set_on: Mapped[date]
    follows_id: Mapped[int | None] = link("goals.id")
    ended_on: Mapped[date | None]
    outcome: Mapped[str | None]
    """reached, changed or dropped."""
    language: Mapped[str | None]
    recorded_by: Mapped[int | None] = link("users.id")
    recorded_at: Mapped[datetime]
