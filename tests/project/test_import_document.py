"""The document of the import files names every column of the code, and no other."""

import re

import pytest

from se_engine.exchange import contact_cells, employer_cells
from tests.support.tree import TOP

TEXT = (TOP / "docs/import.md").read_text(encoding="utf-8")


def told(file: str) -> set[str]:
    """The names in the first cells of the file's table, and those in italics beside them."""
    part = TEXT.split(f"## {file}")[1].split("\n## ")[0]
    rows = [line.split("|")[1:3] for line in part.splitlines() if line.startswith("| ") and "Column" not in line]
    first = {name for row in rows for name in re.findall(r"[a-z_]+", row[0])}
    return first | {name for row in rows for name in re.findall(r"\*([a-z_]+)\*", row[1])}


@pytest.mark.parametrize(
    ("file", "columns"),
    [("employers.csv", employer_cells.columns()), ("contacts.csv", contact_cells.columns())],
    ids=["employers", "contacts"],
)
def test_every_column_is_told_of(file, columns):
    assert told(file) == {column.name for column in columns}


@pytest.mark.parametrize("columns", [employer_cells.columns(), contact_cells.columns()], ids=["employers", "contacts"])
def test_what_may_be_left_out_is_in_italics(columns):
    for column in columns:
        assert (f"*{column.name}*" in TEXT) or not column.optional, column.name
