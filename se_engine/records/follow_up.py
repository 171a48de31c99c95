"""Following up after job start: the answers at checks, her scores, her choices about the schedule, and the survey."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from se_engine.records.base import Base, identity, link


class Check(Base):
    """What was answered at one contact after job start, and how we know.

    Which check of the schedule it keeps follows from its day, never from what somebody picked.
    """

    __tablename__ = "checks"

    id: Mapped[int] = identity()
    case_id: Mapped[int] = link("cases.id", index=True)
    job_id: Mapped[int | None] = link("jobs.id", index=True)
    contact_id: Mapped[int | None] = mapped_column(BigInteger, index=True)
    """The note it was told in; contacts are younger than this table, so the database does not watch the link."""
    happened_on: Mapped[date]
    answer: Mapped[str]
    """this_job, another_job, not_in_work or not_known."""
    evidence: Mapped[str | None]
    """own_words, employer or payslip."""
    recorded_by: Mapped[int | None] = link("users.id")
    recorded_at: Mapped[datetime]
    voided: Mapped[bool] = mapped_column(default=False)


class CheckTopic(Base):
    """One topic that was talked through at a full check, with her or with the workplace. Append-only."""

    __tablename__ = "check_topics"

    id: Mapped[int] = identity()
    check_id: Mapped[int] = link("checks.id", index=True)
    side: Mapped[str]
    """participant or employer."""
    topic: Mapped[str]
    """A key of workflows/follow_up."""
    state: Mapped[str]
    """well, to_do or not_wanted: she did not want to speak of it."""
    text_id: Mapped[int | None] = link("participant_texts.id")
    recorded_by: Mapped[int | None] = link("users.id")
    recorded_at: Mapped[datetime]


class Scores(Base):
    """Her own five scores from 1 to 5 on one day. Append-only: the newest counts."""

    __tablename__ = "scores"
    __table_args__ = (
        CheckConstraint(
            "safe BETWEEN 1 AND 5 AND understand BETWEEN 1 AND 5 AND learn BETWEEN 1 AND 5 "
            "AND belong BETWEEN 1 AND 5 AND stay BETWEEN 1 AND 5",
            name="range",
        ),
        Index("ix_scores_case", "case_id", "happened_on"),
    )

    id: Mapped[int] = identity()
    case_id: Mapped[int] = link("cases.id")
    job_id: Mapped[int | None] = link("jobs.id")
    check_id: Mapped[int | None] = link("checks.id", index=True)
    happened_on: Mapped[date]
    safe: Mapped[int]
    understand: Mapped[int]
    learn: Mapped[int]
    belong: Mapped[int]
    stay: Mapped[int]
    words_text_id: Mapped[int | None] = link("participant_texts.id")
    recorded_by: Mapped[int | None] = link("users.id")
    recorded_at: Mapped[datetime]


class ScheduleChoice(Base):
    """What she chose about the checks of one job. Append-only: the newest per check counts."""

    __tablename__ = "schedule_choices"
    __table_args__ = (Index("ix_schedule_choices_job", "job_id", "choice"),)

    id: Mapped[int] = identity()
    case_id: Mapped[int] = link("cases.id", index=True)
    job_id: Mapped[int] = link("jobs.id")
    choice: Mapped[str]
    """confirmed (the whole plan), dropped, restored, or more: a contact of her own wish."""
    point: Mapped[str | None]
    """Which light check was dropped or restored."""
    day: Mapped[date | None]
    """When she wants one more contact."""
    plan_version: Mapped[int]
    """The version of workflows/follow_up she saw."""
    happened_on: Mapped[date]
    words_text_id: Mapped[int | None] = link("participant_texts.id")
    recorded_by: Mapped[int | None] = link("users.id")
    recorded_at: Mapped[datetime]


class Survey(Base):
    """Her experience of the service, asked in her language at weeks 13 and 52. Append-only."""

    __tablename__ = "surveys"

    id: Mapped[int] = identity()
    case_id: Mapped[int] = link("cases.id", index=True)
    job_id: Mapped[int] = link("jobs.id", index=True)
    week: Mapped[int]
    plan_version: Mapped[int]
    language: Mapped[str]
    filled_in: Mapped[str]
    """alone, with_interpreter, with_helper or with_specialist."""
    happened_on: Mapped[date]
    words_text_id: Mapped[int | None] = link("participant_texts.id")
    recorded_by: Mapped[int | None] = link("users.id")
    recorded_at: Mapped[datetime]


class SurveyAnswer(Base):
    """One answer from 1 to 5. Append-only; a question she skipped has none."""

    __tablename__ = "survey_answers"
    __table_args__ = (CheckConstraint("score BETWEEN 1 AND 5", name="range"),)

    id: Mapped[int] = identity()
    survey_id: Mapped[int] = link("surveys.id", index=True)
    question: Mapped[str]
    score: Mapped[int]


class ClosingTalk(Base):
    """The talk before follow-up ends: her decision, her last answer, natural support, whom to call in her language.

    The links added later are not watched by the database.
    """

    __tablename__ = "closing_talks"

    id: Mapped[int] = identity()
    case_id: Mapped[int] = link("cases.id", index=True)
    contact_id: Mapped[int | None] = mapped_column(BigInteger)
    happened_on: Mapped[date]
    last_answer: Mapped[str]
    whom_to_call_language: Mapped[str]
    decision_text_id: Mapped[int] = link("participant_texts.id")
    whom_to_call_text_id: Mapped[int | None] = mapped_column(BigInteger)
    """Name and phone of who answers in her language."""
    natural_support_text_id: Mapped[int | None] = mapped_column(BigInteger)
    """Who at work helps from now on, and with what."""
    plan_text_id: Mapped[int | None] = mapped_column(BigInteger)
    """What she wants next."""
    present: Mapped[str | None]
    """Who else was there, as codes of rules.closing with commas between."""
    ask_later: Mapped[bool | None]
    """Whether one message may ask her at 18 and 24 months."""
    recorded_by: Mapped[int | None] = link("users.id")
    recorded_at: Mapped[datetime]


class RegisterReport(Base):
    """The end of a case was reported to the national register, which gives two months. Append-only."""

    __tablename__ = "register_reports"

    id: Mapped[int] = identity()
    case_id: Mapped[int] = link("cases.id", index=True)
    reported_on: Mapped[date]
    recorded_by: Mapped[int | None] = link("users.id")
    recorded_at: Mapped[datetime]
