"""The case, its stays in steps with their waitings and pauses, and who has owned it."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from se_engine.records.base import Base, identity, link
from se_engine.records.participants import Participant

RUNNING = text("status <> 'ended'")
CLOSED = text("left_on IS NOT NULL")
OBSERVED = text("(own_days + waiting_days)")
COUNTED = (
    "process_name", "step", "left_to", "end_reason", "waited_for", OBSERVED, "office_id", "own_days", "waiting_days",
    "paused_days", "own_working_days", "waiting_working_days", "paused_working_days", "entered_on", "left_on",
)  # fmt: skip
"""What the report on time adds up: it reads this index and no table, in the order in which it counts."""
SEVERAL = "several"


class Case(Base):
    """One participant's way through one process, pinned to a version of it.

    Where it stands (`step` … `next_on`) is what its history makes; only actions write it, in the same transaction
    as the history row that says so.
    """

    __tablename__ = "cases"
    __table_args__ = (
        CheckConstraint("status IN ('active', 'paused', 'ended')", name="status"),
        CheckConstraint("(status = 'ended') = (ended_on IS NOT NULL)", name="ended"),
        CheckConstraint("entered_on >= opened_on", name="order"),
        Index("uq_cases_running", "participant_id", unique=True, sqlite_where=RUNNING, postgresql_where=RUNNING),
        Index("ix_cases_owner", "owner_id", "status", "id"),
        Index("ix_cases_office", "office_id", "status", "id"),
        Index("ix_cases_participant", "participant_id"),
    )

    id: Mapped[int] = identity()
    participant_id: Mapped[int] = link("participants.id")
    office_id: Mapped[int] = link("offices.id")
    team_id: Mapped[int | None] = link("teams.id")
    owner_id: Mapped[int | None] = link("users.id")
    process_name: Mapped[str]
    process_version: Mapped[int]
    template: Mapped[str] = mapped_column(default="standard")
    previous_id: Mapped[int | None] = link("cases.id")
    protected: Mapped[bool] = mapped_column(default=False)
    """As on the participant: lists must not join to know whom to leave out."""

    step: Mapped[str]
    status: Mapped[str]
    opened_on: Mapped[date]
    entered_on: Mapped[date]
    ended_on: Mapped[date | None]
    end_reason: Mapped[str | None]
    visit: Mapped[int] = mapped_column(default=1)
    """Which of the case's stays this is: 1 for the first step."""
    last_event_on: Mapped[date]
    last_contact_on: Mapped[date | None]
    waiting_for: Mapped[str | None]
    waiting_since: Mapped[date | None]
    pause_reason: Mapped[str | None]
    paused_since: Mapped[date | None]
    next_on: Mapped[date | None]
    """The next check of the waiting, or the day of new contact after the pause."""
    sorting_first_since: Mapped[date | None]
    version: Mapped[int] = mapped_column()

    participant: Mapped[Participant] = relationship(lazy="raise")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own declaration


class StepPeriod(Base):
    """One stay in one step. A closed stay keeps its day counts on both clocks, so that reports only add."""

    __tablename__ = "step_periods"
    __table_args__ = (
        UniqueConstraint("case_id", "ordinal"),
        CheckConstraint("left_on IS NULL OR left_on >= entered_on", name="order"),
        CheckConstraint("(left_on IS NULL) = (left_to IS NULL)", name="left"),
        Index("ix_step_periods_left", "process_name", "office_id", "left_on", "step", "entered_on"),
        Index("ix_step_periods_closed", *COUNTED, sqlite_where=CLOSED, postgresql_where=CLOSED),
    )

    id: Mapped[int] = identity()
    case_id: Mapped[int] = link("cases.id")
    office_id: Mapped[int] = link("offices.id")
    process_name: Mapped[str]
    ordinal: Mapped[int]
    step: Mapped[str]
    entered_on: Mapped[date]
    left_on: Mapped[date | None]
    left_to: Mapped[str | None]
    end_reason: Mapped[str | None]
    """Why the case ended, where it ended in this stay: reports need not ask the case."""
    waited_for: Mapped[str | None]
    """Who was waited for in a stay that was left, or `several`: so days of waiting are added up without their parts."""
    own_days: Mapped[int | None]
    waiting_days: Mapped[int | None]
    paused_days: Mapped[int | None]
    own_working_days: Mapped[int | None]
    waiting_working_days: Mapped[int | None]
    paused_working_days: Mapped[int | None]


class Waiting(Base):
    """A stretch of a stay in which we wait for somebody."""

    __tablename__ = "waitings"
    __table_args__ = (CheckConstraint("ended_on IS NULL OR ended_on >= started_on", name="order"),)

    id: Mapped[int] = identity()
    period_id: Mapped[int] = link("step_periods.id", index=True)
    waiting_for: Mapped[str]
    started_on: Mapped[date]
    ended_on: Mapped[date | None]
    next_on: Mapped[date | None]


class Pause(Base):
    """A stretch of a stay in which the clock stands still."""

    __tablename__ = "pauses"
    __table_args__ = (CheckConstraint("ended_on IS NULL OR ended_on >= started_on", name="order"),)

    id: Mapped[int] = identity()
    period_id: Mapped[int] = link("step_periods.id", index=True)
    reason: Mapped[str]
    started_on: Mapped[date]
    ended_on: Mapped[date | None]
    next_on: Mapped[date | None]


class CaseOwner(Base):
    """Who took the case over, from when. Append-only; the newest is the owner."""

    __tablename__ = "case_owners"

    id: Mapped[int] = identity()
    case_id: Mapped[int] = link("cases.id", index=True)
    user_id: Mapped[int | None] = link("users.id")
    from_on: Mapped[date]
    text_id: Mapped[int | None] = link("participant_texts.id")
    recorded_by: Mapped[int | None] = link("users.id")
    recorded_at: Mapped[datetime]


class SupervisorRequest(Base):
    """A specialist asks, a supervisor answers; or a notice that something was done without asking."""

    __tablename__ = "supervisor_requests"
    __table_args__ = (Index("ix_supervisor_requests_open", "case_id", "answered_at"),)

    id: Mapped[int] = identity()
    case_id: Mapped[int] = link("cases.id")
    kind: Mapped[str]
    """exception, empty_cell, end_cause, hidden_note, change_of_owner or a notice."""
    contact_id: Mapped[int | None] = mapped_column(BigInteger)
    """The note it is about; contacts are younger than this table, so the database does not watch the link."""
    trigger: Mapped[str | None]
    visit: Mapped[int]
    """The stay it was asked in: a granted exception ends with that stay."""
    asked_by: Mapped[int | None] = link("users.id")
    asked_at: Mapped[datetime]
    text_id: Mapped[int | None] = link("participant_texts.id")
    answered_by: Mapped[int | None] = link("users.id")
    answered_at: Mapped[datetime | None]
    answer: Mapped[str | None]
    """granted, declined or seen."""
    answer_text_id: Mapped[int | None] = link("participant_texts.id")
