"""A subsidy that NAV decides before the job begins: the move asks for it, and the job takes it over."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from se_engine.actions.jobs import start_job
from se_engine.actions.subsidies import apply_at_employer, decide_subsidy, void_subsidy
from se_engine.actions.tasks import find_employer
from se_engine.processes import latest
from se_engine.queries.facts import facts_of
from se_engine.records.tasks import TaskRecord
from se_engine.rules.errors import NotFound, Refused
from tests.support.answers import agrees, puts_on_the_ladder
from tests.support.people import EMPLOYER, TODAY


@pytest.fixture
def case(make_case):
    return make_case("employer_engagement", days_per_step=2)


@pytest.fixture
def bakery(session, case):
    return find_employer(session, case.office_id, EMPLOYER).id


def missing(session, case):
    options = {one.move.trigger: one for one in latest().options(case.step, facts_of(session, case, latest()))}
    return {reason.task for reason in options["begin_job_support"].reasons}


def test_the_move_waits_for_navs_answer_and_no_longer(session, people, case, bakery):
    agrees(session, people.jo, case, TODAY, "three_party_agreement", EMPLOYER, terms="subsidised")
    puts_on_the_ladder(session, people.jo, case, TODAY)
    assert "T4-A06" in missing(session, case)
    asked = apply_at_employer(session, people.jo, case.id, bakery, kind="wage_subsidy", applied_on=TODAY)
    assert "T4-A06" in missing(session, case)
    decide_subsidy(
        session, people.jo, asked.id, decision="granted", decided_on=TODAY, from_on=TODAY + timedelta(days=7)
    )
    assert "T4-A06" not in missing(session, case)
    assert session.scalars(select(TaskRecord.employer_id).where(TaskRecord.task == "T4-A06")).all() == [bakery]
    void_subsidy(session, people.jo, asked.id, why="It was another workplace.")
    assert "T4-A06" in missing(session, case)


@pytest.mark.parametrize(("paid", "taken"), [(True, True), (None, True), (False, False)])
def test_the_job_that_begins_there_takes_it_over(session, people, case, bakery, paid, taken):
    asked = apply_at_employer(session, people.jo, case.id, bakery, kind="wage_subsidy", applied_on=TODAY)
    decide_subsidy(session, people.jo, asked.id, decision="granted", decided_on=TODAY, from_on=TODAY)
    job = start_job(session, people.jo, case.id, started_on=TODAY, employer=EMPLOYER, paid=paid)
    assert (asked.job_id == job.id, bool(job.subsidy)) == (taken, taken)


def test_it_belongs_to_an_employer_of_the_case(session, people, case, bakery):
    elsewhere = find_employer(session, case.office_id, "Kiwi").id
    said = {"kind": "wage_subsidy", "applied_on": TODAY}
    with pytest.raises(NotFound):
        apply_at_employer(session, people.jo, case.id, elsewhere, **said)
    with pytest.raises(NotFound):
        apply_at_employer(session, people.sam, case.id, bakery, **said)
    for wrong in ({"kind": "gift"}, {"applied_on": TODAY + timedelta(days=1)}):
        with pytest.raises(Refused):
            apply_at_employer(session, people.jo, case.id, bakery, **{**said, **wrong})
