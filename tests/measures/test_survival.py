"""The product-limit curve against published numbers and against exact fractions."""

import csv
import io
from fractions import Fraction
from math import isnan, sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from se_engine.measures.survival import Curve, product_limit, product_limit_from_counts
from tests.measures.curves import MAINTAINED, NOT_MAINTAINED, PLACEBO, SIX_MP, printed, read
from tests.measures.reference import Visit, greenwood_at, quantile_of, survival_at

PRINTED_BY_R = """\
group;time;n_risk;n_event;surv;std_err;lcl_log;ucl_log
M;9;11;1;0.909091;0.0867;0.7541;1.000
M;13;10;1;0.818182;0.1163;0.6192;1.000
M;18;8;1;0.715909;0.1397;0.4884;1.000
M;23;7;1;0.613636;0.1526;0.3769;0.999
M;31;5;1;0.490909;0.1642;0.2549;0.946
M;34;4;1;0.368182;0.1627;0.1549;0.875
M;48;2;1;0.184091;0.1535;0.0359;0.944
N;5;12;2;0.833333;0.1076;0.6470;1.000
N;8;10;2;0.666667;0.1361;0.4468;0.995
N;12;8;1;0.583333;0.1423;0.3616;0.941
N;23;6;1;0.486111;0.1481;0.2675;0.883
N;27;5;1;0.388889;0.1470;0.1854;0.816
N;30;4;1;0.291667;0.1387;0.1148;0.741
N;33;3;1;0.194444;0.1219;0.0569;0.664
N;43;2;1;0.097222;0.0919;0.0153;0.620
N;45;1;1;0;NaN;NA;NA
"""


def curve(text: str) -> Curve:
    return product_limit(*read(text))


def table_of(group: str) -> list[dict[str, str]]:
    return [row for row in csv.DictReader(io.StringIO(PRINTED_BY_R), delimiter=";") if row["group"] == group]


@pytest.mark.parametrize(("group", "text"), [("M", MAINTAINED), ("N", NOT_MAINTAINED)])
def test_curve_and_log_band_equal_r_to_the_printed_digit(group: str, text: str) -> None:
    found = curve(text)
    for row, limits, shown in zip(found.rows, found.band(kind="log"), table_of(group), strict=True):
        assert (row.day, row.at_risk, row.events) == tuple(
            int(shown[column]) for column in ("time", "n_risk", "n_event")
        )
        assert limits.day == row.day
        assert printed(row.survival, shown["surv"])
        assert printed(row.std_error, shown["std_err"])
        assert printed(limits.low, shown["lcl_log"])
        assert printed(limits.high, shown["ucl_log"])


@pytest.mark.parametrize(
    ("text", "median", "limits"),
    [
        (MAINTAINED, 31, (18, None)),
        (NOT_MAINTAINED, 23, (8, None)),
        (SIX_MP, 23, (16, None)),
        (PLACEBO, 8, (4, 12)),
    ],
)
def test_median_and_its_log_limits_equal_r(text: str, median: float, limits: tuple[float, float]) -> None:
    assert curve(text).quantile(0.5) == median
    assert curve(text).quantile_band(0.5, kind="log") == limits


def test_gehan_survival_equals_the_published_table() -> None:
    assert {row.day: round(row.survival, 6) for row in curve(SIX_MP).rows} == {
        6: 0.857143,
        7: 0.806723,
        10: 0.752941,
        13: 0.690196,
        16: 0.627451,
        22: 0.537815,
        23: 0.448179,
    }
    placebo = {row.day: round(row.survival, 6) for row in curve(PLACEBO).rows}
    assert (placebo[1], placebo[8], placebo[23]) == (0.904762, 0.380952, 0)


