"""The frameworks we ship: as many criteria as they say, in three languages, within the rights, frozen in time."""

import hashlib
from collections import Counter
from pathlib import Path

import pytest

from se_engine import frameworks, processes
from se_engine.rules.errors import InvalidDefinition, Refused
from se_engine.rules.framework import Framework

OURS = ("dimensions", "ips25", "se5", "seqf")


def ours(name: str) -> Framework:
    return frameworks.get(name, 1)


@pytest.mark.parametrize("path", frameworks.files(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_framework_loads_and_is_as_it_was_published(path: Path) -> None:
    frameworks.check_frozen(path)
    assert frameworks.read_file(path).name == path.parent.name


@pytest.mark.parametrize(
    ("name", "rated", "computable"),
    [("se5", 29, (19, 9, 1)), ("dimensions", 15, (28, 10, 0)), ("ips25", 25, (10, 13, 2)), ("seqf", 0, (0, 0, 0))],
)
def test_how_many_are_rated_and_how_many_the_records_can_count(
    name: str, rated: int, computable: tuple[int, int, int]
) -> None:
    framework = ours(name)
    counted = Counter(item.comp for item in framework.items)
    assert (len(framework.rateable), tuple(counted[kind] for kind in ("i", "ii", "iii"))) == (rated, computable)


def test_the_dimensions_fill_every_cell_of_three_by_five() -> None:
    framework = ours("dimensions")
    cells = [(one.dimension, one.steps) for one in framework.sections if one.rated]
    assert len(set(cells)) == len(cells) == 15
    assert [item.key for item in framework.items_of("EQ")] == ["EQ1", "EQ2"]


@pytest.mark.parametrize("name", ["se5", "dimensions"])
def test_our_own_have_neither_total_nor_category_and_are_marked_as_ours(name: str) -> None:
    framework = ours(name)
    assert (framework.aggregate.total, framework.aggregate.categories) == ("none", ())
    assert {framework.mark, *(item.mark for item in framework.items)} == {"D"}


def test_our_criteria_say_what_every_level_looks_like() -> None:
    for item in ours("se5").items:
        assert sorted(item.levels) == [1, 2, 3, 4, 5], item.key
        assert len({words.nb for words in item.levels.values()}) == 5, item.key


def test_where_a_level_is_a_number_its_words_name_the_anchor() -> None:
    for framework in (ours("se5"), ours("ips25")):
        for item in framework.items:
            if not item.bands or not item.levels or item.measure is None or item.measure.unit not in ("share", "day"):
                continue
            for band in item.bands[:-1]:
                anchor = band.at_most if band.at_least is None else band.at_least
                words = item.levels[band.level]
                assert all(f"{anchor:g}" in text for text in (words.nb, words.nn, words.en)), (item.key, band.level)


def test_protected_frameworks_hold_no_wording_of_their_holders() -> None:
    for name in ("ips25", "seqf"):
        framework = ours(name)
        assert not framework.has_original
        assert framework.rights.text_allowed != "verbatim"
    assert [item.key for item in ours("ips25").items if item.mark == "F"] == ["1", "2", "3"]
    assert [item.key for item in ours("ips25").items if item.adaptable] == ["4", "5", "6"]
    assert len(ours("seqf").areas) == 9
    assert ours("seqf").is_structure_only


def test_a_number_asked_in_two_frameworks_is_one_indicator() -> None:
    shared = {"3.1": "15", "4.1": "17", "4.3": "19", "4.4": "20", "4.5": "24", "O1": "1"}
    for one, other in shared.items():
        assert ours("se5").item_by_key[one].measure == ours("ips25").item_by_key[other].measure


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation's own folder, with SE-5 as a version of its own."""
    monkeypatch.setenv("SE_DEFINITIONS_DIR", str(tmp_path))
    folder = tmp_path / "frameworks" / "se5"
    folder.mkdir(parents=True)
    (folder / "v101.toml").write_bytes(frameworks.path_of("se5", 1).read_bytes())
    return tmp_path


def test_an_own_version_is_a_draft_until_it_is_published_and_then_frozen(own: Path) -> None:
    path = own / "frameworks" / "se5" / "v101.toml"
    assert frameworks.is_draft("se5", 101)
    assert frameworks.versions("se5") == [1, 101]
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    (own / "published.txt").write_text(f"{digest}  frameworks/se5/v101.toml\n")
    assert not frameworks.is_draft("se5", 101)
    assert frameworks.latest("se5").version == 101
    assert frameworks.pinned("se5", 101, digest).version == 101
    path.write_text(path.read_text(encoding="utf-8").replace("min_n = 10", "min_n = 11", 1), encoding="utf-8")
    with pytest.raises(InvalidDefinition, match="published and has been changed"):
        frameworks.get("se5", 101)


def test_a_draft_that_changes_under_a_running_audit_is_refused(own: Path) -> None:
    path = own / "frameworks" / "se5" / "v101.toml"
    begun_with = frameworks.checksum("se5", 101)
    path.write_text(path.read_text(encoding="utf-8").replace("min_n = 10", "min_n = 11", 1), encoding="utf-8")
    with pytest.raises(Refused) as refused:
        frameworks.pinned("se5", 101, begun_with)
    assert refused.value.reason.code == "framework_changed"


def test_an_unknown_framework_is_refused() -> None:
    for name, version in (("se5", 9), ("efqm", 1)):
        with pytest.raises(Refused):
            frameworks.get(name, version)
    with pytest.raises(Refused):
        frameworks.latest("efqm")


def test_published_names_of_frameworks_are_files() -> None:
    for entry in processes.published(processes.WORKFLOWS):
        assert (processes.WORKFLOWS / entry.name).is_file()
    assert frameworks.names() == sorted(OURS)
