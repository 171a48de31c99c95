"""Counts that hang together by sums, as a network: in which other ways hidden ones could have come out.

A count is an edge and a sum a node, so that what flows in flows out. Raising one count forces others to follow along
a closed way. As long as such a way runs through hidden counts only, nobody can tell which of the tables is the true
one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from math import inf
from typing import NamedTuple

Cell = tuple[str, str]
"""A group and a part."""
Tree = Mapping[str, Sequence[str]]
"""A total, and the parts that it is the sum of: none where only groups divide it."""

WHOLE = ""
"""The group of everybody: the report that no grouping divides."""
LEAST_PRICE = 1.0
_OUTSIDE: Cell = (WHOLE, "")


class Move(NamedTuple):
    """A count that comes out higher (1) or lower (-1)."""

    cell: int
    sign: int


Arc = tuple[int, int, int]
"""A cell, the sign with which it is passed, and to which node."""
Room = Mapping[int, Sequence[int]]
"""By sign, how far each cell may move."""


@dataclass(frozen=True, slots=True)
class Network:
    """The cells of a table, and between which two sums each of them stands."""

    tree: Tree
    cells: tuple[Cell, ...]
    roots: tuple[int, ...]
    """The cells that are a part of nothing."""
    ends: tuple[tuple[int, int], ...]
    arcs: tuple[tuple[Arc, ...], ...]

    @classmethod
    def of(cls, tree: Tree, groups: Iterable[str]) -> "Network":
        """The table of everybody and these groups, which divide everybody between them."""
        above = {part: total for total, parts in tree.items() for part in parts}
        names = [*(total for total in tree if total not in above), *above]
        divided = list(groups)
        nodes: dict[Cell, int] = {_OUTSIDE: 0}
        cells: list[Cell] = []
        ends: list[tuple[int, int]] = []
        for group in [WHOLE, *divided]:
            for part in names:
                over = (group, above[part]) if part in above else _OUTSIDE
                under = (group, part) if tree.get(part) else ("of all groups", part) if divided else _OUTSIDE
                one, other = (nodes.setdefault(node, len(nodes)) for node in (over, under))
                cells.append((group, part))
                ends.append((other, one) if group == WHOLE and divided else (one, other))
        arcs: list[list[Arc]] = [[] for _ in nodes]
        for number, (tail, head) in enumerate(ends):
            arcs[tail].append((number, 1, head))
            arcs[head].append((number, -1, tail))
        roots = tuple(number for number, (_, part) in enumerate(cells) if part not in above)
        return cls(tree, tuple(cells), roots, tuple(ends), tuple(map(tuple, arcs)))

    def way(self, move: Move, amount: int, room: Room, prices: Sequence[float]) -> tuple[float, list[Move]] | None:
        """The cheapest closed way that begins with this move, with what it costs; None when there is none.

        Each count on it moves by the amount, where there is room for that, and at its price, where that is finite. No
        price is below LEAST_PRICE.
        """
        tail, head = self.ends[move.cell]
        start, goal = (head, tail) if move.sign > 0 else (tail, head)
        came: dict[int, tuple[int, int, int]] = {}
        best = {start: 0.0}
        waiting = [(0.0, start)]
        while waiting:
            so_far, node = heappop(waiting)
            if node == goal:
                return so_far, [move, *_walked(came, start, goal)]
            if so_far > best[node]:
                continue
            for cell, sign, to in self.arcs[node]:
                total = so_far + prices[cell]
                if total < best.get(to, inf) and room[sign][cell] >= amount and cell != move.cell:
                    best[to] = total
                    came[to] = (node, cell, sign)
                    if to == goal and total <= so_far + LEAST_PRICE:
                        return total, [move, *_walked(came, start, goal)]
                    heappush(waiting, (total, to))
        return None


def _walked(came: Mapping[int, tuple[int, int, int]], start: int, goal: int) -> list[Move]:
    moves: list[Move] = []
    while goal != start:
        goal, cell, sign = came[goal]
        moves.append(Move(cell, sign))
    return moves
