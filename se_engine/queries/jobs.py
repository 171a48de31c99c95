"""The jobs of a case, and the employers it has worked with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from se_engine.queries.access import access_case
from se_engine.queries.task_rows import task_records
from se_engine.queries.track_choices import TrackChoice, running_tracks
from se_engine.records.employers import Employer
from se_engine.records.follow_up import Check
from se_engine.records.jobs import Job
from se_engine.rules.roles import Actor


@dataclass(frozen=True)
class JobLine:
    id: int
    employer: str | None
    occupation: str | None
    started_on: date
    ended_on: date | None
    end_reason: str | None
    hours_per_week: float | None
    contract: str | None
    paid: bool | None
    subsidy: bool | None
    occupation_code: str | None = None
    hours_now: float | None = None
    """After the newest change; empty while nothing has changed."""
    end_cause: str | None = None

    @property
    def hours(self) -> float | None:
        return self.hours_per_week if self.hours_now is None else self.hours_now


def job_line(job: Job, employer: str | None) -> JobLine:
    return JobLine(
        job.id,
        employer,
        job.occupation,
        job.started_on,
        job.ended_on,
        job.end_reason,
        job.hours_per_week,
        job.contract,
        job.paid,
        job.subsidy,
        job.occupation_code,
        job.hours_now,
        job.end_cause,
    )


def jobs_of(session: Session, case_id: int) -> tuple[JobLine, ...]:
    """Jobs that were not taken back, the newest first."""
    rows = session.execute(
        select(Job, Employer.name)
        .outerjoin(Employer, Employer.id == Job.employer_id)
        .where(Job.case_id == case_id, ~Job.voided)
        .order_by(Job.started_on.desc(), Job.id.desc())
    )
    return tuple(job_line(job, employer) for job, employer in rows)


def employer_names(
    rows: Sequence[Row[Any]], jobs: Sequence[JobLine], tracks: Sequence[TrackChoice] = ()
) -> tuple[str, ...]:
    """The employers of this case: those with a running track, then the one worked with last."""
    named = [track.employer for track in tracks] + [row.employer for row in reversed(rows)]
    named += [job.employer for job in jobs]
    return tuple(dict.fromkeys(name for name in named if name))


@dataclass(frozen=True)
class CheckLine:
    happened_on: date
    answer: str
    evidence: str | None
    job_id: int | None


def checks_of(session: Session, case_id: int) -> tuple[CheckLine, ...]:
    """Answers that were not taken back, the newest first."""
    found = session.scalars(
        select(Check).where(Check.case_id == case_id, ~Check.voided).order_by(Check.happened_on.desc(), Check.id.desc())
    )
    return tuple(CheckLine(made.happened_on, made.answer, made.evidence, made.job_id) for made in found)


def case_employers(session: Session, actor: Actor, case_id: int) -> tuple[str, ...]:
    """The employers of this case that tasks or jobs have named."""
    case = access_case(session, actor, case_id)
    tracks = running_tracks(session, case.id)
    return employer_names(task_records(session, case.id), jobs_of(session, case.id), tracks)
