"""Days between two dates, all of them or only the working days of Norway; the next working day."""

from datetime import date, timedelta
from functools import cache
from itertools import accumulate

SATURDAY = 5


def calendar_days(after: date, until: date) -> int:
    """How many days d there are with after < d <= until."""
    return max(0, until.toordinal() - after.toordinal())


def working_days(after: date, until: date) -> int:
    """How many working days d there are with after < d <= until: no Saturdays, Sundays or public holidays."""
    if until <= after:
        return 0
    whole_years = sum(_so_far(year)[-1] for year in range(after.year, until.year))
    return whole_years + _in_year(until) - _in_year(after)


def is_working_day(day: date) -> bool:
    first = date(day.year, 1, 1).toordinal()
    number = day.toordinal() - first
    counted = _so_far(day.year)
    return counted[number + 1] > counted[number]


def next_working_day(after: date) -> date:
    day = after + timedelta(days=1)
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def add_working_days(after: date, days: int) -> date:
    """The last of so many working days after a day."""
    day = after
    for _ in range(days):
        day = next_working_day(day)
    return day


def _in_year(day: date) -> int:
    return _so_far(day.year)[day.toordinal() - date(day.year, 1, 1).toordinal() + 1]


@cache
def _so_far(year: int) -> tuple[int, ...]:
    """The working days among the first 0, 1, 2 … days of the year, so that counting is two look-ups."""
    from holidays import (
        country_holidays,
    )  # takes longer to import than all the rest; the calendar clock never needs it

    public = country_holidays("NO", years=year)
    first = date(year, 1, 1)
    days = (first + timedelta(days=number) for number in range((date(year, 12, 31) - first).days + 1))
    return tuple(accumulate((day.weekday() < SATURDAY and day not in public for day in days), initial=0))
