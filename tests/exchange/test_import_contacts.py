"""Importing contacts: all or nothing, twice is once, and what people told here stays."""

import pytest
from sqlalchemy import select

from se_engine.actions.contacts import record_note
from se_engine.exchange.contacts import import_contacts
from se_engine.queries.access import actor_of
from se_engine.queries.contacts import contacts_of, contacts_with
from se_engine.queries.trail import verify
from se_engine.records.cases import Case
from se_engine.records.contacts import Contact
from se_engine.records.employers import Employer
from se_engine.records.people import User
from se_engine.rules.contacts import Note
from se_engine.rules.errors import NotPermitted
from se_engine.rules.interpreters import InterpreterOutcome
from se_engine.rules.roles import OPERATOR, Actor, Role
from tests.exchange.conftest import NOW, event, told

CONTACT = {
    "contact_ref": "C1", "participant_ref": "P1", "office": "Nord", "kind": "participant", "channel": "in_person",
    "happened_on": "2026-02-10", "status": "held",
}  # fmt: skip


@pytest.fixture
def bring(importer, write):
    """`bring(row, …)`: a file of contacts, for a participant whose case was opened in January."""
    importer.people({})
    importer.history(event("opened", "2026-01-10"))

    def brought(*rows, like=CONTACT):
        return importer(import_contacts, write(rows, like))

    return brought


def counts(outcome):
    assert outcome.faults == []
    return outcome.rows, outcome.created, outcome.updated, outcome.unchanged


def read(importer, look):
    with importer.database.reading() as session:
        session.info["clock"] = lambda: NOW
        return look(session)


def lines(importer):
    return read(importer, lambda session: contacts_of(session, OPERATOR, session.scalars(select(Case.id)).one()).lines)


EVERYTHING = {
    "job_specialist": "jo@example.org", "starts_at": "09:30", "minutes": "45", "travel_minutes": "0", "in_field": "no",
    "purpose": "follow_up", "interpreter": "came", "interpreter_language": "ar", "next_on": "2026-02-17",
    "said": "She told how it went.",
}  # fmt: skip


def test_everything_in_a_row_is_kept_and_what_was_said_is_sealed(importer, bring):
    assert counts(bring(EVERYTHING)) == (1, 1, 0, 0)
    line = lines(importer)[0]
    assert (line.person, line.starts_at, line.minutes, line.travel_minutes) == ("Jo", "09:30", 45, 0)
    assert (line.in_field, line.purpose, str(line.next_on), line.source) == (False, "follow_up", "2026-02-17", "import")
    assert (line.participant_present, line.words) == ("yes", {"said": "She told how it went."})
    assert (line.booking.status, line.booking.language, line.booking.came_as) == ("came", "ar", "qualified")
    assert importer.rows("SELECT last_contact_on FROM cases")[0][0] is not None
    sealed = importer.rows("SELECT sealed FROM participant_texts WHERE kind = 'contact:said'")[0][0]
    assert b"told how" not in sealed
    with importer.database.snapshot() as session:
        assert verify(session).ok


def test_the_same_file_changes_nothing_the_second_time(importer, bring):
    rows = [
        EVERYTHING,
        {"contact_ref": "C2", "kind": "employer", "employer": "Byens Bakeri AS", "channel": "phone"},
        {"contact_ref": "C3", "happened_on": "2027-01-10", "status": "planned"},
        {"contact_ref": "C4", "status": "cancelled", "cancelled_by": "participant"},
    ]
    assert counts(bring(*rows)) == (4, 4, 0, 0)
    before = importer.count("trail_entries")
    assert counts(bring(*rows)) == (4, 0, 0, 4)
    assert importer.count("trail_entries") == before
    assert importer.count("contacts") == 4
    assert [str(row[0]) for row in importer.rows("SELECT last_contact_on FROM cases")] == ["2026-02-10"]


def test_a_row_that_says_otherwise_replaces_the_earlier_and_both_stay(importer, bring):
    bring(EVERYTHING)
    assert counts(bring({"happened_on": "2026-02-03"})) == (1, 0, 1, 0)
    newer, older = lines(importer)[1], lines(importer)[0]
    assert (older.status, newer.status, newer.minutes) == ("voided", "held", 45)
    assert newer.words == older.words == {"said": "She told how it went."}
    assert newer.booking.status == "came"
    assert [str(row[0]) for row in importer.rows("SELECT last_contact_on FROM cases")] == ["2026-02-03"]
    assert counts(bring({"happened_on": "2026-02-03"})) == (1, 0, 0, 1)


