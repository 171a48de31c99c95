"""Hidden counts kept uncertain: for each there is a history, agreeing with all that was published, in which it differs.

Who knows every published table knows no more than that the true history is one of those that agree with them. So each
hidden count comes with a way (see alternatives) on which it lies elsewhere while everything that is shown stays as it
is. A way holds for the tables from one date to another: it ends where the counts have grown enough to make room for it,
and until then the cells on it stay hidden.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from math import inf
from typing import NamedTuple

from se_engine.measures.alternatives import LEAST_PRICE, WHOLE, Cell, Move, Network, Room

LEAST_ROOM = 2
"""How far from the true number a hidden one must be able to lie, at the least."""
UP, DOWN, EITHER = (1,), (-1,), (1, -1)

# A shown count costs more to hide than a hidden one to use again, a larger one more, and the root takes its row along.
AGAIN, ONE_MORE, ROW, AS_BEFORE = LEAST_PRICE, 8.0, 4.0, 0.25
# What is hidden of everybody may be shown later whatever the groups need, so ways beside it last longer.
OF_EVERYBODY = 20.0
ENDLESS = 10**9


class Need(NamedTuple):
    """How far a hidden count must be able to lie from the true one, and on which side."""

    amount: int
    signs: tuple[int, ...]


LEAST = Need(LEAST_ROOM, EITHER)


class Way(NamedTuple):
    """How it could have come out otherwise: every table from `since` on moved like this."""

    moves: tuple[Move, ...]
    amount: int
    since: int


class Window(NamedTuple):
    """Some tables in a row, and in which ways they could all have come out otherwise."""

    since: int
    until: int | None
    room: Room
    prices: list[float]
    hidden: set[int] | None
    """What all but the newest of them hide; None where it is the newest alone."""


def _on(way: Way, until: int) -> set[tuple[int, int]]:
    """The tables and counts on a way that ends there."""
    return {(date, move.cell) for date in range(way.since, until + 1) for move in way.moves}


@dataclass
class History:
    """The tables over one network that were published one after the other, and what was hidden in each."""

    net: Network
    k: int
    standing: frozenset[str]
    tables: list[list[int]] = field(default_factory=list)
    hidden: list[set[int]] = field(default_factory=list)
    ways: list[Way] = field(default_factory=list)
    """Those that have not ended."""
    safe: set[tuple[int, int]] = field(default_factory=set)
    """Tables and counts with a way that has ended: whatever is published later, it stays open."""
    told: dict[int, set[int]] = field(default_factory=dict)
    """What was shown of each count: every value of one that may fall, the last one of one that only grows."""

    def __post_init__(self) -> None:
        cells = self.net.cells
        self.number = {cell: number for number, cell in enumerate(cells)}
        self.grows = [part not in self.standing for _, part in cells]
        self.falls_with = {root: list(self._below(root)) for root in self.net.roots}
        self.leaves_below = {
            root: [number for number in below if not self.net.tree.get(cells[number][1])]
            for root, below in self.falls_with.items()
        }
        self.sums = [(total, [self.number[cell] for cell in parts]) for total, parts in self._sums()]
        first = next(iter(self.net.tree))
        for number, (group, _) in enumerate(cells):
            self.falls_with[self.number[group, first]].append(number)

    def add(self, values: list[int], given: set[int] | None = None) -> set[int] | None:
        """Publish one more table: what is hidden in it, or None where it cannot be published beside the others.

        `given` is what is hidden in the row of everybody, where that is settled: then the table is published anyhow.
        """
        draft = Draft(self, values, given)
        if not draft.settle() and given is None:
            return None
        self._keep(values, draft.hidden)
        self.ways, self.safe = draft.ways, self.safe | draft.safe
        return draft.hidden

    def _keep(self, values: list[int], hidden: set[int]) -> None:
        self.tables.append(values)
        self.hidden.append(hidden)
        for number, value in enumerate(values):
            if number not in hidden:
                self.told[number] = {value} if self.grows[number] else self.told.get(number, set()) | {value}

    def _sums(self) -> Iterator[tuple[int, list[Cell]]]:
        """Each total with its parts: within the groups, and of the groups."""
        groups = {group for group, _ in self.net.cells} - {WHOLE}
        for number, (group, part) in enumerate(self.net.cells):
            if under := self.net.tree.get(part):
                yield number, [(group, one) for one in under]
            if group == WHOLE and groups:
                yield number, [(one, part) for one in groups]

    def _below(self, total: int) -> Iterator[int]:
        group, part = self.net.cells[total]
        for under in self.net.tree.get(part, ()):
            number = self.number[group, under]
            yield number
            yield from self._below(number)


class Draft:
    """One more table, while it is being settled what is hidden in it."""

    def __init__(self, history: History, values: list[int], given: set[int] | None) -> None:
        self.history, self.net, self.k = history, history.net, history.k
        self.values, self.given, self.now = values, given or set(), len(history.tables)
        self.settled = [given is not None and group == WHOLE for group, _ in self.net.cells]
        self.hidden: set[int] = set()
        self.pending: list[int] = []
        self.ways: list[Way] = []
        self.safe: set[tuple[int, int]] = set()
        self.reach: dict[Move, int] = {}
        self.needs = dict(self._needs())
        self.prices = [self._price(number) for number in range(len(values))]
        self.window = cache(self._window)

    def settle(self) -> bool:
        """Hide what must be hidden; False where something could be worked out whatever is hidden here."""
        for number in self._from_the_start():
            self.hide(number)
        carried_on = self._carry_on()
        return self._make_room() and carried_on

    def hide(self, number: int) -> None:
        for one in (number, *self.history.falls_with.get(number, ())):
            if one not in self.hidden and (not self.settled[one] or one in self.given):
                self.hidden.add(one)
                self.pending.append(one)
                self.prices[one] = OF_EVERYBODY if self.settled[one] else AGAIN

    def _needs(self) -> Iterator[tuple[int, Need]]:
        alone = set(self._alone())
        for number, value in enumerate(self.values):
            if self.settled[number] and number not in self.given:
                continue
            change = self._change(number, value)
            if value < self.k and (value or number in self.history.falls_with):
                yield number, Need(self.k - value, UP)
            elif change:
                yield number, Need(self.k - abs(change), UP if change > 0 else DOWN)
            elif number in alone:
                yield number, Need(self.k, DOWN)

    def _change(self, number: int, value: int) -> int:
        """By how few the count has changed since it was shown; nought where by none or by a threshold of people."""
        changes = [value - told for told in self.history.told.get(number, ()) if 0 < abs(value - told) < self.k]
        return min(changes, key=abs, default=0)

    def _alone(self) -> Iterator[int]:
        """The part of a row that holds all there is in it: shown, it would tell of everybody in the row."""
        for root in self.history.falls_with:
            below = self.history.leaves_below[root]
            yield from (leaf for leaf in below if self.values[leaf] == self.values[root] > 0)

    def _price(self, number: int) -> float:
        if self.settled[number]:
            return inf
        price = ONE_MORE + self.values[number] * (ROW if number in self.history.falls_with else 1)
        return price * AS_BEFORE if self.now and number in self.history.hidden[-1] else price

    def _from_the_start(self) -> Iterator[int]:
        """What needs hiding for its own sake, and in the groups what is hidden of everybody."""
        yield from self.needs
        yield from self.given
        parts = {self.net.cells[number][1] for number in self.given}
        yield from (number for number, (_, part) in enumerate(self.net.cells) if part in parts)

    def _carry_on(self) -> bool:
        """Let each way end or go on, or find others in its place; False where one can do neither."""
        undecided = []
        for way in self.history.ways:
            if ends := self._may_end(way):
                self.safe |= _on(way, self.now - 1)
            if self._may_go_on(way) and not self.needs.keys().isdisjoint(move.cell for move in way.moves):
                self._keep(way)
            elif not ends:
                undecided.append(way)
        needed = [way for way in undecided if not _on(way, self.now - 1) <= self.safe | self.history.safe]
        broken = set[tuple[int, int]]()
        for way in needed:
            if self._may_go_on(way):
                self._keep(way)
            else:
                broken |= _on(way, self.now - 1)
        found = [self._instead(date, number) for date, number in sorted(broken)]
        return all(found)

    def _instead(self, date: int, number: int) -> bool:
        """Another way for a count of an earlier table, if it has none; one that has ended, rather than one going on.

        Where there is none on which all tables move alike, the count stays hidden, so that it bounds no earlier one.
        """
        if (date, number) in self.safe | self.history.safe or any(
            way.since <= date and any(move.cell == number for move in way.moves) for way in self.ways
        ):
            return True
        for until in (*range(date, self.now), None):
            for since in range(date, -1, -1):
                window = self.window(since, until)
                if window.hidden is None or number not in window.hidden:
                    break
                if found := self._cheapest(number, Need(1, EITHER), window):
                    if until is None:
                        self._take(found)
                    else:
                        self.safe |= _on(found, until)
                    return True
        self.hide(number)
        return False

    def _may_end(self, way: Way) -> bool:
        """Where counts only grow, one that lay higher until now must not lie above what it is now."""
        before, least = self.history.tables[-1], min(way.amount, LEAST_ROOM)
        return all(
            sign < 0
            or not self.history.grows[cell]
            or self.values[cell] < before[cell]
            or self.values[cell] - before[cell] >= least
            for cell, sign in way.moves
        )

    def _may_go_on(self, way: Way) -> bool:
        least = min(way.amount, LEAST_ROOM)
        return all(
            (not self.settled[cell] or cell in self.given) and (sign > 0 or self.values[cell] >= least)
            for cell, sign in way.moves
        )

    def _take(self, way: Way) -> None:
        """Keep a way that was found, and the same backwards."""
        self._keep(way)
        self._keep(way._replace(moves=tuple(Move(cell, -sign) for cell, sign in way.moves)))

    def _keep(self, way: Way) -> None:
        """As far as the way leads now, which may be not at all."""
        for move in way.moves:
            self.hide(move.cell)
        room = self.window(way.since, None).room
        amount = min(self.k, *(room[sign][cell] for cell, sign in way.moves))
        if amount > 0:
            self.ways.append(way._replace(amount=amount))
            for move in way.moves:
                self.reach[move] = max(amount, self.reach.get(move, 0))

    def _make_room(self) -> bool:
        """Find a way for each hidden count that has none; False where there is none for one that needs it."""
        while self.pending:
            self.pending.sort(key=self._urgency)
            while self.pending:
                number = self.pending.pop()
                for need in (self.needs.get(number, LEAST), LEAST):
                    if not self._met(number, need) and (way := self._way(number, need)):
                        self._take(way)
            self._top_up()
        return all(any(Move(number, sign) in self.reach for sign in EITHER) for number in self.needs)

    def _top_up(self) -> None:
        """Where a shown total less its shown parts would leave fewer than the threshold, hide one part more."""
        for total, parts in self.history.sums:
            if total in self.hidden:
                continue
            left = sum(self.values[part] for part in parts if part in self.hidden)
            more = [part for part in parts if part not in self.hidden and self.values[part] and not self.settled[part]]
            if 0 < left < self.k and more:
                self.hide(min(more, key=lambda part: self.prices[part]))

    def _urgency(self, number: int) -> tuple[bool, int]:
        return number in self.history.falls_with, self.needs.get(number, LEAST).amount

    def _met(self, number: int, need: Need) -> bool:
        return any(self.reach.get(Move(number, sign), 0) >= need.amount for sign in need.signs)

    def _way(self, number: int, need: Need) -> Way | None:
        """The cheapest way as far as is needed, or at all; from now on, else from earlier on."""
        for amount in dict.fromkeys((need.amount, 1)):
            for since in range(self.now, -1, -1):
                window = self.window(since, None)
                if window.hidden is not None and number not in window.hidden:
                    break
                if way := self._cheapest(number, need._replace(amount=amount), window):
                    return way
        return None

    def _cheapest(self, number: int, need: Need, window: Window) -> Way | None:
        found = [
            self.net.way(Move(number, sign), need.amount, window.room, window.prices)
            for sign in need.signs
            if window.room[sign][number] >= need.amount
        ]
        ways = [way for way in found if way is not None]
        if not ways:
            return None
        return Way(tuple(min(ways, key=lambda way: way[0])[1]), need.amount, window.since)

    def _window(self, since: int, until: int | None) -> Window:
        history = [*self.history.tables, self.values]
        last = self.now if until is None else until
        tables = history[since : last + 1]
        lower = [min(values) for values in zip(*tables, strict=True)]
        higher = [ENDLESS] * len(lower)
        for number, grows in enumerate(self.history.grows):
            if grows and since and (room := tables[0][number] - history[since - 1][number]) >= 0:
                lower[number] = min(lower[number], room)
            if grows and until is not None and (room := history[until + 1][number] - tables[-1][number]) >= 0:
                higher[number] = room
        hidden = set.intersection(*self.history.hidden[since : last + 1]) if since < self.now else None
        prices = self.prices if until is None else [OF_EVERYBODY if settled else AGAIN for settled in self.settled]
        if hidden is not None:
            prices = [price if number in hidden else inf for number, price in enumerate(prices)]
        return Window(since, until, {1: higher, -1: lower}, prices, hidden)
