"""What has happened since a day in the cases a supervisor leads: counted, and the cases behind each count."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, cast, exists, func, literal, null, or_, select, union_all
from sqlalchemy.orm import Session, aliased

from se_engine import document_kinds, processes
from se_engine.clock import today
from se_engine.queries.absences import AbsenceLine, absences_of
from se_engine.queries.access import cases_in_scope
from se_engine.queries.retention import in_retention
from se_engine.queries.stays import ENDED
from se_engine.queries.texts import full_name, open_text
from se_engine.records.cases import Case, StepPeriod, SupervisorRequest
from se_engine.records.documents import Document, DocumentEvent, DocumentVersion
from se_engine.records.jobs import Job
from se_engine.records.participants import Participant
from se_engine.records.people import User
from se_engine.records.texts import ParticipantText
from se_engine.rules.documents import AGREED
from se_engine.rules.errors import NotFound, NotPermitted
from se_engine.rules.requests import NOTICES as NOTICED
from se_engine.rules.roles import SUPERVISION, Actor
from se_engine.rules.supervision import check_since

NEW, MOVED, FORWARD, BACK = "new", "moved", "forward", "back"
JOB_STARTED, JOB_LOST, CASE_ENDED, DOCUMENTS = "job_started", "job_lost", "ended", "documents"
BEHIND = (NEW, MOVED, FORWARD, BACK, JOB_STARTED, JOB_LOST, CASE_ENDED, DOCUMENTS)
"""Counts that open a list of cases."""
REQUESTS, NOTICES, PROPOSALS = "requests", "notices", "proposals"
"""What waits for the supervisor herself: questions, what she is told without asking, substitutes to agree to."""
SUPERVISOR = "supervisor"
UNKNOWN = "unknown"
MOST = 200


@dataclass(frozen=True)
class Moved:
    """So many moves from one step to another."""

    origin: str
    to: str
    forward: bool
    many: int


@dataclass(frozen=True)
class Since:
    """The Monday page: everything in it is a number, the colleagues who are away excepted."""

    since: date
    on: date
    counts: dict[str, int]
    """By part: new, forward, back, job_started, job_lost, ended, requests, notices, proposals, documents."""
    moves: tuple[Moved, ...]
    ended: tuple[tuple[str, int], ...]
    """By reason, in the order of their codes."""
    lost: tuple[tuple[str, int], ...]
    """Jobs lost by who ended them."""
    asked: tuple[tuple[str, int], ...]
    """Requests and notices that nobody has answered, by kind."""
    approves: bool
    """Whether any kind of document is a supervisor's to approve: else none ever waits for her."""
    away: tuple[AbsenceLine, ...]


@dataclass(frozen=True)
class Happened:
    """One line of the list behind a count."""

    case: Case
    name: str
    participant_ref: str
    owner: str | None
    on: date
    origin: str | None
    """The step that was left, or the reason of an end."""
    to: str | None


def since_page(session: Session, actor: Actor, since: date) -> Since:
    """Two statements, whatever the number of cases; a third where a kind of document waits for supervisors."""
    on = _asked(session, actor, since)
    counted = [(row.part, row.origin, row.to, row.many) for row in session.execute(_counted(actor, since, on))]
    moves = [_moved(origin, to, many) for part, origin, to, many in counted if part == MOVED]
    counts = {part: sum(row[3] for row in counted if row[0] == part) for part in _EVENTS}
    asked, absences = _by_reason(counted, REQUESTS), absences_of(session, actor)
    counts |= {
        FORWARD: sum(move.many for move in moves if move.forward),
        BACK: sum(move.many for move in moves if not move.forward),
        REQUESTS: sum(many for kind, many in asked if kind not in NOTICED),
        NOTICES: sum(many for kind, many in asked if kind in NOTICED),
        PROPOSALS: sum(one.proposed_id is not None and one.substitute_id is None for one in absences),
        DOCUMENTS: _documents(session, actor, on),
    }
    order = _order()
    return Since(
        since=since,
        on=on,
        counts=counts,
        moves=tuple(sorted(moves, key=lambda move: (not move.forward, order.index(move.origin), order.index(move.to)))),
        ended=_by_reason(counted, CASE_ENDED),
        lost=_by_reason(counted, JOB_LOST),
        asked=asked,
        approves=bool(_approved_by_supervisors()),
        away=tuple(one for one in absences if one.from_on <= on),
    )


