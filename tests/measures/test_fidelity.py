"""Levels at and between the anchors, and totals that say what is missing."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from se_engine.measures.fidelity import Band, Rating, level, total


def fewer(*anchors: int) -> list[Band[int]]:
    return [*({"level": 5 - place, "max": anchor} for place, anchor in enumerate(anchors)), {"level": 1}]


def more(*anchors: int) -> list[Band[int]]:
    return [*({"level": 5 - place, "min": anchor} for place, anchor in enumerate(anchors)), {"level": 1}]


CASELOAD = fewer(20, 25, 30, 40)
SHARE = more(96, 90, 75, 60)
DAYS = fewer(30, 60, 150, 270)
# Criterion 17 has no anchor between 4 and 5, so 3.9 gets the level of 2.
CONTACTS = more(6, 5, 4, 2)
OUTSIDE = more(65, 50, 40, 30)
CATEGORIES: list[Band[str]] = [
    {"level": "exemplary", "min": 115},
    {"level": "good", "min": 100},
    {"level": "fair", "min": 74},
    {"level": "not_se"},
]


@pytest.mark.parametrize(
    ("bands", "value", "expected"),
    [
        (CASELOAD, 20, 5),
        (CASELOAD, 20.4, 5),
        (CASELOAD, 20.5, 4),
        (CASELOAD, 25, 4),
        (CASELOAD, 26, 3),
        (CASELOAD, 31, 2),
        (CASELOAD, 40.5, 1),
        (SHARE, 95.99, 4),
        (SHARE, 96, 5),
        (SHARE, 95.5, 4),
        (SHARE, 89.9, 3),
        (DAYS, 30, 5),
        (DAYS, 30.4, 5),
        (DAYS, 60, 4),
        (DAYS, 61, 3),
        (DAYS, 151, 2),
        (DAYS, 271, 1),
        (CONTACTS, 5.9, 4),
        (CONTACTS, 4, 3),
        (CONTACTS, 3.9, 2),
        (CONTACTS, 1.9, 1),
        (OUTSIDE, 65, 5),
        (OUTSIDE, 29.9, 1),
    ],
)
def test_value_gets_the_level_whose_anchor_it_reaches(bands: list[Band[int]], value: float, expected: int) -> None:
    assert level(value, bands) == expected


@pytest.mark.parametrize(
    ("value", "category"), [(125, "exemplary"), (114, "good"), (100, "good"), (74, "fair"), (73, "not_se")]
)
def test_total_at_the_edge_of_a_category(value: int, category: str) -> None:
    assert level(value, CATEGORIES) == category


@pytest.mark.parametrize("half", [30.5, Decimal("30.5"), Fraction(61, 2)])
def test_half_is_rounded_up_in_whatever_it_is_written(half: float | Decimal | Fraction) -> None:
    assert level(half, DAYS) == 4


def test_number_next_below_a_half_is_not_rounded_up() -> None:
    """Adding one half to it would give a whole number in floating point."""
    assert level(0.49999999999999994, fewer(0, 1, 2, 3)) == 5


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_no_number_has_no_level(value: float) -> None:
    with pytest.raises(ValueError, match="no value"):
        level(value, DAYS)


def test_value_the_bands_leave_out_is_an_error() -> None:
    with pytest.raises(ValueError, match="leave out 61"):
        level(61, [{"level": 5, "max": 30}, {"level": 4, "max": 60}])


@given(st.floats(0, 400), st.floats(0, 400))
def test_more_days_never_give_a_better_level(one: float, other: float) -> None:
    assert level(min(one, other), DAYS) >= level(max(one, other), DAYS)


def test_total_from_which_nothing_is_missing() -> None:
    found = total([5] * 20 + [0 + 1] * 5, categories=CATEGORIES)
    assert (found.value, found.low, found.high, found.maximum) == (105, 105, 105, 125)
    assert (found.category, found.percent_of_maximum) == ("good", (84, 84))


def test_item_not_rated_gives_bounds_and_no_category() -> None:
    found = total({"1": 4, "2": "NR", "3": 5, "4": "NR"}, categories=[{"level": "good", "min": 0}])
    assert (found.value, found.rated, found.not_rated) == (9, 2, 2)
    assert (found.low, found.high, found.maximum) == (11, 19, 20)
    assert found.percent_of_maximum == (55, 95)
    assert (found.category, found.category_low, found.category_high) == (None, "good", "good")


def test_bounds_may_fall_in_two_categories() -> None:
    found = total([4] * 24 + ["NR"], categories=CATEGORIES)
    assert (found.low, found.high) == (97, 101)
    assert (found.category_low, found.category_high) == ("fair", "good")


def test_item_left_out_by_adaptation_counts_nowhere_and_gives_no_category() -> None:
    found = total([5, 3, "NA"], categories=CATEGORIES)
    assert (found.value, found.low, found.high, found.maximum, found.not_applicable) == (8, 8, 8, 10, 1)
    assert (found.category, found.category_low, found.category_high) == (None, None, None)
    assert found.percent_of_maximum == (80, 80)


@pytest.mark.parametrize("ratings", [[], ["NR", "NR"], ["NA"]])
def test_where_nothing_is_rated_there_is_no_total(ratings: list[Rating]) -> None:
    found = total(ratings, categories=CATEGORIES)
    assert (found.value, found.category, found.category_low, found.percent_of_maximum) == (None, None, None, None)


def test_framework_without_categories_has_none() -> None:
    assert total([5, 5]).category is None


@pytest.mark.parametrize("rating", [0, 6, "N/A", None, 3.5])
def test_what_is_no_rating_is_an_error(rating: Rating) -> None:
    with pytest.raises(ValueError, match="from 1 to 5, NR or NA"):
        total([3, rating])


@given(st.lists(st.sampled_from([1, 2, 3, 4, 5, "NR", "NA"]), max_size=29), st.data())
def test_bounds_hold_whatever_the_missing_ratings_turn_out_to_be(
    ratings: Sequence[Rating], data: st.DataObject
) -> None:
    found = total(ratings)
    given_later = total([data.draw(st.integers(1, 5)) if rating == "NR" else rating for rating in ratings])
    assert found.low <= (given_later.value or 0) <= found.high
    assert found.maximum == given_later.maximum
    assert found.rated + found.not_rated + found.not_applicable == len(ratings)
