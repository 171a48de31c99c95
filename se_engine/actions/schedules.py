"""Her choices about the checks of a job: the plan confirmed, a light check left out or taken up, one more wished."""

from datetime import date, timedelta

from sqlalchemy.orm import Session

from se_engine.actions.jobs import job_of
from se_engine.actions.safe_text import check_words
from se_engine.actions.tasks import check_working_day, close_by_fact
from se_engine.actions.texts import keep_note
from se_engine.actions.trail import write_trail
from se_engine.clock import now
from se_engine.queries.access import access_case
from se_engine.queries.schedules import as_kept, dropped_checks, plan_of
from se_engine.records.cases import Case
from se_engine.records.follow_up import ScheduleChoice
from se_engine.records.jobs import Job
from se_engine.records.texts import KeptText
from se_engine.rules.errors import Refused
from se_engine.rules.follow_up_answers import CONFIRMED, DROPPED, MORE, RESTORED
from se_engine.rules.follow_up_plan import PlanCheck
from se_engine.rules.roles import Actor


def confirm_plan(
    session: Session,
    actor: Actor,
    case_id: int,
    job_id: int,
    *,
    happened_on: date,
    words: str = "",
    kept: bool = False,
) -> ScheduleChoice:
    """She has seen the days and said yes; the job keeps the version of the plan that she saw."""
    case, job = _paid_job(session, actor, case_id, job_id, happened_on)
    job.plan_version = plan_of(job).version
    text = _words(session, case, words, kept=kept)
    made = _write(session, actor, case, job, CONFIRMED, happened_on, text)
    close_by_fact(session, actor, case, "schedule_confirmed", happened_on=happened_on, text=text)
    return made


def drop_check(
    session: Session,
    actor: Actor,
    case_id: int,
    job_id: int,
    *,
    point: str,
    happened_on: date,
    words: str,
    kept: bool = False,
) -> ScheduleChoice:
    """She leaves a light check out, in her own words, and not after its day."""
    case, job = _paid_job(session, actor, case_id, job_id, happened_on)
    check = _light(job, point)
    if point in dropped_checks(job):
        raise Refused("check_dropped_already")
    if happened_on > job.started_on + timedelta(days=check.day):
        raise Refused("check_has_been")
    if not words.strip():
        raise Refused("choice_in_her_words")
    text = _words(session, case, words, kept=kept)
    job.dropped_checks = as_kept({*dropped_checks(job), point}, plan_of(job))
    return _write(session, actor, case, job, DROPPED, happened_on, text, point=point)


def restore_check(
    session: Session,
    actor: Actor,
    case_id: int,
    job_id: int,
    *,
    point: str,
    happened_on: date,
    words: str = "",
    kept: bool = False,
) -> ScheduleChoice:
    """She wants the check after all."""
    case, job = _paid_job(session, actor, case_id, job_id, happened_on)
    _light(job, point)
    if point not in dropped_checks(job):
        raise Refused("check_not_dropped")
    text = _words(session, case, words, kept=kept)
    job.dropped_checks = as_kept(dropped_checks(job) - {point}, plan_of(job))
    return _write(session, actor, case, job, RESTORED, happened_on, text, point=point)


def wish_contact(
    session: Session,
    actor: Actor,
    case_id: int,
    job_id: int,
    *,
    day: date,
    happened_on: date,
    words: str = "",
    kept: bool = False,
) -> ScheduleChoice:
    """She wants one more contact than the plan has, on a day to come."""
    case, job = _paid_job(session, actor, case_id, job_id, happened_on)
    if day <= happened_on:
        raise Refused("wished_day_passed", day=day.isoformat())
    text = _words(session, case, words, kept=kept)
    return _write(session, actor, case, job, MORE, happened_on, text, day=day)


def _paid_job(session: Session, actor: Actor, case_id: int, job_id: int, happened_on: date) -> tuple[Case, Job]:
    case = access_case(session, actor, case_id)
    job = job_of(session, case, job_id)
    check_working_day(session, case, happened_on)
    if not job.paid:
        raise Refused("schedule_of_paid_jobs")
    if job.ended_on is not None:
        raise Refused("job_has_ended", day=job.ended_on.isoformat())
    return case, job


def _light(job: Job, point: str) -> PlanCheck:
    check = plan_of(job).by_key.get(point)
    if check is None or not check.light:
        allowed = ", ".join(one.key for one in plan_of(job).light)
        raise Refused("check_not_light", allowed=allowed)
    return check


def _words(session: Session, case: Case, words: str, *, kept: bool) -> KeptText | None:
    check_words(session, case, kept=kept, words=words)
    return keep_note(session, case.participant, "schedule_choice", words)


def _write(
    session: Session,
    actor: Actor,
    case: Case,
    job: Job,
    choice: str,
    happened_on: date,
    text: KeptText | None,
    *,
    point: str | None = None,
    day: date | None = None,
) -> ScheduleChoice:
    made = ScheduleChoice(
        case_id=case.id,
        job_id=job.id,
        choice=choice,
        point=point,
        day=day,
        plan_version=plan_of(job).version,
        happened_on=happened_on,
        words_text_id=text.id if text else None,
        recorded_by=actor.user_id,
        recorded_at=now(session),
    )
    session.add(made)
    session.flush()
    write_trail(
        session, actor, f"schedule_{choice}", case=case, happened_on=happened_on, text=text,
        detail={"job": job.id, "point": point, "day": day.isoformat() if day else None},
    )  # fmt: skip
    session.flush()
    return made
