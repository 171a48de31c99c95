"""The document of the import files names every column of the code, and no other."""

import re
from datetime import date

import pytest

from se_engine.exchange import contact_cells, employer_cells, events, persons
from tests.support.tree import TOP

TEXT = (TOP / "docs/import.md").read_text(encoding="utf-8")
FILES = {
    "participants.csv": persons.columns(date.max),
    "history.csv": events.columns(date.max),
    "employers.csv": employer_cells.columns(),
    "contacts.csv": contact_cells.columns(),
}


def columns_table(file: str) -> list[list[str]]:
    """The cells of the file's table of columns."""
    part = TEXT.split(f"## {file}")[1].split("\n## ")[0].split("| Column |")[1]
    return [line.split("|")[1:3] for line in part.splitlines() if line.startswith("| ")]


def told(file: str) -> set[str]:
    """The names in the first cells, and those in italics beside them."""
    rows = columns_table(file)
    first = {name for row in rows for name in re.findall(r"[a-z_]+", row[0])}
    return first | {name for row in rows for name in re.findall(r"\*([a-z_]+)\*", row[1])}


@pytest.mark.parametrize("file", FILES)
def test_every_column_is_told_of(file):
    assert told(file) == {column.name for column in FILES[file]}


@pytest.mark.parametrize("file", FILES)
def test_what_may_be_left_out_is_in_italics(file):
    words = " ".join(cell for row in columns_table(file) for cell in row)
    italic = set(re.findall(r"\*([a-z_]+)\*", words))
    assert italic == {column.name for column in FILES[file] if column.optional}


def test_every_event_is_told_of_with_what_it_needs():
    part = TEXT.split("| Event |")[1].split("| Column |")[0]
    rows = [[cell.strip() for cell in line.split("|")[1:4]] for line in part.splitlines() if line.startswith("| ")]
    said = {row[0]: (set(_names(row[1])), set(_names(row[2]))) for row in rows}
    wanted = {
        kind.value: (set(events.NEEDS.get(kind, ())), set(events.MAY_HAVE.get(kind, ()))) for kind in events.IMPORTED
    }
    assert said == wanted


def _names(cell: str) -> list[str]:
    return re.findall(r"[a-z]+(?:_[a-z]+)*", re.split(r"[:;]", cell)[0])
