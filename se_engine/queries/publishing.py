"""The published form of a report: as of a quarter's end that may stand, with what must not be worked out hidden.

It is for readers who may not open every case behind the numbers, and for everything that leaves the page.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from se_engine.measures.alternatives import WHOLE, Cell, Tree
from se_engine.measures.publication import Counts, publication_days, published, whole_year
from se_engine.queries.report_questions import Asked, ask, groups_of
from se_engine.rules.errors import Refused

LEAST_THRESHOLD = 3


@dataclass(frozen=True)
class Divided:
    """The table that the answer is taken from: its rows decide together what may be shown of each."""

    asked: Asked
    """The question about the whole table: no period, and every office the reader may see."""
    row: str | None = None
    """The one row that is asked for, where the table is divided for its sake only."""

    def answer(self, labels: Iterable[str], block: Callable[[str], dict[str, Any]]) -> dict[str, Any]:
        """What stands under the heading: one block, or one for each group that is asked for."""
        question = self.asked.question
        if self.row is not None or question.by is None:
            return block(WHOLE if self.row is None else self.row)
        names = groups_of(label for label in labels if question.group in (None, label))
        return {"groups": [{"group": name, **block(name)} for name in names]}


@dataclass(frozen=True)
class Standing:
    """The newest quarter's end that may stand, and the cells that are not shown of it."""

    as_of: date
    counts: Counts
    hidden: frozenset[Cell]

    def row(self, group: str, root: str, parts: Iterable[str]) -> dict[str, Any]:
        """The counts of a group that are shown, None for those that are not; nothing of a row whose root is hidden."""
        if (group, root) in self.hidden:
            return {"suppressed": True}
        return {part: self.cell(group, part) for part in (root, *parts)} | {"suppressed": False}

    def cell(self, group: str, part: str) -> int | None:
        return None if (group, part) in self.hidden else self.counts.get((group, part), 0)


def divided(session: Session, asked: Asked) -> Divided:
    """Refused where the published form has no answer: a table divided twice, or a period that is no year.

    A year, and an office for those who see every office, is a row beside the other years or offices.
    """
    question = asked.question
    row = {"period": _year(asked), "office": _one_of_many(asked)}
    rows = {by: name for by, name in row.items() if name is not None}
    if len(rows) + (question.by is not None) + (question.visits == "first") > 1:
        raise Refused("published_divided_once")
    for by, name in rows.items():
        whole = replace(question, from_on=None, to_on=None, office=None, by=by, group=None)
        return Divided(ask(session, asked.actor, whole), name)
    return Divided(asked)


def _year(asked: Asked) -> str | None:
    question = asked.question
    if question.from_on is None and question.to_on is None:
        return None
    year = whole_year(question.from_on, question.to_on)
    if year is None:
        raise Refused("published_period_not_a_year")
    return str(year)


def _one_of_many(asked: Asked) -> str | None:
    return asked.office if asked.actor.role.everywhere and asked.question.office is not None else None


class Threshold(int):
    """The largest threshold of the offices, or a larger one that was asked for: the same for every row of a table.

    What may be shown is decided by `own` alone, and a larger one only hides more of it: tables that were decided by
    different thresholds could be set against each other.
    """

    own: int


def strictest(asked: Asked) -> Threshold:
    own = max((LEAST_THRESHOLD, *(one.threshold for one in asked.offices)))
    found = Threshold(max(own, asked.question.threshold or 0))
    found.own = own
    return found


def decisive(threshold: int) -> int:
    """What decides about cells and the stairs of a curve, whatever else was asked for."""
    return threshold.own if isinstance(threshold, Threshold) else threshold


def ends_up_to(first: date | None, as_of: date) -> list[date]:
    """The days of publication since the first event."""
    return [] if first is None else publication_days(first, as_of)


def stands(
    ends: Sequence[date], series: Sequence[Counts], tree: Tree, threshold: int, *, standing: Iterable[str] = ()
) -> Standing | None:
    """None where no quarter's end has anything to show."""
    answer = published(series, tree, decisive(threshold), standing=standing)
    if answer is None:
        return None
    counts = series[answer.index]
    return Standing(ends[answer.index], counts, answer.hidden | _fewer(counts, tree, threshold))


def _fewer(counts: Counts, tree: Tree, threshold: int) -> frozenset[Cell]:
    """What a threshold that is larger than the office's own hides besides."""
    if threshold <= decisive(threshold):
        return frozenset()
    root = next(iter(tree))
    rows = {group for (group, part), many in counts.items() if part == root and many < threshold}
    return frozenset(cell for cell, many in counts.items() if cell[0] in rows or 0 < many < threshold)


def each_stands(
    ends: Sequence[date], series: Sequence[Counts], tree: Tree, threshold: int, *, standing: Iterable[str] = ()
) -> list[Standing]:
    """The tables of a series that are shown side by side, without those that were passed over."""
    until = range(1, len(series) + 1)
    found = [stands(ends[:many], series[:many], tree, threshold, standing=standing) for many in until]
    return [one for one, end in zip(found, ends, strict=True) if one and one.as_of == end]


def cumulated(
    ends: Sequence[date], changes: Iterable[tuple[str, str, date, int]], tree: Tree
) -> list[dict[Cell, int]]:
    """The counts at each end, of everybody and of each group, from changes (group, part, day, many) of the leaves.

    A group that is to have a row where it has nobody is named by a change of none.
    """
    by_end: list[Counter[Cell]] = [Counter() for _ in ends]
    for group, part, day, many in changes:
        place = bisect_left(ends, day)
        if place < len(ends):
            for name in {WHOLE, group}:
                by_end[place][name, part] += many
    running: Counter[Cell] = Counter()
    series = []
    for change in by_end:
        running.update(change)
        series.append(with_totals(running, tree))
    return series


def with_totals(leaves: Mapping[Cell, int], tree: Tree) -> dict[Cell, int]:
    """The same counts with every total of the tree beside its parts."""
    counts = dict(leaves)
    for group in {WHOLE, *(group for group, _ in leaves)}:
        for total in tree:
            counts[group, total] = _sum(counts, group, total, tree)
    return counts


def _sum(leaves: Mapping[Cell, int], group: str, part: str, tree: Tree) -> int:
    if part not in tree:
        return leaves.get((group, part), 0)
    return sum(_sum(leaves, group, below, tree) for below in tree[part])
