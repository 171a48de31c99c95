"""Steps of a career in one dated list: what was recorded as a step, and what changed in the jobs of a case."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from se_engine.records.career import CareerStep
from se_engine.records.employers import Employer
from se_engine.records.jobs import Job, JobChange

STARTED, CHANGED, RECORDED = "job_started", "job_change", "step"
TOLD = ("hours", "position", "contract", "occupation", "pay", "tasks")
"""The changes of a job that belong to a career; new shifts, leaders and last days stand with the job alone."""


@dataclass(frozen=True)
class StepLine:
    """One step; `source` says where it was recorded, and with that which vocabulary `code` belongs to."""

    id: int
    source: str
    code: str
    on: date
    number: float | None = None
    to: str | None = None
    """The new contract or occupation."""
    until: date | None = None
    employer: str | None = None
    occupation: str | None = None
    paid: bool | None = None
    text_id: int | None = None


def steps_of(session: Session, case_id: int) -> tuple[StepLine, ...]:
    """Newest first; what was taken back is not among them."""
    found = [*_recorded(session, case_id), *_changed(session, case_id), *_started(session, case_id)]
    return tuple(sorted(found, key=lambda step: (step.on, step.id), reverse=True))


def _recorded(session: Session, case_id: int) -> Iterator[StepLine]:
    void = aliased(CareerStep)
    rows = session.execute(
        select(CareerStep, Employer.name, Job.occupation)
        .outerjoin(void, void.voids_id == CareerStep.id)
        .outerjoin(Job, Job.id == CareerStep.job_id)
        .outerjoin(Employer, Employer.id == Job.employer_id)
        .where(CareerStep.case_id == case_id, CareerStep.voids_id.is_(None), void.id.is_(None))
    )
    for step, employer, occupation in rows:
        yield StepLine(
            step.id, RECORDED, step.kind, step.happened_on, step.number, employer=employer, occupation=occupation,
            text_id=step.text_id,
        )  # fmt: skip


def _changed(session: Session, case_id: int) -> Iterator[StepLine]:
    void = aliased(JobChange)
    rows: Any = session.execute(
        select(JobChange, Employer.name, Job.occupation)
        .join(Job, Job.id == JobChange.job_id)
        .outerjoin(void, void.voids_id == JobChange.id)
        .outerjoin(Employer, Employer.id == Job.employer_id)
        .where(Job.case_id == case_id, ~Job.voided, JobChange.voids_id.is_(None), void.id.is_(None))
        .where(JobChange.what.in_(TOLD))
    )
    for change, employer, occupation in rows:
        yield StepLine(
            change.id, CHANGED, change.what, change.happened_on, change.number, change.code, change.day, employer,
            occupation, text_id=change.text_id,
        )  # fmt: skip


def _started(session: Session, case_id: int) -> Iterator[StepLine]:
    rows = session.execute(
        select(Job, Employer.name)
        .outerjoin(Employer, Employer.id == Job.employer_id)
        .where(Job.case_id == case_id, ~Job.voided)
    )
    for job, employer in rows:
        yield StepLine(
            job.id, STARTED, STARTED, job.started_on, job.hours_per_week, job.contract, employer=employer,
            occupation=job.occupation, paid=job.paid,
        )  # fmt: skip
