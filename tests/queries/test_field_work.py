"""Field work: days to the first employer meeting, field time, contacts a week and attempts, of those who are led."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import insert

from se_engine.actions.people import add_team
from se_engine.queries.caseload import caseload
from se_engine.queries.contact_numbers import case_numbers, field_time
from se_engine.queries.field_work import field_work, field_work_behind
from se_engine.queries.flow import flow
from se_engine.queries.report_questions import Question
from se_engine.records.contacts import Contact
from se_engine.records.employers import Employer
from se_engine.records.people import Absence
from se_engine.rules.errors import NotPermitted, Refused
from se_engine.rules.roles import OPERATOR
from tests.support.people import OPENED, TODAY, make_user

WEEK_AGO = TODAY - timedelta(days=7)


@pytest.fixture
def told(session, people, clock):
    """told(case, day, kind, status, …) writes a contact as a row; what notes do is tested elsewhere."""
    employer = Employer(office_id=people.office_id, name="Bakeriet", stage="new", recorded_at=clock(), version=1)
    session.add(employer)
    session.flush()

    def write(case, on, kind="participant", status="held", **rest):
        known = {
            "office_id": people.office_id, "case_id": case.id, "kind": kind, "status": status, "happened_on": on,
            "channel": "in_person", "user_id": case.owner_id, "recorded_at": clock(), "version": 1, "shared": True,
            "source": "app", "employer_id": employer.id if kind in ("employer", "three_way") else None,
        }  # fmt: skip
        session.execute(insert(Contact), [{**known, **rest}])

    return write


def asked(**options):
    return Question(**{"as_of": TODAY, **options})


def test_first_meetings_count_those_who_wait_for_one(session, people, make_case, told):
    soon, late, waits, planned = (make_case() for _ in range(4))
    told(soon, OPENED + timedelta(days=10), "employer", concrete_job="job")
    told(soon, OPENED + timedelta(days=30), "employer", concrete_job="job")
    told(late, OPENED + timedelta(days=40), "three_way", concrete_job="placement")
    told(waits, OPENED + timedelta(days=5), "employer")
    told(planned, OPENED + timedelta(days=6), "employer", "planned", concrete_job="job")
    found = json.loads(json.dumps(field_work(session, people.max, asked())))["first_meeting"]
    assert (found["cases"], found["met"], found["not_met"], found["mean_of_met"]) == (4, 2, 2, 25.0)
    assert found["curve"] == [[10, 4, 1, 0.75], [40, 3, 1, 0.5]]
    assert found["median"] == 55, "exactly one half until the last day observed: the midpoint"
    assert case_numbers(session, soon).days_to_first_employer_meeting == 10
    assert field_work_behind(session, people.max, asked(), "met") == [soon.id, late.id]
    assert field_work_behind(session, people.max, asked(), "not_met") == [waits.id, planned.id]
    before = field_work(session, people.max, asked(as_of=OPENED + timedelta(days=20)))["first_meeting"]
    assert (before["met"], before["not_met"]) == (1, 3)
    assert field_work(session, people.max, asked(from_on=WEEK_AGO))["first_meeting"]["cases"] == 0


def test_contacts_of_a_period_are_those_of_the_field_time(session, people, make_case, told):
    case, hers = make_case(), make_case(owner=people.sam)
    told(case, WEEK_AGO, "employer", minutes=60, travel_minutes=30)
    told(case, WEEK_AGO, minutes=60, in_field=False)
    told(case, TODAY, "employer", channel="phone", minutes=10)
    told(hers, TODAY, "three_way", minutes=50)
    told(hers, TODAY, status="no_show")
    told(hers, WEEK_AGO - timedelta(days=1), status="no_answer")
    question = asked(from_on=WEEK_AGO)
    found = field_work(session, people.max, question)
    expected = field_time(session, people.max, WEEK_AGO, TODAY)
    minutes = {"minutes": expected.all_minutes, "field_minutes": expected.field_minutes}
    assert found["field_time"] == {**minutes, "share": round(expected.share, 4)}
    assert found["employer_contacts"]["contacts"] == 2
    assert found["attempts"] == {"contacts": 3, "without_success": 1, "share": 0.3333}
    assert field_work_behind(session, people.max, question, "employer_contacts") == [case.id, hers.id]
    assert field_work_behind(session, people.max, question, "without_success") == [hers.id]
    assert field_work(session, people.jo, question)["attempts"]["contacts"] == 1
    assert field_work_behind(session, people.jo, question, "employer_contacts") == [case.id]


def test_weeks_are_those_at_work(session, people, make_case, told, clock):
    """Monday 9 to Monday 16 March: six working days each; Sam was away for five of hers."""
    for case in (make_case(), make_case(owner=people.sam)):
        told(case, OPENED, "employer")
        told(case, WEEK_AGO, "employer")
    away = {"user_id": people.sam.user_id, "recorded_at": clock()}
    session.execute(insert(Absence), [
        {**away, "from_on": WEEK_AGO, "until_on": WEEK_AGO + timedelta(days=2)},
        {**away, "from_on": WEEK_AGO + timedelta(days=1), "until_on": TODAY - timedelta(days=1)},
    ])  # fmt: skip
    found = field_work(session, people.max, asked(from_on=WEEK_AGO))["employer_contacts"]
    assert found == {"contacts": 2, "specialist_weeks": 1.4, "per_week": round(2 / 1.4, 2)}


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_a_team_has_its_own_and_nobody_else_reads_it(session, people, make_case, told):
    team = add_team(session, OPERATOR, people.office_id, "Nord")
    lea = make_user(session, "Lea", "supervisor", people.office_id, team_id=team.id)
    kai = make_user(session, "Kai", "job_specialist", people.office_id, team_id=team.id)
    case = make_case(owner=kai)
    case.team_id = team.id
    session.flush()
    told(case, TODAY, "employer", concrete_job="job")
    told(make_case(), TODAY, "employer")
    found = field_work(session, lea, asked())
    assert (found["first_meeting"]["cases"], found["employer_contacts"]["contacts"]) == (1, 1)
    assert flow(session, lea, asked(by="team", group="Nord"))["published"] is False
    assert [one["name"] for one in caseload(session, lea, asked())["specialists"]] == ["Kai"]
    groups = field_work(session, people.max, asked(by="team"))["groups"]
    assert [(one["group"], one["employer_contacts"]["contacts"]) for one in groups] == [("Nord", 1), ("none", 1)]
    pat = make_user(session, "Pat", "manager", people.office_id)
    for who, options in ((people.ida, {}), (pat, {}), (people.max, {"publish": True})):
        with pytest.raises(NotPermitted):
            field_work(session, who, asked(**options))
    with pytest.raises(Refused):
        field_work(session, people.max, asked(by="sex"))
