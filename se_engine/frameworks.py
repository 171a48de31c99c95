"""The quality frameworks: get(name, version), latest(name), from the office's own folder first, then ours."""

import hashlib
from functools import lru_cache
from pathlib import Path

from se_engine import indicators, processes
from se_engine.processes import files_in, folders, parsed, version_of
from se_engine.rules.errors import InvalidDefinition, Refused
from se_engine.rules.framework import Framework
from se_engine.rules.framework_definition import read_framework

FOLDER = "frameworks"


def read_file(path: Path, *, name: str | None = None, version: int | None = None) -> Framework:
    """The framework in one file, checked as a whole; InvalidDefinition names every fault.

    Its folder and its own name say which framework and version it is, unless they are given.
    """
    named = name or path.resolve().parent.name
    source = f"{named}/{path.name}"
    return read_framework(
        parsed(path, source),
        name=named,
        version=version or version_of(path),
        source=source,
        indicators=indicators.definitions(),
        steps=[step.key for step in processes.latest().steps],
    )


def files() -> list[Path]:
    return files_in(FOLDER, "*/v*.toml")


def names() -> list[str]:
    return sorted({path.parent.name for path in files()})


def versions(name: str) -> list[int]:
    return sorted(version_of(path) for path in files() if path.parent.name == name)


def path_of(name: str, version: int) -> Path:
    for folder in folders():
        path = folder / FOLDER / name / f"v{version}.toml"
        if path.is_file():
            return path
    raise Refused("no_such_framework", name=name, version=version)


def get(name: str, version: int) -> Framework:
    """The framework as audits were made with it; Refused when there is none."""
    path = path_of(name, version)
    return _read_once(path, path.stat().st_mtime_ns)


def latest(name: str) -> Framework:
    """What new audits are made with: the newest published version, or the newest draft while none is published."""
    found = versions(name)
    if not found:
        raise Refused("no_such_framework", name=name, version=0)
    in_force = [version for version in found if not is_draft(name, version)]
    return get(name, (in_force or found)[-1])


def is_draft(name: str, version: int) -> bool:
    return processes.is_draft(f"{FOLDER}/{name}", version)


def checksum(name: str, version: int) -> str:
    """SHA-256 of the file, which an audit keeps with name and version."""
    return _digest(path_of(name, version))


def pinned(name: str, version: int, sha256: str) -> Framework:
    """The framework an audit was begun with; Refused when the file is another now, published or not."""
    if checksum(name, version) != sha256:
        raise Refused("framework_changed", name=name, version=version)
    return get(name, version)


def check_frozen(path: Path) -> None:
    """A published file that has been changed is refused: audits stand on it."""
    name = f"{FOLDER}/{path.parent.name}/{path.name}"
    for entry in processes.published(path.parent.parent.parent):
        if entry.name == name and entry.sha256 != _digest(path):
            raise InvalidDefinition(name, ["is published and has been changed since: copy it to the next version"])


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@lru_cache(maxsize=16)
def _read_once(path: Path, changed: int) -> Framework:
    check_frozen(path)
    return read_file(path)
