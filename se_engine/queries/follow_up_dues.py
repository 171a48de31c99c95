"""What follow-up after job start asks for: checks and answers, her yes to the plan, surveys, the law's dates."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from se_engine.queries.follow_up_events import Change, absences_of, events_of
from se_engine.queries.schedules import dropped_checks, leading, plan_of
from se_engine.records.cases import Case
from se_engine.records.follow_up import Check, ScheduleChoice, Scores, Survey
from se_engine.records.jobs import AbsencePoint, Job, WorkAbsence
from se_engine.rules.follow_up import DUE, MISSED, Window, event_point, next_check, windows
from se_engine.rules.follow_up_absences import open_points
from se_engine.rules.follow_up_answers import CONFIRMED, MORE
from se_engine.rules.follow_up_plan import WEEK, FollowUpPlan
from se_engine.rules.reminders import Due

SURVEY_OPEN = timedelta(weeks=8)
"""So long after its week a survey is asked for."""
EVENT_OPEN = timedelta(weeks=4)
"""So long after its day a change at work is asked about."""
NOTE = "notes/new"


@dataclass
class Followed:
    """A case with a running job, as the reminders need to know it."""

    case_id: int
    active: bool
    last_contact_on: date | None
    jobs: list[Job] = field(default_factory=list)


def dues(session: Session, cases: ColumnElement[bool], on: date) -> list[Due]:
    """Eleven statements, for however many cases."""
    followed = _followed(session, cases, on)
    if not followed:
        return []
    jobs = [job for one in followed for job in one.jobs]
    numbers = [job.id for job in jobs]
    choices = _by_job(session.scalars(select(ScheduleChoice).where(ScheduleChoice.job_id.in_(numbers))).all())
    answered, scored = _newest(session, Check, numbers, on), _newest(session, Scores, numbers, on)
    filled_in = select(Survey.job_id, Survey.week).where(Survey.job_id.in_(numbers))
    surveys = {(job_id, week) for job_id, week in session.execute(filled_in)}
    absences = absences_of(session, numbers)
    away: dict[int, list[WorkAbsence]] = defaultdict(list)
    for absence in absences:
        away[absence.job_id].append(absence)
    points = _points(session, [one.id for one in absences])
    events = events_of(session, jobs, on, absences)
    found: list[Due] = []
    for one in followed:
        for its in one.jobs:
            found += _absences(one, plan_of(its), away[its.id], points, on)
        job = leading(one.jobs, on)
        if job is None or not one.active:
            continue
        found += _checks(one, job, choices[job.id], on)
        found += _answers(one, job, answered.get(job.id), scored.get(job.id))
        found += _plan(one, job, choices[job.id], surveys, on)
        for its in one.jobs:
            found += _events(one, plan_of(its), events.get(its.id, []), on)
    return found


def _followed(session: Session, cases: ColumnElement[bool], on: date) -> list[Followed]:
    query = (
        select(Job, Case.status, Case.last_contact_on)
        .join(Case, Case.id == Job.case_id)
        .where(cases, Case.status != "ended", Job.paid.is_(True), ~Job.voided, Job.started_on <= on)
        .where(or_(Job.ended_on.is_(None), Job.ended_on >= on))
        .order_by(Job.case_id, Job.id)
    )
    found: dict[int, Followed] = {}
    for job, status, last_contact_on in session.execute(query):
        one = found.setdefault(job.case_id, Followed(job.case_id, status == "active", last_contact_on))
        one.jobs.append(job)
    return list(found.values())


def _by_job(rows: Sequence[ScheduleChoice]) -> dict[int, list[ScheduleChoice]]:
    found: dict[int, list[ScheduleChoice]] = defaultdict(list)
    for row in rows:
        found[row.job_id].append(row)
    return found


def _newest(session: Session, kind: type[Check] | type[Scores], jobs: Sequence[int], on: date) -> dict[int, date]:
    """Job → the last day on which it was answered."""
    query = select(kind.job_id, func.max(kind.happened_on)).where(kind.job_id.in_(jobs), kind.happened_on <= on)
    if kind is Check:
        query = query.where(~Check.voided)
    return {job_id: day for job_id, day in session.execute(query.group_by(kind.job_id)) if job_id is not None}


def _points(session: Session, absences: Sequence[int]) -> set[tuple[int, str]]:
    told = select(AbsencePoint.absence_id, AbsencePoint.point).where(AbsencePoint.absence_id.in_(absences))
    return {(absence_id, point) for absence_id, point in session.execute(told)}


def _checks(one: Followed, job: Job, choices: Sequence[ScheduleChoice], on: date) -> Iterator[Due]:
    """The next check once its day has come, and a day that she has wished for herself."""
    following = next_check(plan_of(job), job.started_on, one.last_contact_on, dropped_checks(job))
    days = [] if following is None else [job.started_on + timedelta(days=following.day)]
    met = one.last_contact_on or date.min
    days += [row.day for row in choices if row.choice == MORE and row.day is not None and row.day > met]
    due = min((day for day in days if day <= on), default=None)
    if due is not None:
        yield Due(one.case_id, "check_due", due, NOTE)


def _answers(one: Followed, job: Job, answered: date | None, scored: date | None) -> Iterator[Due]:
    """The check that the last contact kept wants its answer; a full one that has been, its scores and topics."""
    if one.last_contact_on is None or one.last_contact_on < job.started_on:
        return
    begun = [window for window in windows(plan_of(job)) if _begins(job, window) <= one.last_contact_on]
    kept = begun[-1]
    if kept.check.asks and (answered is None or answered < _begins(job, kept)):
        yield Due(one.case_id, "answer_missing", one.last_contact_on, "checks/new")
    full = next((window for window in reversed(begun) if window.check.full), None)
    if full is not None and (scored is None or scored < _begins(job, full)):
        yield Due(one.case_id, "content_missing", max(_begins(job, full), job.started_on), "follow-up/scores")


def _begins(job: Job, window: Window) -> date:
    return job.started_on + timedelta(days=window.first)


def _plan(
    one: Followed, job: Job, choices: Sequence[ScheduleChoice], surveys: set[tuple[int, int]], on: date
) -> Iterator[Due]:
    plan = plan_of(job)
    if not any(row.choice == CONFIRMED for row in choices):
        yield Due(one.case_id, "plan_unconfirmed", job.started_on, f"follow-up/{job.id}/confirm")
    for week in plan.survey_weeks:
        day = job.started_on + timedelta(days=week * WEEK)
        if day <= on <= day + SURVEY_OPEN and (job.id, week) not in surveys:
            yield Due(one.case_id, "survey_due", day, f"follow-up/{job.id}/survey/{week}")


def _events(one: Followed, plan: FollowUpPlan, events: Sequence[Change], on: date) -> Iterator[Due]:
    contacts = [one.last_contact_on] if one.last_contact_on else []
    for key, day in events:
        event = plan.event_by_key.get(key)
        if event is None or on > day + EVENT_OPEN:
            continue
        point = event_point(plan, event, day, on, contacts=contacts)
        if point.state in (DUE, MISSED):
            yield Due(one.case_id, "event_check", point.on, NOTE)


def _absences(
    one: Followed, plan: FollowUpPlan, absences: Sequence[WorkAbsence], told: set[tuple[int, str]], on: date
) -> Iterator[Due]:
    for absence in absences:
        for point, day in open_points(plan, absence.kind, absence.from_on, absence.until_on, on):
            if (absence.id, point) not in told:
                yield Due(one.case_id, "absence_point", day, f"follow-up/absences/{absence.id}")
