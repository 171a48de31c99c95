"""Agreement between raters against published numbers, and what must hold of any."""

from fractions import Fraction
from itertools import product
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from se_engine.measures.agreement import Weights, icc, share_within, weighted_kappa

ONE = [5, 5, 4, 3, 3, 4, 5, 4, 5, 4, 3, 3, 4, 4, 5, 4, 3, 3, 5, 5, 5, 4, 4, 3, 4]
OTHER = [5, 4, 4, 3, 2, 4, 5, 4, 5, 4, 3, 4, 4, 4, 5, 4, 2, 3, 5, 5, 5, 4, 3, 3, 4]
SHROUT_FLEISS = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
WEIGHTS: tuple[Weights, ...] = get_args(Weights)


def runs(**lengths: int) -> list[int]:
    return [int(level[1:]) for level, length in lengths.items() for _ in range(length)]


def test_two_raters_of_25_items_agree_as_computed() -> None:
    kappas = [weighted_kappa(ONE, OTHER, weights) for weights in WEIGHTS]
    assert [f"{kappa:.6f}" for kappa in kappas] == ["0.705189", "0.778761", "0.857793"]
    assert f"{icc(list(zip(ONE, OTHER, strict=True)))['ICC2']:.4f}" == "0.8627"
    assert (share_within(ONE, OTHER), share_within(ONE, OTHER, 1)) == (20 / 25, 1)


def test_kappa_equals_the_first_published_example() -> None:
    one = [0] * 40 + [1] * 60
    other = [0] * 20 + [1] * 20 + [0] * 10 + [1] * 50
    assert f"{weighted_kappa(one, other):.4f}" == "0.3478"


def test_kappa_of_three_levels_equals_the_published_examples() -> None:
    one = runs(_0=46, _1=44, _2=10)
    assert f"{weighted_kappa(one, runs(_0=52, _1=32, _2=16)):.4f}" == "0.8013"
    other = runs(_0=50, _1=40, _2=10)
    kappas = [weighted_kappa(one, other, weights) for weights in WEIGHTS]
    assert [f"{kappa:.4f}" for kappa in kappas] == ["0.9315", "0.9412", "0.9541"]


@pytest.mark.parametrize("weights", WEIGHTS)
def test_kappa_is_undefined_where_both_use_one_level(weights: Weights) -> None:
    assert weighted_kappa([4, 4, 4], [4, 4, 4], weights) is None
    assert weighted_kappa([], [], weights) is None


def test_kappa_of_raters_who_each_use_a_level_of_their_own_is_nought() -> None:
    assert weighted_kappa([4, 4], [5, 5]) == 0


def test_level_nobody_used_keeps_its_place() -> None:
    assert weighted_kappa([1, 2, 5], [1, 5, 5], "linear") != weighted_kappa([1, 2, 3], [1, 3, 3], "linear")


def test_kappa_that_cannot_be_is_an_error() -> None:
    with pytest.raises(ValueError, match="argument"):
        weighted_kappa([1, 2], [1])
    with pytest.raises(ValueError, match="cubic"):
        weighted_kappa([1, 2], [1, 2], "cubic")  # type: ignore[arg-type] # the caller's fault is what is tried


def test_nothing_rated_agrees_in_no_share() -> None:
    assert share_within([], []) is None


def test_icc_equals_shrout_and_fleiss() -> None:
    assert {name: f"{value:.4f}" for name, value in icc(SHROUT_FLEISS).items()} == {
        "ICC1": "0.1657",
        "ICC2": "0.2898",
        "ICC3": "0.7148",
    }


@pytest.mark.parametrize(
    "ratings", [[], [[3, 4]], [[3], [4]], [[3, 3], [3, 3]]], ids=["nobody", "one subject", "one rater", "all alike"]
)
def test_icc_is_undefined_where_nothing_tells_subjects_apart(ratings: list[list[int]]) -> None:
    assert icc(ratings) == {"ICC1": None, "ICC2": None, "ICC3": None}


def test_icc_of_subjects_not_all_rated_is_an_error() -> None:
    with pytest.raises(ValueError, match="Every rater"):
        icc([[1, 2], [3]])


pairs = st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=1, max_size=12)


@given(pairs, st.sampled_from(WEIGHTS))
def test_kappa_equals_the_mean_over_all_pairs_of_items(rated: list[tuple[int, int]], weights: Weights) -> None:
    """Chance is any item of the one against any item of the other."""
    power = {"none": 0, "linear": 1, "quadratic": 2}[weights]
    seen = sum(abs(a - b) ** power for a, b in rated if a != b)
    chance = sum(abs(a - b) ** power for (a, _), (_, b) in product(rated, rated) if a != b)
    found = weighted_kappa([a for a, _ in rated], [b for _, b in rated], weights)
    assert found == (float(1 - Fraction(seen * len(rated), chance)) if chance else None)


@given(pairs, st.sampled_from(WEIGHTS), st.integers(-3, 3), st.integers(1, 4))
def test_kappa_does_not_mind_who_is_first_nor_where_the_scale_begins(
    rated: list[tuple[int, int]], weights: Weights, shift: int, stretch: int
) -> None:
    one, other = [a for a, _ in rated], [b for _, b in rated]
    moved = [[level * stretch + shift for level in levels] for levels in (other, one)]
    assert weighted_kappa(moved[0], moved[1], weights) == weighted_kappa(one, other, weights)


@given(st.lists(st.lists(st.integers(1, 5), min_size=3, max_size=3), min_size=2, max_size=8))
def test_icc_is_at_most_one_and_whole_agreement_is_one(rows: list[list[int]]) -> None:
    assert all(value is None or value <= 1 for value in icc(rows).values())
    alike = icc([[row[0]] * 3 for row in rows])
    assert set(alike.values()) == ({None} if len({row[0] for row in rows}) == 1 else {1.0})


@given(st.lists(st.lists(st.integers(1, 5), min_size=2, max_size=2), min_size=2, max_size=8))
def test_consistency_does_not_mind_a_rater_who_is_always_milder(rows: list[list[int]]) -> None:
    assert icc([[a, b + 1] for a, b in rows])["ICC3"] == icc(rows)["ICC3"]
