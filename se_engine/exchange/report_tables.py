"""A report's answer as flat tables, one for each sheet; its codes are worded by whoever writes them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from se_engine.queries.reports import Report


class Mark(Enum):
    """What stands in a cell instead of a value."""

    HIDDEN = ":"
    """Too few to be shown, or another number could be worked out from it."""


Value = str | int | float | None | Mark
Data = Mapping[str, Any]
Row = dict[str, Value]


@dataclass(frozen=True)
class Table:
    """Rows under the names that the answer has for its numbers; None where a number has no value."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


GROUP, SUMMARY = "group", "summary"
KEYS = ("step", "day", "reason", "week", "name", "from", "to", "result", "hours_given", "part", "dimension", "of")
"""What tells a row from the others: shown although its numbers are hidden."""
SUPPRESSED, TITLE, ABOUT_KEY = "suppressed", "title", "about"
PARTS: Mapping[str, tuple[str, ...]] = {
    "curve": ("day", "at_risk", "left", "proportion"),
    "band": ("day", "low", "high"),
    "incidence": ("day", "incidence"),
    "left_to": ("left_to", "end_reason", "stays"),
    "waiting_by": ("waiting_for", "days"),
}
"""What stands within a row of an answer and makes a table of its own, with its columns."""
COUNTS = frozenset({
    "visits", "completed", "open", "at_risk", "left", "stays", "n", "total", "still_open", "in_work", "not_in_work",
    "not_known", "late", "cases", "active", "waiting", "paused", "follow_up", "entered", "ended", "many", "contacts",
})  # fmt: skip
"""Numbers of people or stays: one of these that is not there was hidden."""
NEVER_HIDDEN = (GROUP, TITLE, "as_of")
LIKE_THE_FIRST = ("steps", "tracks", "first", "any")
"""Tables with the columns of the report's own, also where every number in them is hidden."""
BESIDE = {"sum": ("cases", "active", "waiting", "paused", "follow_up")}
ABOUT = (
    "report", "definition_version", "as_of", "asked_as_of", "from", "to", "office", "by", "process", "clock", "visits",
    "horizon", "threshold", "which", "every", "published", "warn", "stop", "notes", "about", "group", "window", "of",
    "bands", "association",
)  # fmt: skip
"""What is said of the whole answer, and stands in no table."""


def tables(report: Report, answer: Data) -> list[Table]:
    """The report's own table first; those that follow tell more of its rows."""
    answer = report.tabled(answer)
    rows: dict[str, list[Row]] = {report.rows: []}
    for block in answer.get("groups", [answer]):
        of_group: Row = {GROUP: block[GROUP]} if "groups" in answer else {}
        for name, row in _of_block(block, report.rows):
            rows.setdefault(name, []).append(of_group | row)
        if block.get(SUPPRESSED) and report.rows not in block:
            rows[report.rows].append(of_group | {SUPPRESSED: True})
    rows |= {name: list(found) for name, found in _beside_groups(answer)}
    first, *others = (_table(name, found, report, answer) for name, found in rows.items())
    return [first, *(one for one in others if one.rows and one.rows != first.rows)]


def _beside_groups(answer: Data) -> Iterator[tuple[str, Iterator[Row]]]:
    """What compares the groups stands beside them."""
    for name, tests in answer.items() if "groups" in answer else ():
        if name != ABOUT_KEY and isinstance(tests, Mapping):
            yield name, ({"step": step, **test} for step, test in tests.items())


def _of_block(block: Data, own: str) -> Iterator[tuple[str, Row]]:
    beside: Row = {}
    for name, value in block.items():
        if name in ABOUT or name == SUPPRESSED:
            continue
        if isinstance(value, Mapping):
            yield from _of_mapping(name, value)
        elif isinstance(value, list):
            for row in [one for one in value if isinstance(one, Mapping)]:
                yield from _of_row(name, row, "" if name == own else f"{name}.")
        else:
            beside[name] = value
    if beside:
        yield SUMMARY, beside


def _of_mapping(name: str, value: Data) -> Iterator[tuple[str, Row]]:
    """Tables below a name, rows by a code, or one row."""
    if any(isinstance(one, list) for one in value.values()):
        yield from ((f"{name}.{below}", row) for below, row in _of_block(value, ""))
    elif any(isinstance(one, Mapping) for one in value.values()):
        yield from ((name, {"step": code, **row}) for code, row in value.items())
    else:
        yield name, dict(value)


def _of_row(name: str, row: Data, before: str) -> Iterator[tuple[str, Row]]:
    keys = {key: row[key] for key in KEYS if key in row}
    plain: Row = {}
    for column, value in row.items():
        if column in PARTS:
            yield from ((before + column, keys | part) for part in _parts(column, value))
        elif isinstance(value, Mapping):
            plain |= value
        elif not isinstance(value, list):
            plain[column] = value
    yield name, plain


def _parts(name: str, value: Any) -> Iterator[Row]:
    columns = PARTS[name]
    if isinstance(value, list):
        yield from (dict(zip(columns, row, strict=True)) for row in value)
    for code, one in value.items() if isinstance(value, Mapping) else ():
        below: Iterable[tuple[str | None, Value]] = one.items() if isinstance(one, Mapping) else [(None, one)]
        for detail, number in below:
            told: tuple[Value, ...] = (code, detail, number) if len(columns) == 3 else (code, number)
            yield dict(zip(columns, told, strict=True))


def _table(name: str, rows: Sequence[Row], report: Report, answer: Data) -> Table:
    steps = tuple(answer["steps"]) if report.rows == "days" else ()
    first = tuple(one for column in report.columns for one in (steps if column == "steps" else (column,)))
    if name.rpartition(".")[2] in LIKE_THE_FIRST or name == report.rows:
        known: tuple[str, ...] = first
    else:
        known = BESIDE.get(name, ())
    grouped = (GROUP,) if "groups" in answer and not name.endswith("log_rank") else ()
    columns = tuple(
        dict.fromkeys((*grouped, *known, *(column for row in rows for column in row if column != SUPPRESSED)))
    )
    return Table(name, columns, tuple(tuple(_cell(row, column, steps) for column in columns) for row in rows))


def _cell(row: Row, column: str, steps: Sequence[str]) -> Value:
    value = row.get(column)
    shown = value is not None or column in (*KEYS, *NEVER_HIDDEN)
    if shown or not (row.get(SUPPRESSED) or column in COUNTS or column in steps):
        return value
    return Mark.HIDDEN
