"""Effort and what came after it: contacts shared out between dimensions, bands of hours, later results.

The effort is what happened in a case's first days (the window); results are looked for from the day after them on, and
only cases still open on that day count. So nobody is put into a band of many hours because she stayed long enough to
get them, and nobody's result lies before the effort it is compared with. It shows what goes together and no effect:
who is given more hours, and who wants more, differs in what nobody has recorded.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from se_engine.measures.alternatives import Tree

DEFINITION_VERSION = 1
WINDOWS = (90, 60, 30)
"""Days of effort, the first that of the published form."""
DIMENSIONS = ("core", "language", "participation", "culture")
NO_TASK = "no_task"
"""Contacts that are no task's evidence."""
ALL = "all"
BANDS = ("low", "middle", "high")
HOURS, THIRDS = "hours", "thirds"
LIMITS = {ALL: (4, 10)}
PART_LIMITS = (1, 3)
"""Hours in the window from which the middle and the high band begin; of one dimension or step there are fewer."""

MEETING, DAY_180 = "meeting", "day_180"
SOON, LATER = 30, 60
HORIZON = 180
WEEKS = (13, 26, 52)
INTO_WORK = frozenset({"work", "work_and_education"})
ALREADY, NOT_YET, JOB, SEARCHING, ENDED = "already", "not_yet", "job", "searching", "ended_without"

MEETING_TREE: Tree = {"reached": ("already", "at_risk"), "at_risk": ("met", "not_met"), "met": ("in_30", "in_60")}
WORK_TREE: Tree = {"reached": ("in_work", "not_in_work", "not_known")}

Minutes = int | Fraction
"""Parts of a minute where a contact is shared between dimensions."""
Changes = tuple[tuple[date, str], ...]
"""From which day on a case stands in which part, in the order of the days."""


class Course(NamedTuple):
    """What is known of one case on the day of the report: later facts are left out by whoever asks."""

    opened_on: date
    ended_on: date | None = None
    end_reason: str | None = None
    meeting_on: date | None = None
    """The first meeting with an employer about a concrete job."""
    job_on: date | None = None
    """The first day of her first paid job in the case."""

    def from_day(self, window: int) -> date:
        """The first day on which a result counts."""
        return self.opened_on + timedelta(days=window)

    def counts(self, window: int) -> bool:
        """Whether the case was still open when its window was over."""
        return self.ended_on is None or self.ended_on >= self.from_day(window)


def day_180_tree(reasons: Sequence[str]) -> Tree:
    """One way of dividing everybody, so that no part of another division tells of a hidden one."""
    return {
        "reached": (ALREADY, "at_risk"),
        "at_risk": (JOB, SEARCHING, ENDED),
        ENDED: tuple(f"ended.{reason}" for reason in reasons),
    }


def meeting(course: Course, window: int) -> Changes:
    """The first employer meeting within 30 and 60 days after the window."""
    start = course.from_day(window)
    part = "not_met"
    if course.meeting_on is not None and course.meeting_on < start + timedelta(days=LATER):
        soon = course.meeting_on < start + timedelta(days=SOON)
        part = ALREADY if course.meeting_on < start else "in_30" if soon else "in_60"
    return ((start + timedelta(days=LATER), part),)


def day_180(course: Course, window: int) -> Changes:
    """What had come first by 180 days after the window: a paid job, an end without one, or neither yet.

    Who ended into work is in a job from that day, where no job was recorded.
    """
    start = course.from_day(window)
    last = start + timedelta(days=HORIZON)
    ended = course.ended_on is not None and course.ended_on < last
    if course.job_on is not None and course.job_on < last:
        part = ALREADY if course.job_on < start else JOB
    elif ended:
        part = JOB if course.end_reason in INTO_WORK else f"ended.{course.end_reason or 'unknown'}"
    else:
        part = SEARCHING
    return ((last, part),)


def limits(of: str, bands: str, minutes: Sequence[Minutes]) -> tuple[int, int]:
    """From how many minutes on the middle and the high band begin: by fixed hours, or by thirds of the cases."""
    if bands == THIRDS:
        return thirds(minutes)
    low, high = LIMITS.get(of, PART_LIMITS)
    return 60 * low, 60 * high


def thirds(minutes: Sequence[Minutes]) -> tuple[int, int]:
    """Equal minutes stay together: with more than a third at nothing, the low band is those with nothing."""
    if not minutes:
        return 0, 0
    ranked = sorted(minutes)
    low, high = (ranked[(len(ranked) * part - 1) // 3] for part in (1, 2)) if len(ranked) > 2 else (ranked[0],) * 2
    return int(low) + 1, int(max(high, low)) + 1


def band(minutes: Minutes, borders: tuple[int, int]) -> str:
    return BANDS[(minutes >= borders[0]) + (minutes >= borders[1])]


def shared(minutes: int, dimensions: Sequence[str]) -> dict[str, Fraction]:
    """Minutes of contacts that serve these dimensions: equal parts for each dimension, however many tasks it has."""
    among = dimensions or (NO_TASK,)
    return {one: Fraction(minutes, len(among)) for one in among}
