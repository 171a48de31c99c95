"""The jobs of a case, and the employers it has worked with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from se_engine.records.jobs import Employer, Job


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


def jobs_of(session: Session, case_id: int) -> tuple[JobLine, ...]:
    """Jobs that were not taken back, the newest first."""
    rows = session.execute(
        select(Job, Employer.name)
        .outerjoin(Employer, Employer.id == Job.employer_id)
        .where(Job.case_id == case_id, ~Job.voided)
        .order_by(Job.started_on.desc(), Job.id.desc())
    )
    return tuple(
        JobLine(
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
        )
        for job, employer in rows
    )


def employer_names(rows: Sequence[Row[Any]], jobs: Sequence[JobLine]) -> tuple[str, ...]:
    """The employers of this case, the one worked with last first."""
    named = [row.employer for row in reversed(rows)] + [job.employer for job in jobs]
    return tuple(dict.fromkeys(name for name in named if name))
