"""The worklist: a person's running cases by status and urgency, counted and paged by key."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Integer, Row, Select, and_, case, func, or_, select, true
from sqlalchemy.orm import Session

from se_engine.clock import today
from se_engine.queries import worklist_terms as terms
from se_engine.queries.access import cases_in_scope, protected_cases
from se_engine.queries.texts import full_name, open_text
from se_engine.records.cases import Case
from se_engine.records.participants import Participant
from se_engine.records.people import Absence, User
from se_engine.records.texts import ParticipantText
from se_engine.rules.errors import NotPermitted, Refused
from se_engine.rules.roles import CASEWORK, Actor, Role
from se_engine.rules.timeline import WAITING_FOR

PAGE = 50
SOON = timedelta(days=7)
URGENCIES = ("overdue", "soon", "not_due")
NOBODY = 0
"""As an owner in a filter: cases that nobody owns."""


Statement = Select[*tuple[Any, ...]]
SHOWN = (
    Case.id, Case.protected, Case.process_version, Case.step, Case.status, Case.waiting_for, Case.waiting_since,
    Case.pause_reason, Case.paused_since, Case.sorting_first_since, Case.next_on, Case.opened_on, Case.entered_on,
    Case.last_contact_on, Case.owner_id,
)  # fmt: skip


@dataclass(frozen=True)
class Filters:
    """What the reader has chosen; every part of it stands in the URL."""

    status: str = "all"
    waiting_for: str | None = None
    step: str | None = None
    owner: int | None = None


@dataclass(frozen=True)
class Place:
    """Where a page begins: after this row, or before it."""

    due_on: date
    case_id: int
    backwards: bool = False


@dataclass(frozen=True)
class WorklistRow:
    case_id: int
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
    """waiting, pause or contact: what is to be done by then."""
    urgency: str
    days_in_step: int
    missing: tuple[str, ...]
    owner_id: int | None
    owner: str | None
    has_request: bool
    """Whether a question to the supervisor stands unanswered."""

    @property
    def place(self) -> tuple[date, int]:
        return self.due_on or date.max, self.case_id


@dataclass(frozen=True)
class Worklist:
    filters: Filters
    on: date
    counts: dict[str, int]
    """Status → how many, in the order of the panel; under the step and owner that were chosen."""
    waiting_for: dict[str, int]
    urgencies: dict[str, int]
    """How many of the chosen ones are overdue, soon due or not due, on all pages."""
    protected: int
    rows: list[WorklistRow] = field(default_factory=list)
    has_previous: bool = False
    has_next: bool = False


def worklist(
    session: Session, actor: Actor, filters: Filters | None = None, *, place: Place | None = None, size: int = PAGE
) -> Worklist:
    """Four statements, whatever the number of cases: for whom one stands in, counts, rows, protected ones."""
    if actor.role not in CASEWORK:
        raise NotPermitted()
    chosen, on = filters or Filters(), today(session)
    statuses = terms.conditions(actor, on)
    if chosen.status not in statuses:
        raise Refused("status_unknown", allowed=", ".join(statuses))
    scope = and_(*_scope(session, actor, on), *_narrowed(chosen))
    wanted = and_(statuses[chosen.status], _waiting_for(chosen))
    counts = session.execute(_counts(statuses, scope, wanted, on)).one()._mapping
    found = session.execute(_page(scope, wanted, place, size + 1)).all()
    more, rows = len(found) > size, _in_order(found[:size], place)
    return Worklist(
        filters=chosen,
        on=on,
        counts={status: counts[status] or 0 for status in statuses},
        waiting_for={whom: counts[f"for_{whom}"] or 0 for whom in WAITING_FOR},
        urgencies={urgency: counts[f"is_{urgency}"] or 0 for urgency in URGENCIES},
        protected=_protected(session, actor, on),
        rows=[_row(session, row, on) for row in rows],
        has_previous=more if place and place.backwards else place is not None,
        has_next=True if place and place.backwards else more,
    )


def _scope(session: Session, actor: Actor, on: date) -> list[ColumnElement[bool]]:
    """The door, and beside it the owners by number, so that an index leads to a specialist's few among all."""
    scope = [terms.running, cases_in_scope(actor, on)]
    if actor.role is Role.JOB_SPECIALIST:
        stands_in = select(Absence.user_id).where(
            Absence.substitute_id == actor.user_id, Absence.from_on <= on, Absence.until_on >= on
        )
        scope.append(Case.owner_id.in_({actor.user_id, *session.scalars(stands_in)}))
    return scope


