"""What is known of the contacts of a chunk: themselves, the participants with their cases, and their texts."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from se_engine.exchange.known_cases import Key
from se_engine.queries.texts import open_text
from se_engine.records.cases import Case
from se_engine.records.contacts import Contact, ContactText, InterpreterBooking
from se_engine.records.participants import Participant
from se_engine.records.texts import ParticipantText


class KnownContacts:
    """Five statements at most, however many rows."""

    def __init__(self, session: Session, refs: Sequence[Key], participants: Sequence[Key]) -> None:
        self._session = session
        table = Contact.__table__
        found = session.execute(select(table).where(tuple_(table.c.office_id, table.c.external_ref).in_(refs)))
        self.contacts: dict[Key, Any] = {(row.office_id, row.external_ref): row for row in found}
        people = select(Participant.id, Participant.office_id, Participant.ref, Participant.sealed_key).where(
            tuple_(Participant.office_id, Participant.ref).in_(participants)
        )
        self.people: dict[Key, Any] = {(row.office_id, row.ref): row for row in session.execute(people)}
        self._cases: dict[int, list[Any]] = defaultdict(list)
        cases = select(
            Case.id, Case.participant_id, Case.owner_id, Case.opened_on, Case.ended_on, Case.last_contact_on
        ).where(Case.participant_id.in_([row.id for row in self.people.values()]))
        # Nobody else may write of these cases until this transaction ends: the last contact is theirs too.
        for row in session.execute(cases.order_by(Case.id).with_for_update(key_share=True)):
            self._cases[row.participant_id].append(row)
        self.bookings: dict[int, Any] = {}
        self.said: dict[int, tuple[int, bytes | None]] = {}
        if self.contacts:
            self._load([row.id for row in self.contacts.values()])

    def _load(self, ids: list[int]) -> None:
        booking = InterpreterBooking.__table__
        for row in self._session.execute(select(booking).where(booking.c.contact_id.in_(ids))):
            self.bookings[row.contact_id] = row
        texts = (
            select(ContactText.contact_id, ContactText.text_id, ParticipantText.sealed)
            .join(ParticipantText, ParticipantText.id == ContactText.text_id)
            .where(ContactText.contact_id.in_(ids), ContactText.part == "said")
        )
        for row in self._session.execute(texts.order_by(ContactText.id)):
            self.said[row.contact_id] = (row.text_id, row.sealed)

    def case_on(self, participant_id: int, day: date) -> Any | None:
        """The newest case that ran on the day."""
        ran = [
            case
            for case in self._cases[participant_id]
            if case.opened_on <= day and (case.ended_on is None or day <= case.ended_on)
        ]
        return ran[-1] if ran else None

    def words(self, contact_id: int, sealed_key: bytes | None) -> str | None:
        """What is known to have been said; None where nothing is, or where it was removed."""
        _, sealed = self.said.get(contact_id, (0, None))
        return open_text(self._session, sealed_key, "contact:said", sealed)
