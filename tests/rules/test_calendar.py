"""Working days in Norway, and days between dates."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from se_engine.rules.calendar import calendar_days, is_working_day, working_days

days = st.dates(date(2015, 1, 1), date(2035, 12, 31))
NOT_WORKED_IN_2026 = [
    "2026-01-01",
    "2026-04-02",
    "2026-04-03",
    "2026-04-06",
    "2026-05-01",
    "2026-05-14",
    "2026-05-25",
    "2026-12-25",
]


@pytest.mark.parametrize("day", NOT_WORKED_IN_2026)
def test_public_holiday_on_a_weekday_is_not_a_working_day(day: str) -> None:
    assert not is_working_day(date.fromisoformat(day))


def test_only_the_public_holidays_are_taken_from_the_weekdays_of_2026() -> None:
    year = [date(2026, 1, 1) + timedelta(days=number) for number in range(365)]
    free = [day.isoformat() for day in year if day.weekday() < 5 and not is_working_day(day)]
    assert free == NOT_WORKED_IN_2026


@pytest.mark.parametrize("day", ["2026-11-21", "2026-11-22"])
def test_saturday_and_sunday_are_not_working_days(day: str) -> None:
    assert not is_working_day(date.fromisoformat(day))


@pytest.mark.parametrize("day", ["2026-12-24", "2026-12-31", "2026-05-18", "2028-02-29"])
def test_days_that_are_no_holidays_by_law_are_worked(day: str) -> None:
    assert is_working_day(date.fromisoformat(day))


def test_easter_takes_three_working_days() -> None:
    """From the Friday before to the Friday after: ten weekdays, three of them holidays."""
    assert working_days(date(2026, 3, 27), date(2026, 4, 10)) == 7


def test_first_day_does_not_count_and_the_last_does() -> None:
    monday, tuesday = date(2026, 11, 16), date(2026, 11, 17)
    assert working_days(monday, tuesday) == calendar_days(monday, tuesday) == 1


def test_same_day_is_no_day() -> None:
    assert working_days(date(2026, 11, 16), date(2026, 11, 16)) == 0
    assert calendar_days(date(2026, 11, 16), date(2026, 11, 16)) == 0


@given(days, days)
def test_working_days_are_those_found_one_by_one(one: date, other: date) -> None:
    after, until = min(one, other), min(max(one, other), min(one, other) + timedelta(days=800))
    between = [after + timedelta(days=number) for number in range(1, (until - after).days + 1)]
    assert working_days(after, until) == sum(is_working_day(day) for day in between)
    assert calendar_days(after, until) == len(between)


@given(days, days, days)
def test_counts_of_adjoining_stretches_add_up(one: date, two: date, three: date) -> None:
    first, middle, last = sorted([one, two, three])
    for count in (working_days, calendar_days):
        assert count(first, middle) + count(middle, last) == count(first, last)


@given(days, days)
def test_stretch_that_runs_backwards_has_no_days(one: date, other: date) -> None:
    assert working_days(max(one, other), min(one, other)) == 0
    assert calendar_days(max(one, other), min(one, other)) == 0
