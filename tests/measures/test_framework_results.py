"""Suggested levels at the anchors, and results that follow the framework's own rules: golden numbers."""

from fractions import Fraction

import pytest

from se_engine import frameworks
from se_engine.framework_results import Suggestion, category_bands, results_of, suggested_level, suggestion_for
from se_engine.measures.fidelity import NOT_APPLICABLE, NOT_RATED, Rating, level

SE5, IPS, CELLS = (frameworks.get(name, 1) for name in ("se5", "ips25", "dimensions"))
ENOUGH = 50
A = (5, 5, 4, 3, 3, 4, 5, 4, 5, 4, 3, 3, 4, 4, 5, 4, 3, 3, 5, 5, 5, 4, 4, 3, 4)
B = (5, 4, 4, 3, 2, 4, 5, 4, 5, 4, 3, 4, 4, 4, 5, 4, 2, 3, 5, 5, 5, 4, 3, 3, 4)
"""The two raters of the constructed vector: 101 and 98, on either side of a boundary."""


def per_cent(value: str) -> Fraction:
    return Fraction(value) / 100


@pytest.mark.parametrize(
    ("item", "value", "expected"),
    [
        ("1", Fraction(20), 5), ("1", Fraction("20.4"), 5), ("1", Fraction(25), 4), ("1", Fraction(26), 3),
        ("1", Fraction(31), 2), ("1", Fraction("40.5"), 1), ("2", per_cent("95.99"), 4), ("2", per_cent("89.9"), 3),
        ("2", per_cent("95.5"), 4), ("15", Fraction(30), 5), ("15", Fraction("30.4"), 5), ("15", Fraction(60), 4),
        ("15", Fraction(61), 3), ("15", Fraction(151), 2), ("15", Fraction(271), 1), ("17", Fraction("5.9"), 4),
        ("17", Fraction(4), 3), ("17", Fraction("3.9"), 2), ("17", Fraction("1.9"), 1), ("24", per_cent("65"), 5),
        ("24", per_cent("29.9"), 1), ("4", Fraction(0), 2), ("6", Fraction(4), 4), ("23", Fraction(1), 1),
    ],
)  # fmt: skip
def test_ips_levels_at_the_anchors(item: str, value: Fraction, expected: int) -> None:
    assert suggested_level(IPS.item_by_key[item], value, ENOUGH).level == expected


@pytest.mark.parametrize(
    ("item", "value", "expected"),
    [
        ("L1a", "90", 5), ("L1a", "89.99", 4), ("L1a", "75", 4), ("L1a", "50", 3), ("L1a", "25", 2), ("L1a", "24.9", 1),
        ("L3b", "0", 5), ("L3b", "10", 5), ("L3b", "10.01", 4), ("L3b", "25", 4), ("L3b", "50", 3), ("L3b", "75", 2),
        ("L3b", "75.01", 1), ("L3b", "100", 1),
    ],
)  # fmt: skip
def test_shares_of_a_cell_and_their_mirror_where_fewer_is_better(item: str, value: str, expected: int) -> None:
    """No share is rounded across a boundary, in either direction."""
    assert suggested_level(CELLS.item_by_key[item], per_cent(value), ENOUGH).level == expected


@pytest.mark.parametrize(
    ("name", "item", "value", "n", "why"),
    [
        ("se5", "4.2", None, 0, "no_indicator"),
        ("se5", "O4", Fraction(4, 5), ENOUGH, "no_suggestion"),
        ("se5", "1.3", Fraction(1), ENOUGH, "no_suggestion"),
        ("se5", "3.1", None, 12, "nothing_counted"),
        ("se5", "3.1", Fraction(20), 9, "too_few"),
        ("dimensions", "P1b", Fraction(1), ENOUGH, "no_suggestion"),
        ("dimensions", "EQ1", Fraction(1), ENOUGH, "no_suggestion"),
        ("dimensions", "L1c", Fraction(0), ENOUGH, "no_suggestion"),
    ],
)
def test_where_no_level_is_suggested_it_is_said_why(
    name: str, item: str, value: Fraction | None, n: int, why: str
) -> None:
    found = suggested_level(frameworks.get(name, 1).item_by_key[item], value, n)
    assert (found.level, found.why) == (None, why)


def test_the_least_n_is_enough() -> None:
    assert suggested_level(SE5.item_by_key["3.1"], Fraction(20), 10).level == 5


def test_ordinary_work_is_suggested_from_paid_jobs_later_with_the_kinds_of_placement_beside() -> None:
    item = SE5.item_by_key["3.3"]
    assert item.indicator == "paid_job_26_weeks_after_placement"
    assert [one.key for one in item.shown] == [
        "placements_in_ordinary_paid_work", "placements_with_wage_subsidy", "placements_in_work_practice",
    ]  # fmt: skip
    assert suggested_level(item, per_cent("79.9"), 10).level == 3


