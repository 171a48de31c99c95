"""The rows of an imported contact: new ones in bulk; one that says otherwise takes the place of the earlier."""

from datetime import date
from typing import Any

from sqlalchemy import Date, bindparam, or_, select, update
from sqlalchemy.orm import Session

from se_engine.actions.contact import recount_contact
from se_engine.exchange.bulk import Bulk, iso
from se_engine.exchange.contact_cells import ContactRow
from se_engine.exchange.known_cases import Employers
from se_engine.exchange.known_contacts import KnownContacts
from se_engine.records.base import plain_table
from se_engine.records.cases import Case
from se_engine.records.contacts import Contact
from se_engine.rules.contacts import PLANNED, VOIDED, is_success
from se_engine.rules.interpreters import NOT_NEEDED
from se_engine.rules.roles import Actor

CASES, CONTACTS = plain_table(Case), plain_table(Contact)
FACTS = (
    "case_id", "employer_id", "user_id", "kind", "purpose", "channel", "status", "happened_on", "starts_at", "minutes",
    "travel_minutes", "in_field", "participant_present", "decision_maker", "concrete_job", "outcome", "cancelled_by",
    "next_on",
)  # fmt: skip
"""The columns of a contact that a file may give."""
LAST_CONTACT = (
    update(CASES)
    .where(
        CASES.c.id == bindparam("case"),
        or_(CASES.c.last_contact_on.is_(None), CASES.c.last_contact_on < bindparam("day", type_=Date)),
    )
    .values(last_contact_on=bindparam("day", type_=Date), version=CASES.c.version + 1)
)


class ContactWriter:
    """Writes the contacts of one file."""

    def __init__(self, session: Session, actor: Actor) -> None:
        self._session, self.bulk, self._employers = session, Bulk(session, actor), Employers(session)
        self._met: dict[int, date] = {}
        self._replaced: set[int] = set()
        """The cases in which an earlier contact was replaced: their last contact is counted anew."""

    def facts(self, row: ContactRow, office_id: int, user_id: int | None, case: Any | None) -> dict[str, Any]:
        """The columns that the row gives."""
        given = {name: getattr(row, name) for name in FACTS if name in ContactRow._fields}
        given |= {
            "case_id": case.id if case is not None else None,
            "employer_id": self._employer(office_id, row.employer) if row.employer else None,
            "user_id": user_id,
            "participant_present": row.present,
        }
        return {name: value for name, value in given.items() if value is not None}

    def _employer(self, office_id: int, name: str) -> int:
        known = self._employers.of(office_id)
        if name not in known:
            known[name] = self.bulk.number("employers")
            self.bulk.add("employers", known[name], office_id, name, self.bulk.recorded_at)
        return known[name]

    def add(self, row: ContactRow, office_id: int, person: Any | None, case: Any | None, facts: dict[str, Any]) -> int:
        """A contact that was not there before; a planned one that names nobody is the case's owner's."""
        if row.status == PLANNED and case is not None:
            facts = {"user_id": case.owner_id, **facts}
        number, stands = self.bulk.number("contacts"), dict.fromkeys(FACTS) | facts
        status, day, at = str(facts["status"]), iso(facts["happened_on"]), self.bulk.recorded_at
        self.bulk.add(
            "contacts", number, office_id, stands["case_id"], stands["employer_id"], stands["user_id"],
            stands["kind"], stands["purpose"], stands["channel"], status, day, stands["starts_at"], stands["minutes"],
            stands["travel_minutes"], stands["in_field"], stands["participant_present"], stands["decision_maker"],
            stands["concrete_job"], stands["outcome"], stands["cancelled_by"], True, iso(stands["next_on"]), at,
            None if status == PLANNED else at, "import", row.contact_ref, 1,
        )  # fmt: skip
        if row.said and person is not None:
            self._add_said(number, self.bulk.add_text(person.id, person.sealed_key, "contact:said", row.said))
        if row.interpreter:
            self._add_booking(number, row.interpreter, row.interpreter_language, row.interpreted_by)
        detail = f"contact={number} kind={stands['kind']} channel={stands['channel']} status={status} source=import"
        what = "contact_planned" if status == PLANNED else "contact_told"
        self.bulk.add_trail(what, detail, office_id, person.id if person is not None else None, stands["case_id"], day)
        if case is not None and is_success(status, stands["participant_present"]):
            day_met = facts["happened_on"]
            self._met[case.id] = max(day_met, self._met.get(case.id, day_met))
        return number

    def replace(
        self,
        was: Any,
        known: KnownContacts,
        row: ContactRow,
        person: Any | None,
        case: Any | None,
        facts: dict[str, Any],
    ) -> None:
        """The earlier is taken back and gives up its key; what the file leaves empty goes on as it was."""
        taken_back = update(CONTACTS).where(CONTACTS.c.id == was.id)
        self._session.execute(taken_back.values(status=VOIDED, external_ref=None, version=was.version + 1))
        if was.case_id is not None:
            self._replaced.add(was.case_id)
        detail, day = f"contact={was.id} was={was.status} source=import", iso(was.happened_on)
        hers = person.id if person is not None else None
        self.bulk.add_trail("contact_voided", detail, was.office_id, hers, was.case_id, day)
        number = self.add(row, was.office_id, person, case, {name: getattr(was, name) for name in FACTS} | facts)
        if not row.said and was.id in known.said:
            self._add_said(number, known.said[was.id][0])
        before = known.bookings.get(was.id)
        if not row.interpreter and before is not None:
            self._add_booking(number, before.status, row.interpreter_language or before.language, before.came_as)

    def _add_said(self, number: int, text_id: int) -> None:
        self.bulk.add(
            "contact_texts", self.bulk.number("contact_texts"), number, "said", text_id, self.bulk.recorded_at
        )

    def _add_booking(self, number: int, status: str, language: str | None, came_as: str | None) -> None:
        needed = "no" if status == NOT_NEEDED else "yes"
        values = (number, needed, language, False, status, came_as, self.bulk.recorded_at, 1)
        self.bulk.add("interpreter_bookings", self.bulk.number("interpreter_bookings"), *values)

    def flush(self) -> None:
        """Writes a chunk, and the last contact of its cases where the file knows a later one."""
        self.bulk.flush()
        if self._met:
            met = [{"case": case_id, "day": day} for case_id, day in self._met.items()]
            self._session.connection().execute(LAST_CONTACT, met)
            self._met.clear()

    def recount(self) -> None:
        """The last contact of the cases that lost one."""
        for case in self._session.scalars(select(Case).where(Case.id.in_(self._replaced)).order_by(Case.id)):
            recount_contact(self._session, case)
