"""Jobs, the answers at follow-up checks, and the closing talk."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Numeric, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from se_engine.records.base import Base, identity, link


class Job(Base):
    """Paid work or a placement, as facts; labels such as «sustained» are calculated, never stored."""

    __tablename__ = "jobs"
    __table_args__ = (
        CheckConstraint("ended_on IS NULL OR ended_on >= started_on", name="order"),
        UniqueConstraint("case_id", "job_ref"),
    )

    id: Mapped[int] = identity()
    case_id: Mapped[int] = link("cases.id", index=True)
    job_ref: Mapped[str | None]
    employer_id: Mapped[int | None] = link("employers.id", index=True)
    occupation: Mapped[str | None]
    started_on: Mapped[date]
    ended_on: Mapped[date | None]
    end_reason: Mapped[str | None]
    hours_per_week: Mapped[float | None] = mapped_column(Numeric(4, 1, asdecimal=False))
    contract: Mapped[str | None]
    paid: Mapped[bool | None]
    subsidy: Mapped[bool | None]
    recorded_by: Mapped[int | None] = link("users.id")
    recorded_at: Mapped[datetime]
    voided: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own declaration


class Check(Base):
    """One contact after job start: whether she is in the job, and how we know."""

    __tablename__ = "checks"

    id: Mapped[int] = identity()
    case_id: Mapped[int] = link("cases.id", index=True)
    job_id: Mapped[int | None] = link("jobs.id")
    happened_on: Mapped[date]
    answer: Mapped[str]
    evidence: Mapped[str | None]
    recorded_by: Mapped[int | None] = link("users.id")
    recorded_at: Mapped[datetime]
    voided: Mapped[bool] = mapped_column(default=False)


class ClosingTalk(Base):
    """The talk before follow-up ends: her decision, her last answer, whom to call in her language."""

    __tablename__ = "closing_talks"

    id: Mapped[int] = identity()
    case_id: Mapped[int] = link("cases.id", index=True)
    happened_on: Mapped[date]
    last_answer: Mapped[str]
    whom_to_call_language: Mapped[str]
    decision_text_id: Mapped[int] = link("participant_texts.id")
    recorded_by: Mapped[int | None] = link("users.id")
    recorded_at: Mapped[datetime]
