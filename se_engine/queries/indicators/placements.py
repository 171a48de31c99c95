"""Indicators of the jobs: ordinary or not, of how many kinds, with how many employers, and advice before they began."""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from datetime import timedelta
from fractions import Fraction

from se_engine.queries.economy import TASK as ECONOMY_TALK
from se_engine.queries.indicators.evidence import Evidence, Measured, share
from se_engine.queries.indicators.registry import Count
from se_engine.queries.indicators.sources_contacts import days_after
from se_engine.queries.indicators.sources_jobs import (
    NOT_KNOWN,
    ORDINARY,
    PRACTICE,
    SUBSIDISED,
    JobRow,
    changes,
    form_on,
    jobs,
    starts,
)
from se_engine.queries.indicators.sources_work import DONE, NOT_RELEVANT, tasks
from se_engine.rules.jobs import terms_on

WEEKS_26 = 26 * 7
PERMANENT = "permanent"


def placements(evidence: Evidence) -> Sequence[tuple[JobRow, str]]:
    """Jobs and placements that began in the window, with what they were on the first day.

    What only continues the same at the same place – work after work, practice after practice – is none of its own.
    """
    every = evidence.read(jobs)
    return [
        (job, form_on(evidence, job, job.started_on))
        for job in every.values()
        if evidence.window.holds(job.started_on) and not _continues(job, every)
    ]


def _continues(job: JobRow, every: Mapping[int, JobRow]) -> bool:
    before = every.get(job.follows_id) if job.follows_id is not None else None
    return before is not None and before.work == job.work


def _of_form(evidence: Evidence, form: str) -> Measured:
    told = evidence.read(placements)
    measured = share((job.case_id, found == form) for job, found in told if found != NOT_KNOWN)
    measured.detail["not_known"] = sum(found == NOT_KNOWN for _, found in told)
    return measured


def placements_in_ordinary_paid_work(evidence: Evidence) -> Measured:
    return _of_form(evidence, ORDINARY)


def placements_with_wage_subsidy(evidence: Evidence) -> Measured:
    return _of_form(evidence, SUBSIDISED)


def placements_in_work_practice(evidence: Evidence) -> Measured:
    return _of_form(evidence, PRACTICE)


def paid_job_26_weeks_after_placement(evidence: Evidence) -> Measured:
    """First placements of a participant whose day 182 lies in the window, with a paid job on that day."""
    hers: dict[int, list[JobRow]] = {}
    for job in evidence.read(jobs).values():
        hers.setdefault(job.participant_id, []).append(job)
    counted, ordinary = [], 0
    for placed in hers.values():
        day = days_after(placed[0].started_on, WEEKS_26)
        if evidence.window.holds(day):
            then = [job for job in placed if job.work and job.runs_on(day)]
            counted.append((placed[0].case_id, bool(then)))
            ordinary += any(form_on(evidence, job, day) == ORDINARY for job in then)
    measured = share(counted)
    measured.detail["in_ordinary_work"] = ordinary
    return measured


def held(evidence: Evidence) -> Sequence[JobRow]:
    """The paid jobs of the window; of those that continue each other at one place, the last."""
    every = evidence.read(jobs)
    continued = {job.follows_id for job in every.values() if job.work}
    from_on = evidence.window.from_on
    return [
        job
        for job in every.values()
        if job.work and job.id not in continued and (job.ended_on is None or job.ended_on >= from_on)
    ]


def job_diversity(evidence: Evidence) -> Measured:
    """Different occupations by their four digits, of the paid jobs of the window that have one."""
    to_on, changed = evidence.window.to_on, evidence.read(changes)
    codes = [(job.case_id, terms_on(job, changed.get(job.id, ()), to_on).occupation_code) for job in held(evidence)]
    return _different(codes)


def employer_diversity(evidence: Evidence) -> Measured:
    """Different employers of the paid jobs of the window, by organisation number, else by their card."""
    return _different([(job.case_id, job.org_number or job.employer_id) for job in held(evidence)])


def _different(told: Sequence[tuple[int, Hashable | None]]) -> Measured:
    known = [(case_id, one) for case_id, one in told if one is not None]
    times = Counter(one for _, one in known)
    return Measured(
        value=Fraction(len(times), len(known)) if known else None,
        n=len(known),
        numerator=len(times),
        denominator=len(known),
        cases=tuple(sorted({case_id for case_id, _ in known})),
        lacking=tuple(sorted({case_id for case_id, one in known if times[one] > 1})),
        detail={"not_known": len(told) - len(known), "largest": max(times.values(), default=0)},
    )


def permanent_ordinary_jobs(evidence: Evidence) -> Measured:
    """Jobs and placements that ran at the end of the window: how many are permanent ordinary work."""
    on, every, changed = evidence.window.to_on, evidence.read(jobs), evidence.read(changes)
    counted = []
    for job in every.values():
        if job.runs_on(on):
            lasting = terms_on(job, changed.get(job.id, ()), on).contract == PERMANENT
            counted.append((job.case_id, lasting and form_on(evidence, job, on) == ORDINARY))
    return share(counted)


def benefits_advice_before_start(evidence: Evidence) -> Measured:
    """Paid jobs that began in the window, with the talk on economy held before; left out where it was not relevant."""
    counted, not_relevant = [], 0
    for job in evidence.read(starts):
        if not evidence.window.holds(job.started_on):
            continue
        before = [
            row.status
            for row in evidence.read(tasks).get(job.case_id, ())
            if row.task == ECONOMY_TALK and row.happened_on <= job.started_on - timedelta(days=1)
        ]
        if before and before[-1] == NOT_RELEVANT:
            not_relevant += 1
        else:
            counted.append((job.case_id, DONE in before))
    measured = share(counted)
    measured.detail["not_relevant"] = not_relevant
    return measured


COUNTS: Mapping[str, Count] = {
    "placements_in_ordinary_paid_work": placements_in_ordinary_paid_work,
    "placements_with_wage_subsidy": placements_with_wage_subsidy,
    "placements_in_work_practice": placements_in_work_practice,
    "paid_job_26_weeks_after_placement": paid_job_26_weeks_after_placement,
    "job_diversity": job_diversity,
    "employer_diversity": employer_diversity,
    "permanent_ordinary_jobs": permanent_ordinary_jobs,
    "benefits_advice_before_start": benefits_advice_before_start,
}
