"""Stays in steps as a report counts them: chosen by a frame, added up by the database.

What is read here is read in several statements, so the session should see one moment: `Database.snapshot`.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import Session, aliased

from se_engine.measures.stays import Tally
from se_engine.queries.report_groups import labelled, nothing
from se_engine.records.cases import Case, Pause, StepPeriod, Waiting
from se_engine.rules.time import Clock, Interval

ENDED = "ended"
"""Where a stay goes when its case ends in it."""

IsForward = Callable[[str, str], bool]
Counts = defaultdict[tuple[str, str], Tally]
"""By group and step; the group is empty where nothing divides the report."""


@dataclass(frozen=True)
class Frame:
    """Which stays: of which process and offices, entered when, as they stood on which day, on which clock."""

    process: str
    offices: tuple[int, ...] | None
    """None for every office there is: nothing needs looking up then."""
    as_of: date
    from_on: date | None = None
    to_on: date | None = None
    clock: Clock = "calendar"
    visits: str = "all"
    by: str | None = None
    apart: bool = False
    """Whether groups must not overlap: with several schemes, one row under `several`."""

    def chosen(self) -> list[ColumnElement[bool]]:
        """Those entered when and where the frame says, as conditions on StepPeriod."""
        conditions = [StepPeriod.process_name == self.process]
        if self.offices is not None:
            conditions.append(StepPeriod.office_id.in_(self.offices))
        if self.from_on:
            conditions.append(StepPeriod.entered_on >= self.from_on)
        if self.to_on:
            conditions.append(StepPeriod.entered_on <= self.to_on)
        if self.visits == "first":
            earlier = aliased(StepPeriod)
            conditions.append(
                ~exists().where(
                    earlier.case_id == StepPeriod.case_id,
                    earlier.step == StepPeriod.step,
                    earlier.ordinal < StepPeriod.ordinal,
                )
            )
        return conditions

    def stays(self) -> ColumnElement[bool]:
        """The stays of the frame: what is dated later has not happened."""
        return and_(*self.chosen(), StepPeriod.entered_on <= self.as_of)

    def closed(self) -> ColumnElement[bool]:
        return and_(StepPeriod.left_on.is_not(None), StepPeriod.left_on <= self.as_of)

    def running(self) -> ColumnElement[bool]:
        return or_(StepPeriod.left_on.is_(None), StepPeriod.left_on > self.as_of)

    def at(self, offices: tuple[int, ...]) -> "Frame":
        return replace(self, offices=offices)

    def entered(self, from_on: date | None, to_on: date | None) -> "Frame":
        return replace(self, from_on=from_on, to_on=to_on)


class Columns(NamedTuple):
    """The stored days of a stay that was left."""

    own: ColumnElement[Any]
    waiting: ColumnElement[Any]
    paused: ColumnElement[Any]


STAYS = StepPeriod.__table__.c
COLUMNS: dict[Clock, Columns] = {
    "calendar": Columns(STAYS.own_days, STAYS.waiting_days, STAYS.paused_days),
    "working": Columns(STAYS.own_working_days, STAYS.waiting_working_days, STAYS.paused_working_days),
}


def grouped(frame: Frame, *columns: Any) -> Select[Any]:
    """Stays with the group they belong to as `label`; with several schemes one row for each, unless kept apart."""
    chosen = select(*columns).select_from(StepPeriod).join(Case, Case.id == StepPeriod.case_id).where(frame.stays())
    return labelled(chosen, frame.by, STAYS.entered_on, office=StepPeriod.office_id, apart=frame.apart)


def told_apart(frame: Frame, *columns: Any) -> Select[Any]:
    """The same, but no case is asked where nothing divides the report."""
    if frame.by is not None:
        return grouped(frame, *columns)
    return select(*columns, nothing().label("label")).select_from(StepPeriod).where(frame.stays())


@dataclass(frozen=True)
class Stretches:
    """The waitings and pauses of some stays, by the stay."""

    waitings: dict[int, list[tuple[str, Interval]]]
    pauses: dict[int, list[Interval]]

    def of(self, stay: int) -> tuple[list[Interval], list[tuple[str, Interval]]]:
        return self.pauses.get(stay, []), self.waitings.get(stay, [])


def stretches(session: Session, frame: Frame, which: ColumnElement[bool]) -> Stretches:
    """What had begun by the day of the report, in the stays of the frame that `which` chooses."""
    found = Stretches(defaultdict(list), defaultdict(list))
    waitings = select(Waiting.period_id, Waiting.waiting_for, Waiting.started_on, Waiting.ended_on)
    waitings = waitings.join(StepPeriod, StepPeriod.id == Waiting.period_id).order_by(Waiting.started_on, Waiting.id)
    for stay, whom, started, ended in session.execute(
        waitings.where(frame.stays(), which, Waiting.started_on <= frame.as_of)
    ):
        found.waitings[stay].append((whom, Interval(started, ended)))
    pauses = select(Pause.period_id, Pause.started_on, Pause.ended_on)
    pauses = pauses.join(StepPeriod, StepPeriod.id == Pause.period_id)
    for stay, started, ended in session.execute(pauses.where(frame.stays(), which, Pause.started_on <= frame.as_of)):
        found.pauses[stay].append(Interval(started, ended))
    return found
