"""One row of the worklist: what is to be done for one case, and how urgent it is."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from se_engine.queries.texts import full_name, open_text
from se_engine.queries.worklist_statuses import DUE_FOR, SOON


@dataclass(frozen=True)
class WorklistRow:
    case_id: int
    version: int
    participant_ref: str
    name: str
    protected: bool
    interpreter_language: str | None
    process_version: int
    step: str
    status: str
    waiting_for: str | None
    waiting_since: date | None
    pause_reason: str | None
    paused_since: date | None
    sorting_first: bool
    next_on: date | None
    opened_on: date
    entered_on: date
    last_contact_on: date | None
    guide_days: int | None
    due_on: date | None
    due_for: str | None
    """What is to be done by then: waiting, pause, contact, or another of `DUE_FOR`."""
    urgency: str
    days_in_step: int
    missing: tuple[str, ...]
    owner_id: int | None
    owner: str | None
    has_request: bool
    """Whether a question to the supervisor stands unanswered."""
    meeting_on: date | None
    interpreter_by: date | None
    """By when an interpreter has to be ordered for a meeting that has none."""
    promise_by: date | None
    review_on: date | None
    sticky: str | None
    """The reader's own reminder, in her words."""
    sticky_on: date | None
    has_sticky: bool

    @property
    def place(self) -> tuple[date, int]:
        return self.due_on or date.max, self.case_id


def row_of(session: Session, row: Row[Any], on: date) -> WorklistRow:
    due_on = _there(row.due_on)
    return WorklistRow(
        case_id=row.id,
        version=row.version,
        participant_ref=row.ref,
        name=full_name(open_text(session, row.sealed_key, "name", row.sealed)),
        protected=row.protected,
        interpreter_language=row.interpreter_language if row.interpreter_need == "yes" else None,
        process_version=row.process_version,
        step=row.step,
        status=row.status,
        waiting_for=row.waiting_for,
        waiting_since=row.waiting_since,
        pause_reason=row.pause_reason,
        paused_since=row.paused_since,
        sorting_first=row.sorting_first_since is not None,
        next_on=row.next_on,
        opened_on=row.opened_on,
        entered_on=row.entered_on,
        last_contact_on=row.last_contact_on,
        guide_days=row.guide_days,
        due_on=due_on,
        due_for=_due_for(row),
        urgency=_urgency(due_on, on),
        days_in_step=(on - row.entered_on).days,
        missing=_missing(row),
        owner_id=row.owner_id,
        owner=row.owner,
        has_request=bool(row.asked),
        meeting_on=row.meeting_on,
        interpreter_by=row.interpreter_by,
        promise_by=_there(row.promise_by),
        review_on=row.review_on,
        sticky=open_text(session, row.sealed_key, "sticky", row.sticky),
        sticky_on=row.sticky_by,
        has_sticky=row.sticky is not None or row.sticky_by is not None,
    )


def _there(day: date | None) -> date | None:
    return None if day == date.max else day


def _due_for(row: Row[Any]) -> str | None:
    """What comes first, of everything that may be due."""
    if row.due_on == date.max:
        return None
    first = next(what for what in DUE_FOR if row._mapping[f"{what}_by"] == row.due_on)
    return ("pause" if row.status == "paused" else "waiting") if first == "next" else first


def _urgency(due_on: date | None, on: date) -> str:
    if due_on is None or due_on > on + SOON:
        return "not_due"
    return "overdue" if due_on < on else "soon"


def _missing(row: Row[Any]) -> tuple[str, ...]:
    missing = {
        "birth_year": row.birth_year is None,
        "interpreter_need": row.interpreter_need is None,
        "interpreter_language": row.interpreter_need == "yes" and row.interpreter_language is None,
    }
    return tuple(name for name, is_missing in missing.items() if is_missing)
