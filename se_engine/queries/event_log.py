"""The histories of cases for an event log: whom it may hold, and one case after the other in little memory.

It tells of single cases, so it is for those who may open them; what is published of many stands in the reports.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from se_engine import processes
from se_engine.clock import today
from se_engine.queries.access import cases_in_scope, protected_cases
from se_engine.queries.evaluation import reserved_in_record
from se_engine.records.cases import Case
from se_engine.records.follow_up import Check
from se_engine.records.history import VOIDED, HistoryEvent
from se_engine.records.jobs import Job
from se_engine.records.offices import Office
from se_engine.records.participants import Consent
from se_engine.records.tracks import Track, TrackEvent
from se_engine.rules.errors import NotPermitted, Refused
from se_engine.rules.event_log import UNKNOWN_ROLE, Happened, LogEvent, Teller
from se_engine.rules.roles import SUPERVISION, Actor, Role
from se_engine.rules.timeline import EventKind

AT_ONCE = 500
"""Cases that are read together."""
RESERVED = ("no", "withdrawn")
"""Answers to the question on research."""
NO_STEP = (EventKind.SORT_FIRST_STARTED.value, EventKind.SORT_FIRST_ENDED.value)


@dataclass(frozen=True)
class Wanted:
    """Which cases: of an office, opened within these days (both included); later events than `as_of` do not exist."""

    as_of: date
    office: str | None = None
    from_on: date | None = None
    to_on: date | None = None


@dataclass(frozen=True)
class JobThere:
    id: int
    started_on: date


@dataclass(frozen=True)
class TrackMove:
    """A step that one employer track came to."""

    step: str
    on: date
    role: str


@dataclass(frozen=True)
class TrackThere:
    id: int
    job_id: int | None
    opened_on: date
    moves: tuple[TrackMove, ...]


@dataclass(frozen=True)
class Trace:
    """One case: what happened, and the jobs and employer tracks that belong to it. The ids are never written out."""

    case_id: int
    office: str
    process: str
    opened_on: date
    events: tuple[LogEvent, ...]
    jobs: tuple[JobThere, ...] = ()
    tracks: tuple[TrackThere, ...] = ()


@dataclass(frozen=True)
class LeftOut:
    """Cases that are there and not in the log."""

    protected: int
    reserved: int


def traces(session: Session, actor: Actor, wanted: Wanted) -> Iterator[Trace]:
    """Every case of the log, the oldest number first; NotPermitted but for a supervisor and the operator."""
    conditions = [*_asked(session, actor, wanted), cases_in_scope(actor, today(session)), *_in_the_log()]
    last = 0
    while True:
        cases = session.execute(
            select(Case.id, Case.process_name, Case.process_version, Case.opened_on, Office.name.label("office"))
            .join(Office, Office.id == Case.office_id)
            .where(Case.id > last, *conditions)
            .order_by(Case.id)
            .limit(AT_ONCE)
        ).all()
        if not cases:
            return
        last = cases[-1].id
        yield from _told(session, cases, wanted.as_of)


def left_out(session: Session, actor: Actor, wanted: Wanted) -> LeftOut:
    """How many are protected, and how many said no to research: both are counted, and neither is told of."""
    asked, day = _asked(session, actor, wanted), today(session)
    hers = or_(cases_in_scope(actor, day), protected_cases(actor, day))
    counted = select(func.count()).select_from(Case).where(*asked, hers)
    protected = session.scalar(counted.where(Case.protected)) or 0
    reserved = session.scalar(counted.where(Case.protected.is_(False), _reserved())) or 0
    return LeftOut(protected, reserved)


def _asked(session: Session, actor: Actor, wanted: Wanted) -> list[ColumnElement[bool]]:
    if actor.role not in SUPERVISION:
        raise NotPermitted()
    if wanted.from_on and wanted.to_on and wanted.to_on < wanted.from_on:
        raise Refused("ends_before_it_starts", started=wanted.from_on.isoformat())
    conditions: list[ColumnElement[bool]] = [Case.opened_on <= min(wanted.as_of, wanted.to_on or wanted.as_of)]
    if wanted.from_on:
        conditions.append(Case.opened_on >= wanted.from_on)
    if wanted.office is not None:
        conditions.append(Case.office_id == _office(session, actor, wanted.office))
    return conditions


def _office(session: Session, actor: Actor, name: str) -> int:
    found = session.scalar(select(Office.id).where(Office.name == name))
    if found is None or (actor.role is not Role.OPERATOR and found != actor.office_id):
        raise Refused("no_such_office", office=name)
    return found


def _in_the_log() -> tuple[ColumnElement[bool], ...]:
    return Case.protected.is_(False), ~_reserved()


def _reserved() -> ColumnElement[bool]:
    """Her newest answer to whether researchers may use what is known about her, or the reservation in her record."""
    newer = aliased(Consent)
    same = and_(newer.participant_id == Consent.participant_id, newer.line == Consent.line, newer.id > Consent.id)
    said_no = exists().where(
        Consent.participant_id == Case.participant_id,
        Consent.line == "research",
        Consent.answer.in_(RESERVED),
        ~exists().where(same),
    )
    return or_(said_no, Case.participant_id.in_(reserved_in_record()))


def _told(session: Session, cases: Sequence[Row[*tuple[Any, ...]]], as_of: date) -> Iterator[Trace]:
    ids = [case.id for case in cases]
    history = _by_case(session.execute(_history(ids)))
    jobs = _by_case(session.execute(_jobs(ids, as_of)))
    tracks = _tracks(session, ids, as_of)
    for case in cases:
        names = processes.get(case.process_name, case.process_version).step_names
        happened = [_happened(row, names) for row in _live(history[case.id]) if row.happened_on <= as_of]
        yield Trace(
            case.id,
            case.office,
            case.process_name,
            case.opened_on,
            tuple(Teller().told(happened)),
            tuple(JobThere(row.id, row.started_on) for row in jobs[case.id]),
            tuple(tracks[case.id]),
        )


def _history(ids: Sequence[int]) -> Select[*tuple[Any, ...]]:
    told = HistoryEvent
    return (
        select(
            told.case_id, told.id, told.kind, told.happened_on, told.role, told.source, told.step, told.reason,
            told.waiting_for, told.job_id, told.voids_id, told.stands_for, Check.answer,
        )
        .outerjoin(Check, Check.id == told.check_id)
        .where(told.case_id.in_(ids), told.kind.not_in(NO_STEP))
    )  # fmt: skip


def _live(rows: Sequence[Row[*tuple[Any, ...]]]) -> list[Row[*tuple[Any, ...]]]:
    """Without what was taken back; within a day in the order in which it was recorded."""
    voided = {row.voids_id for row in rows if row.kind == VOIDED}
    live = [row for row in rows if row.kind != VOIDED and row.id not in voided]
    return sorted(live, key=lambda row: (row.happened_on, row.stands_for or row.id))


def _happened(row: Row[*tuple[Any, ...]], names: Mapping[str, str]) -> Happened:
    role = row.role if row.source == "app" else UNKNOWN_ROLE
    step = names.get(row.step, row.step)
    kind = EventKind(row.kind)
    return Happened(kind, row.happened_on, role, step, row.reason, row.waiting_for, row.job_id, row.answer)


def _jobs(ids: Sequence[int], as_of: date) -> Select[*tuple[Any, ...]]:
    there = (Job.case_id.in_(ids), Job.voided.is_(False), Job.started_on <= as_of)
    return select(Job.case_id, Job.id, Job.started_on).where(*there).order_by(Job.started_on, Job.id)


def _tracks(session: Session, ids: Sequence[int], as_of: date) -> Mapping[int, list[TrackThere]]:
    chosen = select(Track.case_id, Track.id, Track.job_id, Track.opened_on).where(Track.case_id.in_(ids))
    rows = session.execute(chosen.where(Track.opened_on <= as_of).order_by(Track.id)).all()
    moves = _moves(session, ids, as_of)
    found: dict[int, list[TrackThere]] = defaultdict(list)
    for row in rows:
        found[row.case_id].append(TrackThere(row.id, row.job_id, row.opened_on, tuple(moves[row.id])))
    return found


def _moves(session: Session, ids: Sequence[int], as_of: date) -> Mapping[int, list[TrackMove]]:
    """The steps that each track came to, without what was taken back; what moves nothing is left out."""
    events = session.execute(
        select(
            TrackEvent.track_id, TrackEvent.id, TrackEvent.voids_id, TrackEvent.from_step, TrackEvent.step,
            TrackEvent.happened_on, TrackEvent.role,
        )
        .join(Track, Track.id == TrackEvent.track_id)
        .where(Track.case_id.in_(ids))
        .order_by(TrackEvent.happened_on, TrackEvent.id)
    ).all()  # fmt: skip
    voided = {row.voids_id for row in events}
    found: dict[int, list[TrackMove]] = defaultdict(list)
    for row in events:
        lives = row.voids_id is None and row.id not in voided
        if lives and row.from_step != row.step and row.happened_on <= as_of:
            found[row.track_id].append(TrackMove(row.step, row.happened_on, row.role))
    return found


def _by_case(rows: Iterable[Row[*tuple[Any, ...]]]) -> defaultdict[int, list[Row[*tuple[Any, ...]]]]:
    found: defaultdict[int, list[Row[*tuple[Any, ...]]]] = defaultdict(list)
    for row in rows:
        found[row.case_id].append(row)
    return found