def _narrowed(chosen: Filters) -> list[ColumnElement[bool]]:
    narrowed: list[ColumnElement[bool]] = []
    if chosen.step:
        narrowed.append(Case.step == chosen.step)
    if chosen.owner is not None:
        narrowed.append(Case.owner_id.is_(None) if chosen.owner == NOBODY else Case.owner_id == chosen.owner)
    return narrowed


def _waiting_for(chosen: Filters) -> ColumnElement[bool]:
    return Case.waiting_for == chosen.waiting_for if chosen.waiting_for else true()


def _counts(
    statuses: dict[str, ColumnElement[bool]], scope: ColumnElement[bool], wanted: ColumnElement[bool], on: date
) -> Statement:
    due, soon = terms.due(), on + SOON
    sums = {
        **statuses,
        **{f"for_{whom}": and_(statuses["waiting"], Case.waiting_for == whom) for whom in WAITING_FOR},
        "is_overdue": and_(wanted, due < on),
        "is_soon": and_(wanted, due >= on, due <= soon),
        "is_not_due": and_(wanted, due > soon),
    }
    return (
        select(*(func.sum(case((term, 1), else_=0)).cast(Integer).label(name) for name, term in sums.items()))
        .select_from(Case)
        .join(Participant, Participant.id == Case.participant_id)
        .where(scope)
    )


def _page(scope: ColumnElement[bool], wanted: ColumnElement[bool], place: Place | None, size: int) -> Statement:
    due = terms.due()
    found = (
        select(
            *SHOWN,
            Participant.ref,
            Participant.sealed_key,
            Participant.birth_year,
            Participant.interpreter_need,
            Participant.interpreter_language,
            ParticipantText.sealed,
            User.name.label("owner"),
            terms.guide_days().label("guide_days"),
            due.label("due_on"),
            terms.open_request().label("has_request"),
        )
        .join(Participant, Participant.id == Case.participant_id)
        .outerjoin(ParticipantText, ParticipantText.id == Participant.name_id)
        .outerjoin(User, User.id == Case.owner_id)
        .where(scope, wanted)
        .limit(size)
    )
    if place is None:
        return found.order_by(due, Case.id)
    if place.backwards:
        earlier = or_(due < place.due_on, and_(due == place.due_on, Case.id < place.case_id))
        return found.where(earlier).order_by(due.desc(), Case.id.desc())
    later = or_(due > place.due_on, and_(due == place.due_on, Case.id > place.case_id))
    return found.where(later).order_by(due, Case.id)


def _in_order(rows: Sequence[Row[Any]], place: Place | None) -> list[Row[Any]]:
    return list(reversed(rows)) if place and place.backwards else list(rows)


def _protected(session: Session, actor: Actor, on: date) -> int:
    """Through the participants, whose index knows the few protected ones of an office."""
    counted = (
        select(func.count())
        .select_from(Participant)
        .join(Case, Case.participant_id == Participant.id)
        .where(Participant.office_id == actor.office_id, Participant.protected, protected_cases(actor, on))
        .where(terms.running)
    )
    return session.scalar(counted) or 0


def _row(session: Session, row: Row[Any], on: date) -> WorklistRow:
    due_on = None if row.due_on == date.max else row.due_on
    return WorklistRow(
        case_id=row.id,
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
        due_for=_due_for(row, due_on),
        urgency=_urgency(due_on, on),
        days_in_step=(on - row.entered_on).days,
        missing=_missing(row),
        owner_id=row.owner_id,
        owner=row.owner,
        has_request=bool(row.has_request),
    )


def _due_for(row: Row[Any], due_on: date | None) -> str | None:
    if due_on is None:
        return None
    if due_on != row.next_on:
        return "contact"
    return "pause" if row.status == "paused" else "waiting"


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
