"""A window cut into stretches of equal length, and how many of them hold a day."""

from collections.abc import Collection, Iterator
from datetime import date, timedelta

from se_engine.queries.indicators.evidence import Window
from se_engine.rules.calendar import working_days

ONE_DAY = timedelta(days=1)
WEEK, WORK_WEEK = timedelta(days=7), timedelta(days=4)


def stretches(window: Window, days: int) -> list[tuple[date, date]]:
    """First and last day of each, counted back from the end; a rest is left out, a short window is one stretch."""
    found = []
    last = window.to_on
    while last - timedelta(days=days) + ONE_DAY >= window.from_on:
        first = last - timedelta(days=days) + ONE_DAY
        found.append((first, last))
        last = first - ONE_DAY
    return found[::-1] or [(window.from_on, window.to_on)]


def holding(found: Collection[tuple[date, date]], days: Collection[date]) -> int:
    """How many stretches hold one of the days."""
    return sum(any(first <= day <= last for day in days) for first, last in found)


def working_weeks(window: Window) -> Iterator[date]:
    """The Monday of each week whose Monday to Friday lie in the window and are not all public holidays."""
    monday = window.from_on + timedelta(days=-window.from_on.weekday() % 7)
    while monday + WORK_WEEK <= window.to_on:
        if working_days(monday - ONE_DAY, monday + WORK_WEEK):
            yield monday
        monday += WEEK
