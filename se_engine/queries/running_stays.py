"""Stays that had not been left on the day of a report: counted up to that day.

The database counts them by the day on which they were entered; those with a waiting or a pause, which are few, are
taken out again and counted one by one.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from se_engine.queries.stays import STAYS, Counts, Frame, told_apart
from se_engine.records.cases import Pause, StepPeriod, Waiting
from se_engine.rules.time import DayCounts, Interval, count

Entered = tuple[str, str, date]
"""Group, step, and the day of entering."""


@dataclass
class _Interrupted:
    """A stay that has waitings or pauses."""

    pauses: list[Interval] = field(default_factory=list)
    waitings: list[tuple[str, Interval]] = field(default_factory=list)


def add_running(session: Session, counts: Counts, frame: Frame) -> None:
    """The stays of the frame that were still running, by group and step: those not left, and those left later."""
    for running in (StepPeriod.left_on.is_(None), StepPeriod.left_on > frame.as_of):
        add_these_running(session, counts, frame, running)


def add_these_running(session: Session, counts: Counts, frame: Frame, running: ColumnElement[bool]) -> None:
    """Those that a condition chooses, all of which still run."""
    s = told_apart(frame, STAYS.step, STAYS.entered_on).where(running).subquery().c
    keys = (s.label, s.step, s.entered_on)
    found: Counter[Entered] = Counter()
    for label, step, entered, many in session.execute(select(*keys, func.count()).group_by(*keys)):
        found[label, step, entered] = many
    for (label, step, entered, _), stay in _interrupted(session, frame, running).items():
        found[label, step, entered] -= 1
        _add(counts, (label, step), count(entered, frame.as_of, stay.pauses, stay.waitings, frame.clock), 1)
    for (label, step, entered), many in found.items():
        if many:
            _add(counts, (label, step), count(entered, frame.as_of, (), (), frame.clock), many)


def _add(counts: Counts, where: tuple[str, str], days: DayCounts, many: int) -> None:
    tally = counts[where]
    tally.days.add(days.observed, False, many)
    tally.open += many
    tally.own += days.own * many
    tally.waiting += sum(days.waiting.values()) * many
    tally.paused += days.paused * many
    tally.waiting_by.update(days.waiting)


def _interrupted(
    session: Session, frame: Frame, running: ColumnElement[bool]
) -> dict[tuple[str, str, date, int], _Interrupted]:
    """By group, step, day of entering and stay."""
    found: dict[tuple[str, str, date, int], _Interrupted] = defaultdict(_Interrupted)
    stay = (STAYS.step, STAYS.entered_on, STAYS.id)
    waitings = told_apart(frame, *stay, Waiting.waiting_for, Waiting.started_on, Waiting.ended_on).where(running)
    waitings = waitings.join(Waiting, Waiting.period_id == StepPeriod.id).where(Waiting.started_on <= frame.as_of)
    for step, entered, number, whom, start, end, label in session.execute(
        waitings.order_by(Waiting.started_on, Waiting.id)
    ):
        found[label, step, entered, number].waitings.append((whom, Interval(start, end)))
    pauses = told_apart(frame, *stay, Pause.started_on, Pause.ended_on).where(running)
    pauses = pauses.join(Pause, Pause.period_id == StepPeriod.id).where(Pause.started_on <= frame.as_of)
    for step, entered, number, start, end, label in session.execute(pauses):
        found[label, step, entered, number].pauses.append(Interval(start, end))
    return found