def cell(**shares: Fraction | int | None) -> Suggestion:
    return suggestion_for(
        CELLS, CELLS.rateable_by_key["L1"], {key: (value, ENOUGH) for key, value in shares.items()}
    )


def test_a_cell_gets_the_lower_middle_of_its_shares() -> None:
    found = cell(L1a=Fraction(95, 100), L1b=Fraction(60, 100), L1c=0)
    assert (found.level, found.lowest, found.highest, found.why, found.at_most) == (3, 3, 5, None, None)


def test_a_child_used_as_interpreter_holds_its_cell_at_two() -> None:
    found = cell(L1a=Fraction(1), L1b=Fraction(1), L1c=1)
    assert (found.level, found.why, found.lowest, found.at_most) == (2, "capped", 5, 2)
    worse = cell(L1a=Fraction(0), L1b=Fraction(0), L1c=1)
    assert (worse.level, worse.why, worse.at_most) == (1, None, 2)
    assert cell(L1a=None, L1b=None, L1c=1) == Suggestion(why="nothing_counted", at_most=2)
    other = suggestion_for(CELLS, CELLS.rateable_by_key["P1"], {"P1a": (Fraction(1), ENOUGH), "L1c": (1, 1)})
    assert (other.level, other.at_most) == (5, None)


def test_a_cell_of_which_nothing_is_known_says_why() -> None:
    few = {"P1a": (Fraction(1), 3), "P1b": (Fraction(1), ENOUGH)}
    assert suggestion_for(CELLS, CELLS.rateable_by_key["P1"], few).why == "too_few"
    assert suggestion_for(SE5, SE5.rateable_by_key["4.2"], {}).why == "no_indicator"


@pytest.mark.parametrize(
    ("value", "category"),
    [(125, "exemplary"), (115, "exemplary"), (114, "good"), (100, "good"), (99, "fair"), (74, "fair"), (73, "not_se")],
)
def test_totals_at_the_edges_of_the_categories(value: int, category: str) -> None:
    assert level(value, category_bands(IPS)) == category


@pytest.mark.parametrize(
    ("published", "category"),
    [(73, "not_se"), (100, "good"), (106, "good"), (109, "good"), (103, "good"), (97, "fair")],
)
def test_published_totals_under_the_standard_bands(published: int, category: str) -> None:
    """Among them those whose papers say otherwise: «initially fair (73)», «high (100–103)»."""
    each, rest = divmod(published, 25)
    ratings: dict[str, Rating] = {str(one): each + (one <= rest) for one in range(1, 26)}
    found = results_of(IPS, ratings).total
    assert found is not None
    assert (found.value, found.category) == (published, category)


def rated(levels: tuple[int, ...]) -> dict[str, Rating]:
    return {str(place): one for place, one in enumerate(levels, start=1)}


def test_two_raters_on_either_side_of_a_boundary() -> None:
    totals = [results_of(IPS, rated(one)).total for one in (A, B)]
    assert [(one.value, one.category) for one in totals if one] == [(101, "good"), (98, "fair")]


def test_each_section_in_per_cent_of_its_maximum() -> None:
    found = results_of(IPS, rated(A))
    assert {key: (one.value, one.maximum) for key, one in found.sections.items()} == {
        "staffing": (14, 15), "organisation": (31, 40), "services": (56, 70),
    }  # fmt: skip
    assert found.sections["services"].percent_of_maximum == (80, 80)
    assert found.comparable


def test_what_is_not_rated_gives_bounds_and_no_category() -> None:
    found = results_of(IPS, rated(A) | {"25": NOT_RATED}).total
    assert found is not None
    assert (found.low, found.high, found.category) == (98, 102, None)
    assert (found.category_low, found.category_high) == ("fair", "good")
    left_out = results_of(IPS, {key: one for key, one in rated(A).items() if key != "25"}).total
    assert left_out == found


def test_what_is_adapted_is_not_comparable() -> None:
    adapted = results_of(IPS, rated(A), adapted=["4"])
    assert adapted.total is not None
    assert (adapted.total.value, adapted.total.category, adapted.comparable) == (101, None, False)
    without = results_of(IPS, rated(A) | {"4": NOT_APPLICABLE})
    assert without.total is not None
    assert (without.total.value, without.total.maximum, without.comparable) == (98, 120, False)


def test_our_own_framework_has_no_total() -> None:
    found = results_of(SE5, dict.fromkeys(SE5.rateable_by_key, 3))
    assert (found.total, list(found.sections)) == (None, [section.key for section in SE5.sections])
    assert {one.percent_of_maximum for one in found.sections.values()} == {(60, 60)}


def test_cells_are_rated_and_equity_is_not() -> None:
    found = results_of(CELLS, {"L1": 2, "C5": 4})
    assert len(found.sections) == 15
    assert (found.sections["L1"].value, found.sections["P3"].value) == (2, None)
    for strange in ("L1a", "EQ"):
        with pytest.raises(ValueError, match=strange):
            results_of(CELLS, {strange: 3})
