"""Taking a contact back: what it was evidence for is open again, and the last contact is counted anew."""

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, aliased

from se_engine.actions.checks import checks_told_in
from se_engine.actions.contact import recount_contact
from se_engine.actions.contact_rows import case_of, keep_parts
from se_engine.actions.corrections import void_event, void_task
from se_engine.actions.safe_text import check_nobody_named, check_words
from se_engine.actions.track_following import follow_void_contact
from se_engine.actions.trail import write_trail
from se_engine.queries.access import access_contact
from se_engine.records.contacts import Contact, ContactTask
from se_engine.records.employers import EmployerNote
from se_engine.records.history import HistoryEvent
from se_engine.records.tasks import TaskRecord
from se_engine.rules.contacts import VOIDED
from se_engine.rules.errors import Refused, Stale
from se_engine.rules.roles import Actor


def void_contact(
    session: Session, actor: Actor, contact_id: int, *, why: str, seen_version: int | None = None, kept: bool = False
) -> Contact:
    """Takes back a contact with everything it wrote; it stays, struck through, with the reason."""
    contact = access_contact(session, actor, contact_id)
    if seen_version is not None and contact.version != seen_version:
        raise Stale()
    if contact.status == VOIDED:
        raise Refused("already_voided")
    if not why.strip():
        raise Refused("reason_needed")
    case = case_of(session, actor, contact)
    texts = {}
    if case is not None:
        check_words(session, case, kept=kept, why=why)
        texts = keep_parts(session, actor, case, contact, {"void_reason": why})
    else:
        check_nobody_named(session, contact.office_id, confirmed=True, why=why)
        contact.reason = why.strip()
    before, contact.status = contact.status, VOIDED
    for note in session.scalars(select(EmployerNote).where(EmployerNote.contact_id == contact.id)):
        note.voided = True
    write_trail(
        session, actor, "contact_voided", case=case, happened_on=contact.happened_on, text=texts.get("void_reason"),
        detail={"contact": contact.id, "was": before},
    )  # fmt: skip
    session.flush()
    if case is not None:
        for record_id in _standing_evidence(session, contact):
            void_task(session, actor, case.id, record_id, why=why)
        for check in checks_told_in(session, contact.id):
            void_event(session, actor, case.id, event_of_check(session, check.id), seen_version=None, why=why)
        follow_void_contact(session, actor, case, contact.id, texts["void_reason"])
        recount_contact(session, case)
    return contact


def event_of_check(session: Session, check_id: int) -> int:
    """The row of history that says an answer was given."""
    return session.scalars(select(HistoryEvent.id).where(HistoryEvent.check_id == check_id)).one()


def _standing_evidence(session: Session, contact: Contact) -> list[int]:
    void = aliased(TaskRecord)
    told = select(ContactTask.task_record_id).where(
        ContactTask.contact_id == contact.id, ~exists().where(void.voids_id == ContactTask.task_record_id)
    )
    return list(session.scalars(told.order_by(ContactTask.task_record_id)))
