"""Jobs that start and end."""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine.actions.employers import find_employer
from se_engine.actions.history import record_event
from se_engine.actions.track_following import follow_job_end, follow_job_start, track_of_job
from se_engine.clock import now
from se_engine.queries.access import access_case
from se_engine.records.cases import Case
from se_engine.records.jobs import Job
from se_engine.rules.errors import NotFound, Refused
from se_engine.rules.roles import Actor
from se_engine.rules.timeline import JOB_END_REASONS, Event, EventKind

CONTRACTS = ("permanent", "temporary", "on_call", "apprentice", "work_training", "job_taster", "freelance")


def start_job(
    session: Session,
    actor: Actor,
    case_id: int,
    *,
    started_on: date,
    employer: str = "",
    occupation: str | None = None,
    hours_per_week: float | None = None,
    contract: str | None = None,
    paid: bool | None = None,
    subsidy: bool | None = None,
    job_ref: str | None = None,
    track_id: int | None = None,
    **particulars: Any,
) -> Job:
    """A job; the track with its employer, or the one that is named, then stands where work has begun."""
    case = access_case(session, actor, case_id)
    if contract is not None and contract not in CONTRACTS:
        raise Refused("contract_unknown", allowed=", ".join(CONTRACTS))
    if hours_per_week is not None and not 0 < hours_per_week <= 60:
        raise Refused("hours_not_allowed")
    if job_ref and session.scalar(select(Job.id).where(Job.case_id == case.id, Job.job_ref == job_ref)):
        raise Refused("job_ref_used", job=job_ref)
    place = find_employer(session, case.office_id, employer) if employer.strip() else None
    track = track_of_job(session, actor, case, track_id, place.id if place else None)
    job = Job(
        case_id=case.id,
        job_ref=job_ref or None,
        employer_id=track.employer_id if track else place.id if place else None,
        occupation=occupation or (track.occupation if track else None),
        started_on=started_on,
        hours_per_week=hours_per_week,
        contract=contract,
        paid=paid,
        subsidy=subsidy,
        recorded_by=actor.user_id,
        recorded_at=now(session),
    )
    session.add(job)
    session.flush()
    event = Event(EventKind.JOB_STARTED, started_on)
    number = record_event(session, actor, case, event, trail={"job": job.id}, job_id=job.id, **particulars)
    if track is not None:
        follow_job_start(session, actor, case, track, job, number)
    return job


def end_job(
    session: Session, actor: Actor, case_id: int, job_id: int, *, ended_on: date, reason: str, **particulars: Any
) -> Job:
    case = access_case(session, actor, case_id)
    job = job_of(session, case, job_id)
    if reason not in JOB_END_REASONS:
        raise Refused("job_end_reason_unknown", allowed=", ".join(JOB_END_REASONS))
    if job.ended_on is not None:
        raise Refused("job_has_ended", day=job.ended_on.isoformat())
    if ended_on < job.started_on:
        raise Refused("ends_before_it_starts", started=job.started_on.isoformat())
    job.ended_on, job.end_reason = ended_on, reason
    event = Event(EventKind.JOB_ENDED, ended_on, reason=reason)
    told: dict[str, str | int] = {"job": job.id, "reason": reason}
    number = record_event(session, actor, case, event, trail=told, job_id=job.id, **particulars)
    follow_job_end(session, actor, case, job, number)
    return job


def job_of(session: Session, case: Case, job_id: int) -> Job:
    job = session.get(Job, job_id)
    if job is None or job.case_id != case.id or job.voided:
        raise NotFound()
    return job
