"""Published tables of random populations, attacked with all that was published: no hidden count can be worked out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from se_engine.measures.publication import Published, hidden, published
from tests.measures.attacker import (
    Bounds,
    Notes,
    Unknown,
    by_bounds,
    by_elimination,
    by_knowing_the_method,
    by_trying,
)
from tests.measures.populations import MONTHS, STANDING, TREE, Stay, counted, stays

Counts = Mapping[tuple[str, str], int]
GROUPINGS = ("sex", "team", "year")
THRESHOLDS = st.sampled_from([3, 4, 5])


@dataclass
class Held:
    """What the attacker holds, and beside it what he may not find out."""

    notes: Notes = field(default_factory=Notes)
    secrets: list[Unknown] = field(default_factory=list)
    truth: dict[Unknown, int] = field(default_factory=dict)
    shown: dict[tuple[str, str], int] = field(default_factory=dict)

    def report(self, date: int, counts: Counts, concealed: frozenset[tuple[str, str]]) -> None:
        shown = {cell: None if cell in concealed else count for cell, count in counts.items()}
        self.notes.report(date, shown, TREE)
        self.truth.update({(date, *cell): count for cell, count in counts.items()})
        # That a group has none of what nobody has is no secret, also where the whole group is hidden.
        nobody = {part for (group, part), count in shown.items() if group == "" and count == 0}
        # Neither is a count that is still what it was when it was last shown.
        told = {cell for cell in concealed if self.shown.get(cell) == counts[cell]}
        self.secrets.extend((date, *cell) for cell in sorted(concealed - told) if cell[1] not in nobody)
        self.shown.update((cell, count) for cell, count in shown.items() if count is not None)

    def later(self, before: int, after: int, cells: Iterable[tuple[str, str]], k: int) -> None:
        cells = list(cells)
        self.notes.later(before, after, cells, STANDING)
        for cell in cells:
            change = self.truth[after, *cell] - self.truth[before, *cell]
            self.truth["between", before, after, *cell] = change
            if 0 < abs(change) < k:
                self.secrets.append(("between", before, after, *cell))

    def worked_out(self, *, tries: bool) -> list[Unknown]:
        settled = by_elimination(self.notes) | by_bounds(self.notes)
        if tries:
            settled |= by_trying(self.notes, self.secrets, self.truth, patience=100)
        return [secret for secret in self.secrets if secret in settled]


def standing_at(series: Sequence[Counts], month: int, k: int) -> Published:
    answer = published(series[: month + 1], TREE, k, standing=STANDING)
    assert answer is not None
    return answer


def few_women(*, back: int) -> list[Stay]:
    """Two women among many."""
    men = [Stay(0, 1, "forward", "m", "north")] * 60 + [Stay(0, None, "", "m", "south")] * 40
    women = [Stay(0, None, "", "f", "north"), Stay(0, 1, "forward", "f", "south")]
    return [*men, *[Stay(1, 2, "back", "m", "north")] * back, *women]


def four_of_each() -> list[Stay]:
    """Four women and four men went back, which is eight."""
    went_on = [Stay(0, None, "", sex, "north") for sex in "fm" * 9]
    return [Stay(0, 1, "back", sex, "north") for sex in "ffffmmmm"] + went_on


@settings(max_examples=40)
@given(of=stays(), k=THRESHOLDS)
@example(of=few_women(back=3), k=5)
@example(of=four_of_each(), k=5)
def test_report_in_every_grouping_together(of: list[Stay], k: int) -> None:
    held = Held()
    for by in GROUPINGS:
        counts = counted(of, MONTHS, by)
        held.report(MONTHS, counts, hidden(counts, TREE, k))
    assert held.worked_out(tries=True) == []


@settings(max_examples=40)
@given(of=stays(), k=THRESHOLDS)
def test_small_hidden_count_could_be_as_large_as_the_threshold(of: list[Stay], k: int) -> None:
    """Nobody can say even that it is small, but where the total of everybody that is shown says so."""
    for by in GROUPINGS:
        held, counts = Held(), counted(of, MONTHS, by)
        held.report(MONTHS, counts, hidden(counts, TREE, k))
        narrowed = Bounds(held.notes).narrowed(held.notes.low, held.notes.high)
        assert narrowed is not None
        assert [secret for secret in held.secrets if 0 < held.truth[secret] < k and narrowed[1][secret] < k] == []


@settings(max_examples=30)
@given(of=stays(), k=THRESHOLDS)
def test_any_two_reports_that_follow_each_other(of: list[Stay], k: int) -> None:
    for by in GROUPINGS:
        assert attacked_in_pairs([counted(of, month, by) for month in range(MONTHS)], k, tries=False) == []


@settings(max_examples=10)
@given(of=stays(most=25), k=THRESHOLDS, by=st.sampled_from(GROUPINGS))
def test_any_two_reports_that_follow_each_other_by_trying(of: list[Stay], k: int, by: str) -> None:
    assert attacked_in_pairs([counted(of, month, by) for month in range(MONTHS)], k, tries=True) == []


def attacked_in_pairs(series: list[Counts], k: int, *, tries: bool) -> list[Unknown]:
    """Each as it was published, on its own day, beside the one before."""
    groups = {group for counts in series for group, _ in counts}
    cells = {(group, part) for group in groups for _, part in series[0]}
    series = [dict.fromkeys(cells, 0) | dict(counts) for counts in series]
    answers = [standing_at(series, month, k) for month in range(len(series))]
    dates = [month for month, answer in enumerate(answers) if answer.index == month]
    found: list[Unknown] = []
    for before, after in pairwise(dates):
        held = Held()
        for month in (before, after):
            held.report(month, series[month], answers[month].hidden)
        held.secrets = [secret for secret in held.secrets if 0 < held.truth[secret] < k]
        held.later(before, after, cells, k)
        found += held.worked_out(tries=tries)
    return found


@settings(max_examples=15)
@given(of=stays(), k=THRESHOLDS)
def test_everybody_is_shown_alike_whatever_the_grouping(of: list[Stay], k: int) -> None:
    for month in range(MONTHS):
        answers = [standing_at([counted(of, one, by) for one in range(MONTHS)], month, k) for by in GROUPINGS]
        assert len({(one.index, frozenset(cell for cell in one.hidden if not cell[0])) for one in answers}) == 1


@settings(max_examples=60)
@given(of=stays(), k=THRESHOLDS, by=st.sampled_from(GROUPINGS))
def test_no_row_says_that_all_in_it_have_one_thing_in_common(of: list[Stay], k: int, by: str) -> None:
    counts = counted(of, MONTHS, by)
    concealed = hidden(counts, TREE, k)
    leaves = {part for parts in TREE.values() for part in parts} - set(TREE)
    for group in {group for group, _ in counts}:
        shown = {part: counts[group, part] for part in (*leaves, "visits") if (group, part) not in concealed}
        if "visits" in shown:
            assert shown["visits"] not in {shown[part] for part in leaves & set(shown)}


def spreads(many: int, over: int) -> Iterable[tuple[int, ...]]:
    if over == 1:
        yield (many,)
        return
    for first in range(many + 1):
        for rest in spreads(many - first, over - 1):
            yield (first, *rest)


@pytest.mark.parametrize("k", [3, 4])
def test_who_has_the_program_too_works_out_no_group(k: int) -> None:
    """Every small table of two groups and two parts is published, and none is the only one that looks as it does."""

    def table(numbers: tuple[int, ...]) -> dict[tuple[str, str], int]:
        rows = {"g": numbers[:2], "h": numbers[2:], "": (numbers[0] + numbers[2], numbers[1] + numbers[3])}
        cells = {(group, part): count for group, row in rows.items() for part, count in zip("ab", row, strict=True)}
        return cells | {(group, "n"): sum(row) for group, row in rows.items()}

    def look(counts: Counts) -> tuple[tuple[tuple[str, str], int | None], ...]:
        concealed = hidden(counts, {"n": ("a", "b")}, k)
        return tuple((cell, None if cell in concealed else count) for cell, count in sorted(counts.items()))

    possible = [table(numbers) for many in range(9) for numbers in spreads(many, 4)]
    for seen, values in by_knowing_the_method(look, possible, lambda counts: counts).items():
        shown = dict(seen)
        assert not [
            cell for cell, count in seen if count is None and len(values[cell]) == 1 and shown["", cell[1]] != 0
        ]


@settings(max_examples=25)
@given(of=stays(), k=THRESHOLDS, moved=st.integers(0, MONTHS))
def test_people_who_change_group_are_not_worked_out_either(of: list[Stay], k: int, moved: int) -> None:
    """A count that should only grow falls; who takes it that counts only grow learns nothing either."""
    after = [stay._replace(team="south" if number % 3 else "north") for number, stay in enumerate(of)]
    series = [counted(of if month < moved else after, month, "team") for month in range(MONTHS)]
    groups = {"", *(group for counts in series for group, _ in counts)}
    series = [dict.fromkeys({(g, part) for g in groups for _, part in series[0]}, 0) | counts for counts in series]
    answers = [standing_at(series, month, k) for month in range(MONTHS)]
    dates = [month for month, answer in enumerate(answers) if answer.index == month]
    for two in pairwise(dates):
        held = Held()
        for month in two:
            held.report(month, series[month], answers[month].hidden)
        assert held.worked_out(tries=False) == []
