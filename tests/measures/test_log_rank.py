"""The log-rank test against published numbers, against exact fractions, and what must not change it."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from se_engine.measures.log_rank import NOTHING_TO_COMPARE, observed_and_expected
from se_engine.measures.survival import log_rank, log_rank_from_counts
from tests.measures.curves import MAINTAINED, NOT_MAINTAINED, PLACEBO, SIX_MP, printed, read
from tests.measures.reference import Visit, log_rank_of

Pairs = list[tuple[int, bool]]

EARLY = "1:0 2:0 2:0 3:0 3:0 3:0 4:0"


def counted(text: str) -> list[tuple[int, bool, int]]:
    return [(day, left, 1) for day, left in zip(*read(text), strict=True)]


def test_aml_equals_r() -> None:
    chi2, df, p = log_rank([read(MAINTAINED), read(NOT_MAINTAINED)])
    assert (f"{chi2:.3f}", df, f"{p:.4f}") == ("3.396", 1, "0.0653")
    maintained, not_maintained = observed_and_expected([counted(MAINTAINED), counted(NOT_MAINTAINED)])
    assert (maintained.observed, not_maintained.observed) == (7, 11)
    assert printed(maintained.expected, "10.69")
    assert printed(not_maintained.expected, "7.31")


def test_gehan_equals_the_published_test() -> None:
    chi2, df, p = log_rank({"6-MP": read(SIX_MP), "placebo": read(PLACEBO)})
    assert (f"{chi2:.3f}", df, f"{p:.2e}") == ("16.793", 1, "4.17e-05")
    treated = observed_and_expected({"6-MP": counted(SIX_MP), "placebo": counted(PLACEBO)})[0]
    assert (treated.observed, f"{treated.expected:.4f}") == (9, "19.2505")


def test_group_that_was_gone_before_anybody_left_changes_nothing() -> None:
    both = [read(MAINTAINED), read(NOT_MAINTAINED)]
    assert log_rank([read(EARLY), *both]) == log_rank(both)
    assert log_rank([*both, read(EARLY)]) == log_rank(both)
    assert log_rank([*both, ([], [])]) == log_rank(both)


@pytest.mark.parametrize(
    "groups",
    [
        [],
        [read(MAINTAINED)],
        [read(MAINTAINED), ([], [])],
        [read(EARLY), read("7:0 9:0")],
        [read("3:1"), read("3:1")],
        [read("3:1 3:1 3:1"), read("3:1"), read("1:0")],
        [([], []), ([], [])],
    ],
    ids=["none", "one", "one and nobody", "all censored", "all at once", "all at once after one", "nobody"],
)
def test_where_nothing_can_be_compared_nothing_is_said_against_it(groups: list[tuple[list[int], list[bool]]]) -> None:
    assert log_rank(groups) == NOTHING_TO_COMPARE == (0, 0, 1)


def test_group_of_which_nobody_left_is_still_compared() -> None:
    chi2, df, p = log_rank([read("5:1 6:1 7:1"), read("9:0 9:0 9:0 9:0")])
    assert df == 1
    assert chi2 > 3
    assert p < 0.1


def test_groups_alike_give_nothing() -> None:
    assert log_rank([read(MAINTAINED)] * 4) == pytest.approx((0, 3, 1), abs=1e-12)


@pytest.mark.parametrize("visits", [[(-1, True, 1)], [(3, True, -1)]])
def test_visits_that_cannot_be_are_an_error(visits: list[tuple[int, bool, int]]) -> None:
    with pytest.raises(ValueError, match="visits"):
        log_rank_from_counts([visits, [(2, True, 1)]])


def test_days_and_ends_of_different_number_are_an_error() -> None:
    with pytest.raises(ValueError, match="argument"):
        log_rank([([1, 2], [True]), ([1], [True])])


visits = st.lists(st.tuples(st.integers(0, 12), st.booleans()), max_size=7)
any_groups = st.lists(visits, max_size=4)


def statistic(groups: list[Pairs]) -> tuple[float, int, float]:
    return log_rank([([day for day, _ in group], [left for _, left in group]) for group in groups])


@settings(max_examples=500)
@given(any_groups)
def test_statistic_equals_exact_fractions(groups: list[Pairs]) -> None:
    exact, degrees = log_rank_of([[Visit(-1, day, left) for day, left in group] for group in groups])
    chi2, df, p = statistic(groups)
    assert df == degrees
    assert chi2 == pytest.approx(float(exact), rel=1e-9, abs=1e-12)
    assert 0 <= p <= 1


@settings(max_examples=50)
@given(any_groups, st.randoms())
def test_neither_the_order_nor_the_names_of_groups_matter(groups: list[Pairs], random: Random) -> None:
    shuffled = random.sample(groups, len(groups))
    assert statistic(shuffled) == pytest.approx(statistic(groups), rel=1e-9, abs=1e-12)


@settings(max_examples=50)
@given(any_groups, st.integers(1, 9), st.integers(0, 30))
def test_only_the_order_of_days_matters(groups: list[Pairs], stretch: int, shift: int) -> None:
    moved = [[(day * stretch + shift, left) for day, left in group] for group in groups]
    assert statistic(moved) == statistic(groups)


@settings(max_examples=50)
@given(any_groups)
def test_counted_visits_give_the_same_test_in_any_order(groups: list[Pairs]) -> None:
    singly = [[(day, left, 1) for day, left in reversed(group)] for group in groups]
    assert log_rank_from_counts(singly) == statistic(groups)


@settings(max_examples=50)
@given(any_groups)
def test_what_was_expected_adds_up_to_what_was_seen(groups: list[Pairs]) -> None:
    compared = observed_and_expected([[(day, left, 1) for day, left in group] for group in groups])
    assert sum(expected for _, expected in compared) == pytest.approx(sum(observed for observed, _ in compared))
