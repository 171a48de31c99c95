"""The table of what users of Jobbsporet find again names pages that exist."""

import re

import pytest

from tests.support.tree import TOP

ROWS = [
    line.strip("|").split("|")
    for line in (TOP / "docs/parity.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("| ") and not line.startswith("| In Jobbsporet")
]
PATHS = sorted({path for row in ROWS for path in re.findall(r"`(/[^`]*)`", "|".join(row[1:]))})


@pytest.fixture(scope="module")
def rules(built):
    return {re.sub(r"<(?:[^:<>]+:)?", "<", str(rule)) for rule in built.url_map.iter_rules() if "GET" in rule.methods}


@pytest.mark.parametrize("path", PATHS)
def test_a_page_named_there_exists(rules, path):
    assert path in rules


def test_every_row_says_where_or_when():
    for row in ROWS:
        assert len(row) == 3, row
        assert "`/" in row[1] or "release" in row[2], row
