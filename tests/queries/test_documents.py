"""What a new document begins with, and what documents ask for when days pass."""

from datetime import timedelta

import pytest
from sqlalchemy import true

from se_engine import document_kinds
from se_engine.actions.document_events import approve_document, comment_document, share_document
from se_engine.actions.goals import set_goal
from se_engine.actions.participants import change_facts
from se_engine.actions.record import record_field
from se_engine.queries.document_beginnings import beginning
from se_engine.queries.document_dues import dues
from se_engine.rules.document_kinds import KINDS
from se_engine.rules.documents import cleaned, missing
from tests.support.documents import READ, agree, start
from tests.support.employers import employer_at_work
from tests.support.people import OPENED, TODAY
from tests.support.statements import statements


def due(session, on):
    return [(one.reason, one.on, one.place) for one in dues(session, true(), on)]


def test_a_profile_begins_with_what_the_record_knows(session, people, case):
    answers = {"dream": "My own bakery", "main_goal": "job", "wished_hours": "30", "wished_days": "weekday,evening"}
    for key, answer in answers.items():
        record_field(session, people.jo, case.participant_id, key, answer, happened_on=OPENED)
    for entry, plan in enumerate(("Bakery", "Shop"), 1):
        record_field(session, people.jo, case.participant_id, "plans", plan, happened_on=OPENED, entry=entry)
    record_field(session, people.jo, case.participant_id, "energy", "half_day", happened_on=OPENED)
    made = beginning(session, people.jo, case.id, "vocational_profile")
    assert made["own_words"] == "My own bakery"
    assert made["main_goal"] == "job"
    assert made["hours"] == "Timer i uka: 30\nHverdager, Kvelder"
    assert made["plans"] == [{"row": "a", "plan": "Bakery"}, {"row": "b", "plan": "Shop"}]


def test_an_agreement_with_a_workplace_begins_with_job_card_and_decision(session, people, make_case):
    case = make_case("employer_engagement")
    at = employer_at_work(session, people.jo, case, began_on=TODAY, possible_tasks="Baking, serving")
    made = beginning(session, people.jo, case.id, "three_party_agreement", employer_id=at["employer_id"])
    assert made["terms"] == "ordinary"
    assert made["starts_on"] == TODAY.isoformat()
    assert made["tasks"] == "baker\nBaking, serving"
    assert made["employer_contact"] == "Kari Baker, +47 22 00 00 00"
    assert made["team_knows"] == "Navnet\nSay that I can bake, and my name."
    report = beginning(session, people.jo, case.id, "interim_report", from_on=OPENED, until_on=TODAY)
    assert "Fjordens Bakeri AS" in report["employers"]
    assert "Fjordens Bakeri AS" in report["work"]


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_document_begins_with_may_be_kept(session, people, make_case, kind):
    case = make_case("employer_engagement")
    at = employer_at_work(session, people.jo, case, began_on=TODAY)
    set_goal(session, people.jo, case.id, kind="activity", words="Bread", set_on=TODAY)
    made = beginning(session, people.jo, case.id, kind, employer_id=at["employer_id"], from_on=OPENED, until_on=TODAY)
    assert cleaned(document_kinds.latest(kind), made) == made


def test_the_interim_report_is_asked_for_on_day_76_and_then_after_the_last_one(session, people, case):
    first = OPENED + timedelta(days=76)
    assert due(session, first - timedelta(days=1)) == []
    assert due(session, first) == [("interim_report", first, "documents/new/interim_report")]
    start(session, people.jo, case, "interim_report", on=TODAY)
    assert due(session, TODAY + timedelta(days=76)) == []
    assert [reason for reason, *_ in due(session, TODAY + timedelta(days=77))] == ["interim_report"]


def test_the_day_of_her_comment_is_told_until_she_has_commented(session, people, case):
    on = TODAY - timedelta(days=14)
    made = start(session, people.jo, case, "interim_report", on=on)
    said = {"seen_version": 1, "happened_on": on}
    share_document(session, people.jo, made.id, **said, deadline_on=TODAY)
    assert due(session, TODAY - timedelta(days=1)) == []
    assert due(session, TODAY) == [("comment_deadline", TODAY, f"documents/{made.id}/comment")]
    comment_document(session, people.jo, made.id, **said, words="True.")
    assert due(session, TODAY) == []


def test_a_complete_document_waits_a_week_before_somebody_is_reminded(session, people, case):
    made = start(session, people.jo, case, "cooperation_agreement", on=OPENED)
    approve_document(
        session, people.jo, made.id, seen_version=1, party="participant", happened_on=OPENED, form="oral", **READ
    )
    start(session, people.jo, case, "vocational_profile", on=OPENED, changed={"good_day": None})
    week = OPENED + timedelta(days=7)
    assert due(session, week - timedelta(days=1)) == []
    assert due(session, week) == [("approval_waiting", week, f"documents/{made.id}")]
    agree(session, people.jo, made.id, on=OPENED)
    assert due(session, week) == []


def test_the_number_of_statements_does_not_grow_with_the_cases(session, people, make_case):
    def asked():
        with statements(session) as sent:
            dues(session, true(), TODAY)
        return len(sent)

    start(session, people.jo, make_case(), "cooperation_agreement", on=OPENED)
    few = asked()
    for _ in range(3):
        start(session, people.jo, make_case(), "cooperation_agreement", on=OPENED)
    assert asked() == few <= 4


@pytest.mark.parametrize(
    ("kind", "asked"),
    [
        ("cooperation_agreement", ("own_words", "expects")),
        ("vocational_profile", ("own_words", "main_goal", "wishes", "qualities", "languages", "good_day")),
        ("step_down_plan", ("own_words", "phases", "natural_support")),
    ],
)
def test_a_new_document_asks_for_hers_alone(session, people, case, kind, asked):
    """What is standard stands there already, so that it is written and agreed to in one talk."""
    change_facts(session, people.jo, case.participant_id, seen_version=None, interpreter_need="no")
    content = beginning(session, people.jo, case.id, kind)
    assert missing(document_kinds.latest(kind), content) == asked
