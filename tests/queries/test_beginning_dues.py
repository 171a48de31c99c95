"""Before the first day at work somebody calls, and once it has come the job is registered."""

from datetime import timedelta

import pytest

from se_engine.actions.contacts import record_note
from se_engine.actions.employers import find_employer
from se_engine.actions.jobs import start_job
from se_engine.queries.beginning_dues import dues
from se_engine.records.cases import Case
from se_engine.rules.contacts import Note
from se_engine.rules.interpreters import InterpreterOutcome
from tests.support.documents import agree, start
from tests.support.people import EMPLOYER, TODAY

FIRST = TODAY + timedelta(days=10)


@pytest.fixture
def agreed(session, people, make_case):
    case = make_case("employer_engagement")
    employer = find_employer(session, case.office_id, EMPLOYER).id
    content = {"starts_on": FIRST.isoformat()}
    made = start(session, people.jo, case, "three_party_agreement", on=TODAY, employer_id=employer, changed=content)
    agree(session, people.jo, made.id, on=TODAY)
    return case


def asked(session, case, on):
    session.flush()
    return [(due.reason, due.on) for due in dues(session, Case.id == case.id, on)]


def test_she_is_called_three_days_before_and_the_job_registered_on_the_day(session, agreed):
    before = FIRST - timedelta(days=3)
    assert asked(session, agreed, before - timedelta(days=1)) == []
    assert asked(session, agreed, before) == [("check_due", before)]
    assert asked(session, agreed, FIRST) == [("job_unregistered", FIRST)]
    assert asked(session, agreed, FIRST + timedelta(days=60)) == [("job_unregistered", FIRST)]
    assert asked(session, agreed, FIRST + timedelta(days=61)) == []


def test_a_talk_in_the_week_before_is_the_call(session, people, agreed, clock):
    day = FIRST - timedelta(days=6)
    clock.day = day
    said = InterpreterOutcome(needed="no", not_needed_because="common_language")
    note = Note(kind="participant", channel="in_person", happened_on=day, said="Ready.")
    record_note(session, people.jo, agreed.id, note, interpreter=said)
    assert asked(session, agreed, FIRST - timedelta(days=1)) == []


def test_once_the_job_is_registered_its_schedule_takes_over(session, people, agreed, clock):
    clock.day = FIRST
    start_job(session, people.jo, agreed.id, started_on=FIRST, employer=EMPLOYER, paid=True, hours_per_week=20)
    assert asked(session, agreed, FIRST) == []
