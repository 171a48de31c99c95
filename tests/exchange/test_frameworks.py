"""A holder's text comes in as a version of its own, and leaves only as its rights allow."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from se_engine import frameworks
from se_engine.exchange.framework_criteria import Licence, framework_of
from se_engine.exchange.frameworks import export, import_document, import_file
from se_engine.exchange.toml_files import toml_text
from se_engine.rules.errors import InvalidDefinition, Refused

AGREED = Licence("agreement 7", "A. Tester", date(2026, 11, 1))
CRITERIA = '''key;stage;areas;title_nb;title_nn;title_en;language;text;level_1;level_2
A;S1;leadership|people;Tittel;Tittel;Title;en;"Invented for the test; no one's.";"no ""never""";yes
B;S3;people;Tittel;Tittel;Title;en;Invented too.;no;yes
'''


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SE_DEFINITIONS_DIR", str(tmp_path / "own"))
    return tmp_path / "own"


def document(name: str) -> dict[str, Any]:
    return tomllib.loads(frameworks.path_of(name, 1).read_text(encoding="utf-8"))


def licensed(allowed: str) -> dict[str, Any]:
    """IPS-25 as somebody with a licence would have it, with a sentence of our own in place of the holder's."""
    found = document("ips25")
    found["rights"] |= {
        "status": "licensed", "text_allowed": allowed, "licence": "agreement 7", "checked_by": "A. Tester",
        "checked_on": date(2026, 11, 1),
    }  # fmt: skip
    found["item"][0]["original"] = {"language": "en", "title": "", "text": "Word \"for\" word\n", "levels": {"5": "x"}}
    return found


@pytest.mark.parametrize("name", ["se5", "dimensions", "ips25", "seqf"])
def test_what_is_written_reads_back_as_it_was(name: str) -> None:
    assert tomllib.loads(toml_text(document(name))) == document(name)


def test_an_own_text_is_the_next_version_frozen_and_in_force(own: Path, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(toml_text(licensed("paraphrase")), encoding="utf-8")
    done = import_file(file)
    assert (done.framework.version, done.is_new, frameworks.is_draft("ips25", 101)) == (101, True, False)
    assert frameworks.latest("ips25").item_by_key["1"].original is not None
    again = import_file(file)
    assert (again.path, again.is_new) == (done.path, False)
    file.write_text("# another\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    assert import_file(file).framework.version == 102
    assert frameworks.get("ips25", 101).version == 101


def test_a_file_with_a_fault_leaves_nothing_behind(own: Path, tmp_path: Path) -> None:
    wrong = licensed("paraphrase")
    wrong["rights"]["status"] = "protected"
    file = tmp_path / "mine.toml"
    file.write_text(toml_text(wrong), encoding="utf-8")
    with pytest.raises(InvalidDefinition, match="the holder's wording stands here"):
        import_file(file)
    for name in ("../se5", "", None):
        with pytest.raises(InvalidDefinition, match="small letters"):
            import_document(wrong | {"name": name}, "", source="x")
    assert not own.exists()


def test_without_a_folder_of_its_own_nothing_is_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SE_DEFINITIONS_DIR", raising=False)
    with pytest.raises(Refused) as refused:
        import_document(document("se5"), "", source="x")
    assert refused.value.reason.code == "no_own_definitions"


def test_the_wording_stays_where_the_rights_keep_it(own: Path) -> None:
    mine = licensed("paraphrase")
    import_document(mine, toml_text(mine), source="x")
    left = export("ips25", 101)
    assert left.left_out == 1
    assert "Word" not in left.text
    assert tomllib.loads(left.text)["item"][0]["title"] == mine["item"][0]["title"]
    with pytest.raises(Refused) as refused:
        export("ips25", 101, verbatim=True)
    assert refused.value.reason.code == "framework_text_kept"
    free = licensed("verbatim")
    import_document(free, toml_text(free), source="x")
    assert export("ips25", 102, verbatim=True).text == toml_text(free)
    assert export("se5", 1, verbatim=True).text == frameworks.path_of("se5", 1).read_text(encoding="utf-8")


@pytest.fixture
def criteria(tmp_path: Path) -> Path:
    file = tmp_path / "criteria.csv"
    file.write_text(CRITERIA, encoding="utf-8")
    return file


def test_a_list_of_criteria_fills_the_frame(own: Path, criteria: Path) -> None:
    made = framework_of(criteria, "seqf", lowest=1, highest=2, total="sum", licence=AGREED)
    found = import_document(made, toml_text(made), source="criteria.csv").framework
    assert [(item.key, item.section, item.areas) for item in found.items] == [
        ("A", "S1", ("leadership", "people")), ("B", "S3", ("people",)),
    ]  # fmt: skip
    words = found.level_words(found.rateable[0], 1)
    assert (found.maximum, words.nb if words else None) == (4, 'no "never"')
    assert found.rights.licence == "agreement 7"
    with pytest.raises(Refused) as refused:
        export("seqf", 101)
    assert refused.value.reason.code == "framework_text_kept"
    again = framework_of(criteria, "seqf", lowest=1, highest=2, total="none", licence=AGREED)
    assert len(again["item"]) == 2


def test_the_list_needs_its_rights(criteria: Path) -> None:
    for licence in (Licence("", "A", date(2026, 11, 1)), Licence("7", " ", date(2026, 11, 1)), Licence("7", "A", None)):
        with pytest.raises(Refused) as refused:
            framework_of(criteria, "seqf", lowest=1, highest=2, total="none", licence=licence)
        assert refused.value.reason.code == "framework_rights_needed"


@pytest.mark.parametrize(
    ("was", "becomes", "sentence"),
    [
        ("areas;", "", "line 1: the column areas is missing"),
        ("level_2", "weight", "line 1: unknown column «weight»"),
        ("\nB;", "\n;", "row 3: key is empty"),
        ("too.;no;yes", "too.;no;yes;9", "row 3: there are more cells than columns"),
    ],
)
def test_a_faulty_list_is_told_row_by_row(criteria: Path, was: str, becomes: str, sentence: str) -> None:
    criteria.write_text(CRITERIA.replace(was, becomes, 1), encoding="utf-8")
    with pytest.raises(InvalidDefinition) as invalid:
        framework_of(criteria, "seqf", lowest=1, highest=2, total="none", licence=AGREED)
    assert sentence in invalid.value.faults


def test_what_is_no_list_says_why(criteria: Path) -> None:
    header = CRITERIA.partition("\n")[0].encode()
    for content, sentence in ((b"\xff\xfe", "is not written in UTF-8"), (header, "there is no criterion")):
        criteria.write_bytes(content)
        with pytest.raises(InvalidDefinition, match=sentence):
            framework_of(criteria, "seqf", lowest=1, highest=2, total="none", licence=AGREED)


def test_a_stage_or_a_level_that_is_not_there_is_a_fault_of_the_framework(own: Path, criteria: Path) -> None:
    criteria.write_text(CRITERIA.replace("B;S3", "B;S9"), encoding="utf-8")
    made = framework_of(criteria, "seqf", lowest=2, highest=3, total="none", licence=AGREED)
    with pytest.raises(InvalidDefinition) as invalid:
        import_document(made, toml_text(made), source="criteria.csv")
    assert set(invalid.value.faults) == {
        "item «B»: section «S9» stands nowhere",
        "item «A»: level 1 is not on the scale, 2 to 3",
        "item «B»: level 1 is not on the scale, 2 to 3",
    }
