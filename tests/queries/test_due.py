"""Conditions for lists of what is due: appointments that have been, closing talks, plans to look at."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from se_engine.actions.goals import record_scores, set_goal
from se_engine.actions.needs import note_need
from se_engine.actions.tracks import close_track, hold_closing_talk, open_track
from se_engine.queries import due
from se_engine.records.cases import Case
from tests.support.answers import meets_employer
from tests.support.people import OPENED, TODAY


@pytest.fixture
def meets(session):
    return lambda case, condition: session.scalar(select(Case.id).where(Case.id == case.id, condition)) is not None


def test_an_appointment_that_has_been_is_asked_about(session, people, case, meets):
    note_need(session, people.jo, case.id, area="debt", noted_on=TODAY, appointment_on=TODAY)
    assert not meets(case, due.promised_on() < TODAY)
    assert meets(case, due.promised_on() == TODAY)


def test_a_place_that_came_to_nothing_is_talked_with_within_a_week(session, people, case, meets):
    track = open_track(session, people.jo, case.id, opened_on=OPENED, employer="Byens Bakeri AS")
    meets_employer(session, people.jo, case, OPENED)
    ended = {"happened_on": TODAY, "reason": "no_recruitment", "decided_by": "employer"}
    close_track(session, people.jo, track.id, seen_version=None, **ended)
    assert meets(case, due.promised_on() == TODAY + due.CLOSING_TALK_WITHIN)
    hold_closing_talk(session, people.jo, track.id, happened_on=TODAY)
    assert not meets(case, due.promised_on() == TODAY + due.CLOSING_TALK_WITHIN)


def test_a_plan_is_looked_at_again_after_three_months(session, people, make_case, meets):
    case = make_case("profiling")
    quarter = due.PLAN_LASTS
    assert not meets(case, due.plan_due(due.plans_since(OPENED + quarter - timedelta(days=1))))
    assert meets(case, due.plan_due(due.plans_since(OPENED + quarter)))
    set_goal(session, people.jo, case.id, kind="activity", words="Swim.", set_on=OPENED + timedelta(days=7))
    assert not meets(case, due.plan_due(due.plans_since(OPENED + quarter)))
    assert meets(case, due.plan_due(due.plans_since(OPENED + quarter + timedelta(days=7))))
    record_scores(session, people.jo, case.id, motivation=5, confidence=None, happened_on=TODAY)
    assert not meets(case, due.plan_due(due.plans_since(OPENED + quarter + timedelta(days=7))))
