"""When the participant herself was last met or spoken with: what the contact limits count from."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import ColumnElement, exists, or_, select, update
from sqlalchemy.orm import Session, aliased, object_session
from sqlalchemy.orm.attributes import set_committed_value

from se_engine import processes
from se_engine.records.base import plain_table
from se_engine.records.cases import Case
from se_engine.records.contacts import Contact, ContactTask
from se_engine.records.follow_up import Check, ClosingTalk
from se_engine.records.tasks import TaskRecord
from se_engine.rules.contacts import HELD
from se_engine.rules.follow_up_answers import EMPLOYER_SAID
from se_engine.rules.tasks import is_contact

CASES = plain_table(Case)


def met(case: Case, on: date) -> None:
    """She was met on the day; an older contact, registered late, changes nothing.

    The database compares: of two who write of her at once both are kept, and the later day stays.
    """
    session = object_session(case)
    if session is None:
        raise ValueError("the case belongs to no session")
    session.flush()
    _write(session, case, on, or_(CASES.c.last_contact_on.is_(None), CASES.c.last_contact_on < on))


def recount_contact(session: Session, case: Case) -> None:
    """The last contact that was not taken back."""
    session.flush()
    # Whoever writes of a new contact meanwhile waits, or was waited for and is counted. Not the whole lock: rows that
    # point to the case were written by both before, and each would wait for the other.
    session.connection().execute(select(CASES.c.id).where(CASES.c.id == case.id).with_for_update(key_share=True))
    days = [*_tasks(session, case), *_contacts(session, case), *_checks(session, case), *_talks(session, case)]
    last = max(days, default=None)
    _write(session, case, last, CASES.c.last_contact_on.is_distinct_from(last))


def _write(session: Session, case: Case, on: date | None, while_: ColumnElement[bool]) -> None:
    write = update(CASES).where(CASES.c.id == case.id, while_).values(last_contact_on=on, version=CASES.c.version + 1)
    version = session.connection().scalar(write.returning(CASES.c.version))
    if version is None:
        return
    set_committed_value(case, "last_contact_on", on)
    if version == case.version + 1:  # else somebody changed the case meanwhile: a change made here must be refused
        set_committed_value(case, "version", version)


def _tasks(session: Session, case: Case) -> Iterable[date]:
    """Answers given for themselves; of those told in a note, the note says whether she was there."""
    void = aliased(TaskRecord)
    rows = session.scalars(
        select(TaskRecord)
        .outerjoin(void, void.voids_id == TaskRecord.id)
        .where(
            TaskRecord.case_id == case.id,
            void.id.is_(None),
            ~exists().where(ContactTask.task_record_id == TaskRecord.id),
        )
    )
    known = processes.get(case.process_name, case.process_version).task_by_key
    return [row.happened_on for row in rows if row.task in known and is_contact(known[row.task], row.status)]


def _contacts(session: Session, case: Case) -> Iterable[date]:
    held = select(Contact.happened_on).where(Contact.case_id == case.id, Contact.status == HELD)
    return session.scalars(held.where(Contact.participant_present == "yes")).all()


def _checks(session: Session, case: Case) -> Iterable[date]:
    """Answers given for themselves; of those told in a note, the note says whether she was there."""
    answered = select(Check.happened_on).where(Check.case_id == case.id, ~Check.voided, Check.answer != "not_known")
    hers = Check.evidence.is_distinct_from(EMPLOYER_SAID)
    return session.scalars(answered.where(hers, Check.contact_id.is_(None))).all()


def _talks(session: Session, case: Case) -> Iterable[date]:
    return session.scalars(select(ClosingTalk.happened_on).where(ClosingTalk.case_id == case.id)).all()
