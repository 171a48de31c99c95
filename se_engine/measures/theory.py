"""What the parts of a programme theory may be tied to: each measure's unit and version, and what it says of a case."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from se_engine.measures.alternatives import Tree
from se_engine.measures.effort import INTO_WORK, Changes, Course

SHARE, HOURS = "share", "hours"
WINDOW = 90
"""Hours are those of a case's first days, as in the report on effort and result."""
YES, NO, NOT_KNOWN = "yes", "no", "not_known"
TREE: Tree = {"total": (YES, NO, NOT_KNOWN)}
INTO_MORE = INTO_WORK | {"education"}
NOBODYS_CHOICE = frozenset({"moved", "died", "not_eligible"})
"""Reasons of an end that say nothing of whether she would have stayed."""


@dataclass(frozen=True)
class Measure:
    """Of cases, unless `counts` says what else; each counts from the day on which so many days have passed."""

    key: str
    unit: str = SHARE
    days: int = 0
    of: str = ""
    """The dimension or step whose hours are counted."""
    counts: str = "cases"
    version: int = 1


HOURS_OF = (
    "core", "language", "participation", "culture", "engagement", "profiling", "job_finding", "employer_engagement",
    "job_support", "follow_up",
)  # fmt: skip
_ALL = (
    *(Measure(f"hours_{part}", HOURS, WINDOW, of=part) for part in HOURS_OF),
    *(Measure(f"stays_{days}", days=days) for days in (90, 180, 365)),
    Measure("met_employer_30", days=30),
    Measure("placed_90", days=90),
    Measure("job_365", days=365),
    *(Measure(f"work_{week}", days=7 * week, counts="jobs") for week in (13, 26, 52)),
    Measure("wished_field", counts="jobs"),
    Measure("level_up_365", days=365),
    Measure("belonging"),
    Measure("need_in_place_90", days=90, counts="needs"),
    Measure("problem_solved_14", days=14, counts="problems"),
    Measure("own_wish", counts="tracks"),
    Measure("mastered_30", days=30),
    Measure("without_misunderstanding_90", days=90, counts="jobs"),
    Measure("without_norms_90", days=90, counts="jobs"),
    Measure("not_for_language", counts="tracks"),
    Measure("another_there_365", days=365, counts="employers"),
)
MEASURES: Mapping[str, Measure] = MappingProxyType({one.key: one for one in _ALL})


def stays(course: Course, days: int) -> Changes:
    """Whether the case goes on so many days after it was opened, or has ended into work or education."""
    day = course.opened_on + timedelta(days=days)
    if course.ended_on is None or course.ended_on >= day or course.end_reason in INTO_MORE:
        return ((day, YES),)
    return ((day, NOT_KNOWN if course.end_reason in NOBODYS_CHOICE else NO),)


def within(course: Course, found_on: date | None, days: int, *, goes_on_unseen: bool) -> Changes:
    """Whether something had come before so many days had passed.

    What may come without the service (`goes_on_unseen`) is not known of those whose case had ended by then.
    """
    day = course.opened_on + timedelta(days=days)
    if found_on is not None and found_on < day:
        return ((day, YES),)
    left = course.ended_on is not None and course.ended_on < day
    if goes_on_unseen and left:
        return ((day, YES if course.end_reason in INTO_WORK else NOT_KNOWN),)
    return ((day, NO),)


def done_within(began_on: date, done_on: date | None, days: int) -> Changes:
    """Whether what began was done before so many days had passed; the last of them counts."""
    last = began_on + timedelta(days=days)
    return ((last, YES if done_on is not None and done_on <= last else NO),)
