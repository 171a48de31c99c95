"""Jobs as facts: what was agreed, what changed, subsidies, absences from work, and a new search after the end."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, Index, Numeric, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from se_engine.records.base import Base, identity, link


class Job(Base):
    """Paid work or a placement, as it began; labels such as «sustained» are calculated, never stored.

    What has changed since stands in `job_changes`. A placement that becomes a job is a new job that follows it, so
    that `paid` holds from the first day to the last.
    """

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
    """What the workplace calls it."""
    occupation_code: Mapped[str | None]
    """STYRK-08, four digits."""
    started_on: Mapped[date]
    ended_on: Mapped[date | None]
    end_reason: Mapped[str | None]
    """Who ended it: rules.timeline.JOB_END_REASONS."""
    end_cause: Mapped[str | None]
    """Why, as a code of rules.jobs.END_CAUSES."""
    hours_per_week: Mapped[float | None] = mapped_column(Numeric(4, 1, asdecimal=False))
    hours_now: Mapped[float | None] = mapped_column(Numeric(4, 1, asdecimal=False))
    """After the newest change; empty while nothing has changed. Lists order by it."""
    contract: Mapped[str | None]
    paid: Mapped[bool | None]
    subsidy: Mapped[bool | None]
    planned_until: Mapped[date | None]
    """The last day of a temporary contract or a placement."""
    probation_until: Mapped[date | None]
    decision_on: Mapped[date | None]
    """When the employer decides whether a placement or a temporary job becomes an ordinary one."""
    pay_planned_on: Mapped[date | None]
    """For an unpaid placement: the day from which pay is planned."""
    follows_id: Mapped[int | None] = mapped_column(BigInteger)
    """The placement or job at the same workplace that this one continues."""
    plan_version: Mapped[int | None]
    """The version of workflows/follow_up that she has said yes to; empty is the newest."""
    dropped_checks: Mapped[str | None]
    """The light checks she has left out, as `,w30,w34,`: what her choices come to. Lists look here."""
    recorded_by: Mapped[int | None] = link("users.id")
    recorded_at: Mapped[datetime]
    voided: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own declaration


class JobChange(Base):
    """A term of a job that changed on a day: hours, contract, leader, shifts … Append-only; the newest counts."""

    __tablename__ = "job_changes"
    __table_args__ = (Index("ix_job_changes_job", "job_id", "happened_on"),)

    id: Mapped[int] = identity()
    job_id: Mapped[int] = link("jobs.id")
    what: Mapped[str]
    """A code of rules.jobs.CHANGES."""
    happened_on: Mapped[date]
    number: Mapped[float | None] = mapped_column(Numeric(8, 1, asdecimal=False))
    """Hours a week, or percent of a position."""
    code: Mapped[str | None]
    """A contract or an occupation."""
    day: Mapped[date | None]
    """The new last day, where that is what changed."""
    text_id: Mapped[int | None] = link("participant_texts.id")
    voids_id: Mapped[int | None] = link("job_changes.id")
    recorded_by: Mapped[int | None] = link("users.id")
    recorded_at: Mapped[datetime]


class JobText(Base):
    """One part of what was said about a job, each in its own words. Append-only: the newest per part counts.

    The parts are those of rules.jobs.PARTS: the support plan, her words at the end, the workplace's …
    """

    __tablename__ = "job_texts"
    __table_args__ = (Index("ix_job_texts_job", "job_id", "part"),)

    id: Mapped[int] = identity()
    job_id: Mapped[int] = link("jobs.id")
    part: Mapped[str]
    text_id: Mapped[int] = link("participant_texts.id")
    recorded_by: Mapped[int | None] = link("users.id")
    recorded_at: Mapped[datetime]


class Subsidy(Base):
    """Money NAV pays the workplace for a while; only NAV decides."""

    __tablename__ = "subsidies"
    __table_args__ = (CheckConstraint("until_on IS NULL OR from_on IS NULL OR until_on >= from_on", name="order"),)

    id: Mapped[int] = identity()
    job_id: Mapped[int | None] = link("jobs.id", index=True)
    case_id: Mapped[int] = link("cases.id", index=True)
    employer_id: Mapped[int | None] = link("employers.id")
    kind: Mapped[str]
    """A code of rules.jobs.SUBSIDIES."""
    applied_on: Mapped[date | None]
    decided_on: Mapped[date | None]
    decision: Mapped[str | None]
    """granted, declined or withdrawn; empty: not decided."""
    from_on: Mapped[date | None]
    until_on: Mapped[date | None]
    recorded_by: Mapped[int | None] = link("users.id")
    recorded_at: Mapped[datetime]
    voided: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own declaration


class SubsidyStep(Base):
    """From a day on NAV pays so many percent. Append-only."""

    __tablename__ = "subsidy_steps"

    id: Mapped[int] = identity()
    subsidy_id: Mapped[int] = link("subsidies.id", index=True)
    from_on: Mapped[date]
    percent: Mapped[int]
    recorded_by: Mapped[int | None] = link("users.id")
    recorded_at: Mapped[datetime]


class WorkAbsence(Base):
    """She is away from the job for a time. No diagnosis, no words: dates are all the reminders need."""

    __tablename__ = "work_absences"
    __table_args__ = (CheckConstraint("until_on IS NULL OR until_on >= from_on", name="order"),)

    id: Mapped[int] = identity()
    job_id: Mapped[int] = link("jobs.id", index=True)
    kind: Mapped[str]
    """sickness or leave."""
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    recorded_by: Mapped[int | None] = link("users.id")
    recorded_at: Mapped[datetime]
    voided: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own declaration


class AbsencePoint(Base):
    """Whether the workplace followed up at one of the law's dates: a plan, a dialogue meeting. Append-only."""

    __tablename__ = "absence_points"

    id: Mapped[int] = identity()
    absence_id: Mapped[int] = link("work_absences.id", index=True)
    point: Mapped[str]
    followed_up: Mapped[bool]
    happened_on: Mapped[date]
    recorded_by: Mapped[int | None] = link("users.id")
    recorded_at: Mapped[datetime]


class NewSearch(Base):
    """After the end of a job she was offered to search anew, and answered. Append-only: the newest per job counts."""

    __tablename__ = "new_searches"

    id: Mapped[int] = identity()
    job_id: Mapped[int] = link("jobs.id", index=True)
    case_id: Mapped[int] = link("cases.id", index=True)
    offered_on: Mapped[date]
    answer: Mapped[str]
    """yes, later or no."""
    words_text_id: Mapped[int | None] = link("participant_texts.id")
    recorded_by: Mapped[int | None] = link("users.id")
    recorded_at: Mapped[datetime]
