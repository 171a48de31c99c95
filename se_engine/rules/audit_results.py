"""What is told first of an audit's result, what may become of a line of its plan, and when it is followed up."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

TOLD_FIRST = 3
"""So many strengths and priorities stand on the first page of a report."""
REPORTS = ("draft", "final")
READERS = ("full", "public")
"""A report is printed whole for the unit and the auditors, and with small numbers hidden for everybody else."""
BEGUN, DONE, MOVED, GIVEN_UP, REOPENED = ACTION_EVENTS = ("begun", "done", "moved", "given_up", "reopened")
SETTLED = (DONE, GIVEN_UP)
PLANNED = "planned"


def strengths(levels: Mapping[str, int], highest: int) -> list[str]:
    """The items that are rated best, if in the upper half of the scale; those rated alike in the framework's order."""
    best = sorted(levels, key=lambda key: -levels[key])
    return [key for key in best if 2 * levels[key] > highest + 1][:TOLD_FIRST]


def priorities(levels: Mapping[str, int], highest: int) -> list[str]:
    """The items that are rated lowest, of those that are not fully met."""
    worst = sorted(levels, key=lambda key: levels[key])
    return [key for key in worst if levels[key] < highest][:TOLD_FIRST]


def state_of(events: Sequence[str]) -> str:
    """Where a line of the plan stands, from what has become of it so far; moving it to another day is no state."""
    told = [what for what in events if what != MOVED]
    if not told:
        return PLANNED
    return BEGUN if told[-1] == REOPENED else told[-1]


def same_days_before(from_on: date, until_on: date, months: int) -> tuple[date, date]:
    """The window moved back by so many months: from the same day of a month to the same, a month's last its last."""
    return _months_before(from_on, months), _months_before(until_on, months)


def _months_before(day: date, months: int) -> date:
    """The same day of the month, or its last; a month's last day stays one."""
    number = day.year * 12 + day.month - 1 - months
    last = _last_day(number)
    whole = day.day == _last_day(day.year * 12 + day.month - 1).day
    return last if whole else last.replace(day=min(day.day, last.day))


def _last_day(month: int) -> date:
    following = month + 1
    return date(following // 12, following % 12 + 1, 1) - timedelta(days=1)
