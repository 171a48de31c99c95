"""What a job is asked about before it is written: two full-time jobs at once, a placement longer than it may be."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from se_engine.job_measures import longest
from se_engine.queries.job_terms import changes_of
from se_engine.records.jobs import Job
from se_engine.rules.errors import Refused
from se_engine.rules.jobs import PLACEMENTS, full_time_on, stretches

OVERLAP, LENGTH = "overlap", "length"
"""What may stand although it was asked about."""


def check_overlap(
    session: Session,
    case_id: int,
    job: Job,
    kept: Collection[str],
    *,
    changes: Collection[Any] = (),
    besides: int | None = None,
) -> None:
    """Refused when she would have two full-time jobs on a day, unless that is said to be right."""
    if OVERLAP in kept:
        return
    others = select(Job).where(Job.case_id == case_id, ~Job.voided, Job.id != (job.id or 0), Job.id != (besides or 0))
    since = or_(Job.ended_on.is_(None), Job.ended_on >= job.started_on)
    jobs = session.scalars(others.where(since)).all()
    told = changes_of(session, [other.id for other in jobs])
    hers = stretches(job, changes)
    days = [full_time_on(hers, stretches(other, told[other.id])) for other in jobs]
    if found := min((day for day in days if day is not None), default=None):
        raise Refused("full_time_jobs_overlap", from_day=found.isoformat())


def check_length(job: Job, kept: Collection[str], field: str = "planned_until") -> None:
    """Refused when a placement is planned for longer than such a measure lasts, unless that is said to be right."""
    rule = longest(job.contract, job.started_on) if job.contract in PLACEMENTS else None
    if LENGTH in kept or rule is None or job.planned_until is None:
        return
    latest = rule.last_day(job.started_on)
    if job.planned_until > latest:
        raise Refused("placement_too_long", field=field, latest=latest.isoformat())
