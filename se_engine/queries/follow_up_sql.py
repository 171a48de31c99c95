"""The schedule after job start as SQL: the next check and the contact limit of a job, by CASE over its days.

No check is looked up: what matters is the first day of the job, the last contact and the light checks she left out.
rules.follow_up says the same in Python; a test holds them together.
"""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

from sqlalchemy import ColumnElement, case, func, literal_column, null, or_, select

from se_engine import follow_up_plans
from se_engine.queries.day_sql import fixed
from se_engine.records.cases import Case
from se_engine.records.documents import StepDownPhase
from se_engine.records.follow_up import ScheduleChoice
from se_engine.records.jobs import Job
from se_engine.rules.follow_up import windows
from se_engine.rules.follow_up_answers import MORE
from se_engine.rules.follow_up_plan import FollowUpPlan, PlanCheck

Term = ColumnElement[Any]


def leading_job(day: Any) -> Term:
    """The running paid job with most hours, the newest of equals: the one whose schedule is followed."""
    return (
        select(Job.id)
        .where(Job.case_id == Case.id, Job.paid.is_(True), ~Job.voided, Job.started_on <= day)
        .where(or_(Job.ended_on.is_(None), Job.ended_on >= day))
        .order_by(func.coalesce(Job.hours_now, Job.hours_per_week, fixed(0)).desc())
        .order_by(Job.started_on.desc(), Job.id.desc())
        .limit(fixed(1))
        .correlate(Case)
        .scalar_subquery()
    )


def next_check(job: Any) -> Term:
    """The day of the job of the check after the one that the last contact has kept; empty after the last.

    `job` has `contact_day`, the day of the job on which she was met last, and its `plan_version` and `dropped_checks`.
    """
    return _by_plan(job, lambda plan: _next_check(plan, job))


def _next_check(plan: FollowUpPlan, job: Any) -> Term:
    reached = [
        (job.contact_day >= fixed(window.first), _from(plan, job, place + 1))
        for place, window in reversed(list(enumerate(windows(plan))))
    ]
    return case(*reached, else_=_from(plan, job, 0))


def _from(plan: FollowUpPlan, job: Any, place: int) -> Term:
    """The day of the first check from this place on that she has not left out."""
    if place == len(plan.checks):
        return null()
    check = plan.checks[place]
    day = fixed(check.day)
    return case((_left_out(job, check), _from(plan, job, place + 1)), else_=day) if check.light else day


def limit(job: Any) -> Term:
    """After how many days without contact it has been too long, on the day `job.job_day` of the job."""
    return _by_plan(job, lambda plan: _limit(plan, job))


def _limit(plan: FollowUpPlan, job: Any) -> Term:
    last = len(plan.checks) - 1
    between = [
        (job.job_day >= fixed(check.day), _gap(plan, job, min(place, last - 1), min(place + 1, last)))
        for place, check in reversed(list(enumerate(plan.checks)))
    ]
    return case(*_merged(between), else_=null())


def _merged(whens: list[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """Days that follow each other with the same number share it: the earlier one says it for both."""
    kept = [one for one, earlier in pairwise(whens) if str(one[1]) != str(earlier[1])]
    return [*kept, *whens[-1:]]


def _gap(plan: FollowUpPlan, job: Any, before: int, after: int) -> Term:
    """From the check that has come to the next one, without those she has left out."""
    if before < 0:
        return null()
    one, other = plan.checks[before], plan.checks[after]
    number: Term = fixed(other.day - one.day + plan.red_after)
    if other.light:
        number = case((_left_out(job, other), _gap(plan, job, before, after + 1)), else_=number)
    return case((_left_out(job, one), _gap(plan, job, before - 1, after)), else_=number) if one.light else number


def _left_out(job: Any, check: PlanCheck) -> ColumnElement[bool]:
    if not check.key.isalnum():
        raise ValueError(f"no key: {check.key}")
    found: ColumnElement[bool] = job.dropped_checks.like(literal_column(f"'%,{check.key},%'"))
    return found


def _by_plan(job: Any, of: Callable[[FollowUpPlan], Term]) -> Term:
    """By the version she has said yes to; the newest for the others."""
    newest = follow_up_plans.newest()
    older = [follow_up_plans.get(version) for version in follow_up_plans.versions() if version != newest.version]
    if not older:
        return of(newest)
    return case(*((job.plan_version == fixed(plan.version), of(plan)) for plan in older), else_=of(newest))


def wished_on(found: Any) -> Term:
    """The next day that she has asked for herself, looked up only where there is a job."""
    asked = select(func.min(ScheduleChoice.day)).where(
        ScheduleChoice.job_id == found.job_id,
        ScheduleChoice.choice == fixed(MORE),
        ScheduleChoice.day > func.coalesce(found.last_contact_on, found.opened_on),
    )
    return case((found.job_id.is_(None), null()), else_=asked.scalar_subquery())


def step_down_days(found: Any, day: Any) -> Term:
    """In step 5 so many days between two contacts were agreed for this day; the newest plan that has begun counts."""
    agreed = (
        select(StepDownPhase.days_between)
        .where(StepDownPhase.case_id == found.id, StepDownPhase.from_on <= day)
        .order_by(StepDownPhase.version_id.desc(), StepDownPhase.from_on.desc())
        .limit(fixed(1))
    )
    return case((found.step == fixed("job_support"), agreed.scalar_subquery()), else_=null())
