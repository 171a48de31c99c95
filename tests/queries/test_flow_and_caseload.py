"""Flow and caseload: every day as somebody with a calendar says it, whole for those who lead, else published."""

import json
from collections import Counter
from datetime import date, timedelta

import pytest

from se_engine.actions.cases import give_case
from se_engine.actions.people import add_office
from se_engine.actions.staff import record_share
from se_engine.queries.caseload import caseload, caseload_behind
from se_engine.queries.flow import flow, flow_behind
from se_engine.queries.report_questions import Question
from se_engine.rules.errors import NotFound, Refused
from se_engine.rules.roles import OPERATOR
from tests.queries.random_histories import STEPS, lives, load_of, write
from tests.support.people import TODAY, make_user

KINDS = ("active", "waiting", "paused", "follow_up")
PAST = TODAY - timedelta(days=133)


@pytest.fixture
def population(session, people, clock):
    """A hundred and twenty cases of the office, a second office that nobody asks about."""
    found = lives(120, TODAY, [people.jo.user_id, people.sam.user_id], seed=9)
    write(session, people.office_id, found, clock())
    return found


def asked(**options):
    return Question(**{"as_of": TODAY, "threshold": 0, **options})


def stood(found, day):
    return Counter(stay.step for life in found if (stay := life.stay_on(day)))


def paused(found, day):
    stays = [stay for life in found if (stay := life.stay_on(day))]
    return sum(any(begins <= day and (ends is None or ends > day) for begins, ends in stay.pauses) for stay in stays)


def test_every_day_is_as_the_calendar_says(session, people, population):
    report = json.loads(json.dumps(flow(session, people.max, asked())))
    assert (report["every"], len(report["days"]), report["days"][-1]["day"]) == ("day", 90, TODAY.isoformat())
    weekly = flow(session, people.max, asked(from_on=TODAY - timedelta(days=400), to_on=PAST))
    assert (weekly["every"], weekly["days"][-1]["day"]) == ("week", PAST.isoformat())
    quarterly = flow(session, people.max, asked(from_on=date(2024, 1, 1)))
    last_two = [row["day"] for row in quarterly["days"][-2:]]
    assert (quarterly["every"], last_two) == ("quarter", ["2025-12-31", "2026-03-16"])
    for row in (*report["days"], *weekly["days"], *quarterly["days"]):
        day = date.fromisoformat(row["day"])
        assert row["steps"] == {step: stood(population, day)[step] for step in STEPS}
        assert row["paused"] == paused(population, day)
        assert row["entered"] == sum(life.opened <= day for life in population)
        assert row["entered"] == row["ended"] + sum(row["steps"].values())


def test_groups_sum_and_open_the_cases_behind(session, people, population):
    groups = flow(session, people.max, asked(by="sex", as_of=PAST))["groups"]
    assert [group["group"] for group in groups] == ["female", "male"]
    last = [group["days"][-1]["steps"] for group in groups]
    assert {step: sum(one[step] for one in last) for step in STEPS} == stood(population, PAST)
    of_women = asked(by="sex", group="female")
    behind = flow_behind(session, people.max, of_women, PAST, step="job_finding")
    assert behind == [
        life.number for life in population
        if life.sex == "female" and (stay := life.stay_on(PAST)) and stay.step == "job_finding"
    ]  # fmt: skip
    row = groups[0]["days"][-1]
    for part in ("paused", "entered", "ended"):
        assert len(flow_behind(session, people.max, of_women, PAST, part=part)) == row[part]
    assert flow_behind(session, people.ida, asked(), PAST) == []
    with pytest.raises(NotFound):
        flow_behind(session, people.max, asked(), PAST, part="sat")


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_days_that_cannot_be_are_refused(session, people):
    with pytest.raises(Refused) as refused:
        flow(session, people.max, asked(from_on=TODAY + timedelta(days=1)))
    assert refused.value.reason.code == "report_begins_after_it_ends"
    with pytest.raises(Refused) as refused:
        flow(session, people.max, asked(from_on=TODAY, to_on=PAST))
    assert refused.value.reason.code == "ends_before_it_starts"
    nobody = flow(session, people.max, asked())
    assert {sum(row["steps"].values()) + row["entered"] for row in nobody["days"]} == {0}


