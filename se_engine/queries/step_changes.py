"""How many entered and left each step in each month: from this a report is put together as of any quarter's end.

One statement for the stays, one for whom they waited for, one for the tracks; each counted by the month.
"""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlalchemy.orm import Session

from se_engine.measures.published_steps import ENDED as ENDED_PART
from se_engine.measures.published_steps import WAITED
from se_engine.queries.day_sql import NEVER, month, plus_days
from se_engine.queries.stays import ENDED, STAYS, Frame, IsForward, told_apart
from se_engine.queries.track_stays import track_stays
from se_engine.records.cases import Case, Pause, StepPeriod, Waiting

Change = tuple[str, str, date, int]
"""Group, leaf of the table of a step, the end of the month in which it changed, by how many."""
Changes = dict[str, list[Change]]
UNKNOWN = "unknown"


def stay_changes(session: Session, frame: Frame, is_forward: IsForward) -> Changes:
    """By step; the day of the frame is the last quarter's end."""
    asked = select(Case.end_reason).where(Case.id == STAYS.case_id).correlate(StepPeriod).scalar_subquery()
    reason = case((STAYS.left_to == ENDED, func.coalesce(STAYS.end_reason, asked, UNKNOWN))).label("reason")
    s = told_apart(frame, STAYS.step, STAYS.entered_on, STAYS.left_on, STAYS.left_to, reason).subquery().c
    return _changes(session, s, is_forward)


def track_changes(session: Session, frame: Frame, is_forward: IsForward) -> Changes:
    return _changes(session, track_stays(frame).subquery().c, is_forward)


def _changes(session: Session, s: Any, is_forward: IsForward) -> Changes:
    keys = (s.label, s.step, month(s.entered_on), month(s.left_on), s.left_to, s.reason)
    found: Changes = defaultdict(list)
    for label, step, entered, left, to, reason, many in session.execute(select(*keys, func.count()).group_by(*keys)):
        found[step].append((label, "running", end_of(entered), many))
        if left is not None:
            found[step].append((label, "running", end_of(left), -many))
            found[step].append((label, _left_for(step, to, reason, is_forward), end_of(left), many))
    return found


def _left_for(step: str, to: str, reason: str | None, is_forward: IsForward) -> str:
    if to == ENDED:
        return f"{ENDED_PART}.{reason or UNKNOWN}"
    return "forward" if is_forward(step, to) else "back"


def waiting_changes(session: Session, frame: Frame) -> Changes:
    """In how many stays each party came to be waited for: from the first day of it that no pause takes away."""
    began = func.coalesce(_paused_until(), Waiting.started_on)
    waitings = told_apart(frame, STAYS.step, STAYS.id, Waiting.waiting_for, began.label("began"))
    w = (
        waitings.join(Waiting, Waiting.period_id == StepPeriod.id)
        .where(Waiting.started_on < frame.as_of, began < NEVER)
        .where(or_(Waiting.ended_on.is_(None), Waiting.ended_on > began))
        .subquery()
        .c
    )
    keys = (w.label, w.step, w.waiting_for)
    firsts = select(*keys, func.min(w.began).label("began")).group_by(*keys, w.id).subquery().c
    by_month = (firsts.label, firsts.step, firsts.waiting_for, month(plus_days(firsts.began, 1)))
    found: Changes = defaultdict(list)
    for label, step, whom, first, many in session.execute(select(*by_month, func.count()).group_by(*by_month)):
        found[step].append((label, f"{WAITED}.{whom}", end_of(first), many))
    return found


def _paused_until() -> ColumnElement[Any]:
    """The end of a pause in which a waiting began: until then nobody is waited for."""
    return (
        select(func.max(func.coalesce(Pause.ended_on, NEVER)))
        .where(Pause.period_id == Waiting.period_id, Pause.started_on <= Waiting.started_on)
        .where(or_(Pause.ended_on.is_(None), Pause.ended_on > Waiting.started_on))
        .correlate(Waiting)
        .scalar_subquery()
    )


def without(every: Changes, some: Changes, name: str, others: str) -> Changes:
    """A table divided in two: `some` of the stays under a name, and what is left of `every` under another."""
    found: Changes = defaultdict(list)
    for step, changes in every.items():
        found[step] += [(others, part, day, many) for _, part, day, many in changes]
    for step, changes in some.items():
        found[step] += [(others, part, day, -many) for _, part, day, many in changes]
        found[step] += [(name, part, day, many) for _, part, day, many in changes]
    return found


def first_day(tables: Iterable[Changes]) -> date | None:
    return min((day for table in tables for changes in table.values() for _, _, day, _ in changes), default=None)


@cache
def end_of(month: str) -> date:
    year, number = map(int, month.split("-"))
    return date(year, number, monthrange(year, number)[1])
