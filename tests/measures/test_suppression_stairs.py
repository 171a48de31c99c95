"""Curves as they are published: their stairs, and that nobody at risk can be counted from them."""

import pytest

from se_engine.measures.stairs import division, read_off, rising, stairs
from se_engine.measures.survival import Curve, product_limit_from_counts
from tests.measures.attacker import by_knowing_the_method
from tests.measures.test_suppression_attacked import spreads


def rows(curve: Curve) -> list[tuple[int, int, float]]:
    return [(row.day, row.events, row.survival) for row in curve.rows]


def one_a_day(days: int) -> Curve:
    return product_limit_from_counts((day, True, 1) for day in range(1, days + 1))


def test_twenty_who_leave_one_a_day_make_a_stair_for_each_quarter_but_the_last() -> None:
    assert stairs(rows(one_a_day(20)), 20, 5) == [(5, 0.75), (10, 0.5), (15, 0.25)]


def test_height_is_divided_by_quarters() -> None:
    assert [division(visits, 5) for visits in (9, 10, 19, 20, 39, 40, 99, 100, 10_000)] == [
        1,
        2,
        2,
        4,
        4,
        8,
        16,
        20,
        20,
    ]


def test_too_few_visits_make_no_curve() -> None:
    assert stairs(rows(one_a_day(9)), 9, 5) == []


def test_too_few_who_left_make_no_curve() -> None:
    few = product_limit_from_counts([(3, True, 4), (9, False, 30)])
    assert stairs(rows(few), 34, 5) == []


def test_never_says_that_everybody_had_left() -> None:
    at_once = product_limit_from_counts([(3, True, 30), (9, False, 0), (12, True, 5)])
    assert all(still > 0 for _, still in stairs(rows(at_once), 35, 5))


def test_days_are_read_off_the_stairs() -> None:
    found = stairs(rows(one_a_day(20)), 20, 5)
    assert [read_off(found, share) for share in (0.75, 0.5, 0.25, 0.1)] == [5, 10, 15, None]


def test_share_that_rises_is_told_as_at_least_so_much() -> None:
    grows = [(day, 1, day / 20) for day in range(1, 21)]
    assert rising(grows, 20, 5) == [(5, 0.25), (10, 0.5), (15, 0.75)]


@pytest.mark.parametrize(
    ("visits", "k", "days"), [(8, 3, 4), (9, 3, 3), (12, 5, 3), (13, 3, 3), (24, 3, 2), (24, 3, 3), (25, 4, 2)]
)
def test_who_has_the_program_too_works_out_no_count_at_risk(visits: int, k: int, days: int) -> None:
    """Every history of so many visits over so many days; behind each look there is more than one small count."""
    kinds = [(day, left) for day in range(days) for left in (False, True)]

    def curve(numbers: tuple[int, ...]) -> Curve:
        return product_limit_from_counts((*kind, many) for kind, many in zip(kinds, numbers, strict=True))

    def look(numbers: tuple[int, ...]) -> object:
        left = sum(numbers[1::2])
        if 0 < left < k or 0 < visits - left < k:
            return "hidden", tuple(stairs(rows(curve(numbers)), visits, k, quarters_only=True))
        return left, tuple(stairs(rows(curve(numbers)), visits, k))

    def counts(numbers: tuple[int, ...]) -> dict[object, int]:
        found: dict[object, int] = {}
        at_risk, yet_to_leave = visits, sum(numbers[1::2])
        for day in range(days):
            censored, left = numbers[2 * day : 2 * day + 2]
            found |= {("at risk", day): at_risk, ("left", day): left, ("censored", day): censored}
            at_risk, yet_to_leave = at_risk - censored - left, yet_to_leave - left
            found["left later than", day] = yet_to_leave
        return found

    for seen, values in by_knowing_the_method(look, spreads(visits, len(kinds)), counts).items():
        assert not [name for name, possible in values.items() if len(possible) == 1 and 0 < min(possible) < k], seen


def test_the_curve_itself_tells_who_left_when() -> None:
    """So the test before would find it out."""
    seen = by_knowing_the_method(
        lambda numbers: tuple(row.survival for row in product_limit_from_counts(numbers).rows),
        [
            [(1, True, left), (1, False, censored), (2, True, 8 - left - censored)]
            for left in (1, 2)
            for censored in (1, 2)
        ],
        lambda numbers: {"left": numbers[0][2]},
    )
    assert {len(values["left"]) for values in seen.values()} == {1}
