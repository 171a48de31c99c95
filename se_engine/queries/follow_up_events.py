"""What changes at work and asks for one more check: read from what jobs, subsidies and absences say."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine.queries.job_terms import changes_of, steps_of
from se_engine.records.jobs import Job, JobChange, Subsidy, SubsidyStep, WorkAbsence
from se_engine.rules.jobs import standing, terms_on

CHANGES = {"shifts": "shift_change", "leader": "new_leader"}
GRANTED = "granted"

Change = tuple[str, date]
"""A key of the plan's events, and the day of the change."""


def events_of(
    session: Session, jobs: Sequence[Job], on: date, absences: Iterable[WorkAbsence] | None = None
) -> dict[int, list[Change]]:
    """Job → its changes, the earliest first: four statements, or three where the absences are at hand."""
    numbers = [job.id for job in jobs]
    if not numbers:
        return {}
    found: dict[int, list[Change]] = defaultdict(list)
    changes = changes_of(session, numbers)
    for job in jobs:
        found[job.id] += _of_terms(job, changes[job.id], on)
    for job_id, change in _of_subsidies(session, numbers):
        found[job_id].append(change)
    for absence in absences_of(session, numbers) if absences is None else absences:
        if absence.until_on is not None:
            back = absence.until_on + timedelta(days=1)
            found[absence.job_id].append((f"return_from_{absence.kind}", back))
    return {job_id: sorted(its, key=lambda one: (one[1], one[0])) for job_id, its in found.items()}


def absences_of(session: Session, jobs: Sequence[int]) -> Sequence[WorkAbsence]:
    told = select(WorkAbsence).where(WorkAbsence.job_id.in_(jobs), ~WorkAbsence.voided)
    return session.scalars(told.order_by(WorkAbsence.from_on, WorkAbsence.id)).all()


def _of_terms(job: Job, changes: Sequence[JobChange], on: date) -> list[Change]:
    found = [(CHANGES[one.what], one.happened_on) for one in standing(changes) if one.what in CHANGES]
    terms = terms_on(job, changes, on)
    if terms.planned_until is not None:
        found.append(("contract_end", terms.planned_until))
    if terms.probation_until is not None:
        found.append(("probation_end", terms.probation_until))
    return found


def _of_subsidies(session: Session, jobs: Sequence[int]) -> list[tuple[int, Change]]:
    told = select(Subsidy).where(Subsidy.job_id.in_(jobs), ~Subsidy.voided, Subsidy.decision == GRANTED)
    subsidies = session.scalars(told).all()
    steps = steps_of(session, [row.id for row in subsidies])
    found = []
    for row in subsidies:
        job_id = row.job_id or 0
        found += [(job_id, ("subsidy_step", step.from_on)) for step in _later(steps[row.id], row.from_on)]
        if row.until_on is not None:
            found.append((job_id, ("subsidy_end", row.until_on)))
    return found


def _later(steps: Sequence[SubsidyStep], first: date | None) -> list[SubsidyStep]:
    """The first step is where it begins, and nothing changes then."""
    return [step for step in steps if first is None or step.from_on > first]
