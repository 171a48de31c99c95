"""Whether somebody was in a job so many weeks after it began: known, not known, known late. Pure, and versioned.

Nothing of this is stored. A job without an end date is never taken for one that goes on: somebody has to have said so.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from se_engine.rules.follow_up import points, unknown_from, window_of
from se_engine.rules.follow_up_answers import NOT_KNOWN as NO_ANSWER
from se_engine.rules.follow_up_answers import THIS_JOB
from se_engine.rules.follow_up_plan import WEEK, FollowUpPlan

DEFINITION_VERSION = 1
CHECKPOINTS = (4, 13, 26, 52)
IN_WORK, NOT_IN_WORK, NOT_KNOWN = "in_work", "not_in_work", "not_known"
STANDINGS = (IN_WORK, NOT_IN_WORK, NOT_KNOWN)


@dataclass(frozen=True)
class JobFacts:
    """A job as it is known on a day; later facts are left out by whoever asks."""

    started_on: date
    ended_on: date | None = None
    answers: tuple[tuple[date, str], ...] = ()
    """Day and answer of its checks, in the order of the days."""


@dataclass(frozen=True)
class Known:
    standing: str
    late: bool = False
    """A later answer said that it has been the same job all the time."""


def last_day_in_time(plan: FollowUpPlan, week: int) -> int:
    """The day of the job up to which an answer about a week comes in time: the end of that check's window."""
    check = plan.check_of_week(week)
    return window_of(plan, check).last if check else week * WEEK + plan.red_after


def at_week(job: JobFacts, week: int, in_time: int) -> Known:
    """How the job is known at the end of a week, by its end or by an answer dated on that day or later.

    In the check's window the first answer decides. Later only «this job» does: it covers all the time since the start,
    while «not in work» in week 60 says nothing of week 52.
    """
    day = job.started_on + timedelta(days=week * WEEK)
    if job.ended_on is not None:
        return Known(IN_WORK if job.ended_on >= day else NOT_IN_WORK)
    said = first_word(job, week, in_time)
    return said[1] if said else Known(NOT_KNOWN)


def first_word(job: JobFacts, week: int, in_time: int) -> tuple[date, Known] | None:
    """The answer that decides how the job is known at the end of a week, where no end does, with its day."""
    day, latest = (job.started_on + timedelta(days=many) for many in (week * WEEK, in_time))
    for on, answer in job.answers:
        if on < day or answer == NO_ANSWER:
            continue
        if on <= latest:
            return on, Known(IN_WORK if answer == THIS_JOB else NOT_IN_WORK)
        if answer == THIS_JOB:
            return on, Known(IN_WORK, late=True)
    return None


def stands(job: JobFacts, on: date, plan: FollowUpPlan, day: date | None = None, dropped: Collection[str] = ()) -> str:
    """Whether she is, or on an earlier day was, in the job, as it is known on a day.

    Between two answers and until two checks in a row are missed the last word holds; from the first miss on nobody
    knows. A light check that she left out is none that was missed. An answer that she is elsewhere, without an end
    date, holds from its own day.
    """
    asked = day or on
    if job.ended_on is not None:
        return IN_WORK if asked <= job.ended_on else NOT_IN_WORK
    said = [(since, answer) for since, answer in job.answers if since <= on and answer != NO_ANSWER]
    if any(since >= asked and answer == THIS_JOB for since, answer in said):
        return IN_WORK
    if said and said[-1][1] != THIS_JOB:
        return NOT_IN_WORK if asked >= said[-1][0] else NOT_KNOWN
    seen = [since for since, _ in said]
    unknown = unknown_from(points(plan, job.started_on, on, answers=seen, dropped=dropped))
    return NOT_KNOWN if unknown is not None and asked >= unknown else IN_WORK
