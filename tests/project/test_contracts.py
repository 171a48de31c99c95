"""Who may know whom: the layers hold, there is one door to a person, and only one file asks transitions."""

import re

from importlinter.cli import lint_imports

from tests.support.tree import TOP, files, name

OURS = [path for path in files() if path.suffix == ".py" and name(path).startswith(("se_engine/", "web/", "fixtures/"))]
BY_ID = re.compile(r"\.get(_one)?\(\s*(Case|Participant)\b")
CLOCK = re.compile(r"\b(date\.today|datetime\.(now|utcnow))\(")
TELLS_THE_TIME = ("se_engine/clock.py",)


def saying(pattern):
    return [name(path) for path in OURS if pattern.search(path.read_text(encoding="utf-8"))]


def test_the_layers_of_setup_cfg_hold():
    assert lint_imports(config_filename=str(TOP / "setup.cfg"), no_cache=True, no_logo=True) == 0


def test_every_contract_is_named_with_a_sentence():
    names = re.findall(r"^name = (.+)$", (TOP / "setup.cfg").read_text(encoding="utf-8"), re.MULTILINE)
    sentences = [found for found in names if found != "se-engine"]
    assert len(sentences) >= 5
    assert [found for found in sentences if not (found.endswith(".") and len(found.split()) > 6)] == []


def test_nobody_opens_a_case_or_a_participant_by_number_past_the_door():
    """queries/access.py asks who wants to know; `session.get` does not."""
    assert saying(BY_ID) == []


def test_one_file_tells_the_time():
    """A session carries its clock; what asks the machine instead cannot be lived through in a test or a demo."""
    assert [where for where in saying(CLOCK) if where not in TELLS_THE_TIME] == []
