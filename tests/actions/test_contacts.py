"""One note tells everything of a contact, and nothing of it is asked for again."""

from dataclasses import replace
from datetime import timedelta

import pytest

from se_engine.actions.contacts import record_note
from se_engine.actions.employers import find_employer
from se_engine.processes import latest
from se_engine.queries.contacts import contacts_of
from se_engine.queries.facts import facts_of
from se_engine.rules.contacts import Note
from se_engine.rules.facts import TaskStatus
from se_engine.rules.interpreters import InterpreterOutcome
from tests.support.people import TODAY

SAID = "She told how the first week went."
VISIT = Note(happened_on=TODAY, kind="participant", channel="in_person", minutes=45, said=SAID)
NO_INTERPRETER = InterpreterOutcome(needed="no", not_needed_because="common_language")


@pytest.fixture
def bakery(session, people):
    return find_employer(session, people.office_id, "Byens Bakeri AS").id


def note(session, people, case, *, interpreter=NO_INTERPRETER, **said):
    rest = {key: said.pop(key) for key in ("contact_id", "collision_known", "kept") if key in said}
    return record_note(session, people.jo, case.id, replace(VISIT, **said), interpreter=interpreter, **rest)


def test_a_note_writes_contact_evidence_travel_interpreter_and_next_date(session, people, case):
    made = note(
        session,
        people,
        case,
        tasks=("T1-S3", "T1-K1"),
        travel_minutes=30,
        next_on=TODAY + timedelta(days=7),
        next_step="We look at the bakery.",
    )
    line = contacts_of(session, people.jo, case.id).lines[0]
    assert line.id == made.id
    assert line.words == {"said": SAID, "next_step": "We look at the bakery."}
    assert line.tasks == ("T1-S3", "T1-K1")
    assert (line.travel_minutes, line.next_on) == (30, TODAY + timedelta(days=7))
    assert line.booking.status == "not_needed"
    assert case.last_contact_on == TODAY
    assert facts_of(session, case, latest()).tasks["T1-S3"].status is TaskStatus.DONE
