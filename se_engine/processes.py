"""The published definitions of processes: get(name, version), latest(name)."""

import hashlib
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from se_engine.rules.definition import read_process
from se_engine.rules.errors import InvalidDefinition, Refused
from se_engine.rules.process import Process
from se_engine.settings import ROOT, definitions_dir

WORKFLOWS = ROOT / "workflows"
SUPPORTED_EMPLOYMENT = "supported_employment"


@dataclass(frozen=True)
class Published:
    """One line of published.txt: a frozen file and its checksum."""

    name: str
    sha256: str


def folders() -> tuple[Path, ...]:
    """Where definitions are looked for: the office's own folder first, then ours."""
    own = definitions_dir()
    return (own, WORKFLOWS) if own else (WORKFLOWS,)


def files_in(folder: str, pattern: str) -> list[Path]:
    """Every file of a kind; an office's own takes the place of ours with the same name."""
    found: dict[str, Path] = {}
    for above in reversed(folders()):
        found |= {f"{path.parent.name}/{path.stem}": path for path in (above / folder).glob(pattern)}
    return [found[name] for name in sorted(found)]


def parsed(path: Path, source: str) -> dict[str, Any]:
    """What stands in a file, not yet checked; InvalidDefinition where it is no TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as fault:
        raise InvalidDefinition(source, [f"is not TOML: {fault}"]) from None
    except UnicodeDecodeError:
        raise InvalidDefinition(source, ["is not written in UTF-8"]) from None
    except OSError as fault:
        raise InvalidDefinition(source, [f"cannot be read: {fault.strerror}"]) from None


def read_file(path: Path) -> Process:
    """The process in one file, checked as a whole; InvalidDefinition names every fault."""
    return read_process(parsed(path, path.name), version=version_of(path), source=path.name)


def version_of(path: Path) -> int:
    """The version is the file's name: v3.toml is 3."""
    digits = path.stem.removeprefix("v")
    if not (digits.isascii() and digits.isdigit()):
        raise InvalidDefinition(path.name, ["a definition file is named by its version: v1.toml, v2.toml …"])
    return int(digits)


def versions(name: str) -> list[int]:
    return sorted({version_of(path) for folder in folders() for path in (folder / name).glob("v*.toml")})


def get(name: str, version: int) -> Process:
    """The definition, read once per process; Refused when there is none."""
    for folder in folders():
        path = folder / name / f"v{version}.toml"
        if path.is_file():
            return _read_once(path, path.stat().st_mtime_ns)
    raise Refused("no_such_definition", name=name, version=version)


def latest(name: str = SUPPORTED_EMPLOYMENT) -> Process:
    """What new cases begin in: the newest published version, or the newest draft while none is published."""
    found = versions(name)
    if not found:
        raise Refused("no_such_definition", name=name, version=0)
    in_force = [version for version in found if not is_draft(name, version)]
    return get(name, (in_force or found)[-1])


@lru_cache(maxsize=32)
def _read_once(path: Path, changed: int) -> Process:
    check_frozen(path)
    return read_file(path)


def published(folder: Path) -> tuple[Published, ...]:
    """The frozen files of a definitions folder, as its published.txt lists them."""
    listing = folder / "published.txt"
    if not listing.is_file():
        return ()
    lines = (line.split() for line in listing.read_text(encoding="utf-8").splitlines())
    return tuple(Published(name=words[1], sha256=words[0]) for words in lines if words and not words[0].startswith("#"))


def is_draft(name: str, version: int) -> bool:
    frozen = {entry.name for folder in folders() for entry in published(folder)}
    return f"{name}/v{version}.toml" not in frozen


def check_frozen(path: Path) -> None:
    """A published file that has been changed is refused: cases stand on it."""
    name = f"{path.parent.name}/{path.name}"
    for entry in published(path.parent.parent):
        if entry.name == name and entry.sha256 != hashlib.sha256(path.read_bytes()).hexdigest():
            raise InvalidDefinition(name, ["is published and has been changed since: copy it to the next version"])
