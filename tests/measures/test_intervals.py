"""Limits of proportions against published numbers, and what must hold of any."""

from fractions import Fraction
from math import sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from se_engine.measures.intervals import funnel_limits, wilson
from tests.measures.curves import printed
from tests.measures.reference import funnel_of

POOLED = (141 + 107) / (365 + 349)


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [
        (141, 365, "0.3378", "0.4372"),
        (107, 349, "0.2605", "0.3569"),
        (12, 15, "0.5481", "0.9295"),
        (0, 10, "0", "0.2775"),
        (8, 10, "0.4902", "0.9433"),
    ],
)
def test_wilson_equals_the_published_limits(k: int, n: int, low: str, high: str) -> None:
    limits = wilson(k, n)
    assert limits is not None
    assert printed(limits[0], low)
    assert printed(limits[1], high)


def test_wilson_of_nobody_has_no_limits() -> None:
    assert wilson(0, 0) is None


@pytest.mark.parametrize(("k", "n"), [(3, 2), (-1, 2), (0, -1)])
def test_wilson_of_what_cannot_be_is_an_error(k: int, n: int) -> None:
    with pytest.raises(ValueError, match="cannot be"):
        wilson(k, n)


@given(st.integers(1, 10**9), st.data(), st.floats(0.5, 0.999))
def test_wilson_holds_the_proportion_and_turns_over_with_it(n: int, data: st.DataObject, level: float) -> None:
    k = data.draw(st.integers(0, n))
    limits, turned = wilson(k, n, level), wilson(n - k, n, level)
    assert limits is not None
    assert turned is not None
    assert 0 <= limits[0] <= k / n * (1 + 1e-9)
    assert k / n * (1 - 1e-9) <= limits[1] <= 1
    assert limits == pytest.approx((1 - turned[1], 1 - turned[0]), abs=1e-9)


@pytest.mark.parametrize(
    ("target", "n", "level", "low", "high"),
    [
        (0.4, 20, 0.998, "0.0577", "0.7236"),
        (0.4, 20, 0.95, "0.1629", "0.5944"),
        (0.4, 50, 0.998, "0.1834", "0.6087"),
        (0.4, 50, 0.95, "0.2559", "0.5283"),
        (0.4, 100, 0.998, "0.2470", "0.5486"),
        (0.4, 100, 0.95, "0.3001", "0.4920"),
        (POOLED, 365, 0.998, "0.2702", "0.4241"),
        (POOLED, 365, 0.95, "0.2975", "0.3952"),
        (POOLED, 349, 0.998, "0.2685", "0.4259"),
        (POOLED, 349, 0.95, "0.2963", "0.3963"),
    ],
)
def test_funnel_equals_the_computed_limits(target: float, n: int, level: float, low: str, high: str) -> None:
    limits = funnel_limits(target, n, level)
    assert printed(limits[0], low)
    assert printed(limits[1], high)


@pytest.mark.parametrize("k", [141, 107])
def test_both_services_lie_inside_their_limits(k: int) -> None:
    n = {141: 365, 107: 349}[k]
    low, high = funnel_limits(POOLED, n)
    assert low < k / n < high


@pytest.mark.parametrize("n", [1_000, 100_000, 10_000_000])
def test_funnel_of_many_comes_close_to_the_normal_one(n: int) -> None:
    reach = 1.959963984540054 * sqrt(0.3 * 0.7 / n)
    assert funnel_limits(0.3, n) == pytest.approx((0.3 - reach, 0.3 + reach), abs=1.5 / n)


def test_target_that_allows_no_chance_is_its_own_limit() -> None:
    assert funnel_limits(0, 12) == (0, 0)
    assert funnel_limits(1, 12) == (pytest.approx(1 - 0.975 / 12), 1)


def test_result_of_everybody_is_inside_while_it_is_likely() -> None:
    """The bare rule would put the limit at 0.9958, below what is the likeliest result of all."""
    assert funnel_limits(0.95, 10)[1] == 1


@pytest.mark.parametrize(("target", "n", "level"), [(1.2, 10, 0.95), (-0.1, 10, 0.95), (0.4, 0, 0.95), (0.4, 10, 95)])
def test_funnel_that_cannot_be_is_an_error(target: float, n: int, level: float) -> None:
    with pytest.raises(ValueError, match=r"limits|level"):
        funnel_limits(target, n, level)


@settings(max_examples=200)
@given(st.integers(1, 24), st.integers(1, 19), st.sampled_from([0.5, 0.95, 0.998]))
def test_funnel_equals_factorials_held_inside_what_can_be(n: int, twentieths: int, level: float) -> None:
    target = Fraction(twentieths, 20)
    alpha = (1 - Fraction(str(level))) / 2
    low, high = funnel_of(target, n, alpha)
    found = funnel_limits(float(target), n, level)
    assert found[0] == pytest.approx(float(min(target, max(low, Fraction(0)))), abs=1e-12)
    assert found[1] == (1 if target**n > alpha else pytest.approx(float(max(target, high)), abs=1e-12))


@given(st.integers(1, 5_000), st.floats(0, 1), st.floats(0.5, 0.999))
def test_funnel_holds_its_target(n: int, target: float, level: float) -> None:
    low, high = funnel_limits(target, n, level)
    assert 0 <= low <= target <= high <= 1
