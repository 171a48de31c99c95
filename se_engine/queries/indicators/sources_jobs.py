"""Sources: jobs and placements as they were known at the end of the window, what changed in them, and new searches."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import case, select

from se_engine.queries.indicators.evidence import Evidence
from se_engine.queries.job_pages import WAGE
from se_engine.queries.retained_jobs import in_retention
from se_engine.records.cases import Case
from se_engine.records.employers import Employer
from se_engine.records.follow_up import ClosingTalk
from se_engine.records.jobs import Job, JobChange, NewSearch, Subsidy
from se_engine.rules.jobs import PLACEMENTS, terms_on

ORDINARY, SUBSIDISED, PRACTICE, NOT_KNOWN = "ordinary", "subsidised", "practice", "not_known"
FORMS = (ORDINARY, SUBSIDISED, PRACTICE, NOT_KNOWN)
GRANTED = "granted"
NEW_JOB = "new_job"
ONE_DAY = timedelta(days=1)


class JobRow(NamedTuple):
    """One job or placement, as it began."""

    id: int
    case_id: int
    participant_id: int
    employer_id: int | None
    org_number: str | None
    started_on: date
    ended_on: date | None
    """Empty also where it ended after the window."""
    end_reason: str | None
    end_cause: str | None
    occupation_code: str | None
    contract: str | None
    hours_per_week: float | None
    paid: bool | None
    subsidy: bool | None
    work: int
    """1: what retention counts: with pay, or no placement where nobody has said."""
    follows_id: int | None
    plan_version: int | None
    dropped_checks: str | None
    planned_until: date | None
    probation_until: date | None
    decision_on: date | None
    pay_planned_on: date | None

    def runs_on(self, day: date) -> bool:
        return self.started_on <= day and (self.ended_on is None or self.ended_on >= day)


class ChangeRow(NamedTuple):
    id: int
    job_id: int
    what: str
    happened_on: date
    number: float | None
    code: str | None
    day: date | None
    voids_id: int | None


class SearchRow(NamedTuple):
    job_id: int
    offered_on: date
    answer: str


def jobs(evidence: Evidence) -> Mapping[int, JobRow]:
    """Every job and placement that began by the end of the window, in the order in which they began."""
    window = evidence.window
    rows = evidence.rows(
        select(
            Job.id, Job.case_id, Case.participant_id, Job.employer_id, Employer.org_number, Job.started_on,
            Job.ended_on, Job.end_reason, Job.end_cause, Job.occupation_code, Job.contract, Job.hours_per_week,
            Job.paid, Job.subsidy, case((in_retention(), 1), else_=0), Job.follows_id, Job.plan_version,
            Job.dropped_checks, Job.planned_until, Job.probation_until, Job.decision_on, Job.pay_planned_on,
        )
        .join(Case, Case.id == Job.case_id)
        .outerjoin(Employer, Employer.id == Job.employer_id)
        .where(Case.office_id.in_(window.offices), ~Job.voided, Job.started_on <= window.to_on)
        .order_by(Job.started_on, Job.id)
    )  # fmt: skip
    found = (JobRow._make(row) for row in rows)
    return {job.id: _by_then(job, window.to_on) for job in found}


def _by_then(job: JobRow, to_on: date) -> JobRow:
    if job.ended_on is None or job.ended_on <= to_on:
        return job
    return job._replace(ended_on=None, end_reason=None, end_cause=None)


def work_of_case(evidence: Evidence) -> Mapping[int, Sequence[JobRow]]:
    """Case → its paid jobs, the first first."""
    found: dict[int, list[JobRow]] = defaultdict(list)
    for job in evidence.read(jobs).values():
        if job.work:
            found[job.case_id].append(job)
    return found


def starts(evidence: Evidence) -> Sequence[JobRow]:
    """The paid jobs that began, ever; one that only continues another paid job at the same place is no start."""
    every = evidence.read(jobs)
    return [job for job in every.values() if job.work and not _goes_on_from_work(job, every)]


def _goes_on_from_work(job: JobRow, every: Mapping[int, JobRow]) -> bool:
    before = every.get(job.follows_id) if job.follows_id is not None else None
    return before is not None and bool(before.work)


def losses(evidence: Evidence) -> Sequence[JobRow]:
    """The paid jobs that ended, ever, with no work after them at once: none that continues, none held the day after."""
    continued = {job.follows_id for job in evidence.read(jobs).values() if job.work}
    of_case = evidence.read(work_of_case)
    return [
        job
        for job in evidence.read(jobs).values()
        if job.work and job.ended_on and job.id not in continued and job.end_cause != NEW_JOB
        and not _works_after(job, job.ended_on, of_case[job.case_id])
    ]  # fmt: skip


def _works_after(job: JobRow, ended_on: date, hers: Sequence[JobRow]) -> bool:
    return any(other.id != job.id and other.runs_on(ended_on + ONE_DAY) for other in hers)


def changes(evidence: Evidence) -> Mapping[int, Sequence[ChangeRow]]:
    """Job → what changed in it by the end of the window, what was taken back and what takes it back included."""
    window = evidence.window
    rows = evidence.rows(
        select(
            JobChange.id, JobChange.job_id, JobChange.what, JobChange.happened_on, JobChange.number, JobChange.code,
            JobChange.day, JobChange.voids_id,
        )
        .join(Job, Job.id == JobChange.job_id)
        .join(Case, Case.id == Job.case_id)
        .where(Case.office_id.in_(window.offices), JobChange.happened_on <= window.to_on)
        .order_by(JobChange.id)
    )  # fmt: skip
    found: dict[int, list[ChangeRow]] = defaultdict(list)
    for row in rows:
        found[row.job_id].append(ChangeRow._make(row))
    return found


def wage_subsidies(evidence: Evidence) -> Mapping[int, Sequence[tuple[date, date | None]]]:
    """Job → first and last day of each wage subsidy that was granted."""
    rows = evidence.rows(
        select(Subsidy.job_id, Subsidy.from_on, Subsidy.until_on)
        .join(Case, Case.id == Subsidy.case_id)
        .where(Case.office_id.in_(evidence.window.offices), ~Subsidy.voided, Subsidy.decision == GRANTED)
        .where(Subsidy.kind.in_(WAGE), Subsidy.job_id.is_not(None), Subsidy.from_on.is_not(None))
    )
    found: dict[int, list[tuple[date, date | None]]] = defaultdict(list)
    for job_id, from_on, until_on in rows:
        found[job_id].append((from_on, until_on))
    return found


def form_on(evidence: Evidence, job: JobRow, day: date) -> str:
    """What a job or placement is on a day: ordinary paid work, paid with a wage subsidy, or practice."""
    contract = terms_on(job, evidence.read(changes).get(job.id, ()), day).contract
    if job.paid is False or contract in PLACEMENTS:
        return PRACTICE
    told = evidence.read(wage_subsidies).get(job.id)
    held = any(first <= day and (last is None or day <= last) for first, last in told) if told else bool(job.subsidy)
    if held:
        return SUBSIDISED
    return ORDINARY if job.paid else NOT_KNOWN


def searches(evidence: Evidence) -> Mapping[int, Sequence[SearchRow]]:
    """Job → when a new search was offered after it, and what she answered."""
    window = evidence.window
    rows = evidence.rows(
        select(NewSearch.job_id, NewSearch.offered_on, NewSearch.answer)
        .join(Case, Case.id == NewSearch.case_id)
        .where(Case.office_id.in_(window.offices), NewSearch.offered_on <= window.to_on)
        .order_by(NewSearch.id)
    )
    found: dict[int, list[SearchRow]] = defaultdict(list)
    for row in rows:
        found[row.job_id].append(SearchRow._make(row))
    return found


def stopped_on(evidence: Evidence) -> Mapping[int, date]:
    """Case → the talk in which she decided to end the follow-up, the newest."""
    window = evidence.window
    rows = evidence.rows(
        select(ClosingTalk.case_id, ClosingTalk.happened_on)
        .join(Case, Case.id == ClosingTalk.case_id)
        .where(Case.office_id.in_(window.offices), ClosingTalk.happened_on <= window.to_on)
        .order_by(ClosingTalk.happened_on, ClosingTalk.id)
    )
    return {row.case_id: row.happened_on for row in rows}
