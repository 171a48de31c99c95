"""The action plan: who writes it, what becomes of a line, and when an owner is told."""

from datetime import timedelta

import pytest

from se_engine.actions.audit_plans import add_action, record_event, record_own_event
from se_engine.queries.audit_plans import action_plan_made, actions_settled, due_actions, plan_of
from se_engine.rules.errors import NotFound, Refused
from tests.support.people import TODAY
from tests.support.rated_audits import rated_audit

DUE = TODAY + timedelta(days=60)


@pytest.fixture
def audit(session, people):
    return rated_audit(session, people, "action_plan")


@pytest.fixture
def planned(people):
    return {"item": "L1", "words": "Order the interpreter with the meeting.", "owner_id": people.jo.user_id,
            "due_on": DUE, "expected_level": 4, "evidence": "", "evidence_words": "Seen in six cases."}  # fmt: skip


def refused(code, act, *given, **named):
    with pytest.raises(Refused) as caught:
        act(*given, **named)
    assert caught.value.reason.code == code


def test_a_line_is_followed_until_it_is_settled(session, people, audit, planned):
    assert not action_plan_made(session, audit)
    assert actions_settled(session, audit)
    line = add_action(session, people.max, audit.id, **planned)
    assert (action_plan_made(session, audit), actions_settled(session, audit)) == (True, False)

    def told(what, **rest):
        return record_own_event(session, people.jo, line.id, what=what, happened_on=TODAY, **rest)

    told("begun")
    refused("action_begun", told, "begun")
    refused("new_day_needed", told, "moved", words="Ill")
    told("moved", words="The interpreter is ill", due_on=DUE + timedelta(days=30))
    refused("reason_needed", told, "given_up")
    told("done")
    refused("action_settled", told, "given_up", words="No")
    found = plan_of(session, audit.id)[0]
    assert (found.state, found.due_on, found.settled) == ("done", DUE + timedelta(days=30), True)
    assert [event.what for event in found.events] == ["begun", "moved", "done"]
    record_event(session, people.ida, audit.id, line.id, what="reopened", happened_on=TODAY, words="It came back")
    assert plan_of(session, audit.id)[0].state == "begun"
    assert not actions_settled(session, audit)


def test_an_owner_is_told_of_what_is_due(session, people, audit, planned):
    add_action(session, people.ida, audit.id, **planned)
    assert [one.action.item for one in due_actions(session, people.jo, DUE)] == ["L1"]
    assert due_actions(session, people.jo, DUE - timedelta(days=1)) == []
    assert due_actions(session, people.sam, DUE) == []


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"item": "9.9"}, "no_such_audit_item"),
        ({"expected_level": 6}, "rating_out_of_scale"),
        ({"evidence": "luck"}, "no_such_audit_item"),
        ({"owner_id": 0}, "owner_not_at_unit"),
        ({"due_on": TODAY - timedelta(days=1)}, "due_day_gone"),
        ({"words": " "}, "action_words_needed"),
        ({"evidence_words": ""}, "evidence_of_action_needed"),
        ({"words": "x" * 2001}, "text_too_long"),
    ],
)
def test_a_line_that_cannot_be_is_refused(session, people, audit, planned, given, code):
    refused(code, add_action, session, people.ida, audit.id, **planned | given)
    assert plan_of(session, audit.id) == []


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_others_plan_nothing(session, people, audit, planned):
    line = add_action(session, people.ida, audit.id, **planned)
    with pytest.raises(NotFound):
        record_own_event(session, people.max, line.id, what="begun", happened_on=TODAY)
    with pytest.raises(NotFound):
        add_action(session, people.sam, audit.id, **planned)
    audit.step = "sample"
    session.flush()
    refused("not_in_audit_step", add_action, session, people.ida, audit.id, **planned)

