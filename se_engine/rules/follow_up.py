"""The schedule after job start: when checks are planned, and how long it may then be between two contacts."""

from collections.abc import Iterator
from itertools import pairwise

WEEK = 7
CHECK_DAYS = (-3, 0, 2, *(WEEK * number for number in (1, 2, 3, 4, 6, 8, 10, 13, 17, 21, 26, 30, 34, 39, 43, 47, 52)))
"""Days from the first paid day."""
GRACE = 7
"""Days a contact may be later than the check it was planned for."""


def contact_limits() -> Iterator[tuple[int, int]]:
    """(first day, limit): from that day of the job on, so many days may pass between two successful contacts.

    The limit is the gap between the check that has come and the next one, and a week. After the last check the last
    gap stays; before the first one there is no limit of the schedule.
    """
    before = None
    for check, following in pairwise(CHECK_DAYS):
        limit = following - check + GRACE
        if limit != before:
            yield check, limit
        before = limit


def contact_limit(day: int) -> int | None:
    """The limit on one day of the job; None before the schedule begins."""
    found = None
    for first, limit in contact_limits():
        if first <= day:
            found = limit
    return found
