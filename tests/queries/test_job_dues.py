"""What jobs ask for: each due begins on its day and is gone with the fact that answers it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import true, update

from se_engine.actions.contact import met
from se_engine.actions.job_changes import change_job
from se_engine.actions.job_loss import offer_new_search
from se_engine.actions.jobs import Ahead, end_job, start_job
from se_engine.actions.subsidies import add_step, apply_for_subsidy, decide_subsidy
from se_engine.queries.job_dues import dues
from se_engine.records.cases import Case
from se_engine.rules.reminders import REASONS
from tests.support.people import EMPLOYER, OPENED, TODAY
from tests.support.statements import statements


def day(number):
    return OPENED + timedelta(days=number)


@pytest.fixture
def due(session, case):
    """due("decision_day", day): since when, or None."""

    def asked(reason, on=TODAY):
        session.flush()
        found = [one for one in dues(session, Case.id == case.id, on) if one.reason == reason]
        assert reason in REASONS
        assert len(found) <= 1
        return found[0].on if found else None

    return asked


@pytest.fixture
def start(session, people, case):
    def begin(**rest):
        said = {"started_on": OPENED, "employer": EMPLOYER, "paid": True, "contract": "temporary"}
        return start_job(session, people.jo, case.id, **{**said, **rest})

    return begin


@pytest.fixture
def lose(session, people, case):
    def end(job, on, **rest):
        return end_job(session, people.jo, case.id, job.id, ended_on=on, **{"reason": "employer", **rest})

    return end


def test_a_loss_asks_for_contact_and_a_new_search(session, people, case, due, start, lose):
    job = start()
    met(case, day(10))
    assert due("return_contact") is None
    lose(job, day(30))
    assert (due("return_contact"), due("new_search")) == (day(30), day(30))
    met(case, day(32))
    assert (due("return_contact"), due("new_search")) == (None, day(30))
    offer_new_search(session, people.jo, job.id, offered_on=day(35), answer="later")
    assert (due("new_search", day(64)), due("new_search", day(65))) == (None, day(65))
    offer_new_search(session, people.jo, job.id, offered_on=day(66), answer="no")
    assert due("new_search") is None


def test_who_has_another_job_or_tried_one_for_some_days_has_lost_nothing(due, start, lose):
    lose(start(), day(30))
    start(started_on=day(25), employer="Kiwi")
    assert due("return_contact") is None
    assert due("new_search") is None


@pytest.mark.parametrize("other", [{"paid": False, "contract": "work_training"}, {"contract": "job_taster"}])
def test_what_does_not_pay_or_lasts_some_days_takes_no_place_of_a_paid_job(due, start, lose, other):
    lose(start(), day(30))
    start(started_on=day(25), employer="Kiwi", **other)
    assert (due("return_contact"), due("new_search")) == (day(30), day(30))


def test_a_taste_of_a_job_is_no_loss(due, start, lose):
    lose(start(contract="job_taster", paid=False), day(5))
    assert due("return_contact") is None


def test_who_searches_already_needs_no_offer(session, case, due, start, lose):
    lose(start(), day(30))
    found = [due("new_search")]
    for step in ("job_finding", "job_support"):
        stands = update(Case.__table__).where(Case.__table__.c.id == case.id)
        session.connection().execute(stands.values(step=step, entered_on=day(31)))
        found.append(due("new_search"))
    assert found == [day(30), None, day(30)]


def test_agreed_days_are_worked_on_before_they_come_and_until_they_are_settled(session, people, due, start, lose):
    job = start(ahead=Ahead(planned_until=day(60), probation_until=day(40), decision_on=day(50)))
    assert (due("contract_end", day(29)), due("contract_end", day(30))) == (None, day(30))
    assert (due("decision_day", day(35)), due("decision_day", day(36))) == (None, day(36))
    assert (due("probation_end", day(40)), due("probation_end", day(41))) == (day(26), None)
    assert due("contract_end", day(300)) == day(30)
    change = {"happened_on": day(20), "what": "planned_until", "day": day(200)}
    change_job(session, people.jo, job.id, **change)
    assert (due("contract_end", day(169)), due("contract_end", day(170))) == (None, day(170))
    change_job(session, people.jo, job.id, what="contract", code="permanent", happened_on=day(45))
    assert due("contract_end", day(300)) is None
    assert due("decision_day", day(300)) is None


def test_nothing_of_a_job_is_due_after_its_end_or_once_another_follows_it(session, due, start, lose):
    unpaid = {"paid": False, "contract": "work_training", "ahead": Ahead(decision_on=day(20))}
    placement = start(**unpaid)
    assert due("decision_day") == day(6)
    start(started_on=day(30), follows_id=placement.id, employer="")
    assert due("decision_day") is None
    assert due("return_contact") is None


@pytest.mark.parametrize("paid", [False, None])
def test_eight_weeks_without_pay_ask_for_a_plan_and_a_plan_that_passed_asks_again(session, people, due, start, paid):
    job = start(paid=paid, contract="work_training")
    assert (due("pay_plan_missing", day(55)), due("pay_plan_missing", day(56))) == (None, day(56))
    change_job(session, people.jo, job.id, what="pay_planned_on", day=day(90), happened_on=day(60))
    assert (due("pay_plan_missing", day(89)), due("pay_plan_missing", day(90))) == (None, day(90))


def test_a_subsidy_is_spoken_of_before_each_step_and_its_end(session, people, due, start):
    asked = apply_for_subsidy(session, people.jo, start().id, kind="wage_subsidy", applied_on=OPENED)
    assert due("subsidy_end", day(400)) is None
    days = {"from_on": OPENED, "until_on": day(364), "steps": {OPENED: 60}}
    decide_subsidy(session, people.jo, asked.id, decision="granted", decided_on=day(3), **days)
    assert due("subsidy_step", day(5)) is None
    add_step(session, people.jo, asked.id, from_on=day(182), percent=50)
    found = [due("subsidy_step", day(number)) for number in (167, 168, 182, 183)]
    assert found == [None, day(168), day(168), None]
    assert (due("subsidy_end", day(333)), due("subsidy_end", day(334))) == (None, day(334))
    assert due("subsidy_end", day(365)) is None


def test_it_asks_a_fixed_number_of_statements(session, people, make_case, start, lose):
    def busy(number):
        for _ in range(number):
            case = make_case(opened_on=OPENED)
            said = {"started_on": OPENED, "employer": EMPLOYER, "contract": "temporary", "paid": False}
            job = start_job(session, people.jo, case.id, **said, ahead=Ahead(decision_on=day(9)))
            change_job(session, people.jo, job.id, what="pay_planned_on", day=day(9), happened_on=day(1))
            asked = apply_for_subsidy(session, people.jo, job.id, kind="mentor", applied_on=OPENED)
            days = {"decided_on": OPENED, "from_on": OPENED, "until_on": TODAY, "steps": {TODAY: 40}}
            decide_subsidy(session, people.jo, asked.id, decision="granted", **days)
        session.flush()
        with statements(session) as told:
            found = dues(session, true(), TODAY)
        return len(told), len(found)

    few, few_found = busy(1)
    many, many_found = busy(4)
    assert (few, few_found < many_found) == (many, True)
    assert few <= 6
