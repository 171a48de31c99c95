"""Jobs that start and end."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine.actions.employers import find_employer
from se_engine.actions.history import record_event
from se_engine.actions.job_checks import check_length, check_overlap
from se_engine.actions.job_words import check_parts, write_words
from se_engine.actions.subsidies import take_over_subsidies
from se_engine.actions.tasks import close_by_fact
from se_engine.actions.track_following import follow_job_end, follow_job_start, track_of_job
from se_engine.clock import now
from se_engine.occupations import check_occupation
from se_engine.queries.access import access_case
from se_engine.records.cases import Case
from se_engine.records.jobs import Job
from se_engine.records.tracks import Track
from se_engine.rules.errors import NotFound, Refused
from se_engine.rules.jobs import CONTRACTS, END_CAUSES, LONGEST_WEEK, WITHOUT_EMPLOYER
from se_engine.rules.roles import Actor
from se_engine.rules.timeline import JOB_END_REASONS, Event, EventKind
from se_engine.rules.vocabulary import check_code


@dataclass(frozen=True)
class Ahead:
    """The days that were agreed when a job began."""

    planned_until: date | None = None
    probation_until: date | None = None
    decision_on: date | None = None
    pay_planned_on: date | None = None


NOTHING_AHEAD = Ahead()


def start_job(
    session: Session,
    actor: Actor,
    case_id: int,
    *,
    started_on: date,
    employer: str = "",
    occupation: str | None = None,
    occupation_code: str | None = None,
    hours_per_week: float | None = None,
    contract: str | None = None,
    paid: bool | None = None,
    subsidy: bool | None = None,
    ahead: Ahead = NOTHING_AHEAD,
    job_ref: str | None = None,
    track_id: int | None = None,
    follows_id: int | None = None,
    kept: Collection[str] = (),
    **particulars: Any,
) -> Job:
    """A job; the track with its employer, or the one that is named, then stands where work has begun.

    `follows_id` names the placement it continues, which ends the day before if it still runs. `kept` names what
    stands although it was asked about: `overlap`, `length`.
    """
    case = access_case(session, actor, case_id)
    check_hours(hours_per_week)
    check_contract(contract)
    check_occupation(occupation_code)
    _check_ahead(started_on, ahead)
    if job_ref and session.scalar(select(Job.id).where(Job.case_id == case.id, Job.job_ref == job_ref)):
        raise Refused("job_ref_used", job=job_ref)
    follows = _followed(session, case, follows_id, started_on)
    place = find_employer(session, case.office_id, employer) if employer.strip() else None
    track = track_of_job(session, actor, case, track_id, place.id if place else None)
    job = Job(
        case_id=case.id,
        job_ref=job_ref or None,
        employer_id=_employer(place.id if place else None, track, follows),
        occupation=occupation or (track.occupation if track else None),
        occupation_code=occupation_code,
        started_on=started_on,
        hours_per_week=hours_per_week,
        contract=contract,
        paid=paid,
        subsidy=subsidy,
        planned_until=ahead.planned_until,
        probation_until=ahead.probation_until,
        decision_on=ahead.decision_on,
        pay_planned_on=ahead.pay_planned_on,
        follows_id=follows.id if follows else None,
        recorded_by=actor.user_id,
        recorded_at=now(session),
    )
    if job.employer_id is None and contract not in WITHOUT_EMPLOYER:
        raise Refused("job_needs_employer", field="employer")
    check_length(job, kept)
    check_overlap(session, case.id, job, kept, besides=follows.id if follows else None)
    session.add(job)
    session.flush()
    take_over_subsidies(session, job)
    event = Event(EventKind.JOB_STARTED, started_on)
    number = record_event(session, actor, case, event, trail={"job": job.id}, job_id=job.id, **particulars)
    if track is not None:
        follow_job_start(session, actor, case, track, job, number)
    if follows is not None and follows.ended_on is None:
        last = max(started_on - timedelta(days=1), follows.started_on)
        end_job(session, actor, case.id, follows.id, ended_on=last, reason="term_ended")
    note_decision_day(session, actor, case, job, ahead.decision_on, started_on)
    return job


def check_hours(hours: float | None) -> None:
    if hours is not None and not 0 < hours <= LONGEST_WEEK:
        raise Refused("hours_not_allowed")


def check_contract(contract: str | None) -> None:
    if contract is not None and contract not in CONTRACTS:
        raise Refused("contract_unknown", allowed=", ".join(CONTRACTS))


def _check_ahead(started_on: date, ahead: Ahead) -> None:
    for name, day in vars(ahead).items():
        if day is not None and day < started_on:
            raise Refused("before_job_start", field=name, started=started_on.isoformat())


def _followed(session: Session, case: Case, follows_id: int | None, started_on: date) -> Job | None:
    if follows_id is None:
        return None
    follows = job_of(session, case, follows_id)
    if started_on < follows.started_on:
        raise Refused("before_job_start", field="started_on", started=follows.started_on.isoformat())
    return follows


def _employer(given: int | None, track: Track | None, follows: Job | None) -> int | None:
    """The track brings its employer, and so does the placement that the job continues, at the same workplace."""
    if track is not None:
        given = track.employer_id
    if follows is not None and given is not None and follows.employer_id not in (None, given):
        raise Refused("follows_elsewhere", field="follows")
    return given or (follows.employer_id if follows else None)


def note_decision_day(
    session: Session, actor: Actor, case: Case, job: Job, decision_on: date | None, happened_on: date
) -> None:
    """The day of an answer about employment is the task's own answer."""
    if decision_on is not None and job.employer_id is not None and case.status != "ended":
        close_by_fact(
            session, actor, case, "decision_date", happened_on=happened_on, value=decision_on.isoformat(),
            employer_id=job.employer_id,
        )  # fmt: skip


def end_job(
    session: Session,
    actor: Actor,
    case_id: int,
    job_id: int,
    *,
    ended_on: date,
    reason: str,
    cause: str | None = None,
    words: Mapping[str, str] | None = None,
    kept: bool = False,
    **particulars: Any,
) -> Job:
    """The last day; `reason` says who ended it, `cause` why, `words` by part in whose words."""
    case = access_case(session, actor, case_id)
    job = job_of(session, case, job_id)
    if reason not in JOB_END_REASONS:
        raise Refused("job_end_reason_unknown", allowed=", ".join(JOB_END_REASONS))
    if cause is not None:
        check_code("cause", cause, END_CAUSES)
    if job.ended_on is not None:
        raise Refused("job_has_ended", day=job.ended_on.isoformat())
    if ended_on < job.started_on:
        raise Refused("ends_before_it_starts", started=job.started_on.isoformat())
    check_parts(session, case, words or {}, kept=kept)
    job.ended_on, job.end_reason, job.end_cause = ended_on, reason, cause
    event = Event(EventKind.JOB_ENDED, ended_on, reason=reason)
    told: dict[str, str | int] = {"job": job.id, "reason": reason}
    number = record_event(session, actor, case, event, trail=told, job_id=job.id, **particulars)
    write_words(session, actor, case, job, words or {}, kept=kept)
    follow_job_end(session, actor, case, job, number)
    return job


def job_of(session: Session, case: Case, job_id: int) -> Job:
    job = session.get(Job, job_id)
    if job is None or job.case_id != case.id or job.voided:
        raise NotFound()
    return job
