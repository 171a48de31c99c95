"""Stays in steps, from records to the shapes that rules count with."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy import select
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
    """The stay a case is in now: its row, its intervals, and the same as rules see it."""

    row: StepPeriod
    waitings: list[Waiting]
    pauses: list[Pause]

    @property
    def period(self) -> Period:
        return to_period(self.row, self.waitings, self.pauses)


def current_period(session: Session, case: Case) -> Stay:
    """One statement: the newest stay beside its waitings and pauses."""
    rows = session.execute(
        select(StepPeriod, Waiting, Pause)
        .outerjoin(Waiting, Waiting.period_id == StepPeriod.id)
        .outerjoin(Pause, Pause.period_id == StepPeriod.id)
        .where(StepPeriod.case_id == case.id, StepPeriod.ordinal == case.visit)
    ).all()
    waitings = {waiting.id: waiting for _, waiting, _ in rows if waiting}
    pauses = {pause.id: pause for _, _, pause in rows if pause}
    return Stay(rows[0][0], _by_start(waitings.values()), _by_start(pauses.values()))


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