def happened_since(
    session: Session, actor: Actor, part: str, since: date, *, origin: str | None = None, to: str | None = None
) -> list[Happened]:
    """The cases behind one count, the newest first; `origin` is a step that was left, or a reason."""
    on = _asked(session, actor, since)
    if part not in BEHIND:
        raise NotFound()
    if part == DOCUMENTS:
        return _waiting_documents(session, actor, on)
    event = MOVED if part in (FORWARD, BACK) else part
    found = _EVENTS[event](since, on).where(cases_in_scope(actor, on)).subquery("found").c
    query = (
        _with_names(select(Case, found.on_day, found.origin, found.to))
        .join(found.case_id.table, found.case_id == Case.id)
        .where(*_chosen(found, part, origin, to))
        .order_by(found.on_day.desc(), Case.id)
        .limit(MOST)
    )
    return [_happened(session, row) for row in session.execute(query)]


def _asked(session: Session, actor: Actor, since: date) -> date:
    if actor.role not in SUPERVISION:
        raise NotPermitted()
    on = today(session)
    check_since(since, on)
    return on


def _chosen(found: Any, part: str, origin: str | None, to: str | None) -> list[ColumnElement[bool]]:
    chosen = [found.origin == origin] if origin is not None else []
    chosen += [found.to == to] if to is not None else []
    if part in (FORWARD, BACK):
        order = _order()
        steps = [(one, other) for one in order for other in order if one != other]
        pairs = [(one, other) for one, other in steps if _is_forward(one, other) == (part == FORWARD)]
        chosen.append(or_(*(and_(found.origin == one, found.to == other) for one, other in pairs)))
    return chosen


def _counted(actor: Actor, since: date, on: date) -> Select[Any]:
    """Each part by what was left and where to, all in one statement."""
    scope = cases_in_scope(actor, on)
    parts = [(part, event(since, on)) for part, event in _EVENTS.items()]
    asked = (
        select(Case.id.label("case_id"), SupervisorRequest.kind.label("origin"), *_nothing("to"))
        .join(SupervisorRequest, SupervisorRequest.case_id == Case.id)
        .where(SupervisorRequest.answered_at.is_(None))
    )
    counted = []
    for part, found in (*parts, (REQUESTS, asked)):
        rows = found.where(scope).subquery()
        keys = (rows.c.origin, rows.c.to)
        counted.append(select(literal(part).label("part"), *keys, func.count().label("many")).group_by(*keys))
    every = union_all(*counted).subquery()
    return select(*every.c)


def _nothing(*names: str) -> list[ColumnElement[Any]]:
    return [cast(null(), String).label(name) for name in names]


def _new(since: date, on: date) -> Any:
    opened = Case.__table__.c.opened_on
    return select(Case.id.label("case_id"), opened.label("on_day"), *_nothing("origin", "to")).where(
        Case.opened_on.between(since, on)
    )


def _moves(since: date, on: date) -> Any:
    stay = StepPeriod
    return (
        select(stay.case_id, stay.left_on.label("on_day"), stay.step.label("origin"), stay.left_to.label("to"))
        .join(Case, Case.id == stay.case_id)
        .where(stay.left_on.between(since, on), stay.left_to != ENDED)
    )


def _ended(since: date, on: date) -> Any:
    reason = func.coalesce(Case.end_reason, UNKNOWN).label("origin")
    return select(Case.id.label("case_id"), Case.ended_on.label("on_day"), reason, *_nothing("to")).where(
        Case.ended_on.between(since, on)
    )


def _jobs(day: Any, origin: ColumnElement[Any], since: date, on: date) -> Select[Any]:
    return (
        select(Job.case_id, day.label("on_day"), origin.label("origin"), *_nothing("to"))
        .join(Case, Case.id == Job.case_id)
        .where(in_retention(), day.between(since, on))
    )