@pytest.mark.parametrize("day", [TODAY, PAST])
def test_caseload_is_that_of_the_day(session, people, population, day):
    report = json.loads(json.dumps(caseload(session, people.max, asked(as_of=day))))
    assert (report["warn"], report["stop"], [one["name"] for one in report["specialists"]]) == (15, 20, ["Jo", "Sam"])
    for one, who in zip(report["specialists"], (people.jo, people.sam), strict=True):
        expected = load_of(population, who.user_id, day)
        assert {kind: one[kind] for kind in KINDS} == {kind: expected[kind] for kind in KINDS}
        assert one["working"] == one["active"] - one["follow_up"]
        for kind in (*KINDS, "working"):
            behind = caseload_behind(session, people.max, asked(as_of=day), user_id=who.user_id, part=kind)
            assert len(behind) == one[kind]
    nobody = load_of(population, None, day)
    assert report["unassigned"] == {kind: nobody[kind] for kind in KINDS}
    everybody = [*report["specialists"], report["unassigned"]]
    assert report["sum"]["cases"] == sum(one["active"] + one["paused"] for one in everybody)
    assert report["sum"]["cases"] == sum(stood(population, day).values())
    hers = caseload(session, people.jo, asked(as_of=day))
    assert hers["specialists"] == [report["specialists"][0]]


def test_who_has_much_and_who_works_part_time(session, people, make_case):
    for _ in range(15):
        make_case()
    given = make_case()
    give_case(session, people.max, given, people.sam.user_id, from_on=TODAY)
    record_share(session, people.max, people.sam.user_id, percent=80, se_percent=50, from_on=TODAY, until_on=None)
    jo, sam = caseload(session, people.max, asked())["specialists"]
    assert (jo["working"], jo["load"], jo["share"], jo["capacity"]) == (15, "warn", None, 15)
    assert (sam["working"], sam["load"], sam["share"], sam["active"]) == (1, "free", 40, 1)
    yesterday = caseload(session, people.max, asked(as_of=TODAY - timedelta(days=1)))["specialists"]
    assert [one["active"] for one in yesterday if one["name"] == "Jo"] == [16]


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_others_read_sums_as_they_were_published(session, people, population):
    pat = make_user(session, "Pat", "manager", people.office_id)
    for who in (people.ida, pat):
        found = caseload(session, who, asked(threshold=None))
        assert (found["published"], found["specialists"]) == (True, [])
        assert (found["asked_as_of"], found["sum"]["suppressed"]) == (TODAY.isoformat(), False)
        stood_on = date.fromisoformat(found["as_of"])
        assert (stood_on + timedelta(days=1)).day == 1
        assert found["sum"]["cases"] == sum(stood(population, stood_on).values())
        days = flow(session, who, asked(threshold=None))["days"]
        assert [row["day"] for row in days] <= ["2025-12-31", "2026-01-31", "2026-02-28"]
        assert {row.get("paused") for row in days} == {None}
    assert caseload_behind(session, people.ida, asked()) == []
    assert caseload(session, people.max, asked(publish=True))["specialists"] == []
    assert flow(session, people.jo, asked())["published"] is True


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_another_office_is_out_of_reach(session, people, population):
    there = add_office(session, OPERATOR, "Alta")
    nina = make_user(session, "Nina", "supervisor", there.id)
    assert caseload(session, nina, asked())["sum"]["cases"] == 0
    assert caseload_behind(session, nina, asked()) == flow_behind(session, nina, asked(), TODAY) == []
    with pytest.raises(NotFound):
        caseload(session, nina, asked(office=people.office_id))
    by_office = caseload(session, OPERATOR, asked(by="office"))["groups"]
    assert [group["group"] for group in by_office] == ["Lakselv"]


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_a_larger_threshold_hides_more_and_nothing_instead(session, people, population):
    usual, strict = (flow(session, people.ida, asked(threshold=threshold))["days"] for threshold in (None, 12))
    for row, harder in zip(usual, strict, strict=True):
        assert row["day"] == harder["day"]
        if not harder["suppressed"]:
            shown = {step: many for step, many in harder["steps"].items() if many is not None}
            assert shown.items() <= row["steps"].items()
            assert all(many == 0 or many >= 12 for many in shown.values())