def test_log_log_band_equals_the_one_stata_prints_for_gehan() -> None:
    band = [(limits.day, round(limits.low, 4), round(limits.high, 4)) for limits in curve(SIX_MP).band()]
    assert band == [
        (6, 0.6197, 0.9516),
        (7, 0.5631, 0.9228),
        (10, 0.5032, 0.8894),
        (13, 0.4316, 0.8491),
        (16, 0.3675, 0.8049),
        (22, 0.2678, 0.7468),
        (23, 0.1881, 0.6801),
    ]
    assert curve(SIX_MP).quantile_band(0.5) == (13, None)


@pytest.mark.parametrize(("text", "shown"), [(MAINTAINED, "52.6"), (NOT_MAINTAINED, "22.7")])
def test_restricted_mean_equals_r(text: str, shown: str) -> None:
    area = curve(text).restricted_mean(161)
    assert area is not None
    assert printed(area, shown)


def test_quantile_is_the_midpoint_where_the_curve_lies_exactly_on_it() -> None:
    assert curve("7:1 14:1").quantile(0.5) == 10.5


def test_quantile_goes_to_the_last_observed_day_where_the_curve_ends_exactly_on_it() -> None:
    assert curve("4:1 8:1 20:0 30:0").quantile(0.5) == 19
    assert curve("4:1 8:1 8:0 8:0").quantile(0.5) == 8


def test_quantile_is_none_when_too_few_have_left() -> None:
    assert curve("4:1 8:0 9:0").quantile(0.5) is None
    assert curve("4:0").quantile(0.75) is None


