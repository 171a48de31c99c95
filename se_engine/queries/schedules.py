"""Which job leads the follow-up, and what she has chosen about its checks."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from se_engine import follow_up_plans
from se_engine.queries.access import access_case, access_of_case
from se_engine.records.follow_up import ScheduleChoice
from se_engine.records.jobs import Job
from se_engine.rules.errors import NotFound
from se_engine.rules.follow_up import windows
from se_engine.rules.follow_up_answers import CONFIRMED, DROPPED, MORE, RESTORED
from se_engine.rules.follow_up_plan import FollowUpPlan, PlanCheck
from se_engine.rules.roles import Actor

SEPARATOR = ","


def leading(jobs: Collection[Job], on: date) -> Job | None:
    """The running paid job with most hours, the newest of equals: its schedule is the one that is followed."""
    running = [job for job in jobs if runs(job, on)]
    return max(running, key=lambda job: (hours(job), job.started_on, job.id), default=None)


def runs(job: Job, on: date) -> bool:
    begun = bool(job.paid) and not job.voided and job.started_on <= on
    return begun and (job.ended_on is None or job.ended_on >= on)


def hours(job: Job) -> float:
    return job.hours_now if job.hours_now is not None else job.hours_per_week or 0


def leading_job(session: Session, case_id: int, on: date) -> Job | None:
    """The same in one statement."""
    return session.scalar(
        select(Job)
        .where(Job.case_id == case_id, Job.paid.is_(True), ~Job.voided)
        .where(Job.started_on <= on, Job.ended_on.is_(None) | (Job.ended_on >= on))
        .order_by(func.coalesce(Job.hours_now, Job.hours_per_week, 0).desc(), Job.started_on.desc(), Job.id.desc())
        .limit(1)
    )


def plan_of(job: Job) -> FollowUpPlan:
    """The version she has said yes to, or the newest."""
    return follow_up_plans.get(job.plan_version)


def survey_plan(session: Session, actor: Actor, case_id: int, job_id: int | None, on: date) -> FollowUpPlan:
    """Whose questions a survey has: those of the job it is about, or of the one that leads where none is named."""
    if job_id is None:
        lead = leading_job(session, access_case(session, actor, case_id).id, on)
        return plan_of(lead) if lead else follow_up_plans.newest()
    job, case = access_of_case(session, actor, Job, job_id)
    if case.id != case_id:
        raise NotFound
    return plan_of(job)


def check_of_today(job: Job | None, on: date) -> PlanCheck | None:
    """The check in whose window the day lies."""
    if job is None:
        return None
    day = (on - job.started_on).days
    return next((one.check for one in reversed(windows(plan_of(job))) if one.first <= day), None)


def dropped_checks(job: Job) -> frozenset[str]:
    """The light checks she has left out of this job's schedule."""
    return frozenset(key for key in (job.dropped_checks or "").split(SEPARATOR) if key)


def as_kept(dropped: Collection[str], plan: FollowUpPlan) -> str | None:
    """The keys as a job keeps them, with commas around each, so that a statement can look for one."""
    keys = [check.key for check in plan.checks if check.key in dropped]
    return f"{SEPARATOR}{SEPARATOR.join(keys)}{SEPARATOR}" if keys else None


@dataclass(frozen=True)
class Choices:
    """Her choices about one job's schedule, the newest of each kind."""

    confirmed: ScheduleChoice | None = None
    dropped: tuple[ScheduleChoice, ...] = ()
    more: tuple[ScheduleChoice, ...] = ()


def choices_of(rows: Sequence[ScheduleChoice], job_id: int) -> Choices:
    """Those of one job among rows in the order in which they were written."""
    own = [row for row in rows if row.job_id == job_id]
    newest = {row.point: row for row in own if row.choice in (DROPPED, RESTORED)}
    return Choices(
        confirmed=next((row for row in reversed(own) if row.choice == CONFIRMED), None),
        dropped=tuple(row for row in newest.values() if row.choice == DROPPED),
        more=tuple(row for row in own if row.choice == MORE),
    )
