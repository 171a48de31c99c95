"""se-engine process adopt: looked at first, done, undone – on a second version in the office's own folder."""

import pytest

from se_engine import processes

NAME = processes.SUPPORTED_EMPLOYMENT


@pytest.fixture
def second_version(tmp_path) -> dict[str, str]:
    """Version 2 differs in nothing but that it takes over the cases of version 1."""
    folder = tmp_path / "definitions" / NAME
    folder.mkdir(parents=True)
    text = (processes.WORKFLOWS / NAME / "v1.toml").read_text(encoding="utf-8")
    (folder / "v2.toml").write_text(text + "\n[adopts.1]\nsteps = {}\ntasks = {}\n", encoding="utf-8")
    return {"SE_DEFINITIONS_DIR": str(folder.parent)}


def verdicts(se, *options: str, **environment: str) -> set[str]:
    se.environment.update(environment)
    places = se.json("process", "adopt", NAME, "--from", 1, "--to", 2, *options)
    return {place["verdict"] for place in places}


def test_a_dry_run_changes_nothing(filled, second_version):
    assert verdicts(filled, "--dry-run", **second_version) == {"moves", "stays"}
    assert filled.json("case", "show", "Eksempelkontor/A01")["version"] == 1


def test_cases_move_and_are_put_back(filled, second_version):
    assert verdicts(filled, **second_version) == {"moves", "stays"}
    assert filled.json("case", "show", "Eksempelkontor/A01")["version"] == 2
    assert verdicts(filled, "--undo") == {"moves"}
    assert filled.json("case", "show", "Eksempelkontor/A01")["version"] == 1


def test_a_version_that_takes_nothing_over_is_refused(filled):
    result = filled("process", "adopt", NAME, "--from", 1, "--to", 1, exits=1)
    assert result.stdout == ""
    assert result.stderr.strip()


def test_undoing_is_no_dry_run(filled):
    filled("process", "adopt", NAME, "--from", 1, "--to", 2, "--dry-run", "--undo", exits=2)
