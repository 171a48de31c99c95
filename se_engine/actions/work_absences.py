"""Away from work for a time, sick or on leave: days, and never a word of why."""

from datetime import date, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from se_engine.actions.texts import keep_text
from se_engine.actions.trail import write_trail
from se_engine.clock import now, today
from se_engine.queries.access import access_of_case, access_work_absence
from se_engine.records.cases import Case
from se_engine.records.jobs import Job, WorkAbsence
from se_engine.rules.errors import NotFound, Refused
from se_engine.rules.jobs import ABSENCES
from se_engine.rules.roles import Actor
from se_engine.rules.vocabulary import check_code

LEAVE_AHEAD = timedelta(days=365)
"""A leave is often known before it begins; sickness never is."""


def record_work_absence(
    session: Session, actor: Actor, job_id: int, *, kind: str, from_on: date, until_on: date | None = None
) -> WorkAbsence:
    """Away from the first day on; without a last day until she is back."""
    job, case = access_of_case(session, actor, Job, job_id, lock=True)
    if job.voided:
        raise NotFound()
    check_code("kind", kind, ABSENCES)
    on = today(session)
    if from_on > (on + LEAVE_AHEAD if kind == "leave" else on):
        raise Refused("in_the_future", day=from_on.isoformat(), today=on.isoformat())
    _check_days(job, from_on, until_on)
    _check_free(session, job, from_on, until_on)
    absence = WorkAbsence(
        job_id=job.id,
        kind=kind,
        from_on=from_on,
        until_on=until_on,
        recorded_by=actor.user_id,
        recorded_at=now(session),
    )
    session.add(absence)
    session.flush()
    _tell(session, actor, case, absence, "work_absence", from_on)
    return absence


def end_work_absence(session: Session, actor: Actor, absence_id: int, *, until_on: date) -> WorkAbsence:
    """The last day away; she is back the day after."""
    absence, job, case = access_work_absence(session, actor, absence_id, lock=True)
    _check_days(job, absence.from_on, until_on)
    absence.until_on = until_on
    _tell(session, actor, case, absence, "work_absence_ended", until_on)
    session.flush()
    return absence


def void_work_absence(session: Session, actor: Actor, absence_id: int, *, why: str) -> WorkAbsence:
    absence, _job, case = access_work_absence(session, actor, absence_id, lock=True)
    if not why.strip():
        raise Refused("reason_needed")
    text = keep_text(session, case.participant, "reason", why.strip())
    absence.voided = True
    write_trail(session, actor, "work_absence_voided", case=case, text=text, detail={"absence": absence.id})
    session.flush()
    return absence


def _check_days(job: Job, from_on: date, until_on: date | None) -> None:
    if from_on < job.started_on:
        raise Refused("before_job_start", field="from_on", started=job.started_on.isoformat())
    if job.ended_on is not None and from_on > job.ended_on:
        raise Refused("after_job_end", field="from_on", ended=job.ended_on.isoformat())
    if until_on is not None and until_on < from_on:
        raise Refused("until_before_from", field="until_on", from_day=from_on.isoformat())


def _check_free(session: Session, job: Job, from_on: date, until_on: date | None) -> None:
    """She is away once at a time."""
    others = select(WorkAbsence.id).where(WorkAbsence.job_id == job.id, ~WorkAbsence.voided)
    others = others.where(or_(WorkAbsence.until_on.is_(None), WorkAbsence.until_on >= from_on))
    if until_on is not None:
        others = others.where(WorkAbsence.from_on <= until_on)
    if session.scalar(others.limit(1)):
        raise Refused("already_away", field="from_on")


def _tell(session: Session, actor: Actor, case: Case, absence: WorkAbsence, what: str, on: date) -> None:
    """Whether it was sickness or leave stands with the absence, and not in the trail."""
    detail = {"job": absence.job_id, "absence": absence.id}
    write_trail(session, actor, what, case=case, happened_on=on, detail=detail)
