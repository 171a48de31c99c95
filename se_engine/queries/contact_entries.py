"""The contacts of a case as lines of its timeline: what was, with whom, how, and its first words."""

from typing import Any

from sqlalchemy import and_, case, select
from sqlalchemy.orm import Session, aliased

from se_engine.queries.entries import Entry, Withdrawal
from se_engine.records.contacts import Contact, ContactText
from se_engine.records.employers import Employer
from se_engine.rules.contacts import PLANNED, VOIDED

SHORT = ("said", "her_words", "work", "workplace_norwegian", "guidance", "no_show", "cancelled_because", "next_step")
"""The part that is shown in the line: the first of these that was written."""


def contact_entries(session: Session, case_id: int, *, limit: int | None = None) -> list[Entry]:
    """Newest first, in one statement; what is only planned has not happened. With a limit only those that stand."""
    taken = aliased(ContactText)
    query = (
        select(Contact, Employer.name, _first_words(), taken)
        .outerjoin(Employer, Employer.id == Contact.employer_id)
        .outerjoin(taken, and_(taken.contact_id == Contact.id, taken.part == "void_reason"))
        .where(Contact.case_id == case_id, Contact.status != PLANNED)
        .order_by(Contact.happened_on.desc(), Contact.id.desc())
    )
    if limit is not None:
        query = query.where(Contact.status != VOIDED)
    return [_entry(*row) for row in session.execute(query.limit(limit))]


def _first_words() -> Any:
    order = case({part: place for place, part in enumerate(SHORT)}, value=ContactText.part)
    return (
        select(ContactText.text_id)
        .where(ContactText.contact_id == Contact.id, ContactText.part.in_(SHORT))
        .order_by(order, ContactText.id.desc())
        .limit(1)
        .correlate(Contact)
        .scalar_subquery()
    )


def _entry(contact: Contact, employer: str | None, text_id: int | None, taken: ContactText | None) -> Entry:
    return Entry(
        kind="contact_held" if contact.status == VOIDED else f"contact_{contact.status}",
        happened_on=contact.happened_on,
        recorded_at=contact.completed_at or contact.recorded_at,
        recorded_by=contact.recorded_by,
        id=contact.id,
        source=contact.source,
        text_id=text_id,
        code=contact.kind,
        channel=contact.channel,
        next_on=contact.next_on,
        employer=employer,
        minutes=contact.minutes,
        withdrawal=Withdrawal(taken.recorded_at, taken.recorded_by, taken.text_id) if taken else None,
        origin="contact",
    )
