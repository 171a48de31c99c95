"""The indicators of `dimensions` against a slow second count over random populations."""

from fractions import Fraction

import pytest

from se_engine import indicators
from se_engine.measures.survival import product_limit
from se_engine.queries.indicators import culture, equity, language, participation
from se_engine.queries.indicators.evidence import Evidence, Window
from se_engine.rules.codes import COUNTRIES
from se_engine.rules.world_regions import REGIONS, region_of
from tests.queries.dimension_facts import Slow
from tests.queries.dimension_reference import FEWER_IS_BETTER, SHARES, breadth, children, groups_of
from tests.support.indicator_population import FIRST, LAST, world

COUNTS = {**language.COUNTS, **participation.COUNTS, **culture.COUNTS, **equity.COUNTS}


def test_every_one_has_its_meaning_in_words():
    assert {(key, 1) for key in COUNTS} <= indicators.definitions().keys()
    assert set(COUNTS) == {*SHARES, "child_used_as_interpreter", "breadth_of_occupations", "equity_of_outcome",
                           "equity_of_time"}  # fmt: skip


@pytest.mark.parametrize(("engine_name", "seed"), [("sqlite", 1), ("postgresql", 2)], indirect=["engine_name"])
def test_a_slow_second_count_of_random_populations_agrees(session, seed):
    """The second office is there to be left out."""
    found = world(seed, people_=200)
    found.write(session)
    evidence = Evidence(session, Window((1,), FIRST, LAST))
    slow = Slow(found, (1,), FIRST, LAST)
    told_alike = []
    for key, counted in SHARES.items():
        told, measured = counted(slow), COUNTS[key](evidence)
        holds = sum(held is not (key in FEWER_IS_BETTER) for _, held in told)
        assert (measured.numerator, measured.denominator, measured.n) == (holds, len(told), len(told)), key
        assert measured.value == (Fraction(holds, len(told)) if told else None), key
        assert measured.cases == tuple(sorted({case for case, _ in told})), key
        assert measured.lacking == tuple(sorted({case for case, held in told if not held})), key
        told_alike += [key] if len({held for _, held in told}) < 2 else []
    assert len(told_alike) <= 4, f"a population in which all are alike tests little: {told_alike}"
    _children(slow, evidence)
    measured = COUNTS["breadth_of_occupations"](evidence)
    assert (measured.value, measured.n) == breadth(slow)


def _children(slow, evidence):
    left, every, cases, lacking = children(slow)
    measured = COUNTS["child_used_as_interpreter"](evidence)
    assert (measured.value, measured.denominator) == (left, every)
    assert (set(measured.cases), set(measured.lacking)) == (cases, lacking)
    assert measured.detail["unhandled"] == left


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_groups_are_held_against_all_of_them(session):
    found = world(5, people_=260, offices_=1)
    found.write(session)
    evidence = Evidence(session, Window((1,), FIRST, LAST))
    slow = Slow(found, (1,), FIRST, LAST)
    ran = [case for case in slow.cases() if case["ended_on"] is None or case["ended_on"] >= FIRST]
    started = {job["case_id"] for job in slow.starts() if slow.inside(job["started_on"])}
    measured = equity.equity_of_outcome(evidence)
    wanted = groups_of(slow, ran)
    told = measured.detail["by"]
    assert set(told) == set(wanted) >= {"sex", "education", "country_group"}
    rates = []
    for attribute, groups in wanted.items():
        for one in told[attribute]["groups"]:
            rows = groups[one["group"]]
            assert (one["n"], one["jobs"]) == (len(rows), sum(case["id"] in started for case in rows))
            rates.append(Fraction(one["jobs"], one["n"]))
        assert 0 <= told[attribute]["p"] <= 1
    assert measured.value == min(rates) / Fraction(len(started & {case["id"] for case in ran}), len(ran))
    assert measured.n >= 20
    _times(slow, equity.equity_of_time(evidence))


def _times(slow, measured):
    fresh = [case for case in slow.cases() if slow.inside(case["opened_on"])]
    apart = []
    for attribute, groups in groups_of(slow, fresh).items():
        medians = []
        for name, rows in groups.items():
            waits = [_wait(slow, case) for case in rows]
            median = product_limit([days for days, _ in waits], [met for _, met in waits]).quantile(0.5)
            told = next(one for one in measured.detail["by"][attribute]["groups"] if one["group"] == name)
            assert (told["n"], told["median"]) == (len(rows), median)
            medians += [median] if median is not None else []
        apart += [max(medians) - min(medians)] if len(medians) > 1 else []
    assert measured.value == (Fraction(max(apart)) if apart else None)


def _wait(slow, case):
    met = [
        row["happened_on"]
        for row in slow.with_employer(case["id"])
        if row["channel"] == "in_person" and row["concrete_job"] == "job"
    ]
    last = met[0] if met else case["ended_on"] or LAST
    return max(0, (last - case["opened_on"]).days), bool(met)


def test_every_country_is_in_one_group_at_most():
    listed = [code for codes in REGIONS.values() for code in codes.split()]
    assert len(listed) == len(set(listed))
    assert set(listed) <= COUNTRIES
    assert [region_of(code) for code in ("SY", "SO", "UA", "PL", "CL", None, "AQ")] == [
        "asia", "africa", "rest_of_europe", "free_movement", "america_oceania", None, None,
    ]  # fmt: skip
