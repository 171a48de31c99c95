"""Jobs that start and end, the answers at checks, and the closing talk."""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine.actions.contact import met
from se_engine.actions.employers import find_employer
from se_engine.actions.history import record_event
from se_engine.actions.texts import keep_text
from se_engine.actions.track_following import follow_job_end, follow_job_start, track_of_job
from se_engine.actions.trail import write_trail
from se_engine.clock import now, today
from se_engine.queries.access import access_case
from se_engine.records.cases import Case
from se_engine.records.follow_up import Check, ClosingTalk
from se_engine.records.jobs import Job
from se_engine.rules.errors import NotFound, Refused
from se_engine.rules.identity import check_language
from se_engine.rules.roles import Actor
from se_engine.rules.timeline import CHECK_ANSWERS, CHECK_EVIDENCE, JOB_END_REASONS, Event, EventKind

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
    job = _job(session, case, job_id)
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


def check(
    session: Session,
    actor: Actor,
    case_id: int,
    *,
    happened_on: date,
    answer: str,
    evidence: str | None = None,
    job_id: int | None = None,
    **particulars: Any,
) -> Check:
    """What she or the workplace answered: this job, another job, not in work, not known."""
    case = access_case(session, actor, case_id)
    if answer not in CHECK_ANSWERS:
        raise Refused("answer_unknown", allowed=", ".join(CHECK_ANSWERS))
    if evidence is not None and evidence not in CHECK_EVIDENCE:
        raise Refused("evidence_unknown", allowed=", ".join(CHECK_EVIDENCE))
    made = Check(
        case_id=case.id,
        job_id=_job(session, case, job_id).id if job_id else None,
        happened_on=happened_on,
        answer=answer,
        evidence=evidence,
        recorded_by=actor.user_id,
        recorded_at=now(session),
    )
    session.add(made)
    session.flush()
    event = Event(EventKind.CHECKED, happened_on)
    record_event(
        session, actor, case, event, trail={"answer": answer}, check_id=made.id, job_id=made.job_id, **particulars
    )
    if answer != "not_known":
        met(case, happened_on)
    session.flush()
    return made


def record_closing_talk(
    session: Session,
    actor: Actor,
    case_id: int,
    *,
    happened_on: date,
    last_answer: str,
    whom_to_call_language: str,
    decision: str,
) -> ClosingTalk:
    """The talk that ends follow-up, with her own decision in her words."""
    case = access_case(session, actor, case_id)
    if last_answer not in CHECK_ANSWERS:
        raise Refused("answer_unknown", allowed=", ".join(CHECK_ANSWERS))
    if happened_on > today(session):
        raise Refused("in_the_future", day=happened_on.isoformat(), today=today(session).isoformat())
    if not decision.strip() or not whom_to_call_language.strip():
        raise Refused("closing_incomplete")
    check_language(whom_to_call_language.strip())
    text = keep_text(session, case.participant, "decision", decision.strip())
    talk = ClosingTalk(
        case_id=case.id,
        happened_on=happened_on,
        last_answer=last_answer,
        whom_to_call_language=whom_to_call_language.strip(),
        decision_text_id=text.id,
        recorded_by=actor.user_id,
        recorded_at=now(session),
    )
    session.add(talk)
    met(case, happened_on)
    write_trail(session, actor, "closing_talk", case=case, happened_on=happened_on, text=text)
    session.flush()
    return talk


def _job(session: Session, case: Case, job_id: int) -> Job:
    job = session.get(Job, job_id)
    if job is None or job.case_id != case.id or job.voided:
        raise NotFound()
    return job
