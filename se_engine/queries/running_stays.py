"""Stays that had not been left on the day of a report: counted up to that day.

Those with neither waiting nor pause are counted by the database, by the day on which they were entered; the others
are few enough to be counted one by one.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from se_engine.queries.report_groups import nothing
from se_engine.queries.stays import Counts, Frame, grouped, stretches
from se_engine.records.cases import Pause, StepPeriod, Waiting
from se_engine.rules.time import DayCounts, count


def add_running(session: Session, counts: Counts, frame: Frame, *, up_to_date: bool) -> None:
    """The stays of the frame that were still running; `up_to_date` when nothing is dated after the frame's day."""
    running = StepPeriod.left_on.is_(None) if up_to_date else frame.running()
    for label, step, days, many in _plain(session, frame, running):
        _add(counts, (label, step), days, many)
    for label, step, days in _interrupted(session, frame, running):
        _add(counts, (label, step), days, 1)


def _add(counts: Counts, where: tuple[str, str], days: DayCounts, many: int) -> None:
    tally = counts[where]
    tally.days[days.observed, False] += many
    tally.open += many
    tally.own += days.own * many
    tally.waiting += sum(days.waiting.values()) * many
    tally.paused += days.paused * many
    tally.waiting_by.update(days.waiting)


def _plain(session: Session, frame: Frame, running: ColumnElement[bool]) -> Iterator[tuple[str, str, DayCounts, int]]:
    s = _running(frame, StepPeriod.step, StepPeriod.entered_on).where(running, ~interrupted(frame)).subquery().c
    keys = (s.label, s.step, s.entered_on)
    known: dict[date, DayCounts] = {}
    for label, step, entered, many in session.execute(select(*keys, func.count()).group_by(*keys)):
        if entered not in known:
            known[entered] = count(entered, frame.as_of, (), (), frame.clock)
        yield label, step, known[entered], many


def _interrupted(session: Session, frame: Frame, running: ColumnElement[bool]) -> Iterator[tuple[str, str, DayCounts]]:
    which = running & interrupted(frame)
    told = stretches(session, frame, which)
    stays = _running(frame, StepPeriod.id, StepPeriod.step, StepPeriod.entered_on).where(which)
    for stay, step, entered, label in session.execute(stays):
        yield label, step, count(entered, frame.as_of, *told.of(stay), frame.clock)


def _running(frame: Frame, *columns: Any) -> Select[Any]:
    """No case is asked where nothing divides the report."""
    if frame.by is not None:
        return grouped(frame, *columns)
    return select(*columns, nothing().label("label")).select_from(StepPeriod).where(frame.stays())


def interrupted(frame: Frame) -> ColumnElement[bool]:
    """Whether a waiting or a pause had begun in a stay."""
    waiting, pause = aliased(Waiting), aliased(Pause)
    return or_(
        exists().where(waiting.period_id == StepPeriod.id, waiting.started_on <= frame.as_of),
        exists().where(pause.period_id == StepPeriod.id, pause.started_on <= frame.as_of),
    )
