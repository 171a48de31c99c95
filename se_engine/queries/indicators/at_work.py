"""Indicators after job start: the first month, the months that follow, a new chance after a loss, and a career goal."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from se_engine import follow_up_plans
from se_engine.queries.career_goals import GoalReview, goal_reviews
from se_engine.queries.indicators.evidence import Evidence, Measured, share
from se_engine.queries.indicators.registry import Count
from se_engine.queries.indicators.sources_contacts import any_within, days_after, met_on
from se_engine.queries.indicators.sources_jobs import JobRow, losses, searches, starts, stopped_on
from se_engine.queries.indicators.sources_work import versions
from se_engine.records.cases import Case
from se_engine.rules.follow_up_criteria import (
    FROM_MONTH,
    MONTHS,
    YEAR,
    as_long_as_needed,
    close_in_first_month,
    month_of,
)
from se_engine.rules.jobs import NEW_SEARCH_DAYS, RETURN_CONTACT_DAYS

FIRST_MONTH = 28
FOURTH_MONTH = 4
MOST = Fraction(3, 4)
"""A pattern is the unit's own where so many of its jobs have it."""
HALF = Fraction(1, 2)
STEP_DOWN = "step_down_plan"


def _days(evidence: Evidence, job: JobRow) -> Sequence[int]:
    """The days of the job on which she was met or spoken with."""
    return [(day - job.started_on).days for day in evidence.read(met_on).get(job.case_id, ())]


def _in_first_month(evidence: Evidence) -> Sequence[JobRow]:
    """Starts whose day 28 lies in the window, of jobs that lasted so long."""
    found = []
    for job in evidence.read(starts):
        last = days_after(job.started_on, FIRST_MONTH)
        if evidence.window.holds(last) and (job.ended_on is None or job.ended_on >= last):
            found.append(job)
    return found


def close_follow_up_first_month(evidence: Evidence) -> Measured:
    """Job starts with contact in the week before, on the first days, and in each of the first four weeks."""
    return share((job.case_id, close_in_first_month(_days(evidence, job))) for job in _in_first_month(evidence))


def _worked_on(evidence: Evidence) -> Sequence[tuple[JobRow, int]]:
    """Jobs of the window that have come through month 2, with the day up to which they are followed."""
    window, stopped, found = evidence.window, evidence.read(stopped_on), []
    for job in evidence.read(starts):
        ends = [window.to_on, job.ended_on, stopped.get(job.case_id)]
        until = min(day for day in ends if day is not None and day >= job.started_on)
        at_work_until = min(job.ended_on or window.to_on, days_after(job.started_on, YEAR))
        if at_work_until >= window.from_on and month_of((until - job.started_on).days) > FROM_MONTH:
            found.append((job, (until - job.started_on).days))
    return found


def _followed(evidence: Evidence, job: JobRow, until: int) -> bool:
    plan = follow_up_plans.get(job.plan_version)
    dropped = {key for key in (job.dropped_checks or "").split(",") if key}
    left_out = [check.day for check in plan.checks if check.key in dropped]
    return as_long_as_needed(_days(evidence, job), left_out=left_out, stopped_on=until)


def follow_up_every_month(evidence: Evidence) -> Measured:
    """Jobs in their months 2 to 12 with contact in every month so far; a month she left out is her own choice."""
    return share((job.case_id, _followed(evidence, job, until)) for job, until in _worked_on(evidence))


def new_chance_after_job_loss(evidence: Evidence) -> Measured:
    """Losses whose day 14 lies in the window, with contact within 3 days and a new search offered by then."""
    counted, contacted = [], 0
    for job in evidence.read(losses):
        if job.ended_on is None or not evidence.window.holds(days_after(job.ended_on, NEW_SEARCH_DAYS)):
            continue
        soon = _met_after_loss(evidence, job)
        last = days_after(job.ended_on, NEW_SEARCH_DAYS)
        offered = any(one.offered_on <= last for one in evidence.read(searches).get(job.id, ()))
        contacted += soon
        counted.append((job.case_id, soon and offered))
    measured = share(counted)
    measured.detail["contact_within_3_days"] = contacted
    return measured


