"""The programme theory: every fault in a file at once, and the nine lines of the template."""

import copy
import tomllib

import pytest

from se_engine import processes, programme_theories
from se_engine.measures.theory import MEASURES
from se_engine.rules.errors import InvalidDefinition
from se_engine.rules.programme_theory import MEASURED, PARTS, read_theory

FILE = processes.WORKFLOWS / programme_theories.NAME / "v1.toml"
DOCUMENT = tomllib.loads(FILE.read_text(encoding="utf-8"))


def faults(change) -> tuple[str, ...]:
    document = copy.deepcopy(DOCUMENT)
    change(document)
    with pytest.raises(InvalidDefinition) as invalid:
        read_theory(document, version=1, source="v1.toml", measures=MEASURES)
    return invalid.value.faults


def test_the_template_has_nine_lines_of_five_parts_and_every_effort_is_measured():
    theory = programme_theories.read_file(FILE)
    assert len(theory.lines) == 9
    assert all(tuple(line.parts) == PARTS for line in theory.lines)
    assert all(line.parts["effort"].measure for line in theory.lines)
    assert not any(line.parts["mechanism"].measure for line in theory.lines)
    assert set(MEASURED) == set(PARTS) - {"mechanism"}


def test_a_file_is_checked_as_a_whole():
    def spoil(document):
        one, other = document["line"][:2]
        one["effort"]["measure"], one["colour"] = "luck", "red"
        del one["short"]["nn"], one["long"]
        one["mechanism"]["measure"] = "work_52"
        one["middle"]["en"] = "x" * 201
        other["key"] = document["line"][2]["key"]
        document["mark"] = "X"

    told = "\n".join(faults(spoil))
    for words in ("«luck» is unknown", "«colour»", "short: text is missing in nn", "long is missing", "no measure",
                  "longer than 200", "stands twice", "mark is D"):  # fmt: skip
        assert words in told


def test_a_file_without_a_line_says_so():
    assert faults(lambda document: document.update(line=[])) == ("the file: there is no line",)
    assert "a line must be a table" in faults(lambda document: document.update(line=["x"]))[0]
