"""What happened to each case. Append-only: database triggers refuse update and delete."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, Index, event, inspect
from sqlalchemy.orm import Mapped, Session, mapped_column

from se_engine.records.base import Base, identity, link
from se_engine.records.cases import Case

VOIDED = "voided"
"""The kind of a row that takes back another; all other kinds are rules.timeline.EventKind."""

MOVING = ("entered", "ended", VOIDED)
"""The kinds that can put a case in another step."""


class HistoryEvent(Base):
    __tablename__ = "history"
    __table_args__ = (Index("ix_history_case", "case_id", "happened_on", "id"),)

    id: Mapped[int] = identity()
    case_id: Mapped[int] = link("cases.id")
    kind: Mapped[str]
    happened_on: Mapped[date]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[int | None] = link("users.id")
    role: Mapped[str]
    source: Mapped[str] = mapped_column(default="app")
    """app or import."""
    recorded_on: Mapped[date | None]
    """When the old system recorded it, for imported events."""
    step: Mapped[str | None]
    from_step: Mapped[str | None]
    trigger: Mapped[str | None]
    decided_by: Mapped[str | None]
    """participant, employer, specialist, supervisor or rule: apart from who recorded it."""
    reason: Mapped[str | None]
    waiting_for: Mapped[str | None]
    next_on: Mapped[date | None]
    job_id: Mapped[int | None] = link("jobs.id")
    check_id: Mapped[int | None] = link("checks.id")
    text_id: Mapped[int | None] = link("participant_texts.id")
    open_requirements: Mapped[list[Any] | None]
    """Codes that were unmet when the move was made all the same."""
    remarks: Mapped[list[Any] | None]
    voids_id: Mapped[int | None] = link("history.id")
    stands_for: Mapped[int | None] = mapped_column(BigInteger)
    """The id whose place within its day this row takes: it replaces a voided one."""


class UntoldChange(RuntimeError):
    """A case was about to change its step without a history row that says so."""


@event.listens_for(Session, "before_flush")
def _every_change_is_told(session: Session, *_: Any) -> None:
    told: set[int] = session.info.setdefault("told_cases", set())
    told |= {row.case_id for row in session.new if isinstance(row, HistoryEvent) and row.kind in MOVING}
    for case in session.dirty:
        if isinstance(case, Case) and inspect(case).attrs.step.history.has_changes():
            if case.id not in told:
                raise UntoldChange(f"case {case.id} changes its step and history does not say so")
            told.discard(case.id)  # one row tells of one change


@event.listens_for(Session, "after_transaction_end")
def _forget_told(session: Session, transaction: Any) -> None:
    if transaction.parent is None:
        session.info.pop("told_cases", None)
