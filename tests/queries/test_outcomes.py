"""Outcomes: each end reason beside the others, on both clocks and any day, with those still open counted in."""

import json
from datetime import date, timedelta

import pytest

from se_engine.actions.people import add_office
from se_engine.measures.competing import competing
from se_engine.queries.outcomes import outcomes, outcomes_behind
from se_engine.queries.report_questions import Question
from se_engine.rules.errors import NotFound, Refused
from se_engine.rules.roles import OPERATOR
from tests.queries.random_histories import Life, Stay, lives, write
from tests.support.people import TODAY, make_user

PAST = TODAY - timedelta(days=97)


@pytest.fixture
def population(session, people, clock):
    found = lives(150, TODAY, [people.jo.user_id], seed=41)
    write(session, people.office_id, found, clock())
    return found


def asked(**options):
    return Question(**{"as_of": TODAY, "threshold": 0, **options})


def test_golden_small_history(session, people, clock):
    """Four cases: work after 10 days, moved after 20 of which five paused, one open for 20, one opened today."""
    day = lambda number: TODAY - timedelta(days=number)  # noqa: E731 - four lives in a glance
    write(session, people.office_id, [
        Life(1, "female", [Stay("engagement", day(30), day(20), "ended")], [(day(30), None)], "work"),
        Life(2, "male", [
            Stay("engagement", day(40), day(30), "profiling"),
            Stay("profiling", day(30), day(20), "ended", [(day(29), day(24))]),
        ], [(day(40), None)], "moved"),
        Life(3, "female", [Stay("engagement", day(20))], [(day(20), None)]),
        Life(4, "female", [Stay("engagement", TODAY)], [(TODAY, None)]),
    ], clock())  # fmt: skip
    report = json.loads(json.dumps(outcomes(session, people.max, asked())))
    assert (report["total"], report["still_open"], report["observed_to"], report["suppressed"]) == (4, 2, 20, False)
    assert [(one["reason"], one["n"], one["incidence"]) for one in report["outcomes"]] == [
        ("work", 1, [[10, 0.333333]]), ("moved", 1, [[15, 0.333333]]),
    ]  # fmt: skip
    assert report["still_open_at_horizon"] == 0.333333
    assert [one["at_horizon"] for one in outcomes(session, people.max, asked(horizon=12))["outcomes"]] == [0.333333, 0]
    assert outcomes_behind(session, people.max, asked(), "moved") == [2]
    assert outcomes_behind(session, people.max, asked(), "still_open") == [3, 4]
    assert outcomes(session, people.max, asked(threshold=None))["suppressed"] is True


@pytest.mark.parametrize(("as_of", "on_clock"), [(TODAY, "calendar"), (TODAY, "working"), (PAST, "calendar")])
def test_case_by_case_it_is_the_same(session, people, population, as_of, on_clock):
    question = asked(as_of=as_of, clock=on_clock, horizon=200)
    report = outcomes(session, people.max, question)
    known = [life for life in population if life.opened <= as_of]
    told = [life.outcome(as_of, on_clock) for life in known]
    expected = competing([days for days, _ in told], [cause for _, cause in told])
    assert report["total"] == len(known) == report["still_open"] + sum(one["n"] for one in report["outcomes"])
    for one in report["outcomes"]:
        assert one["n"] == sum(cause == one["reason"] for _, cause in told)
        assert all(value == round(expected.at(one["reason"], day), 6) for day, value in one["incidence"])
        assert one["low"] < one["at_horizon"] < one["high"]
    at_horizon = sum(one["at_horizon"] for one in report["outcomes"])
    assert report["still_open_at_horizon"] == pytest.approx(1 - at_horizon, abs=1e-5)
    for part in ("total", "still_open", *(one["reason"] for one in report["outcomes"])):
        behind = outcomes_behind(session, people.max, question, part)
        cause = {"still_open": 0}.get(part, part)
        assert behind == [
            life.number for life, (_, why) in zip(known, told, strict=True) if part == "total" or why == cause
        ]  # fmt: skip


def test_opened_in_the_period_by_group(session, people, population):
    year = {"from_on": date(2025, 1, 1), "to_on": date(2025, 12, 31)}
    groups = outcomes(session, people.max, asked(by="sex", **year))["groups"]
    for group in groups:
        opened = [life for life in population if life.opened.year == 2025 and life.sex == group["group"]]
        assert group["total"] == len(opened)
        behind = outcomes_behind(session, people.max, asked(by="sex", group=group["group"], **year), "total")
        assert behind == [life.number for life in opened]
    years = outcomes(session, people.max, asked(by="period"))["groups"]
    assert sum(group["total"] for group in years) == 150


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_nobody_at_all_and_nobody_who_has_ended(session, people, make_case):
    nobody = outcomes(session, people.max, asked())
    assert (nobody["total"], nobody["outcomes"], nobody["still_open_at_horizon"]) == (0, [], None)
    make_case()
    censored = outcomes(session, people.max, asked(horizon=3660))
    assert (censored["total"], censored["outcomes"], censored["still_open_at_horizon"]) == (1, [], 1.0)
    assert censored["observed_to"] < censored["horizon"]
    assert outcomes(session, people.max, asked(from_on=TODAY))["total"] == 0


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_who_may_read_what(session, people, population):
    pat = make_user(session, "Pat", "manager", people.office_id)
    nina = make_user(session, "Nina", "supervisor", add_office(session, OPERATOR, "Alta").id)
    for who in (people.jo, people.ida, pat):
        report = outcomes(session, who, asked(threshold=1))
        assert (report["published"], report["asked_as_of"]) == (True, TODAY.isoformat())
        assert {one["low"] for one in report.get("outcomes", [])} <= {None}
        assert report["as_of"] <= "2026-02-28"
    assert outcomes_behind(session, pat, asked()) == []
    assert outcomes(session, nina, asked())["total"] == 0
    with pytest.raises(NotFound):
        outcomes(session, nina, asked(office=people.office_id))
    with pytest.raises(NotFound):
        outcomes_behind(session, people.max, asked(), "boredom")


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"from_on": date(2025, 1, 1)}, "published_period_not_a_year"),
        ({"from_on": date(2025, 1, 1), "to_on": date(2025, 12, 31), "by": "sex"}, "published_divided_once"),
        ({"visits": "first", "by": "sex"}, "published_divided_once"),
        ({"from_on": TODAY, "to_on": PAST}, "ends_before_it_starts"),
        ({"horizon": -1}, "horizon_not_allowed"),
    ],
)
def test_the_published_form_refuses_what_would_tell_of_few(session, people, options, code):
    with pytest.raises(Refused) as refused:
        outcomes(session, people.ida, asked(**options))
    assert refused.value.reason.code == code


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_one_year_and_one_office_are_rows_of_their_table(session, people, population):
    years = outcomes(session, people.ida, asked(by="period"))
    one = outcomes(session, people.ida, asked(from_on=date(2025, 1, 1), to_on=date(2025, 12, 31)))
    [row] = [group for group in years["groups"] if group["group"] == "2025"]
    assert {key: one[key] for key in row if key != "group"} == {key: row[key] for key in row if key != "group"}
    offices = outcomes(session, people.ida, asked(by="office"))["groups"]
    alone = outcomes(session, people.ida, asked(office=people.office_id))
    assert alone["office"] == offices[0]["group"]
    assert {key: alone.get(key) for key in offices[0] if key != "group"} == {
        key: value for key, value in offices[0].items() if key != "group"
    }  # fmt: skip
