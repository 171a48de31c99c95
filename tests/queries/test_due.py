"""Conditions for lists of what is due: unanswered proposals, appointments that have been, plans to look at."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from se_engine.actions.choices import answer_choice, offer_choice
from se_engine.actions.goals import record_scores, set_goal
from se_engine.actions.needs import note_need
from se_engine.queries import due
from se_engine.records.cases import Case
from tests.support.people import OPENED, TODAY


@pytest.fixture
def meets(session):
    return lambda case, condition: session.scalar(select(Case.id).where(Case.id == case.id, condition)) is not None


def test_a_proposal_waits_until_it_is_answered(session, people, case, meets):
    choice = offer_choice(session, people.jo, case.id, about="job", offer="Bakery", offered_on=TODAY)
    assert meets(case, due.choices_unanswered())
    answer_choice(session, people.jo, choice.id, answer="chosen", answered_on=TODAY)
    assert not meets(case, due.choices_unanswered())


def test_an_appointment_that_has_been_is_asked_about(session, people, case, meets):
    note_need(session, people.jo, case.id, area="debt", noted_on=TODAY, appointment_on=TODAY)
    assert not meets(case, due.appointments_passed(TODAY))
    assert meets(case, due.appointments_passed(TODAY + timedelta(days=1)))


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
