"""Two criteria of se5 as functions of one job's contacts: close in the first month, and as long as needed."""

from collections.abc import Collection

YEAR = 365
MONTHS = 12
FROM_MONTH = 2
SHARES = (0.25, 0.50, 0.75, 0.90)
"""Where levels 2, 3, 4 and 5 begin."""


def month_of(day: int) -> int:
    """The month of a day of the job: a twelfth of 365 days, counted from 1."""
    return day * MONTHS // YEAR + 1


def close_in_first_month(days: Collection[int]) -> bool:
    """5.1: contact in the 7 days up to the first, on one of the days 1 to 3, and in each of weeks 1 to 4.

    `days`: the days of the job with a successful contact; week n has the days 7n-6 to 7n.
    """
    before = any(-7 <= day <= 0 for day in days)
    at_once = any(1 <= day <= 3 for day in days)
    weeks = all(any(7 * (week - 1) < day <= 7 * week for day in days) for week in range(1, 5))
    return before and at_once and weeks


def as_long_as_needed(days: Collection[int], *, left_out: Collection[int] = (), stopped_on: int | None = None) -> bool:
    """5.2: contact in each month from 2 to 12, or her own choice: a check she left out, or that she wanted no more."""
    seen = {month_of(day) for day in (*days, *left_out)}
    last = MONTHS if stopped_on is None else min(MONTHS, month_of(stopped_on) - 1)
    return all(month in seen for month in range(FROM_MONTH, last + 1))


def level_of_share(share: float) -> int:
    """The level, 1 to 5, for the share of jobs that fulfil it."""
    return 1 + sum(share >= begins for begins in SHARES)
