"""Stays in steps as a report counts them: chosen by a frame, added up by the database.

A stay that was left by the day of the report has its day counts stored, and only their sums come out of the
database. A stay still open on that day is counted here, from its waitings and pauses up to that day.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, Select, and_, case, exists, func, null, or_, select
from sqlalchemy.orm import Session, aliased

from se_engine.measures.stays import Tally
from se_engine.queries.report_groups import labelled
from se_engine.records.cases import Case, Pause, StepPeriod, Waiting
from se_engine.rules.time import Clock, Interval, count

ENDED = "ended"
"""Where a stay goes when its case ends in it."""

Counts = dict[tuple[str, str], Tally]
"""By group and step; the group is empty where nothing divides the report."""


@dataclass(frozen=True)
class Frame:
    """Which stays: of which process and offices, entered when, as they stood on which day, on which clock."""

    process: str
    offices: tuple[int, ...]
    as_of: date
    from_on: date | None = None
    to_on: date | None = None
    clock: Clock = "calendar"
    visits: str = "all"
    by: str | None = None

    def stays(self) -> ColumnElement[bool]:
        """The stays of the frame, as a condition on StepPeriod."""
        chosen = [
            StepPeriod.process_name == self.process,
            StepPeriod.office_id.in_(self.offices),
            StepPeriod.entered_on <= self.as_of,
        ]
        if self.from_on:
            chosen.append(StepPeriod.entered_on >= self.from_on)
        if self.to_on:
            chosen.append(StepPeriod.entered_on <= self.to_on)
        if self.visits == "first":
            earlier = aliased(StepPeriod)
            chosen.append(
                ~exists().where(
                    earlier.case_id == StepPeriod.case_id,
                    earlier.step == StepPeriod.step,
                    earlier.ordinal < StepPeriod.ordinal,
                )
            )
        return and_(*chosen)

    def closed(self) -> ColumnElement[bool]:
        """Left by the day of the report: what is dated later has not happened."""
        return and_(StepPeriod.left_on.is_not(None), StepPeriod.left_on <= self.as_of)

    def running(self) -> ColumnElement[bool]:
        return or_(StepPeriod.left_on.is_(None), StepPeriod.left_on > self.as_of)


class Columns(NamedTuple):
    own: ColumnElement[Any]
    waiting: ColumnElement[Any]
    paused: ColumnElement[Any]


_TABLE = StepPeriod.__table__.c
COLUMNS: dict[Clock, Columns] = {
    "calendar": Columns(_TABLE.own_days, _TABLE.waiting_days, _TABLE.paused_days),
    "working": Columns(_TABLE.own_working_days, _TABLE.waiting_working_days, _TABLE.paused_working_days),
}


def tallies(session: Session, frame: Frame, is_forward: Callable[[str, str], bool]) -> Counts:
    """Every stay of the frame, counted by group and step."""
    counts: Counts = defaultdict(Tally)
    running: list[Row[Any]] = []
    for row in session.execute(_counted(frame)):
        if row.running_id is not None:
            running.append(row)
        else:
            _add_left(counts[row.label, row.step], row, is_forward)
    if running:
        _add_running(counts, running, frame, _intervals(session, frame, frame.running()))
    _add_waited_for(session, counts, frame)
    return counts


def grouped(frame: Frame, *columns: Any) -> Select[Any]:
    """Stays of the frame with the group they belong to; with several schemes, one row for each."""
    chosen = select(*columns).select_from(StepPeriod).join(Case, Case.id == StepPeriod.case_id).where(frame.stays())
    return labelled(chosen, frame.by, _TABLE.entered_on, office=StepPeriod.office_id)


def _counted(frame: Frame) -> Select[Any]:
    """One statement, so that a stay left meanwhile is counted once: sums of stays left, and each running stay."""
    own, waiting, paused = COLUMNS[frame.clock]
    left = frame.closed()
    stays = grouped(
        frame,
        StepPeriod.step,
        case((left, StepPeriod.left_to), else_=null()).label("left_to"),
        case((and_(left, StepPeriod.left_to == ENDED), Case.end_reason), else_=null()).label("reason"),
        case((left, null()), else_=StepPeriod.id).label("running_id"),
        case((left, null()), else_=StepPeriod.entered_on).label("entered_on"),
        case((left, own + waiting), else_=null()).label("observed"),
        case((left, own), else_=null()).label("own"),
        case((left, waiting), else_=null()).label("waiting"),
        case((left, paused), else_=null()).label("paused"),
    ).subquery()
    s = stays.c
    keys = (s.label, s.step, s.left_to, s.reason, s.running_id, s.entered_on, s.observed)
    sums = (func.sum(s.own).label("own"), func.sum(s.waiting).label("waiting"), func.sum(s.paused).label("paused"))
    return select(*keys, func.count().label("many"), *sums).group_by(*keys)


def _add_left(tally: Tally, row: Row[Any], is_forward: Callable[[str, str], bool]) -> None:
    went_on = row.left_to != ENDED
    tally.days[int(row.observed), went_on] += row.many
    tally.own += int(row.own)
    tally.waiting += int(row.waiting)
    tally.paused += int(row.paused)
    if not went_on:
        tally.ended[row.reason or "unknown"] += row.many
    elif is_forward(row.step, row.left_to):
        tally.forward += row.many
    else:
        tally.back += row.many


@dataclass(frozen=True)
class _Stretches:
    waitings: dict[int, list[tuple[str, Interval]]]
    pauses: dict[int, list[Interval]]


def _intervals(session: Session, frame: Frame, which: ColumnElement[bool]) -> _Stretches:
    found = _Stretches(defaultdict(list), defaultdict(list))
    waitings = select(Waiting).join(StepPeriod, StepPeriod.id == Waiting.period_id).where(frame.stays(), which)
    for waiting in session.scalars(waitings.order_by(Waiting.started_on, Waiting.id)):
        span = Interval(waiting.started_on, waiting.ended_on)
        found.waitings[waiting.period_id].append((waiting.waiting_for, span))
    pauses = select(Pause).join(StepPeriod, StepPeriod.id == Pause.period_id).where(frame.stays(), which)
    for pause in session.scalars(pauses):
        found.pauses[pause.period_id].append(Interval(pause.started_on, pause.ended_on))
    return found


def _add_running(counts: Counts, rows: Sequence[Row[Any]], frame: Frame, stretches: _Stretches) -> None:
    for row in rows:
        tally, stay = counts[row.label, row.step], row.running_id
        days = count(
            row.entered_on,
            frame.as_of,
            stretches.pauses.get(stay, ()),
            stretches.waitings.get(stay, ()),
            frame.clock,
        )
        tally.days[days.observed, False] += 1
        tally.open += 1
        tally.own += days.own
        tally.waiting += sum(days.waiting.values())
        tally.paused += days.paused
        tally.waiting_by.update(days.waiting)


def _add_waited_for(session: Session, counts: Counts, frame: Frame) -> None:
    """Who was waited for in stays left: the stored days where it was one party, counted again where several."""
    waiting = COLUMNS[frame.clock].waiting
    waited = and_(frame.closed(), waiting > 0)
    whom = (func.min(Waiting.waiting_for).label("first"), func.max(Waiting.waiting_for).label("last"))
    parties = select(Waiting.period_id, *whom).group_by(Waiting.period_id).subquery()
    same = parties.c.first == parties.c.last
    one = grouped(frame, StepPeriod.step, parties.c.first.label("whom"), waiting.label("days"))
    stays = one.join(parties, parties.c.period_id == StepPeriod.id).where(waited, same).subquery().c
    keys = (stays.label, stays.step, stays.whom)
    for row in session.execute(select(*keys, func.sum(stays.days).label("days")).group_by(*keys)):
        counts[row.label, row.step].waiting_by[row.whom] += int(row.days)
    several = grouped(frame, StepPeriod.id, StepPeriod.step, StepPeriod.entered_on, StepPeriod.left_on)
    rows = session.execute(several.join(parties, parties.c.period_id == StepPeriod.id).where(waited, ~same)).all()
    stretches = _intervals(session, frame, waited) if rows else _Stretches({}, {})
    for row in rows:
        pauses, waitings = stretches.pauses.get(row.id, ()), stretches.waitings[row.id]
        counts[row.label, row.step].waiting_by.update(
            count(row.entered_on, row.left_on, pauses, waitings, frame.clock).waiting
        )