def _met_after_loss(evidence: Evidence, job: JobRow) -> bool:
    ended = job.ended_on
    days = evidence.read(met_on).get(job.case_id, ())
    return ended is not None and any_within(days, ended, days_after(ended, RETURN_CONTACT_DAYS))


def _reviews(evidence: Evidence) -> Sequence[GoalReview]:
    window = evidence.window
    return goal_reviews(evidence.session, Case.office_id.in_(window.offices), window.to_on)


def career_goal_reviewed(evidence: Evidence) -> Measured:
    """Who has worked for half a year or more at the end of the window, with a career goal looked at since she began."""
    return share((one.case_id, one.reviewed_on is not None) for one in evidence.read(_reviews))


def follow_up_contact_pattern(evidence: Evidence) -> Measured:
    """The pattern of contact around and after job start, as a level; each part is what three of four jobs have.

    5: as 4, and before and just after the start, a plan to step down, and contact within 3 days of a loss; 4: each
    week of the first month, then each month; 3: at least half were met in month 4; 2: some were met after month 1.
    """
    begun, later = _in_first_month(evidence), _worked_on(evidence)
    fourth = [(job, until) for job, until in later if month_of(until) > FOURTH_MONTH]
    parts = {
        "weekly_in_month_1": [_weekly(evidence, job) for job in begun],
        "around_start": [close_in_first_month(_days(evidence, job)) for job in begun],
        "monthly": [_followed(evidence, job, until) for job, until in later],
        "met_in_month_4": [_met_in(evidence, job, FOURTH_MONTH) for job, _ in fourth],
        "met_after_month_1": [any(FIRST_MONTH < day <= until for day in _days(evidence, job)) for job, until in later],
        "step_down_plan": [bool(evidence.read(versions).get((job.case_id, STEP_DOWN))) for job, _ in later],
        "met_after_loss": [
            _met_after_loss(evidence, job)
            for job in evidence.read(losses)
            if job.ended_on and evidence.window.holds(days_after(job.ended_on, NEW_SEARCH_DAYS))
        ],
    }
    observed = {job.case_id for job in begun} | {job.case_id for job, _ in later}
    return Measured(
        value=Fraction(_pattern(parts)) if later else None,
        n=len(later),
        cases=tuple(sorted(observed)),
        lacking=tuple(sorted({job.case_id for job, until in later if not _followed(evidence, job, until)})),
        detail={name: [sum(told), len(told)] for name, told in parts.items()},
    )


def _pattern(parts: Mapping[str, Sequence[bool]]) -> int:
    def have(name: str, so_many: Fraction) -> bool:
        return bool(parts[name]) and Fraction(sum(parts[name]), len(parts[name])) >= so_many

    if have("weekly_in_month_1", MOST) and have("monthly", MOST):
        at_loss = have("met_after_loss", MOST) or not parts["met_after_loss"]
        return 5 if have("around_start", MOST) and have("step_down_plan", MOST) and at_loss else 4
    if have("met_in_month_4", HALF):
        return 3
    return 2 if any(parts["met_after_month_1"]) else 1


def _weekly(evidence: Evidence, job: JobRow) -> bool:
    days = _days(evidence, job)
    return all(any(7 * (week - 1) < day <= 7 * week for day in days) for week in range(1, 5))


def _met_in(evidence: Evidence, job: JobRow, month: int) -> bool:
    return any(day >= 0 and month_of(day) == month for day in _days(evidence, job)) and month <= MONTHS


COUNTS: Mapping[str, Count] = {
    "close_follow_up_first_month": close_follow_up_first_month,
    "follow_up_every_month": follow_up_every_month,
    "new_chance_after_job_loss": new_chance_after_job_loss,
    "career_goal_reviewed": career_goal_reviewed,
    "follow_up_contact_pattern": follow_up_contact_pattern,
}
