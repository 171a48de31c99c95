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


def hidden(counts: Counts, tree: Tree, threshold: int) -> frozenset[Cell]:
    """The cells of one table, asked for once, that are not published; see `published`."""
    answer = published([counts], tree, threshold)
    return answer.hidden if answer else frozenset()


def published(
    series: Sequence[Counts], tree: Tree, threshold: int, *, standing: Iterable[str] = ()
) -> Published | None:
    """The newest table of a series that may be published beside the one published before it.

    `series` are the counts at successive days of publication, each of everybody (WHOLE) and of groups that divide
    everybody; `tree` says which parts sum to which total. Parts only grow, but for those `standing`. None for an
    empty series.

    A row with fewer than the threshold (k) at its root is hidden whole. Otherwise a count of 1 to k-1 is hidden, and
    one that has changed by 1 to k-1 since the table before, and the only part of its row that is not zero; then as
    many more until every hidden count could have come out otherwise under everything that is shown: a small one as
    k or more. The row of everybody is decided by itself, so it is the same whatever the report is grouped by.
    A table whose first root has changed by 1 to k-1 since the last one published is passed over.

    A table hides what it hides alone and what it hides beside the one before: so of any two that follow each other
    no more is published than the two were decided with.
    """
    if not series:
        return None
    deciding = _Deciding.of(series, tree, threshold, frozenset(standing))
    before: int | None = None
    last: int | None = None
    for index, counts in enumerate(series):
        if deciding.may_stand(counts, None if last is None else series[last]):
            before, last = last, index
    if last is None:
        return None
    alone = deciding.alone(series[last])
    return Published(last, alone if before is None else alone | deciding.beside(series[before], series[last]))


@dataclass(frozen=True, slots=True)
class _Deciding:
    """The row of everybody is settled by itself, and beside it the rows of the groups."""

    groups: tuple[str, ...]
    everybody: Network
    divided: Network
    k: int
    standing: frozenset[str]

    @classmethod
    def of(cls, series: Sequence[Counts], tree: Tree, threshold: int, standing: frozenset[str]) -> "_Deciding":
        groups = tuple(sorted({group for counts in series for group, _ in counts} - {WHOLE}))
        for counts in series:
            _check(counts, tree, groups)
        k = max(threshold, LEAST_THRESHOLD)
        return cls(groups, Network.of(tree, ()), Network.of(tree, groups), k, standing)

    def may_stand(self, counts: Counts, before: Counts | None) -> bool:
        """Whether everybody can be told of by itself and beside the table before, without telling who came between."""
        alone = None not in self._of_everybody([counts])
        if before is None or not alone:
            return alone
        root = next(iter(self.everybody.tree))
        if 0 < abs(counts.get((WHOLE, root), 0) - before.get((WHOLE, root), 0)) < self.k:
            return False
        return None not in self._of_everybody([before, counts])

    def alone(self, counts: Counts) -> frozenset[Cell]:
        return self._decided([counts])

    def beside(self, before: Counts, counts: Counts) -> frozenset[Cell]:
        """Decided as if the table before showed all that it shows alone: it shows no more than that."""
        return self._decided([before, counts])

    def _decided(self, tables: Sequence[Counts]) -> frozenset[Cell]:
        """What is hidden in the last of the tables."""
        whole = self._of_everybody(tables)
        last = whole[-1] or frozenset()
        if len(self.groups) < 2:
            return last | {(group, part) for group in self.groups for _, part in last}
        rows = History(self.divided, self.k, self.standing)
        for counts, of_everybody in zip(tables, whole, strict=True):
            given = {rows.number[cell] for cell in of_everybody or ()}
            last = _cells(self.divided, rows.add(_values(self.divided, counts), given) or given)
        return last

    def _of_everybody(self, tables: Sequence[Counts]) -> list[frozenset[Cell] | None]:
        row = History(self.everybody, self.k, self.standing)
        found = [row.add(_values(self.everybody, counts)) for counts in tables]
        return [None if one is None else _cells(self.everybody, one) for one in found]


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


def publication_days(first: date, last: date) -> list[date]:
    """The last days of quarters, from the quarter of `first` on, none later than `last`."""
    nexts = (date(quarter // 4, quarter % 4 * 3 + 1, 1) for quarter in range(_quarter(first) + 1, _quarter(last) + 2))
    return [day for day in (beginning - timedelta(days=1) for beginning in nexts) if day <= last]


def _quarter(day: date) -> int:
    return day.year * 4 + (day.month - 1) // 3
