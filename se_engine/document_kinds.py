"""The kinds of documents: which there are, in which versions, and what each consists of."""

from collections.abc import Collection
from functools import lru_cache
from pathlib import Path

from se_engine.processes import check_frozen, files_in, parsed, version_of
from se_engine.rules.document_definition import read_kind
from se_engine.rules.document_kinds import KINDS, DocumentKind
from se_engine.rules.errors import Refused

FOLDER = "documents"


def files() -> list[Path]:
    return files_in(FOLDER, "*/v*.toml")


def read_file(path: Path) -> DocumentKind:
    """The kind in one file, checked as a whole; InvalidDefinition names every fault."""
    check_frozen(path)
    source = f"{path.parent.name}/{path.name}"
    return read_kind(parsed(path, source), kind=path.parent.name, version=version_of(path), source=source)


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
