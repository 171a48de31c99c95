"""What may be said of a contact and of its interpreter."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from se_engine.rules import contacts, interpreters
from se_engine.rules.contacts import Meeting, Note, check_meeting, check_note, clock_time, minute_of_day, overlap, span
from se_engine.rules.errors import Refused
from se_engine.rules.interpreters import (
    InterpreterOutcome,
    InterpreterWish,
    check_follows,
    check_outcome,
    check_wish,
    decision_needed,
    status_of,
)

TODAY = date(2026, 3, 16)
NO_JOB = "concrete_job_needs_meeting"
TALK = Note(happened_on=TODAY, kind="participant", channel="in_person", said="Words.")


def told(**said):
    note = replace(TALK, **said)
    present = contacts.presence(note.kind, note.status, note.participant_present)
    check_note(note, TODAY, with_case=True, present=present, time_now="13:00")


def code(call, *given, **rest):
    with pytest.raises(Refused) as refused:
        call(*given, **rest)
    return refused.value.reason.code


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"happened_on": TODAY + timedelta(days=1)}, "in_the_future"),
        ({"starts_at": "13:01"}, "later_today"),
        ({"participant_present": "no"}, "nobody_present"),
        ({"participant_present": "her_choice"}, "nobody_present"),
        ({"status": "no_show", "participant_present": "yes"}, "present_and_not_held"),
        ({"kind": "employer"}, "contact_needs_employer"),
        ({"kind": "three_way", "employer_id": 1}, "presence_needed"),
        ({"minutes": 0}, "minutes_not_allowed"),
        ({"minutes": 1441}, "minutes_not_allowed"),
        ({"travel_minutes": -1}, "travel_not_allowed"),
        ({"travel_minutes": 1441}, "travel_not_allowed"),
        ({"next_on": TODAY - timedelta(days=1)}, "next_before_contact"),
        ({"starts_at": "9.30"}, "time_unknown"),
        ({"starts_at": "24:00"}, "time_unknown"),
        ({"kind": "neighbour"}, "value_unknown"),
        ({"channel": "fax"}, "value_unknown"),
        ({"status": "planned"}, "value_unknown"),
        ({"status": "voided"}, "value_unknown"),
        ({"purpose": "fun"}, "value_unknown"),
        ({"acted": "nobody"}, "value_unknown"),
        ({"outcome": "good"}, "value_unknown"),
        ({"satisfaction": 6}, "value_unknown"),
        ({"concrete_job": "job"}, NO_JOB),
        ({"kind": "employer", "employer_id": 1, "status": "no_answer", "concrete_job": "job"}, NO_JOB),
        ({"shared": False}, "hidden_because_needed"),
    ],
)  # fmt: skip
def test_what_cannot_be_told_of_a_contact(said, refusal):
    assert code(told, **said) == refusal


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"starts_at": "13:00", "minutes": 1440, "travel_minutes": 0, "next_on": TODAY},
        {"status": "no_show"},
        {"kind": "three_way", "employer_id": 1, "participant_present": "her_choice"},
        {"kind": "teacher", "channel": "email"},
    ],
)
def test_what_can_be_told_of_one(said):
    told(**said)


def test_a_contact_without_a_case_is_one_with_an_employer():
    alone = replace(TALK, kind="employer", employer_id=1, said="")
    check_note(alone, TODAY, with_case=False, present=None)
    assert code(check_note, replace(alone, said="Of her."), TODAY, with_case=False, present=None) == (
        "words_belong_to_employer"
    )
    assert code(check_note, TALK, TODAY, with_case=False, present=None) == "case_needed_for_contact"


def test_a_meeting_is_planned_from_today_on():
    check_meeting(Meeting("participant", TODAY, starts_at="09:00"), TODAY, with_case=True)
    yesterday = Meeting("participant", TODAY - timedelta(days=1))
    assert code(check_meeting, yesterday, TODAY, with_case=True) == "planned_in_the_past"


times = st.integers(0, 1439).map(clock_time)
minutes = st.one_of(st.none(), st.integers(1, 240))


@given(times, minutes, times, minutes)
def test_two_meetings_collide_when_they_share_a_minute(one, long, other, longer):
    first, second = span(one, long), span(other, longer)
    shared = set(range(*first)) & set(range(*second))
    assert overlap(first, second) == overlap(second, first) == bool(shared)


@given(times)
def test_a_time_of_day_is_read_back_as_it_was_written(time):
    assert clock_time(minute_of_day(time)) == time


# Interpreters


@pytest.mark.parametrize(
    ("need", "oral", "needed"),
    [
        ("yes", {}, True),
        ("yes", {"listening": "C1", "speaking": "C1"}, True),
        (None, {}, True),
        (None, {"listening": "B2", "speaking": None}, True),
        (None, {"listening": "B2", "speaking": "B2"}, False),
        ("no", {}, False),
        ("no", {"listening": "A2", "speaking": "B2"}, True),
        ("no", {"listening": "B2", "speaking": "B2"}, False),
    ],
)
def test_somebody_must_decide_where_her_norwegian_may_not_carry_the_talk(need, oral, needed):
    assert decision_needed("phone", True, need, oral) is needed
    assert not decision_needed("sms", True, need, oral)
    assert not decision_needed("phone", False, need, oral)


def test_the_level_at_which_nobody_must_decide_can_be_another():
    oral = {"listening": "B1", "speaking": "B1"}
    assert decision_needed("phone", True, "no", oral)
    assert not decision_needed("phone", True, "no", oral, enough="B1")


@pytest.mark.parametrize(
    ("wish", "refusal"),
    [
        (InterpreterWish("perhaps"), "value_unknown"),
        (InterpreterWish("no"), "value_unknown"),
        (InterpreterWish("yes", ordered_as="child"), "child_must_not_interpret"),
        (InterpreterWish("yes", ordered_as="child", reason="Nobody else."), "child_must_not_interpret"),
        (InterpreterWish("yes", ordered_as="relative"), "relative_needs_reason"),
        (InterpreterWish("yes", ordered_as="unqualified"), "why_not_qualified"),
        (InterpreterWish("yes", gender_wish="other"), "value_unknown"),
    ],
)
def test_who_may_not_be_ordered(wish, refusal):
    assert code(check_wish, wish) == refusal


@pytest.mark.parametrize(
    ("outcome", "refusal"),
    [
        (InterpreterOutcome(status="ordered"), "value_unknown"),
        (InterpreterOutcome(status="not_qualified"), "who_interpreted"),
        (InterpreterOutcome(status="came", came_as="child", reason="Why."), "outcome_does_not_fit"),
        (InterpreterOutcome(status="did_not_come", came_as="qualified"), "outcome_does_not_fit"),
        (InterpreterOutcome(status="not_qualified", came_as="child"), "child_needs_reason"),
        (InterpreterOutcome(status="did_not_come", came_as="relative"), "relative_needs_reason"),
        (InterpreterOutcome(minutes=0), "minutes_not_allowed"),
        (InterpreterOutcome(cost=-1), "cost_not_allowed"),
        (InterpreterOutcome(needed="no"), "value_unknown"),
    ],
)
def test_what_cannot_have_become_of_an_interpreter(outcome, refusal):
    assert code(check_outcome, outcome) == refusal


@given(
    st.sampled_from(interpreters.OUTCOMES),
    st.one_of(st.none(), st.sampled_from(interpreters.WHO)),
    st.sampled_from(["", "A reason."]),
)
def test_who_is_not_qualified_never_interprets_without_a_reason(status, who, reason):
    outcome = InterpreterOutcome(status=status, came_as=who, reason=reason)
    try:
        check_outcome(outcome)
    except Refused:
        return
    assert outcome.interpreted_by in (None, "qualified") or reason


def test_an_interpreter_is_needed_until_ordered():
    assert status_of(InterpreterWish("no", "her_choice")) == "not_needed"
    assert status_of(InterpreterWish("yes")) == "needed"
    assert status_of(InterpreterWish("yes", ordered_on=TODAY)) == "ordered"
    assert code(check_follows, "came", "ordered") == "interpreter_has_an_outcome"
