"""What changed in jobs and what was said about them, for several jobs in one statement each."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine.records.jobs import JobChange, JobText, Subsidy, SubsidyStep


def changes_of(session: Session, jobs: Collection[int]) -> dict[int, list[JobChange]]:
    """Job → every change, also those that were taken back; rules.jobs.standing knows which count."""
    found: dict[int, list[JobChange]] = defaultdict(list)
    if jobs:
        rows = select(JobChange).where(JobChange.job_id.in_(jobs)).order_by(JobChange.happened_on, JobChange.id)
        for change in session.scalars(rows):
            found[change.job_id].append(change)
    return found


def parts_of(session: Session, job_id: int) -> dict[str, int]:
    """Part → the id of its newest text."""
    rows = select(JobText.part, JobText.text_id).where(JobText.job_id == job_id).order_by(JobText.id)
    return {row.part: row.text_id for row in session.execute(rows)}


def subsidies_of(session: Session, jobs: Collection[int]) -> dict[int, list[tuple[Subsidy, list[SubsidyStep]]]]:
    """Job → its subsidies with their steps, the oldest first; what was taken back is left out."""
    found: dict[int, list[tuple[Subsidy, list[SubsidyStep]]]] = defaultdict(list)
    if not jobs:
        return found
    rows = session.scalars(select(Subsidy).where(Subsidy.job_id.in_(jobs), ~Subsidy.voided).order_by(Subsidy.id)).all()
    steps = steps_of(session, [row.id for row in rows])
    for row in rows:
        found[row.job_id or 0].append((row, steps[row.id]))
    return found


def steps_of(session: Session, subsidies: Sequence[int]) -> dict[int, list[SubsidyStep]]:
    """Subsidy → its steps in order; of two for one day the newer counts."""
    by_day: dict[int, dict[object, SubsidyStep]] = defaultdict(dict)
    if subsidies:
        rows = select(SubsidyStep).where(SubsidyStep.subsidy_id.in_(subsidies)).order_by(SubsidyStep.id)
        for step in session.scalars(rows):
            by_day[step.subsidy_id][step.from_on] = step
    return defaultdict(
        list, {number: sorted(days.values(), key=lambda one: one.from_on) for number, days in by_day.items()}
    )
