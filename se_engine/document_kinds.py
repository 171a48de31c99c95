"""The kinds of documents: which there are, in which versions, and what each consists of."""

import tomllib
from collections.abc import Collection
from functools import lru_cache
from pathlib import Path

from se_engine.processes import check_frozen, folders, version_of
from se_engine.rules.document_definition import read_kind
from se_engine.rules.document_kinds import KINDS, DocumentKind
from se_engine.rules.errors import InvalidDefinition, Refused

FOLDER = "documents"


def files() -> list[Path]:
    """Every file; an office's own takes the place of ours with the same name."""
    found: dict[str, Path] = {}
    for folder in reversed(folders()):
        for path in sorted((folder / FOLDER).glob("*/v*.toml")):
            found[f"{path.parent.name}/{path.stem}"] = path
    return [found[name] for name in sorted(found)]


def read_file(path: Path) -> DocumentKind:
    """The kind in one file, checked as a whole; InvalidDefinition names every fault."""
    check_frozen(path)
    source = f"{path.parent.name}/{path.name}"
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as fault:
        raise InvalidDefinition(source, [f"is not TOML: {fault}"]) from None
    except UnicodeDecodeError:
        raise InvalidDefinition(source, ["is not written in UTF-8"]) from None
    return read_kind(document, kind=path.parent.name, version=version_of(path), source=source)


def get(kind: str, version: int) -> DocumentKind:
    """A kind as a document was written in it."""
    for found in _all():
        if (found.kind, found.version) == (kind, version):
            return found
    raise Refused("no_such_definition", name=f"{FOLDER}/{kind}", version=version)


def latest(kind: str) -> DocumentKind:
    """What new versions are written in."""
    found = [one for one in _all() if one.kind == kind]
    if not found:
        raise Refused("value_unknown", field="kind", allowed=", ".join(KINDS))
    return max(found, key=lambda one: one.version)


def every() -> list[DocumentKind]:
    """The newest of each kind, in the order of the steps."""
    return [latest(kind) for kind in KINDS]


def titles(name: str, fields: Collection[str], language: str) -> str:
    """Fields of a kind, called as in `three_party_agreement/v1`, in words."""
    kind, _, version = name.partition("/v")
    return ", ".join(get(kind, int(version)).titles(fields, language))


def _all() -> tuple[DocumentKind, ...]:
    return _read_once(tuple((path, path.stat().st_mtime_ns) for path in files()))


@lru_cache(maxsize=4)
def _read_once(changed: tuple[tuple[Path, int], ...]) -> tuple[DocumentKind, ...]:
    return tuple(read_file(path) for path, _ in changed)
