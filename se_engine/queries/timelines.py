"""Stays in steps, from records to the shapes that rules count with."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from se_engine.records.cases import Case, Pause, StepPeriod, Waiting
from se_engine.records.history import VOIDED, HistoryEvent
from se_engine.rules.time import Clock, DayCounts, count
from se_engine.rules.time import Interval as Days
from se_engine.rules.timeline import Event, EventKind, Interval, Period


def live_events(session: Session, case_id: int) -> list[HistoryEvent]:
    """The events of a case that were not voided, in the order in which they happened."""
    rows = session.scalars(select(HistoryEvent).where(HistoryEvent.case_id == case_id)).all()
    voided = {row.voids_id for row in rows if row.kind == VOIDED}
    live = [row for row in rows if row.kind != VOIDED and row.id not in voided]
    return sorted(live, key=lambda row: (row.happened_on, row.stands_for or row.id))


def to_event(row: HistoryEvent) -> Event:
    return Event(EventKind(row.kind), row.happened_on, row.step, row.reason, row.waiting_for, row.next_on)


@dataclass(frozen=True)
class Stay:
    """The stay a case is in now, as rules see it, and the ids of its rows in the same order."""

    id: int
    period: Period
    waiting_ids: tuple[int, ...]
    pause_ids: tuple[int, ...]


_PERIODS, _WAITINGS, _PAUSES = StepPeriod.__table__, Waiting.__table__, Pause.__table__
_CURRENT = (
    select(
        _PERIODS.c.id, _PERIODS.c.step, _PERIODS.c.entered_on, _PERIODS.c.left_on, _PERIODS.c.left_to,
        _WAITINGS.c.id.label("waiting"), _WAITINGS.c.waiting_for, _WAITINGS.c.started_on.label("waited_on"),
        _WAITINGS.c.ended_on.label("waited_to"), _WAITINGS.c.next_on.label("asked_on"),
        _PAUSES.c.id.label("pause"), _PAUSES.c.reason, _PAUSES.c.started_on.label("paused_on"),
        _PAUSES.c.ended_on.label("paused_to"), _PAUSES.c.next_on.label("contact_on"),
    )
    .outerjoin_from(_PERIODS, _WAITINGS, _WAITINGS.c.period_id == _PERIODS.c.id)
    .outerjoin(_PAUSES, _PAUSES.c.period_id == _PERIODS.c.id)
    .where(_PERIODS.c.case_id == bindparam("case"), _PERIODS.c.ordinal == bindparam("visit"))
)  # fmt: skip


def current_period(session: Session, case: Case) -> Stay:
    """One statement: the newest stay beside its waitings and pauses."""
    rows = session.connection().execute(_CURRENT, {"case": case.id, "visit": case.visit}).all()
    waitings = {r.waiting: Interval(r.waiting_for, r.waited_on, r.waited_to, r.asked_on) for r in rows if r.waiting}
    pauses = {r.pause: Interval(r.reason, r.paused_on, r.paused_to, r.contact_on) for r in rows if r.pause}
    waiting_ids, pause_ids = _ids_by_start(waitings), _ids_by_start(pauses)
    stay = rows[0]
    period = Period(
        stay.step,
        stay.entered_on,
        stay.left_on,
        stay.left_to,
        tuple(waitings[number] for number in waiting_ids),
        tuple(pauses[number] for number in pause_ids),
    )
    return Stay(stay.id, period, waiting_ids, pause_ids)


def _ids_by_start(intervals: Mapping[int, Interval]) -> tuple[int, ...]:
    return tuple(sorted(intervals, key=lambda number: (intervals[number].started_on, number)))


def periods_of(session: Session, case_id: int) -> list[Period]:
    """Every stay of a case, oldest first."""
    rows = session.scalars(select(StepPeriod).where(StepPeriod.case_id == case_id).order_by(StepPeriod.ordinal)).all()
    ids = [row.id for row in rows]
    waitings: dict[int, list[Waiting]] = defaultdict(list)
    pauses: dict[int, list[Pause]] = defaultdict(list)
    for waiting in session.scalars(select(Waiting).where(Waiting.period_id.in_(ids))):
        waitings[waiting.period_id].append(waiting)
    for pause in session.scalars(select(Pause).where(Pause.period_id.in_(ids))):
        pauses[pause.period_id].append(pause)
    return [to_period(row, _by_start(waitings[row.id]), _by_start(pauses[row.id])) for row in rows]


Stretch = TypeVar("Stretch", Waiting, Pause)


def _by_start(intervals: Iterable[Stretch]) -> list[Stretch]:
    return sorted(intervals, key=lambda interval: (interval.started_on, interval.id))


def to_period(row: StepPeriod, waitings: Iterable[Waiting], pauses: Iterable[Pause]) -> Period:
    return Period(
        row.step,
        row.entered_on,
        row.left_on,
        row.left_to,
        tuple(Interval(w.waiting_for, w.started_on, w.ended_on, w.next_on) for w in waitings),
        tuple(Interval(p.reason, p.started_on, p.ended_on, p.next_on) for p in pauses),
    )


def days_of(period: Period, until: date, clock: Clock) -> DayCounts:
    """The days of a stay up to `until`: own, waiting by whom, paused."""
    pauses = [Days(p.started_on, p.ended_on) for p in period.pauses]
    waitings = [(w.reason, Days(w.started_on, w.ended_on)) for w in period.waitings]
    return count(period.entered_on, until, pauses, waitings, clock)
