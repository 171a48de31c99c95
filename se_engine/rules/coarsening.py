"""Facts made coarser before they leave the house in rows of single persons: bands, groups and quarters."""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)

AGES = (0, 25, 35, 45, 55)
RESIDENCE = (0, 2, 5, 10)
HOURS = (0, 10, 20, 30)
OPEN_CASES = (0, 25, 50, 100)
WITHHELD = "withheld"
"""In place of each of the facts by which fewer than LEAST_ALIKE would be recognised."""
LEAST_ALIKE = 3
END_GROUPS = {
    "work": "work", "work_and_education": "work", "education": "education", "moved": "moved",
    "withdrew": "left", "declined": "left", "not_eligible": "not_eligible", "programme_time_over": "time_over",
}  # fmt: skip
"""Reasons of an end; health, death and what is rare stand together as `other`."""
CONTACT_GROUPS = {"participant": "participant", "employer": "employer", "three_way": "three_way"}
"""With whom; NAV, school, health service and family stand together as `others`."""


REFERRER_GROUPS = {"health_service": "other_municipal", "child_welfare": "other_municipal"}
JOB_END_GROUPS = {"sickness": "other", "unknown": ""}


def banded(number: float | None, borders: Sequence[int]) -> str:
    """`25-34` or `55+`; empty where it is not known."""
    if number is None:
        return ""
    for low, high in pairwise(borders):
        if number < high:
            return f"{low}-{high - 1}"
    return f"{borders[-1]}+"


def years_between(year: int | None, day: date) -> int | None:
    """Whole years by the calendar: of a birth or an arrival only the year is known."""
    return None if year is None else max(0, day.year - year)


def quarter(day: date) -> str:
    return f"{day.year}-Q{(day.month + 2) // 3}"


def end_group(reason: str | None) -> str:
    return "" if reason is None else END_GROUPS.get(reason, "other")


def job_end_group(reason: str | None) -> str:
    return JOB_END_GROUPS.get(reason or "unknown", reason or "")


def referrer_group(code: str | None) -> str:
    return "" if code is None else REFERRER_GROUPS.get(code, code)


def contact_group(kind: str) -> str:
    return CONTACT_GROUPS.get(kind, "others")


def recognisable(people: Mapping[Key, Sequence[str]], least: int = LEAST_ALIKE) -> set[Key]:
    """Those whose combination of facts fewer than `least` share."""
    alike = Counter(tuple(facts) for facts in people.values())
    return {one for one, facts in people.items() if alike[tuple(facts)] < least}
