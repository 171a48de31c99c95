"""The attacker is able: what careless hiding leaves open, he works out."""

import pytest

from tests.measures.attacker import Notes, by_bounds, by_elimination, by_knowing_the_method, by_trying
from tests.measures.populations import STANDING, TREE, Stay, counted

VISITS = {"visits": ()}


def test_group_hidden_alone_is_the_total_less_the_other() -> None:
    notes = Notes()
    notes.report(1, {("", "visits"): 180, ("small", "visits"): None, ("large", "visits"): 177}, VISITS)
    assert by_elimination(notes) == {(1, "small", "visits")}
    assert (1, "small", "visits") in by_bounds(notes)


def test_two_hidden_in_each_sum_and_one_between_them_still_follows() -> None:
    """Rows 1 and 2 less columns 1 and 2 leave the one cell that joins two corners; no single sum tells it."""
    hidden = {(1, 1), (1, 2), (2, 1), (2, 2), (2, 3), (3, 3), (3, 4), (4, 3), (4, 4)}
    numbers = {(row, column): 10 * row + column for row in range(1, 5) for column in range(1, 5)}
    notes = Notes()
    for (row, column), number in numbers.items():
        notes.unknown((row, column), *(() if (row, column) in hidden else (number, number)))
    for line in range(1, 5):
        for way, cells in (("row", [(line, n) for n in range(1, 5)]), ("column", [(n, line) for n in range(1, 5)])):
            total = sum(numbers[cell] for cell in cells)
            notes.unknown((way, line), total, total)
            notes.sums((way, line), cells)
    assert by_elimination(notes) == {(2, 3)}
    assert (2, 3) in by_trying(
        notes, [(2, 3)], numbers | {key: notes.low[key] for key in notes.low if key not in numbers}
    )


def test_two_hidden_that_sum_to_nought_are_nought() -> None:
    notes = Notes()
    notes.report(1, {("", "n"): 7, ("", "a"): 7, ("", "b"): None, ("", "c"): None}, {"n": ("a", "b", "c")})
    assert by_elimination(notes) == set()
    assert {(1, "", "b"), (1, "", "c")} <= by_bounds(notes)


def test_hidden_three_is_last_months_six_less_what_came_since() -> None:
    """Each report hides two; together they do not, since nobody's leaving is undone."""
    notes = Notes()
    tree = {"n": ("a", "b", "c")}
    notes.report(1, {("", "n"): 20, ("", "a"): None, ("", "b"): None, ("", "c"): 12}, tree)
    notes.report(2, {("", "n"): 20, ("", "a"): None, ("", "b"): 5, ("", "c"): None}, tree)
    notes.later(1, 2, [("", part) for part in "nabc"])
    assert by_elimination(notes) == {("between", 1, 2, "", "n")}
    assert {(1, "", "a"), (1, "", "b"), (2, "", "a"), (2, "", "c")} <= by_bounds(notes)


@pytest.mark.parametrize("grouped", [False, True])
def test_hiding_the_small_only_is_seen_through(grouped: bool) -> None:
    stays = [Stay(0, 1, "forward", "f", "north")] * 20 + [Stay(0, None, "", "m", "north")] * 9
    stays += [Stay(0, 1, "back", "m", "north")] * 2
    counts = counted(stays, 3, "sex")
    notes = Notes()
    shown = {cell: None if 0 < count < 5 else count for cell, count in counts.items() if grouped or not cell[0]}
    notes.report(3, shown, TREE)
    assert (3, "", "back") in by_elimination(notes)


def test_two_whole_reports_tell_of_the_two_who_came_between() -> None:
    before = [Stay(0, None, "", "f", "north")] * 20
    after = before + [Stay(1, None, "", "f", "north")] * 2
    notes = Notes()
    for month, stays in enumerate((before, after)):
        notes.report(month, counted(stays, month, "sex"), TREE)
    cells = list(counted(after, 1, "sex"))
    notes.later(0, 1, cells, STANDING)
    assert {("between", 0, 1, *cell) for cell in cells} <= by_bounds(notes)


def test_who_has_the_program_sees_which_small_number_the_rule_can_mean() -> None:
    """Hiding each one of them below three, in a program that hides nothing else, tells one from two by the total."""
    tables = [{"a": a, "b": b} for a in range(6) for b in range(6)]
    look = by_knowing_the_method(
        lambda one: (sum(one.values()), *(None if 0 < count < 3 else count for count in one.values())),
        tables,
        lambda one: one,
    )
    assert look[5, None, 4] == {"a": {1}, "b": {4}}
    assert look[3, None, None] == {"a": {1, 2}, "b": {1, 2}}
