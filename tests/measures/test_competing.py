"""Competing outcomes against published and exact numbers, with causes tied on a day."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from se_engine.measures.survival import competing, competing_from_counts, product_limit
from tests.measures.reference import Visit, incidence_at, incidence_variance_at, survival_at

# The example `testci` of R's survival.
TIED_DAYS, TIED_CAUSES = [1, 2, 2, 3, 3, 3, 5, 6], [0, 1, 0, 2, 0, 2, 0, 2]
# A textbook example that SAS and lifelines print with its variance.
PLAIN_DAYS, PLAIN_CAUSES = [1, 2, 3, 4, 5, 6], [0, 1, 1, 2, 2, 0]


@pytest.mark.parametrize(
    ("day", "still_in", "first", "second"),
    [
        (0, 1, 0, 0),
        (1, 1, 0, 0),
        (2, Fraction(6, 7), Fraction(1, 7), 0),
        (3, Fraction(18, 35), Fraction(1, 7), Fraction(12, 35)),
        (5, Fraction(18, 35), Fraction(1, 7), Fraction(12, 35)),
        (6, 0, Fraction(1, 7), Fraction(6, 7)),
        (400, 0, Fraction(1, 7), Fraction(6, 7)),
    ],
)
def test_tied_causes_equal_r(day: int, still_in: Fraction, first: Fraction, second: Fraction) -> None:
    found = competing(TIED_DAYS, TIED_CAUSES)
    assert (found.still_in(day), found.at(1, day), found.at(2, day)) == pytest.approx(
        (still_in, first, second), abs=1e-15
    )


def test_days_at_risk_equal_r() -> None:
    assert [(row.day, row.at_risk) for row in competing(TIED_DAYS, TIED_CAUSES).rows] == [(2, 7), (3, 5), (6, 1)]


@pytest.mark.parametrize(
    ("day", "incidence", "variance", "limits"),
    [
        (4, 0.2, 0.032, ("0.00836904", "0.58185303")),
        (5, 0.4, 0.048, ("0.05197575", "0.75281579")),
        (6, 0.4, 0.048, ("0.05197575", "0.75281579")),
    ],
)
def test_incidence_and_its_limits_equal_sas(
    day: int, incidence: float, variance: float, limits: tuple[str, str]
) -> None:
    found = competing(PLAIN_DAYS, PLAIN_CAUSES)
    assert found.at(2, day) == pytest.approx(incidence, abs=1e-15)
    assert found.variance(2, day) == pytest.approx(variance, abs=1e-15)
    assert tuple(f"{limit:.8f}" for limit in found.limits(2, day) or ()) == limits


def test_censoring_the_other_cause_would_say_too_much() -> None:
    naive = product_limit(PLAIN_DAYS, [cause == 2 for cause in PLAIN_CAUSES])
    assert [f"{1 - row.survival:.4f}" for row in naive.rows] == ["0.3333", "0.6667"]


def test_before_anybody_left_there_are_no_limits() -> None:
    found = competing(PLAIN_DAYS, PLAIN_CAUSES)
    assert (found.at(2, 3), found.variance(2, 3), found.limits(2, 3)) == (0, 0, None)
    assert competing([4, 4], [1, 1]).limits(1, 4) is None


def test_cause_nobody_left_for_has_no_incidence() -> None:
    assert competing(PLAIN_DAYS, PLAIN_CAUSES).at(3, 6) == 0


def test_causes_may_be_named() -> None:
    found = competing_from_counts([(30, "work", 2), (30, "moved", 1), (90, 0, 1), (40, "illness", 0)])
    assert (found.causes, found.at("work", 30), found.still_in(30), found.last_day) == (
        ("moved", "work"),
        0.5,
        0.25,
        90,
    )


def test_nobody_is_no_trouble() -> None:
    found = competing([], [])
    assert (found.rows, found.at(1, 10), found.still_in(10), found.last_day) == ((), 0, 1, None)


def test_all_censored_is_no_trouble() -> None:
    found = competing([3, 4], [0, 0])
    assert (found.rows, found.at(1, 10), found.still_in(10), found.last_day) == ((), 0, 1, 4)


@pytest.mark.parametrize("visit", [(-1, 1, 1), (3, 1, -1)])
def test_visits_that_cannot_be_are_an_error(visit: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="visits"):
        competing_from_counts([visit])


def test_questions_that_cannot_be_are_an_error() -> None:
    found = competing(PLAIN_DAYS, PLAIN_CAUSES)
    with pytest.raises(ValueError, match="Censored"):
        found.at(0, 4)
    with pytest.raises(ValueError, match="level"):
        found.limits(2, 4, level=95)


visits = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 3)), max_size=10)


@settings(max_examples=500)
@given(visits, st.integers(0, 14))
def test_incidence_equals_exact_fractions(pairs: list[tuple[int, int]], day: int) -> None:
    days, causes = [day for day, _ in pairs], [cause for _, cause in pairs]
    found = competing(days, causes)
    for cause in (1, 2, 3):
        assert found.at(cause, day) == pytest.approx(float(incidence_at(days, causes, cause, day)), abs=1e-12)
    everybody = [Visit(-1, last, bool(cause)) for last, cause in pairs]
    assert found.still_in(day) == pytest.approx(float(survival_at(everybody, day)), abs=1e-12)
    assert found.still_in(day) + sum(found.at(cause, day) for cause in (1, 2, 3)) == pytest.approx(1, abs=1e-12)


@settings(max_examples=50)
@given(visits, st.integers(0, 14))
def test_variance_equals_the_three_sums(pairs: list[tuple[int, int]], day: int) -> None:
    days, causes = [day for day, _ in pairs], [cause for _, cause in pairs]
    exact = incidence_variance_at(days, causes, 1, day)
    assert competing(days, causes).variance(1, day) == pytest.approx(float(exact), abs=1e-12)


@settings(max_examples=50)
@given(visits)
def test_one_cause_is_what_the_curve_leaves(pairs: list[tuple[int, int]]) -> None:
    days, left = [day for day, _ in pairs], [cause > 0 for _, cause in pairs]
    found = competing(days, [int(seen) for seen in left])
    for row in product_limit(days, left).rows:
        assert found.at(1, row.day) == pytest.approx(1 - row.survival, abs=1e-12)
        if row.survival:
            assert found.variance(1, row.day) == pytest.approx(row.std_error**2, abs=1e-12)


@settings(max_examples=50)
@given(visits)
def test_counted_visits_give_the_same_in_any_order(pairs: list[tuple[int, int]]) -> None:
    found = competing([day for day, _ in pairs], [cause for _, cause in pairs])
    assert competing_from_counts((day, cause, 1) for day, cause in reversed(pairs)) == found


@settings(max_examples=50)
@given(visits, st.integers(0, 14))
def test_limits_lie_round_the_incidence(pairs: list[tuple[int, int]], day: int) -> None:
    found = competing([day for day, _ in pairs], [cause for _, cause in pairs])
    limits = found.limits(1, day)
    if limits:
        assert 0 <= limits[0] <= found.at(1, day) <= limits[1] <= 1
