"""A scheme is checked by the rules of the day it began; the answers are kept nowhere."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from se_engine.actions.schemes import approve_scheme, check_scheme, join_scheme
from se_engine.queries.scheme_facts import asked_of
from se_engine.records.trail import TrailEntry
from se_engine.rules.errors import NotFound, NotPermitted, Refused
from tests.support.people import TODAY, make_participant

ANSWERS = {
    "work_tie": "little",
    "ordinary_education": "no",
    "needs_qualification": "yes",
    "kvp_entitled": "no",
    "introduction_before": "no",
    "transition_benefit": "no",
}


@pytest.fixture
def pat(session, people):
    return make_participant(session, people, birth_year=1990, sex="female", country="SO")


def joined(session, people, pat, scheme="jobbsjansen", from_on=TODAY, **rest):
    return join_scheme(session, people.jo, pat.id, scheme, from_on=from_on, **rest)


def test_only_what_the_record_does_not_know_is_asked(session, people, pat):
    membership = joined(session, people, pat)
    asked = asked_of(session, people.jo, pat.id, membership.id)
    assert {question.key for question in asked.questions} == {*ANSWERS, "years_since_introduction", "active_jobseeker"}
    check = check_scheme(session, people.jo, pat.id, membership.id, answers={**ANSWERS, "age": "5", "sex": "male"})
    assert check.result == "met"
    assert (membership.check_result, membership.rule_version, membership.checked_on) == (
        "met",
        "jobbsjansen/2026",
        TODAY,
    )


def test_result_version_and_day_are_kept_and_no_answer(session, people, pat):
    membership = joined(session, people, pat)
    check_scheme(session, people.jo, pat.id, membership.id, answers={**ANSWERS, "kvp_entitled": "yes"})
    assert membership.check_result == "not_met"
    detail = session.scalar(select(TrailEntry.detail).where(TrailEntry.what == "scheme_checked"))
    assert detail == "scheme=jobbsjansen check=not_met rules=jobbsjansen/2026"


def test_what_is_not_answered_is_not_known(session, people, pat):
    membership = joined(session, people, pat)
    assert check_scheme(session, people.jo, pat.id, membership.id, answers={}).result == "unknown"
    assert membership.check_result == "unknown"


def test_the_introduction_programme_on_record_is_counted(session, people, pat):
    ended = TODAY - timedelta(days=500)
    joined(session, people, pat, "introduction_programme", from_on=date(2022, 1, 1), until_on=ended)
    membership = joined(session, people, pat)
    asked = asked_of(session, people.jo, pat.id, membership.id)
    assert asked.known["years_since_introduction"] == (1, 1)
    assert check_scheme(session, people.jo, pat.id, membership.id, answers=ANSWERS).result == "not_met"


@pytest.mark.parametrize(
    ("scheme", "from_on", "rules"),
    [
        ("jobbsjansen", date(2013, 5, 1), "jobbsjansen/2013"),
        ("jobbsjansen", date(2020, 5, 1), None),
        ("introduction_programme", date(2024, 5, 1), "introduction_programme/2021"),
        ("nav_follow_up", None, "nav_follow_up/2026"),
        ("other", TODAY, None),
    ],
)
def test_the_day_she_began_decides_by_which_rules(session, people, pat, scheme, from_on, rules):
    membership = joined(session, people, pat, scheme, from_on)
    if rules is None:
        with pytest.raises(Refused, match="no_scheme_rules"):
            check_scheme(session, people.jo, pat.id, membership.id, answers={})
    else:
        assert check_scheme(session, people.jo, pat.id, membership.id, answers={}).rules == rules


def test_an_approval_stands_until_the_conditions_are_met(session, people, pat):
    membership = joined(session, people, pat)
    refused = {**ANSWERS, "kvp_entitled": "yes"}
    check_scheme(session, people.jo, pat.id, membership.id, answers=refused)
    approve_scheme(session, people.max, pat.id, membership.id, why="Agreed with the county.")
    check_scheme(session, people.jo, pat.id, membership.id, answers=refused)
    assert membership.check_result == "approved"
    check_scheme(session, people.jo, pat.id, membership.id, answers=ANSWERS)
    assert membership.check_result == "met"


def test_answers_that_are_none_are_refused(session, people, pat):
    membership = joined(session, people, pat)
    with pytest.raises(Refused, match="value_unknown"):
        check_scheme(session, people.jo, pat.id, membership.id, answers={"work_tie": "strong"})
    with pytest.raises(Refused, match="scheme_unknown"):
        joined(session, people, pat, "lottery")
    with pytest.raises(NotFound):
        check_scheme(session, people.jo, pat.id, membership.id + 1, answers={})
    with pytest.raises((NotFound, NotPermitted)):
        check_scheme(session, people.ida, pat.id, membership.id, answers={})
