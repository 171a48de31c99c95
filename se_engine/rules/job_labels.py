"""Labels of jobs: «started», «sustained», «education». Functions of facts and of a definition, never stored.

In work at week 4, 13, 26 and 52 is asked of rules/retention.py, which knows the answers at checks.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from se_engine.rules.career import Stretch as Schooling
from se_engine.rules.career import in_education
from se_engine.rules.jobs import PLACEMENTS, Stretch

YES, NO, NOT_KNOWN = "yes", "no", "not_known"


@dataclass(frozen=True)
class Definition:
    """What a label means; a number that was counted is read together with the version."""

    version: int
    hours: float
    """Hours a week from which a week counts."""
    weeks: int
    of_weeks: int


DEFINITIONS = {1: Definition(1, hours=13, weeks=26, of_weeks=30)}
NEWEST = DEFINITIONS[max(DEFINITIONS)]


@dataclass(frozen=True)
class Worked:
    """A job as its labels see it."""

    started_on: date
    ended_on: date | None
    paid: bool | None
    stretches: Sequence[Stretch]
    subsidised: Sequence[tuple[date, date | None]] = ()
    """First and last day of each wage subsidy."""
    known_until: date | None = None
    """The newest day on which somebody has said that she is in it; no end date is no answer."""


@dataclass(frozen=True)
class Label:
    key: str
    value: str
    """yes, no or not_known."""
    version: int
    since: date | None = None
    weeks: int | None = None
    """How many weeks counted, for «sustained»."""


def labels(jobs: Sequence[Worked], educations: Iterable[Schooling], on: date, definition: Definition = NEWEST) -> tuple[
    Label, Label, Label
]:  # fmt: skip
    """The labels of a person on a day."""
    schooling = YES if in_education(educations, on) else NO
    return (
        job_started(jobs, on, definition),
        sustained(jobs, on, definition),
        Label("education", schooling, definition.version),
    )


def job_started(jobs: Iterable[Worked], on: date, definition: Definition = NEWEST) -> Label:
    """A paid job has begun, whatever came after."""
    first = min((job.started_on for job in jobs if job.paid and job.started_on <= on), default=None)
    return Label("job_started", YES if first else NO, definition.version, since=first)


def sustained(jobs: Sequence[Worked], on: date, definition: Definition = NEWEST) -> Label:
    """Ordinary paid work of enough hours, in enough of the weeks up to the day; several jobs count together."""
    counted = unknown = 0
    for number in range(definition.of_weeks):
        last = on - timedelta(weeks=number)
        value = _week(jobs, last - timedelta(days=6), last, definition.hours)
        counted += value == YES
        unknown += value == NOT_KNOWN
    value = YES if counted >= definition.weeks else NOT_KNOWN if counted + unknown >= definition.weeks else NO
    return Label("sustained", value, definition.version, weeks=counted)


def _week(jobs: Sequence[Worked], first: date, last: date, least: float) -> str:
    """Enough hours on the first and on the last day of the week, and known to be so."""
    days = [_day(jobs, day, least) for day in (first, last)]
    return NO if NO in days else NOT_KNOWN if NOT_KNOWN in days else YES


def _day(jobs: Sequence[Worked], day: date, least: float) -> str:
    sure = perhaps = 0.0
    for job in jobs:
        if not ordinary_on(job, day):
            continue
        hours = _hours(job, day)
        known = (job.known_until is not None and day <= job.known_until) or job.ended_on is not None
        if hours is not None and known:
            sure += hours
        else:
            perhaps += least if hours is None else hours
    return YES if sure >= least else NOT_KNOWN if sure + perhaps >= least else NO


def ordinary_on(job: Worked, day: date) -> bool:
    """Paid, no placement, and not on a wage subsidy that day."""
    if not job.paid or day < job.started_on or (job.ended_on is not None and day > job.ended_on):
        return False
    terms = _stretch(job, day)
    if terms is not None and terms.terms.contract in PLACEMENTS:
        return False
    return not any(first <= day and (last is None or day <= last) for first, last in job.subsidised)


def _hours(job: Worked, day: date) -> float | None:
    found = _stretch(job, day)
    return found.terms.hours if found else None


def _stretch(job: Worked, day: date) -> Stretch | None:
    return next((one for one in reversed(job.stretches) if one.from_on <= day), None)
