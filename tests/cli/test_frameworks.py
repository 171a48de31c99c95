"""se-engine framework: without a database."""

from pathlib import Path

import pytest

from se_engine import frameworks
from tests.cli.conftest import CommandLine

CRITERIA = """key,stage,areas,title_nb,title_nn,title_en,language,text,level_1,level_5
A,S1,people,Tittel,Tittel,Title,en,Invented.,no,yes
"""
AGREED = ("--licence", "agreement 7", "--checked-by", "A. Tester", "--checked-on", "2026-11-01")


@pytest.fixture
def alone(environment: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """The command line with a folder of own definitions and no database."""
    monkeypatch.setenv("SE_DEFINITIONS_DIR", str(tmp_path / "own"))
    return CommandLine(environment)


def test_every_fault_of_a_file_is_named(alone: CommandLine, tmp_path: Path) -> None:
    assert {checked["ok"] for checked in alone.json("framework", "check")} == {True}
    assert "15 rated" in alone("framework", "check", "dimensions").stdout
    file = tmp_path / "mine.toml"
    file.write_text(frameworks.path_of("se5", 1).read_text(encoding="utf-8").replace("max = 60", "max = 30"))
    told = alone("framework", "check", file, exits=1)
    assert told.stderr == f"{file}: item «3.1»: levels 5 and 4 have the same anchor, 30\n"
    alone("framework", "check", "efqm", exits=2)


def test_a_list_of_criteria_is_imported_and_does_not_leave(alone: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "criteria.csv"
    file.write_text(CRITERIA)
    alone("framework", "import", file, exits=2)
    assert alone.json("framework", "import", file, "--into", "seqf", exits=1)["code"] == "framework_rights_needed"
    row = alone.json("framework", "import", file, "--into", "seqf", *AGREED)
    assert (row["version"], row["status"], row["items"], row["is_new"]) == (101, "published", 1, True)
    assert "is there already" in alone("framework", "import", row["file"]).stdout
    assert [one["version"] for one in alone.json("framework", "list") if one["name"] == "seqf"] == [1, 101]
    refused = alone("framework", "export", "seqf", exits=1)
    assert (refused.stdout, refused.stderr.count("seqf")) == ("", 1)
    assert alone("framework", "export", "se5", "1", "--verbatim").stdout.startswith("# Criteria of our own")
