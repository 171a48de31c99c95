"""Every file by others is registered with version, SPDX licence and source, and its licence text lies beside it."""

import fnmatch
import re
from pathlib import Path

import pytest

from tests.support.tree import TOP, files, name

REGISTER = TOP / "web/static/vendor/README.md"
# What may be shipped beside EUPL-1.2; another identifier is a decision, not a typing error.
SPDX = {"MIT", "OFL-1.1", "MPL-2.0", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "ISC", "Apache-2.0", "CC0-1.0"}
VENDORED = [
    path
    for path in files()
    if name(path).startswith(("web/static/vendor/", "se_engine/printing/fonts/", "tests/vendor/"))
    and path.suffix != ".py"
    and path != REGISTER
    and "LICENSE" not in path.name
]


def rows() -> list[list[str]]:
    """The register's table without head and rule: files, version, licence, source, changed."""
    lines = [line for line in REGISTER.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def patterns(cell: str) -> list[str]:
    """Paths in the first column are seen from the register, or from the top of the project."""
    paths = re.findall(r"`([^`]+)`", cell)
    return [path if path.startswith(("tests/", "se_engine/")) else f"web/static/vendor/{path}" for path in paths]


def rows_of(path: Path) -> list[list[str]]:
    return [row for row in rows() if any(fnmatch.fnmatch(name(path), pattern) for pattern in patterns(row[0]))]


def test_every_file_by_others_has_one_row():
    assert [name(path) for path in VENDORED if len(rows_of(path)) != 1] == []


def has_licence(path: Path) -> bool:
    """Beside it or one folder above, where a package keeps its pictures apart."""
    return any(list(folder.glob("*LICENSE*")) for folder in (path.parent, path.parent.parent))


def test_the_licence_lies_beside_the_file():
    assert [name(path) for path in VENDORED if not has_licence(path)] == []


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[3])
def test_a_row_names_version_licence_and_source(row):
    assert re.search(r"\d", row[1]), "a version"
    assert row[2] in SPDX
    assert row[3].startswith("`"), "a source package"


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[3])
def test_a_row_names_files_that_exist(row):
    for pattern in patterns(row[0]):
        assert list(TOP.glob(pattern)), pattern
