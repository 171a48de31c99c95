"""A published definition is frozen, ours and an office's own alike."""

import hashlib
from pathlib import Path

import pytest

from se_engine import processes
from se_engine.rules.errors import InvalidDefinition, Refused

OUR_PROCESSES = ("supported_employment", "employer_track", "audit")
OURS = processes.WORKFLOWS / "supported_employment" / "v1.toml"


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An office's own folder of definitions, with a process that is ours under another name."""
    monkeypatch.setenv("SE_DEFINITIONS_DIR", str(tmp_path))
    (tmp_path / "our_way").mkdir()
    (tmp_path / "our_way" / "v1.toml").write_bytes(OURS.read_bytes())
    return tmp_path


def publish(folder: Path, name: str) -> None:
    digest = hashlib.sha256((folder / name).read_bytes()).hexdigest()
    (folder / "published.txt").write_text(f"# frozen\n\n{digest}  {name}\n")


@pytest.mark.parametrize(
    "path", sorted(path for name in OUR_PROCESSES for path in (processes.WORKFLOWS / name).glob("v*.toml")), ids=str
)
def test_every_definition_of_ours_loads_and_is_as_it_was_published(path: Path) -> None:
    processes.check_frozen(path)
    assert processes.read_file(path).version == processes.version_of(path)


def test_every_published_name_is_a_file() -> None:
    for entry in processes.published(processes.WORKFLOWS):
        assert (processes.WORKFLOWS / entry.name).is_file()


def test_an_office_may_have_definitions_of_its_own(own: Path) -> None:
    assert processes.latest("our_way").version == 1
    assert processes.get("supported_employment", 1).version == 1


def test_the_newest_version_is_the_latest_by_number(own: Path) -> None:
    for version in (2, 10):
        (own / "our_way" / f"v{version}.toml").write_bytes(OURS.read_bytes())
    assert processes.latest("our_way").version == 10


def test_a_published_file_loads_while_it_is_as_it_was(own: Path) -> None:
    publish(own, "our_way/v1.toml")
    assert processes.get("our_way", 1).version == 1
    assert not processes.is_draft("our_way", 1)


def test_a_published_file_that_was_changed_is_refused(own: Path) -> None:
    publish(own, "our_way/v1.toml")
    path = own / "our_way" / "v1.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("guide_days = 21", "guide_days = 22", 1), encoding="utf-8")
    with pytest.raises(InvalidDefinition) as invalid:
        processes.get("our_way", 1)
    assert invalid.value.faults == ("is published and has been changed since: copy it to the next version",)


def test_a_file_that_is_not_published_is_a_draft(own: Path) -> None:
    assert processes.is_draft("our_way", 1)


def test_an_unknown_definition_is_refused(own: Path) -> None:
    for name, version in (("our_way", 2), ("their_way", 1)):
        with pytest.raises(Refused) as refused:
            processes.get(name, version)
        assert refused.value.reason.code == "no_such_definition"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"name = ", "is not TOML"), ("name = 'Ærlig'".encode("latin-1"), "is not written in UTF-8")],
)
def test_a_file_that_cannot_be_read_says_why(own: Path, content: bytes, sentence: str) -> None:
    (own / "our_way" / "v2.toml").write_bytes(content)
    with pytest.raises(InvalidDefinition) as invalid:
        processes.get("our_way", 2)
    assert sentence in invalid.value.faults[0]


@pytest.mark.parametrize("name", ["draft.toml", "vx.toml", "v.toml", "v².toml"])
def test_a_file_is_named_by_its_version(name: str) -> None:
    with pytest.raises(InvalidDefinition):
        processes.version_of(Path(name))
