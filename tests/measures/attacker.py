"""Somebody who works out hidden counts from what is published. Knows the rules of arithmetic, nothing of the product.

He writes down every count of every report he holds as an unknown, what is printed as its value, and what he knows of
counts anyhow: parts sum to their total, groups to everybody, nothing is below zero, and who has left has left.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

Unknown = Hashable
Equation = tuple[tuple[tuple[Unknown, int], ...], int]
"""Unknowns with their factors, and what they sum to."""
ENDLESS = 10_000
"""There are not that many people."""


class _TooLong(Exception):
    """More ways to try than he has patience for."""


@dataclass
class Notes:
    """What he has written down."""

    low: dict[Unknown, int] = field(default_factory=dict)
    high: dict[Unknown, int] = field(default_factory=dict)
    equations: list[Equation] = field(default_factory=list)

    def unknown(self, name: Unknown, low: int = 0, high: int = ENDLESS) -> None:
        self.low[name] = max(low, self.low.get(name, -ENDLESS))
        self.high[name] = min(high, self.high.get(name, ENDLESS))

    def report(self, date: int, shown: Mapping[tuple[str, str], int | None], tree: Mapping[str, Sequence[str]]) -> None:
        """A report as printed: None where a count is hidden. The group "" is everybody."""
        for (group, part), value in shown.items():
            self.unknown((date, group, part), *((0, ENDLESS) if value is None else (value, value)))
        groups = sorted({group for group, _ in shown})
        for total, parts in tree.items():
            for group in groups if parts else ():
                self.sums((date, group, total), [(date, group, part) for part in parts])
        if len(groups) > 1:
            for part in {part for _, part in shown}:
                self.sums((date, "", part), [(date, group, part) for group in groups if group])

    def sums(self, total: Unknown, parts: Iterable[Unknown]) -> None:
        self.equations.append((((total, 1), *((part, -1) for part in parts)), 0))

    def later(self, before: int, after: int, cells: Iterable[tuple[str, str]], falls: Iterable[str] = ()) -> None:
        """Two dates: what came between, which is never less than nothing but for parts that people leave again."""
        falling = set(falls)
        for group, part in cells:
            between = ("between", before, after, group, part)
            self.unknown(between, low=-ENDLESS if part in falling else 0)
            self.sums((after, group, part), [(before, group, part), between])


def by_elimination(notes: Notes) -> set[Unknown]:
    """What the equations alone settle, by Gauss and with exact fractions."""
    rows: list[dict[Unknown, Fraction]] = []
    for terms, _ in notes.equations:
        row: dict[Unknown, Fraction] = defaultdict(Fraction)
        for name, factor in terms:
            if notes.low[name] != notes.high[name]:
                row[name] += factor
        rows.append({name: factor for name, factor in row.items() if factor})
    solved: dict[Unknown, dict[Unknown, Fraction]] = {}
    for row in rows:
        for name in [name for name in row if name in solved]:
            _subtract(row, solved[name], row[name])
        if not row:
            continue
        pivot = min(row, key=repr)
        lead = row[pivot]
        row = {name: factor / lead for name, factor in row.items()}
        for other in solved.values():
            if pivot in other:
                _subtract(other, row, other[pivot])
        solved[pivot] = row
    return {name for name, row in solved.items() if len(row) == 1}


def _subtract(row: dict[Unknown, Fraction], other: Mapping[Unknown, Fraction], times: Fraction) -> None:
    for name, factor in other.items():
        left = row.get(name, Fraction(0)) - times * factor
        if left:
            row[name] = left
        else:
            row.pop(name, None)


class Bounds:
    """How low and how high each unknown can be, narrowed by one equation after the other until nothing changes."""

    def __init__(self, notes: Notes) -> None:
        self.equations = notes.equations
        self.standing_in: dict[Unknown, list[int]] = defaultdict(list)
        for number, (terms, _) in enumerate(notes.equations):
            for name, _factor in terms:
                self.standing_in[name].append(number)

    def narrowed(
        self, low: Mapping[Unknown, int], high: Mapping[Unknown, int], names: Iterable[Unknown] | None = None
    ) -> tuple[dict[Unknown, int], dict[Unknown, int]] | None:
        """None when nothing at all agrees with the notes."""
        low, high = dict(low), dict(high)
        waiting = list(range(len(self.equations)) if names is None else {n for x in names for n in self.standing_in[x]})
        steps = 40 * len(self.equations)
        while waiting and steps:
            steps -= 1
            number = waiting.pop()
            terms, constant = self.equations[number]
            least = sum(factor * (low[name] if factor > 0 else high[name]) for name, factor in terms)
            most = sum(factor * (high[name] if factor > 0 else low[name]) for name, factor in terms)
            for name, factor in terms:
                a, b = low[name], high[name]
                rest_least = least - (factor * (a if factor > 0 else b))
                rest_most = most - (factor * (b if factor > 0 else a))
                ends = sorted(((constant - rest_least) * factor, (constant - rest_most) * factor))
                new_low, new_high = max(a, ends[0]), min(b, ends[1])
                if new_low > new_high:
                    return None
                if (new_low, new_high) != (a, b):
                    low[name], high[name] = new_low, new_high
                    least = rest_least + factor * (new_low if factor > 0 else new_high)
                    most = rest_most + factor * (new_high if factor > 0 else new_low)
                    waiting.extend(self.standing_in[name])
        return low, high


def by_bounds(notes: Notes) -> set[Unknown]:
    """What is settled because its lowest and its highest value are the same."""
    found = Bounds(notes).narrowed(notes.low, notes.high)
    assert found is not None, "the notes contradict each other"
    low, high = found
    return {name for name in low if low[name] == high[name]}


def by_trying(
    notes: Notes, wanted: Iterable[Unknown], hint: Mapping[Unknown, int], patience: int = 2_000
) -> set[Unknown]:
    """What has one value in every table that agrees with the notes, by trying them. All factors must be 1 or -1.

    `hint` is the true table: whoever looks for a second one finds it sooner beside the first. It settles nothing.
    """
    bounds = Bounds(notes)
    start = bounds.narrowed(notes.low, notes.high)
    assert start is not None, "the notes contradict each other"
    settled: set[Unknown] = set()
    seen: dict[Unknown, set[int]] = defaultdict(set)
    for name in wanted:
        if len(seen[name]) > 1:
            continue
        try:
            other = _another(bounds, start, name, hint, [patience])
        except _TooLong:
            continue
        if other is None:
            settled.add(name)
        else:
            for one, value in other.items():
                seen[one] |= {value, hint[one]}
    return settled


def _another(
    bounds: Bounds,
    start: tuple[Mapping[Unknown, int], Mapping[Unknown, int]],
    name: Unknown,
    hint: Mapping[Unknown, int],
    budget: list[int],
) -> dict[Unknown, int] | None:
    """A table that agrees with the notes and has another value there."""
    low, high = start
    below = (low, {**high, name: min(high[name], hint[name] - 1)})
    above = ({**low, name: max(low[name], hint[name] + 1)}, high)
    for lowest, highest in (below, above):
        if lowest[name] <= highest[name]:
            for table in _tables(bounds, lowest, highest, [name], hint, budget):
                return table
    return None


def _tables(
    bounds: Bounds,
    low: Mapping[Unknown, int],
    high: Mapping[Unknown, int],
    changed: Iterable[Unknown],
    hint: Mapping[Unknown, int],
    budget: list[int],
) -> Iterator[dict[Unknown, int]]:
    budget[0] -= 1
    if budget[0] < 0:
        raise _TooLong
    found = bounds.narrowed(low, high, changed)
    if found is None:
        return
    low, high = found
    still_open = [name for name in low if low[name] != high[name]]
    if not still_open:
        yield dict(low)
        return
    name = min(still_open, key=lambda one: high[one] - low[one])
    for value in _outwards(hint[name], low[name], high[name]):
        yield from _tables(bounds, {**low, name: value}, {**high, name: value}, [name], hint, budget)


def _outwards(middle: int, low: int, high: int) -> Iterator[int]:
    middle = min(max(middle, low), high)
    yield middle
    for away in range(1, high - low + 1):
        yield from (value for value in (middle - away, middle + away) if low <= value <= high)


def by_knowing_the_method(
    publish: Callable[[Any], Hashable], possible: Iterable[Any], facts: Callable[[Any], Mapping[Unknown, int]]
) -> dict[Hashable, dict[Unknown, set[int]]]:
    """He has the program too: publishes everything there could be, and sees what looks the same.

    For each publication, every fact with the values that it can have behind it.
    """
    behind: dict[Hashable, dict[Unknown, set[int]]] = {}
    for one in possible:
        values = behind.setdefault(publish(one), {})
        for name, value in facts(one).items():
            values.setdefault(name, set()).add(value)
    return behind
