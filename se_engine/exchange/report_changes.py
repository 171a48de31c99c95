"""What differs between two answers to one question: number by number, by the row they stand in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from se_engine.exchange.report_tables import GROUP, KEYS, PARTS, Table, Value, tables
from se_engine.queries.reports import Report

LEFT_ASIDE = (*(name for name in PARTS if name not in ("left_to", "waiting_by")), "observed_to")
"""Curves follow from the counts: each would change in every row."""
TELLS_APART = (GROUP, *KEYS, "left_to", "end_reason", "waiting_for")


@dataclass(frozen=True)
class Change:
    table: str
    row: tuple[tuple[str, Value], ...]
    """What tells the row from the others, by column."""
    column: str
    then: Value
    today: Value


def changes(report: Report, then: Mapping[str, Any], today: Mapping[str, Any]) -> list[Change]:
    """Every number that is another today, in the order of the tables; a row of one answer only changes from nothing."""
    before, after = ({table.name: table for table in tables(report, answer)} for answer in (then, today))
    names = [name for name in dict.fromkeys((*before, *after)) if name.rpartition(".")[2] not in LEFT_ASIDE]
    return [change for name in names for change in _of_table(name, before.get(name), after.get(name))]


def _of_table(name: str, then: Table | None, today: Table | None) -> Iterator[Change]:
    before, after = _rows(then), _rows(today)
    for row in dict.fromkeys((*before, *after)):
        was, becomes = before.get(row, {}), after.get(row, {})
        for column in dict.fromkeys((*was, *becomes)):
            if was.get(column) != becomes.get(column) and column not in LEFT_ASIDE:
                yield Change(name, row, column, was.get(column), becomes.get(column))


def _rows(table: Table | None) -> dict[tuple[tuple[str, Value], ...], dict[str, Value]]:
    found = {}
    for row in table.rows if table else ():
        cells = dict(zip(table.columns, row, strict=True)) if table else {}
        key = tuple((name, cells[name]) for name in cells if name in TELLS_APART)
        found[key] = {name: value for name, value in cells.items() if name not in TELLS_APART}
    return found
