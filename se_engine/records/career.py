"""Career after the first job: steps, education, competence from abroad, tests, and goals for each language skill."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, Numeric
from sqlalchemy.orm import Mapped, mapped_column

from se_engine.records.base import Base, identity, link


class CareerStep(Base):
    """One step forward on a day: a certificate, a licence, a course. Append-only.

    More hours, another contract or another occupation are changes of a job and stand there.
    """

    __tablename__ = "career_steps"

    id: Mapped[int] = identity()
    case_id: Mapped[int] = link("cases.id", index=True)
    job_id: Mapped[int | None] = link("jobs.id")
    kind: Mapped[str]
    """A code of rules.career.STEPS."""
    happened_on: Mapped[date]
    number: Mapped[float | None] = mapped_column(Numeric(8, 1, asdecimal=False))
    text_id: Mapped[int | None] = link("participant_texts.id")
    voids_id: Mapped[int | None] = link("career_steps.id")
    recorded_by: Mapped[int | None] = link("users.id")
    recorded_at: Mapped[datetime]


class Education(Base):
    """A stretch of education: where, what, from–to, and how it went."""

    __tablename__ = "educations"
    __table_args__ = (CheckConstraint("ended_on IS NULL OR ended_on >= started_on", name="order"),)

    id: Mapped[int] = identity()
    case_id: Mapped[int] = link("cases.id", index=True)
    level: Mapped[str]
    """A code of rules.career.EDUCATION_LEVELS."""
    place_text_id: Mapped[int | None] = link("participant_texts.id")
    subject_text_id: Mapped[int | None] = link("participant_texts.id")
    support_text_id: Mapped[int | None] = link("participant_texts.id")
    started_on: Mapped[date]
    planned_until: Mapped[date | None]
    ended_on: Mapped[date | None]
    outcome: Mapped[str | None]
    """completed, left or changed; empty while it runs."""
    learned_text_id: Mapped[int | None] = link("participant_texts.id")
    """What worked and what did not."""
    recorded_by: Mapped[int | None] = link("users.id")
    recorded_at: Mapped[datetime]
    voided: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own declaration


class Qualification(Base):
    """Education or a trade from abroad."""

    __tablename__ = "qualifications"

    id: Mapped[int] = identity()
    participant_id: Mapped[int] = link("participants.id", index=True)
    text_id: Mapped[int] = link("participant_texts.id")
    country: Mapped[str | None]
    level: Mapped[str | None]
    years: Mapped[int | None]
    documented: Mapped[str | None]
    """yes, partly or no."""
    voided: Mapped[bool] = mapped_column(default=False)
    recorded_by: Mapped[int | None] = link("users.id")
    recorded_at: Mapped[datetime]


class Recognition(Base):
    """Where the recognition of a qualification stands from a day on. Append-only: the newest counts."""

    __tablename__ = "recognitions"

    id: Mapped[int] = identity()
    qualification_id: Mapped[int] = link("qualifications.id", index=True)
    status: Mapped[str]
    """not_needed, needed, applied, granted, partly_granted or rejected."""
    happened_on: Mapped[date]
    text_id: Mapped[int | None] = link("participant_texts.id")
    recorded_by: Mapped[int | None] = link("users.id")
    recorded_at: Mapped[datetime]


class LanguageTest(Base):
    """A test of Norwegian: registered for, taken, and its result in one skill. Append-only."""

    __tablename__ = "language_tests"
    __table_args__ = (Index("ix_language_tests_participant", "participant_id", "taken_on"),)

    id: Mapped[int] = identity()
    participant_id: Mapped[int] = link("participants.id")
    kind: Mapped[str]
    """A code of rules.career.TESTS."""
    skill: Mapped[str | None]
    taken_on: Mapped[date]
    """A day to come: she is registered for it."""
    attempt: Mapped[int | None]
    level: Mapped[str | None]
    passed: Mapped[bool | None]
    voids_id: Mapped[int | None] = link("language_tests.id")
    recorded_by: Mapped[int | None] = link("users.id")
    recorded_at: Mapped[datetime]


class LanguageGoal(Base):
    """The level she aims at in one skill, for the job she wishes. Never changed: a new goal follows an old one."""

    __tablename__ = "language_goals"

    id: Mapped[int] = identity()
    case_id: Mapped[int] = link("cases.id", index=True)
    skill: Mapped[str]
    level: Mapped[str]
    by_on: Mapped[date | None]
    wish: Mapped[int | None]
    """Which of her ranked job wishes it serves: 1, 2 or 3."""
    words_text_id: Mapped[int | None] = link("participant_texts.id")
    set_on: Mapped[date]
    follows_id: Mapped[int | None] = link("language_goals.id")
    ended_on: Mapped[date | None]
    outcome: Mapped[str | None]
    """reached, changed or dropped."""
    recorded_by: Mapped[int | None] = link("users.id")
    recorded_at: Mapped[datetime]
