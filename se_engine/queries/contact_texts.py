"""The texts of contacts, opened: many contacts in one statement."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine.queries.texts import open_text
from se_engine.records.contacts import ContactText
from se_engine.records.participants import Participant
from se_engine.records.texts import ParticipantText

Parts = dict[str, str | None]


def parts_of(session: Session, ids: Sequence[int], parts: Sequence[str] = ()) -> dict[int, Parts]:
    """Contact → part → words, the newest of each part; None where a text was removed. All in one statement."""
    found: dict[int, Parts] = defaultdict(dict)
    if not ids:
        return found
    query = (
        select(
            ContactText.contact_id, ContactText.part, ParticipantText.kind, ParticipantText.sealed,
            Participant.sealed_key,
        )
        .join(ParticipantText, ParticipantText.id == ContactText.text_id)
        .join(Participant, Participant.id == ParticipantText.participant_id)
        .where(ContactText.contact_id.in_(ids))
        .order_by(ContactText.id)
    )  # fmt: skip
    if parts:
        query = query.where(ContactText.part.in_(parts))
    newest = {(row.contact_id, row.part): row for row in session.execute(query)}
    for (contact_id, part), row in newest.items():
        words = open_text(session, row.sealed_key, row.kind, row.sealed)
        if words != "":
            found[contact_id][part] = words
    return found


def newest_parts(session: Session, contact_id: int) -> Parts:
    return parts_of(session, [contact_id]).get(contact_id, {})
