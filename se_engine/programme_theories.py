"""The versions of the programme theory: workflows/programme_theory, or an office's own."""

from functools import lru_cache
from pathlib import Path

from se_engine import processes
from se_engine.measures.theory import MEASURES
from se_engine.processes import check_frozen, files_in, folders, parsed, version_of
from se_engine.rules.errors import Refused
from se_engine.rules.programme_theory import Theory, read_theory

NAME = "programme_theory"


def read_file(path: Path) -> Theory:
    """The theory in one file, checked as a whole; InvalidDefinition names every fault."""
    source = f"{NAME}/{path.name}"
    return read_theory(parsed(path, source), version=version_of(path), source=source, measures=MEASURES)


def files() -> list[Path]:
    return files_in(NAME, "v*.toml")


def newest() -> Theory:
    """The template every office begins from: the newest published version, or the newest draft while none is."""
    found = processes.versions(NAME)
    in_force = [version for version in found if not processes.is_draft(NAME, version)]
    return get((in_force or found)[-1])


def get(version: int) -> Theory:
    for folder in folders():
        path = folder / NAME / f"v{version}.toml"
        if path.is_file():
            return _read_once(path, path.stat().st_mtime_ns)
    raise Refused("no_such_definition", name=NAME, version=version)


@lru_cache(maxsize=4)
def _read_once(path: Path, changed: int) -> Theory:
    check_frozen(path)
    return read_file(path)
