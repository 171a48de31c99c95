"""When the participant herself was last met or spoken with: what the contact limits count from."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from se_engine import processes
from se_engine.records.cases import Case
from se_engine.records.jobs import Check, ClosingTalk
from se_engine.records.tasks import TaskRecord
from se_engine.rules.tasks import is_contact


def met(case: Case, on: date) -> None:
    """She was met on the day; an older contact, registered late, changes nothing."""
    case.last_contact_on = max(on, case.last_contact_on or on)


def recount_contact(session: Session, case: Case) -> None:
    """The last contact that was not taken back."""
    days = [*_tasks(session, case), *_checks(session, case), *_talks(session, case)]
    case.last_contact_on = max(days, default=None)


def _tasks(session: Session, case: Case) -> Iterable[date]:
    void = aliased(TaskRecord)
    rows = session.scalars(
        select(TaskRecord)
        .outerjoin(void, void.voids_id == TaskRecord.id)
        .where(TaskRecord.case_id == case.id, void.id.is_(None))
    )
    known = processes.get(case.process_name, case.process_version).task_by_key
    return [row.happened_on for row in rows if row.task in known and is_contact(known[row.task], row.status)]


def _checks(session: Session, case: Case) -> Iterable[date]:
    answered = select(Check.happened_on).where(Check.case_id == case.id, ~Check.voided, Check.answer != "not_known")
    return session.scalars(answered).all()


def _talks(session: Session, case: Case) -> Iterable[date]:
    return session.scalars(select(ClosingTalk.happened_on).where(ClosingTalk.case_id == case.id)).all()
