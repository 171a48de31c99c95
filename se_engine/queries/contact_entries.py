"""The contacts of a case as lines of its timeline: what was, with whom, how, and its first words."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine.queries.entries import Entry, Withdrawal
from se_engine.records.contacts import Contact, ContactText
from se_engine.records.employers import Employer
from se_engine.rules.contacts import PLANNED, VOIDED

SHORT = ("said", "her_words", "work", "workplace_norwegian", "guidance", "no_show", "cancelled_because", "next_step")
"""The part that is shown in the line: the first of these that was written."""


def contact_entries(session: Session, case_id: int, *, limit: int | None = None) -> list[Entry]:
    """Newest first; what is only planned has not happened. With a limit only those that stand."""
    query = (
        select(Contact, Employer.name)
        .outerjoin(Employer, Employer.id == Contact.employer_id)
        .where(Contact.case_id == case_id, Contact.status != PLANNED)
        .order_by(Contact.happened_on.desc(), Contact.id.desc())
    )
    if limit is not None:
        query = query.where(Contact.status != VOIDED)
    rows = [(contact, employer) for contact, employer in session.execute(query.limit(limit))]
    texts = _texts(session, [contact.id for contact, _ in rows])
    return [_entry(contact, employer, texts.get(contact.id, {})) for contact, employer in rows]


def _texts(session: Session, ids: Sequence[int]) -> dict[int, dict[str, ContactText]]:
    """Contact → part → its newest text."""
    found: dict[int, dict[str, ContactText]] = {}
    if not ids:
        return found
    query = select(ContactText).where(ContactText.contact_id.in_(ids)).order_by(ContactText.id)
    for text in session.scalars(query):
        found.setdefault(text.contact_id, {})[text.part] = text
    return found


def _entry(contact: Contact, employer: str | None, texts: dict[str, ContactText]) -> Entry:
    taken = texts.get("void_reason")
    shown = next((texts[part] for part in SHORT if part in texts), None)
    return Entry(
        kind="contact_held" if contact.status == VOIDED else f"contact_{contact.status}",
        happened_on=contact.happened_on,
        recorded_at=contact.completed_at or contact.recorded_at,
        recorded_by=contact.recorded_by,
        id=contact.id,
        source=contact.source,
        text_id=shown.text_id if shown else None,
        code=contact.kind,
        channel=contact.channel,
        next_on=contact.next_on,
        employer=employer,
        minutes=contact.minutes,
        withdrawal=Withdrawal(taken.recorded_at, taken.recorded_by, taken.text_id) if taken else None,
        origin="contact",
    )