@pytest.mark.parametrize("people", [12, 24])
def test_quantile_finds_equality_that_rounding_hides(people: int) -> None:
    """Multiplied out, the curve of 12 ends up a little below one half, that of 24 a little above."""
    found = product_limit(range(1, people + 1), [True] * people)
    assert found.rows[people // 2 - 1].survival != 0.5
    assert found.quantile(0.5) == (people + 1) / 2


def test_everybody_leaving_on_the_first_day_gives_day_zero() -> None:
    found = curve("0:1 0:1")
    assert found.quantile(0.5) == 0
    assert found.quantile_band(0.5) == (None, None)
    assert found.restricted_mean(10) == 0


def test_curve_of_nobody_is_empty() -> None:
    found = product_limit([], [])
    assert (found.rows, found.band(), found.quantile(0.5)) == ((), (), None)
    assert found.restricted_mean(365) is None


def test_a_million_visits_are_as_quick_as_their_days() -> None:
    """Counted by day the number of people is only a number, and no digit is lost for being large."""
    few = [(day, day % 3 > 0, 1 + day % 7) for day in range(1, 1500)]
    many = [(day, left, people * 1_000_000) for day, left, people in few]
    for small, large in zip(product_limit_from_counts(few).rows, product_limit_from_counts(many).rows, strict=True):
        assert large.survival == small.survival
        assert large.std_error == pytest.approx(small.std_error / 1000, rel=1e-12, nan_ok=True)


def test_restricted_mean_stays_level_after_the_last_observed_day() -> None:
    assert curve("2:1 4:0").restricted_mean(10) == 2 + 0.5 * 8
    assert curve("20:1").restricted_mean(10) == 10


def test_who_enters_late_is_at_risk_from_the_day_after() -> None:
    found = product_limit([5, 5, 8], [True, False, True], entry=[-1, 4, 5])
    assert [(row.day, row.at_risk) for row in found.rows] == [(5, 2), (8, 1)]


def test_visit_that_ends_on_its_entry_day_was_never_at_risk() -> None:
    late = product_limit([3, 5, 9], [True, True, False], entry=[3, 0, 0])
    assert late == product_limit([5, 9], [True, False])


@pytest.mark.parametrize(
    ("days", "left", "entry"),
    [([-1], [True], None), ([1, 2], [True], None), ([3], [True], [4]), ([3, 4], [True, True], [1])],
)
def test_visits_that_cannot_be_are_an_error(days: list[int], left: list[bool], entry: list[int] | None) -> None:
    with pytest.raises(ValueError, match=r"visits|argument"):
        product_limit(days, left, entry=entry)


@pytest.mark.parametrize("p", [-0.1, 1, 1.5])
def test_quantile_outside_the_curve_is_an_error(p: float) -> None:
    with pytest.raises(ValueError, match="proportion"):
        curve("1:1").quantile(p)


def test_band_of_an_impossible_level_or_kind_is_an_error() -> None:
    with pytest.raises(ValueError, match="level"):
        curve("1:1 2:1").band(95)
    with pytest.raises(ValueError, match="plain"):
        curve("1:1 2:1").band(kind="plain")  # type: ignore[arg-type] # the caller's fault is what is tried


@st.composite
def late_visits(draw: st.DrawFn) -> Visit:
    day = draw(st.integers(0, 20))
    return Visit(draw(st.integers(-1, day)), day, draw(st.booleans()))


any_visits = st.lists(late_visits(), max_size=14)
visits_from_the_start = st.lists(st.builds(Visit, st.just(-1), st.integers(0, 20), st.booleans()), max_size=14)
proportions = st.fractions(0, Fraction(13, 14), max_denominator=14)


def curve_of(visits: list[Visit]) -> Curve:
    entry = [visit.entry for visit in visits]
    return product_limit([v.day for v in visits], [v.left for v in visits], entry=entry)


@settings(max_examples=500)
@given(any_visits)
def test_rows_equal_exact_fractions(visits: list[Visit]) -> None:
    rows = curve_of(visits).rows
    assert [row.day for row in rows] == sorted({v.day for v in visits if v.left and v.entry < v.day})
    for row in rows:
        assert row.at_risk == sum(visit.entry < row.day <= visit.day for visit in visits)
        assert row.events == sum(visit.day == row.day and visit.left for visit in visits if visit.entry < row.day)
        assert row.survival == pytest.approx(float(survival_at(visits, row.day)), abs=1e-12)
        if row.survival:
            assert row.std_error == pytest.approx(sqrt(greenwood_at(visits, row.day)), abs=1e-12)
        else:
            assert isnan(row.std_error)


@given(any_visits, proportions)
def test_quantiles_equal_exact_fractions(visits: list[Visit], p: Fraction) -> None:
    assert curve_of(visits).quantile(float(p)) == quantile_of(visits, p)


@given(any_visits.filter(lambda visits: any(v.entry < v.day for v in visits)), st.integers(0, 40))
def test_restricted_mean_is_the_sum_of_the_daily_proportions(visits: list[Visit], horizon: int) -> None:
    exact = sum((survival_at(visits, day) for day in range(horizon)), Fraction(0))
    assert curve_of(visits).restricted_mean(horizon) == pytest.approx(float(exact), abs=1e-9)


@given(visits_from_the_start)
def test_counted_visits_give_the_same_curve_in_any_order(visits: list[Visit]) -> None:
    single = [(visit.day, visit.left, 1) for visit in visits]
    by_list = product_limit([visit.day for visit in visits], [visit.left for visit in visits])
    assert repr(product_limit_from_counts(reversed(single))) == repr(by_list)
    assert repr(curve_of(visits)) == repr(by_list)


@given(any_visits, st.sampled_from(["log", "log-log"]), st.floats(0.5, 0.999))
def test_band_lies_round_the_curve_between_nothing_and_everybody(visits: list[Visit], kind: str, level: float) -> None:
    found = curve_of(visits)
    for row, limits in zip(found.rows, found.band(level, kind), strict=True):  # type: ignore[arg-type] # a drawn kind
        if row.survival:
            assert 0 <= limits.low <= row.survival <= limits.high <= 1
        else:
            assert isnan(limits.low)
            assert isnan(limits.high)


@given(any_visits, proportions)
def test_quantile_lies_between_its_limits(visits: list[Visit], p: Fraction) -> None:
    found = curve_of(visits)
    low, high = found.quantile_band(float(p))
    middle = found.quantile(float(p))
    assert high is None or (middle is not None and middle <= high)
    assert middle is None or low is None or low <= middle