def _jobs_started(since: date, on: date) -> Any:
    return _jobs(Job.started_on, cast(null(), String), since, on)


def _jobs_lost(since: date, on: date) -> Any:
    """A job that goes on as another at the same workplace is not lost."""
    following = aliased(Job)
    continued = exists().where(following.follows_id == Job.id, following.case_id == Job.case_id, ~following.voided)
    reason = func.coalesce(Job.end_reason, UNKNOWN)
    return _jobs(Job.ended_on, reason, since, on).where(~continued)


_EVENTS = {NEW: _new, MOVED: _moves, JOB_STARTED: _jobs_started, JOB_LOST: _jobs_lost, CASE_ENDED: _ended}


def _moved(origin: str, to: str, many: int) -> Moved:
    return Moved(origin, to, _is_forward(origin, to), many)


def _order() -> list[str]:
    """The steps of every version, those of the newest first."""
    name = processes.SUPPORTED_EMPLOYMENT
    versions = [processes.get(name, number) for number in reversed(processes.versions(name))]
    return list(dict.fromkeys(step.key for one in versions for step in one.steps))


def _is_forward(origin: str, to: str) -> bool:
    order = _order()
    return order.index(to) > order.index(origin)


def _by_reason(counted: Sequence[tuple[str, str, str, int]], part: str) -> tuple[tuple[str, int], ...]:
    return tuple(sorted((origin, many) for one, origin, _to, many in counted if one == part))


def _documents(session: Session, actor: Actor, on: date) -> int:
    kinds = _approved_by_supervisors()
    if not kinds:
        return 0
    found = select(func.count()).select_from(Case).where(cases_in_scope(actor, on))
    return session.scalar(_waiting(found, kinds)) or 0


def _approved_by_supervisors() -> list[str]:
    return [one.kind for one in document_kinds.every() if SUPERVISOR in one.parties]


def _waiting(found: Select[Any], kinds: Sequence[str]) -> Select[Any]:
    """Complete, open, and the newest version without a supervisor's yes that still stands."""
    newest = select(func.max(DocumentVersion.id)).where(DocumentVersion.document_id == Document.id).scalar_subquery()
    gone = aliased(DocumentEvent)
    withdrawn = exists().where(gone.document_id == Document.id, gone.voids_id == DocumentEvent.id)
    agreed = exists().where(
        DocumentEvent.document_id == Document.id,
        DocumentEvent.version_id == DocumentVersion.id,
        DocumentEvent.what.in_(AGREED),
        DocumentEvent.party == SUPERVISOR,
        ~withdrawn,
    )
    return (
        found.join(Document, Document.case_id == Case.id)
        .join(DocumentVersion, DocumentVersion.id == newest)
        .where(Document.kind.in_(kinds), Document.closed_on.is_(None), DocumentVersion.complete, ~agreed)
    )


def _waiting_documents(session: Session, actor: Actor, on: date) -> list[Happened]:
    kinds = _approved_by_supervisors()
    day = DocumentVersion.happened_on.label("on_day")
    rows = _with_names(select(Case, day, Document.kind.label("origin"), *_nothing("to")))
    query = _waiting(rows.where(cases_in_scope(actor, on)), kinds).order_by(day, Case.id).limit(MOST)
    return [_happened(session, row) for row in session.execute(query)] if kinds else []


def _with_names(query: Select[Any]) -> Select[Any]:
    columns = (Participant.ref, Participant.sealed_key, ParticipantText.sealed, User.name.label("owner"))
    return (
        query.add_columns(*columns)
        .select_from(Case)
        .join(Participant, Participant.id == Case.participant_id)
        .outerjoin(ParticipantText, ParticipantText.id == Participant.name_id)
        .outerjoin(User, User.id == Case.owner_id)
    )


def _happened(session: Session, row: Any) -> Happened:
    return Happened(
        case=row.Case,
        name=full_name(open_text(session, row.sealed_key, "name", row.sealed)),
        participant_ref=row.ref,
        owner=row.owner,
        on=row.on_day,
        origin=row.origin,
        to=row.to,
    )
