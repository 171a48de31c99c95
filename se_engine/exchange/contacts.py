"""Importing contacts.csv: all of it or nothing, twice is once; a row that says otherwise replaces the earlier."""

from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from se_engine.clock import today
from se_engine.exchange.contact_cells import COLUMN_OF, ContactRow, check_row, columns
from se_engine.exchange.contact_writer import ContactWriter
from se_engine.exchange.directory import Directory
from se_engine.exchange.known_cases import Key
from se_engine.exchange.known_contacts import KnownContacts
from se_engine.exchange.outcome import Fault, Outcome, Progress, no_progress
from se_engine.exchange.participants import in_chunks
from se_engine.exchange.tables import Row, Table
from se_engine.rules.errors import NotPermitted, Refused
from se_engine.rules.roles import Actor, Role

AT_A_TIME = 1_000


class Placed(NamedTuple):
    """A row whose office and specialist have been found."""

    line: int
    row: ContactRow
    office_id: int
    user_id: int | None

    @property
    def ref(self) -> Key:
        return self.office_id, self.row.contact_ref


def import_contacts(session: Session, actor: Actor, path: Path, *, progress: Progress = no_progress) -> Outcome:
    """Everything in the session's transaction; the caller rolls it back when the outcome has faults."""
    if actor.role is not Role.OPERATOR:
        raise NotPermitted()
    table = Table(path, columns())
    outcome = Outcome(faults=table.faults)
    places, writer = _Places(session, actor, outcome.faults), ContactWriter(session, actor)
    for chunk in in_chunks(table.rows(), AT_A_TIME):
        placed = [found for row in chunk if row.good and (found := places.of(row))]
        _chunk(session, placed, writer, outcome)
        progress(table.rows_read, table.lines)
    if outcome.ok:
        writer.recount()
    outcome.rows = table.rows_read
    return outcome.settled()


class _Places:
    """Checks a row and finds the office and specialist that it names; notes as faults what is wrong."""

    def __init__(self, session: Session, actor: Actor, faults: list[Fault]) -> None:
        self._directory, self._faults, self._today = Directory(session, actor), faults, today(session)
        self._seen: dict[Key, int] = {}

    def of(self, found: Row) -> Placed | None:
        row, column = ContactRow(*found.values), "office"
        try:
            office_id = self._directory.office(row.office)
            column = "job_specialist"
            user_id = self._directory.specialist(office_id, row.job_specialist) if row.job_specialist else None
            column = ""
            check_row(row, self._today)
            first = self._seen.setdefault((office_id, row.contact_ref), found.line)
            if first != found.line:
                raise Refused("row_repeated", line=first)
        except Refused as refused:
            self._faults.append(fault(found.line, row, refused, column))
            return None
        return Placed(found.line, row, office_id, user_id)


def fault(line: int, row: ContactRow, refused: Refused, column: str = "") -> Fault:
    """Where the fault is; what was said is nobody's to read in a list of faults."""
    where = column or COLUMN_OF.get(refused.reason.code, "status")
    value = getattr(row, where) if where != "said" else None
    return Fault(line, where, "" if value is None else str(value), refused.reason)


def _chunk(session: Session, placed: list[Placed], writer: ContactWriter, outcome: Outcome) -> None:
    participants = [(one.office_id, one.row.participant_ref) for one in placed if one.row.participant_ref]
    known = KnownContacts(session, [one.ref for one in placed], participants)
    for one in placed:
        try:
            change = _apply(known, one, writer)
        except Refused as refused:
            outcome.faults.append(fault(one.line, one.row, refused))
            continue
        setattr(outcome, change, getattr(outcome, change) + 1)
    if outcome.ok:
        writer.flush()
    writer.bulk.forget()


def _apply(known: KnownContacts, placed: Placed, writer: ContactWriter) -> str:
    """What became of the row: created, updated or unchanged."""
    row = placed.row
    person, case = _case(known, placed)
    facts = writer.facts(row, placed.office_id, placed.user_id, case)
    was = known.contacts.get(placed.ref)
    if was is None:
        writer.add(row, placed.office_id, person, case, facts)
        return "created"
    # Who has told, moved or taken back the contact here knows better than the file.
    if was.version > 1 or not _says_otherwise(known, was, row, person, facts):
        return "unchanged"
    writer.replace(was, known, row, person, case, facts)
    return "updated"


def _case(known: KnownContacts, placed: Placed) -> tuple[Any | None, Any | None]:
    """The participant and the case that the contact belongs to; neither for one with an employer alone."""
    row = placed.row
    if row.participant_ref is None:
        return None, None
    person = known.people.get((placed.office_id, row.participant_ref))
    if person is None:
        raise Refused("no_such_participant", ref=row.participant_ref, office=row.office)
    case = known.case_on(person.id, row.happened_on)
    if case is None:
        raise Refused("no_case_on_day", day=row.happened_on.isoformat())
    return person, case


def _says_otherwise(known: KnownContacts, was: Any, row: ContactRow, person: Any | None, facts: dict[str, Any]) -> bool:
    booking = known.bookings.get(was.id)
    if any(getattr(was, name) != value for name, value in facts.items()):
        return True
    if row.interpreter and (booking is None or booking.status != row.interpreter):
        return True
    if row.interpreter_language and booking is not None and booking.language != row.interpreter_language:
        return True
    return bool(row.said) and person is not None and known.words(was.id, person.sealed_key) != row.said
