"""What happened in jobs between the first day and the last, as entries of the case's story."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from se_engine.queries.entries import Entry
from se_engine.records.employers import Employer
from se_engine.records.jobs import Job, JobChange, NewSearch, Subsidy, WorkAbsence


def job_entries(session: Session, case_id: int) -> list[Entry]:
    """Changes, subsidies, absences and offers of a new search; what was taken back stands on the job's page alone."""
    return [
        *_changes(session, case_id),
        *_subsidies(session, case_id),
        *_absences(session, case_id),
        *_searches(session, case_id),
    ]


def _changes(session: Session, case_id: int) -> Iterator[Entry]:
    void = aliased(JobChange)
    rows = session.execute(
        select(JobChange, Employer.name, Job.occupation)
        .join(Job, Job.id == JobChange.job_id)
        .outerjoin(Employer, Employer.id == Job.employer_id)
        .outerjoin(void, void.voids_id == JobChange.id)
        .where(Job.case_id == case_id, ~Job.voided, JobChange.voids_id.is_(None), void.id.is_(None))
    )
    for row, employer, occupation in rows:
        yield Entry(
            "job_changed", row.happened_on, row.recorded_at, row.recorded_by, row.id, text_id=row.text_id,
            code=row.what, employer=employer, occupation=occupation,
        )  # fmt: skip


def _subsidies(session: Session, case_id: int) -> Iterator[Entry]:
    for row in session.scalars(select(Subsidy).where(Subsidy.case_id == case_id, ~Subsidy.voided)):
        at, by = row.recorded_at, row.recorded_by
        if row.applied_on:
            yield Entry("subsidy_applied", row.applied_on, at, by, row.id, code=row.kind)
        if row.decided_on:
            # Who recorded the answer, and when, stands in the trail: the row keeps who recorded the application.
            yield Entry(
                "subsidy_decided", row.decided_on, at, None, row.id, recorded_on=row.decided_on, code=row.decision
            )


def _absences(session: Session, case_id: int) -> Iterator[Entry]:
    """That she was away, and not whether she was sick: the story of a case is read by more than her job's page."""
    rows = select(WorkAbsence).join(Job, Job.id == WorkAbsence.job_id)
    for row in session.scalars(rows.where(Job.case_id == case_id, ~Job.voided, ~WorkAbsence.voided)):
        yield Entry("work_absence", row.from_on, row.recorded_at, row.recorded_by, row.id)


def _searches(session: Session, case_id: int) -> Iterator[Entry]:
    for row in session.scalars(select(NewSearch).where(NewSearch.case_id == case_id)):
        yield Entry(
            "new_search", row.offered_on, row.recorded_at, row.recorded_by, row.id, text_id=row.words_text_id,
            code=row.answer, own_words=row.words_text_id is not None,
        )  # fmt: skip
