"""Units beside each other: inside the limits is what is usual, and nobody is put in an order."""

import pytest

from se_engine.measures.funnel import INSIDE, funnel, limits_between

SERVICES = [("B", 107, 349), ("A", 141, 365)]
"""Two London services around what they have in common."""


def test_the_limits_of_two_services_are_those_published():
    found = funnel(SERVICES, least=10)
    assert found.target == pytest.approx(0.3473, abs=5e-5)
    first = found.points[0]
    assert (first.name, first.place) == ("A", INSIDE)
    assert first.inner == pytest.approx((0.2975, 0.3952), abs=5e-5)
    assert [one.place for one in found.points] == [INSIDE, INSIDE]
    assert found.dispersion is None, "two units tell nothing of it"


def test_a_unit_of_few_is_neither_shown_nor_counted_in():
    few = [*SERVICES, ("C", 9, 9)]
    assert funnel(few, least=10) == funnel(SERVICES, least=10)
    assert funnel(SERVICES[:1], least=10) is None


def test_units_that_differ_by_more_than_chance_are_said_to():
    alike = funnel([(name, 40, 100) for name in "ABCDE"], least=10)
    apart = funnel([(name, k, 100) for name, k in zip("ABCDE", (10, 25, 40, 55, 70), strict=True)], least=10)
    assert alike.dispersion == 0
    assert apart.dispersion > 5
    assert {one.place for one in apart.points} == {"below", "inside", "above"}


def test_the_lines_go_from_the_smallest_unit_to_the_largest():
    lines = limits_between(0.4, 20, 50)
    assert (lines[0][0], lines[-1][0]) == (20, 50)
    assert lines[0][1][1:3] == pytest.approx([0.1629, 0.5944], abs=5e-5)
    assert lines[-1][1][1:3] == pytest.approx([0.2559, 0.5283], abs=5e-5)