def test_what_was_told_here_is_not_taken_back_by_an_old_file(importer, bring):
    bring({"happened_on": "2026-11-20", "status": "planned"})
    with importer.database.session() as session:
        session.info["clock"] = lambda: NOW
        jo = actor_of(session.scalars(select(User)).one())
        meeting = session.scalars(select(Contact)).one()
        note = Note(meeting.happened_on, said="She came.")
        record_note(
            session, jo, meeting.case_id, note, contact_id=meeting.id,
            interpreter=InterpreterOutcome(needed="no", not_needed_because="common_language"),
        )  # fmt: skip
    assert counts(bring({"happened_on": "2026-11-20", "status": "planned"})) == (1, 0, 0, 1)
    assert lines(importer)[0].status == "held"


def test_a_contact_with_an_employer_alone_needs_no_participant(importer, bring):
    alone = {"participant_ref": "", "kind": "employer", "employer": "Byens Bakeri AS", "outcome": "direct_vacancy"}
    assert counts(bring(alone)) == (1, 1, 0, 0)
    found = read(
        importer, lambda session: contacts_with(session, OPERATOR, session.scalars(select(Employer.id)).one()).lines
    )
    assert [(line.employer, line.outcome, line.case_id) for line in found] == [
        ("Byens Bakeri AS", "direct_vacancy", None)
    ]


def test_every_fault_of_every_row_is_told_and_nothing_is_written(importer, bring):
    faulty = [
        {"contact_ref": "A", "happened_on": "2026-13-01"},
        {"contact_ref": "B", "happened_on": "2026-12-01"},
        {"contact_ref": "C", "kind": "neighbour", "channel": "fax", "minutes": "0"},
        {"contact_ref": "D", "participant_ref": "P9"},
        {"contact_ref": "E", "happened_on": "2025-12-01"},
        {"contact_ref": "F", "participant_present": "no"},
        {"contact_ref": "G", "kind": "three_way", "employer": "Kiwi"},
        {"contact_ref": "H", "kind": "employer"},
        {"contact_ref": "I", "participant_ref": ""},
        {"contact_ref": "J", "said": "01010750160"},
        {"contact_ref": "K", "status": "cancelled"},
        {"contact_ref": "L", "next_on": "2026-02-01"},
        {"contact_ref": "M", "office": "South"},
        {"contact_ref": "N", "job_specialist": "nobody@example.org"},
        {"contact_ref": "O", "starts_at": "9:30"},
        {"contact_ref": "P", "participant_ref": "", "kind": "employer", "employer": "Kiwi", "said": "Of her."},
        {"contact_ref": "Q"},
        {"contact_ref": "Q"},
    ]
    outcome = bring(*faulty)
    assert told(outcome) == [
        (2, "happened_on", "date_unknown"),
        (3, "happened_on", "in_the_future"),
        (4, "kind", "value_unknown"), (4, "channel", "value_unknown"), (4, "minutes", "minutes_not_allowed"),
        (5, "participant_ref", "no_such_participant"),
        (6, "happened_on", "no_case_on_day"),
        (7, "participant_present", "nobody_present"),
        (8, "participant_present", "presence_needed"),
        (9, "employer", "contact_needs_employer"),
        (10, "participant_ref", "case_needed_for_contact"),
        (11, "said", "national_number_in_text"),
        (12, "cancelled_by", "cancelled_by_needed"),
        (13, "next_on", "next_before_contact"),
        (14, "office", "no_such_office"),
        (15, "job_specialist", "no_such_account"),
        (16, "starts_at", "time_unknown"),
        (17, "said", "words_belong_to_employer"),
        (19, "contact_ref", "row_repeated"),
    ]  # fmt: skip
    assert all("01010750160" not in str(fault) for fault in outcome.as_data("nb")["faults"])
    assert (outcome.rows, outcome.created, importer.count("contacts"), importer.count("employers")) == (18, 0, 0, 0)


def test_only_the_operator_imports(importer, write):
    with importer.database.session() as session, pytest.raises(NotPermitted):
        import_contacts(session, Actor(1, Role.SUPERVISOR, 1), write([{}], CONTACT))
