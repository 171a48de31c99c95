"""The schedule after job start: the days of its checks, what has become of each, and how long she may go unmet.

Days only: a check keeps its day through summer time, leap years and holidays; the next working day stands beside it.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from se_engine.rules.calendar import next_working_day
from se_engine.rules.follow_up_plan import FollowUpPlan, PlanCheck, PlanEvent

KEPT, ANSWERED, DUE, MISSED, AHEAD, DROPPED, PAST = "kept", "answered", "due", "missed", "ahead", "dropped", "past"
STATES = (KEPT, ANSWERED, DUE, MISSED, AHEAD, DROPPED, PAST)
"""PAST: the job, or its schedule, was over before anybody had to come."""
MISSED_IN_A_ROW = 2
"""So many missed checks in a row and nobody knows whether she still is in the job."""
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Window:
    """The days of the job in which a contact keeps the check; they follow each other without a gap."""

    check: PlanCheck
    first: int
    last: int


@dataclass(frozen=True)
class Point:
    """One check of one job."""

    check: PlanCheck
    on: date
    opens: date
    closes: date
    red_from: date
    state: str
    kept_on: date | None = None

    @property
    def working_day(self) -> date:
        """The day itself, or the next working day after a Sunday or a holiday."""
        return next_working_day(self.on - ONE_DAY)


def windows(plan: FollowUpPlan) -> tuple[Window, ...]:
    """Each begins halfway after the check before; the last is as long after its day as before it."""
    days = [check.day for check in plan.checks]
    firsts = [-plan.opens_before, *(one + (other - one + 1) // 2 for one, other in pairwise(days))]
    lasts = [first - 1 for first in firsts[1:]]
    lasts.append(days[-1] + (days[-1] - firsts[-1]))
    return tuple(Window(*one) for one in zip(plan.checks, firsts, lasts, strict=True))


def window_of(plan: FollowUpPlan, check: PlanCheck) -> Window:
    return next(window for window in windows(plan) if window.check is check)


def points(
    plan: FollowUpPlan,
    since: date,
    on: date,
    *,
    contacts: Collection[date] = (),
    answers: Collection[date] = (),
    dropped: Collection[str] = (),
    ended_on: date | None = None,
) -> tuple[Point, ...]:
    """A job's checks as they stand on a day; `answers` are the days on which somebody knew, and contacts too.

    A talk after the job keeps none of the checks that had not begun when it ended.
    """
    met = sorted({*contacts, *answers})
    found = []
    for window in windows(plan):
        first, last = since + timedelta(days=window.first), since + timedelta(days=window.last)
        day, red = since + timedelta(days=window.check.day), since + timedelta(days=window.check.day + plan.red_after)
        over = ended_on is not None and ended_on < first
        kept = None if over else next((contact for contact in met if first <= contact <= min(last, on)), None)
        known = any(first <= answer <= min(last, on) for answer in answers)
        if kept is not None:
            state = ANSWERED if known or not window.check.asks else KEPT
        elif window.check.key in dropped and window.check.light:
            state = DROPPED
        elif ended_on is not None and ended_on < red:
            state = PAST
        else:
            state = AHEAD if on < day else DUE if on <= red else MISSED
        found.append(Point(window.check, day, first, last, red + ONE_DAY, state, kept))
    return tuple(found)


def next_check(
    plan: FollowUpPlan, since: date, last_contact: date | None, dropped: Collection[str] = ()
) -> PlanCheck | None:
    """The check after the one that the last contact has kept; it stays until somebody has kept it or a later one."""
    day = None if last_contact is None else (last_contact - since).days
    ahead = (window.check for window in windows(plan) if day is None or window.first > day)
    return next((check for check in ahead if check.key not in dropped), None)


def contact_limits(plan: FollowUpPlan, dropped: Collection[str] = ()) -> Iterator[tuple[int, int]]:
    """(first day, limit): from that day of the job on, so many days may pass between two successful contacts.

    The limit is the gap between the check that has come and the next one, and the days until that one is red. After the
    last check the last gap stays; before the first one there is no limit of the schedule.
    """
    before = None
    for check, following in pairwise([check.day for check in plan.checks if check.key not in dropped]):
        limit = following - check + plan.red_after
        if limit != before:
            yield check, limit
        before = limit


def contact_limit(plan: FollowUpPlan, day: int, dropped: Collection[str] = ()) -> int | None:
    """The limit on one day of the job; None before the schedule begins."""
    found = None
    for first, limit in contact_limits(plan, dropped):
        if first <= day:
            found = limit
    return found


def unknown_from(points: Sequence[Point]) -> date | None:
    """From the first of two missed checks in a row that nothing came after: since then nobody knows."""
    asked = [point for point in points if point.check.asks and point.state in (KEPT, ANSWERED, MISSED)]
    missed: list[Point] = []
    for point in reversed(asked):
        if point.state != MISSED:
            break
        missed.append(point)
    return missed[-1].on if len(missed) >= MISSED_IN_A_ROW else None


@dataclass(frozen=True)
class EventPoint:
    """One more check because something changes at work."""

    event: PlanEvent
    changes_on: date
    on: date
    state: str
    kept_on: date | None = None


def event_point(
    plan: FollowUpPlan, event: PlanEvent, changes_on: date, on: date, *, contacts: Collection[date] = ()
) -> EventPoint:
    """Kept by a contact from the day it opens until it is red; like a check it is due on its day."""
    due = changes_on + timedelta(days=event.due)
    first, red = changes_on + timedelta(days=event.opens), due + timedelta(days=plan.red_after)
    kept = next((contact for contact in sorted(contacts) if first <= contact <= on), None)
    state = KEPT if kept is not None else AHEAD if on < due else DUE if on <= red else MISSED
    return EventPoint(event, changes_on, due, state, kept)
