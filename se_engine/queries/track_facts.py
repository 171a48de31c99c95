"""What the guards may know of one employer track: its step, and what holds with that employer."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Row, exists, select
from sqlalchemy.orm import Session

from se_engine import processes
from se_engine.clock import today
from se_engine.queries.access import access_track
from se_engine.queries.disclosures import newest_disclosure
from se_engine.queries.facts import facts_of
from se_engine.queries.headings import process_of
from se_engine.records.cases import Case
from se_engine.records.employers import Employer
from se_engine.records.jobs import Job
from se_engine.records.tracks import Match, Track
from se_engine.rules.errors import NotFound, Refused
from se_engine.rules.facts import CaseFacts, EmployerFacts, TaskStatus
from se_engine.rules.process import Process
from se_engine.rules.roles import Actor


def process_of_track(track: Track) -> Process:
    return processes.get(track.process_name, track.process_version)


def running_track(session: Session, case_id: int, employer_id: int) -> Track | None:
    """The one track that runs with an employer in a case."""
    found = select(Track).where(Track.case_id == case_id, Track.employer_id == employer_id, Track.ended_on.is_(None))
    return session.scalars(found).first()


def track_facts(session: Session, case: Case, track: Track) -> CaseFacts:
    """The track as the guards see it."""
    employer = session.get_one(Employer, track.employer_id)
    process = process_of(case)
    known = facts_of(session, case, process).employers.get(employer.name, EmployerFacts())
    running = exists().where(
        Job.case_id == case.id, Job.employer_id == track.employer_id, ~Job.voided, Job.ended_on.is_(None)
    )
    scored = exists().where(Match.track_id == track.id, Match.own_score.is_not(None))
    job, match = session.execute(select(running, scored)).one()
    disclosed = newest_disclosure(session, case.id, track.employer_id) is not None
    return seen(track, today(session), holds_with(process, known, track, disclosed=disclosed, scored=match, job=job))


def seen(track: Track | Row[Any], on: date, holds: Iterable[str]) -> CaseFacts:
    return CaseFacts(
        step=track.step, today=on, opened_on=track.opened_on, entered_on=track.entered_on, holds=frozenset(holds)
    )


def holds_with(
    process: Process, known: EmployerFacts, track: Track, *, disclosed: bool, scored: bool, job: bool
) -> frozenset[str]:
    """What is true with this employer. What was answered before there were tracks still counts."""
    true = {
        "disclosure_decided": disclosed or _closed(process, known, "disclosure_decision", date.min),
        "match_scored": scored or _closed(process, known, "match_score", track.opened_on),
        "job_here": job,
    }
    return frozenset(name for name, holds in true.items() if holds)


def _closed(process: Process, known: EmployerFacts, fact: str, since: date) -> bool:
    """Whether a task that the fact closes is done with this employer since a day."""
    found = [known.tasks.get(task.shared_key) for task in process.tasks if task.closed_by == fact]
    return any(told and told.status is TaskStatus.DONE and told.happened_on >= since for told in found)


def of_track(session: Session, actor: Actor, case: Case, facts: CaseFacts, track_id: int) -> CaseFacts:
    """The case with only what is recorded with the employer of one of its running tracks."""
    for employer, known in facts.employers.items():
        if known.track is not None and known.track.id == track_id:
            return replace(facts, employers={employer: known})
    track = access_track(session, actor, track_id)
    if track.case_id != case.id or track.ended_on is None:
        raise NotFound()
    raise Refused("track_has_ended", day=track.ended_on.isoformat())
