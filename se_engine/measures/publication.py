"""Which counts of a table may be published, so that no hidden one can be worked out from all that was published."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from se_engine.measures.alternatives import WHOLE, Cell, Network, Tree
from se_engine.measures.concealment import History

Counts = Mapping[Cell, int]

LEAST_THRESHOLD = 3
"""Below three a hidden count is always one, and hiding it says so."""


@dataclass(frozen=True, slots=True)
class Published:
    """The table that stands: which of the series it is, and which of its cells are hidden."""

    index: int
    hidden: frozenset[Cell]
    newest: Mapping[str, int]
    """For each group that was ever shown, the newest table of the series in which its row is: `series[: that + 1]`
    is published with it, where a row that is hidden now may be shown as it stood then."""


def hidden(counts: Counts, tree: Tree, threshold: int) -> frozenset[Cell]:
    """The cells of one table, asked for once, that are not published; see `published`."""
    answer = published([counts], tree, threshold)
    return answer.hidden if answer else frozenset()


def published(
    series: Sequence[Counts], tree: Tree, threshold: int, *, standing: Iterable[str] = ()
) -> Published | None:
    """The newest table of a series that may be published beside all those published before it.

    `series` are the counts at successive month-ends, each of everybody (WHOLE) and of groups that divide everybody;
    `tree` says which parts sum to which total. Parts only grow, but for those `standing`. None for an empty series.

    A row with fewer than the threshold (k) at its root is hidden whole. Otherwise a count of 1 to k-1 is hidden, and
    one that has changed by 1 to k-1 since it was last shown, and the only part of its row that is not zero; then as
    many more until every hidden count could have come out otherwise under everything that is shown: a small one as
    k or more. The row of everybody is decided by itself, so it is the same whatever the report is grouped by.
    A table whose first root has changed by 1 to k-1 since the last one published is passed over.
    """
    if not series:
        return None
    tables = _Tables.of(series, tree, threshold, frozenset(standing))
    root, newest, answer = next(iter(tree)), dict[str, int](), None
    for index, counts in enumerate(series):
        concealed = tables.publish(counts)
        if concealed is not None:
            rows = (WHOLE, *tables.groups)
            newest |= {group: index for group in rows if (group, root) not in concealed}
            answer = Published(index, concealed, newest)
    return answer


@dataclass(slots=True)
class _Tables:
    """The row of everybody, settled by itself, and beside it the rows of the groups."""

    groups: tuple[str, ...]
    everybody: History
    divided: History
    last: int | None = None

    @classmethod
    def of(cls, series: Sequence[Counts], tree: Tree, threshold: int, standing: frozenset[str]) -> "_Tables":
        groups = tuple(sorted({group for counts in series for group, _ in counts} - {WHOLE}))
        k = max(threshold, LEAST_THRESHOLD)
        everybody, divided = (History(Network.of(tree, divided_by), k, standing) for divided_by in ((), groups))
        return cls(groups, everybody, divided)

    def publish(self, counts: Counts) -> frozenset[Cell] | None:
        """What is hidden in the next table, or None where the one before stays."""
        _check(counts, self.everybody.net.tree, self.groups)
        size = counts.get((WHOLE, next(iter(self.everybody.net.tree))), 0)
        if self.last is not None and 0 < abs(size - self.last) < self.everybody.k:
            return None
        found = self.everybody.add(_values(self.everybody.net, counts))
        if found is None:
            return None
        self.last = size
        return _cells(self.everybody.net, found) | self._of_groups(counts, _cells(self.everybody.net, found))

    def _of_groups(self, counts: Counts, of_everybody: frozenset[Cell]) -> frozenset[Cell]:
        if len(self.groups) < 2:
            return frozenset((group, part) for group in self.groups for _, part in of_everybody)
        values, given = _values(self.divided.net, counts), {self.divided.number[cell] for cell in of_everybody}
        found = self.divided.add(values, given)
        return _cells(self.divided.net, found or given)


def _values(net: Network, counts: Counts) -> list[int]:
    return [counts.get(cell, 0) for cell in net.cells]


def _cells(net: Network, numbers: Iterable[int]) -> frozenset[Cell]:
    return frozenset(net.cells[number] for number in numbers)


def _check(counts: Counts, tree: Tree, groups: Sequence[str]) -> None:
    for group in (WHOLE, *groups):
        for total, parts in tree.items():
            if parts and counts.get((group, total), 0) != sum(counts.get((group, part), 0) for part in parts):
                raise ValueError(f"The parts of {total} in {group or 'everybody'} do not sum to it.")
    for part in {*tree, *(part for parts in tree.values() for part in parts)} if groups else ():
        if counts.get((WHOLE, part), 0) != sum(counts.get((group, part), 0) for group in groups):
            raise ValueError(f"The groups do not divide the {part} of everybody between them.")


def whole_year(from_on: date | None, to_on: date | None) -> int | None:
    """The calendar year that a period is, None for any other: periods that overlap tell of the days between them."""
    if from_on is None or to_on is None or (from_on, to_on) != (date(from_on.year, 1, 1), date(from_on.year, 12, 31)):
        return None
    return from_on.year


def month_ends(first: date, last: date) -> list[date]:
    """The last days of months, from the month of `first` on, none later than `last`."""
    nexts = (date(month // 12, month % 12 + 1, 1) for month in range(_month(first) + 1, _month(last) + 2))
    return [day for day in (beginning - timedelta(days=1) for beginning in nexts) if day <= last]


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1
