"""Frameworks in and out: a holder's text comes in as a version of its own, and leaves only as its rights allow."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from se_engine import frameworks, indicators, processes
from se_engine.exchange.toml_files import toml_text
from se_engine.processes import parsed
from se_engine.rules.errors import InvalidDefinition, Refused
from se_engine.rules.framework import Framework
from se_engine.rules.framework_definition import is_name, read_framework
from se_engine.settings import definitions_dir

FIRST_OWN = 101
"""Numbers of one's own begin here, so that a new version of ours never meets one of them."""


@dataclass(frozen=True)
class Imported:
    framework: Framework
    path: Path
    is_new: bool
    """False where the same text is there already."""


@dataclass(frozen=True)
class Exported:
    text: str
    left_out: int
    """How many items went without their holder's wording."""


def import_file(path: Path) -> Imported:
    """A whole framework, as it is written; nothing is kept of one that has a fault."""
    document = parsed(path, path.name)
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as fault:
        raise InvalidDefinition(path.name, [f"cannot be read: {fault.strerror}"]) from None
    return import_document(document, text, source=path.name)


def read_anywhere(path: Path) -> Framework:
    """A file that lies in no folder of frameworks yet, under the name it gives itself."""
    document = parsed(path, path.name)
    return _read(document, source=path.name, version=1)


def _read(document: Mapping[str, Any], *, source: str, version: int) -> Framework:
    name = document.get("name")
    if not is_name(name):
        raise InvalidDefinition(source, ["the file: name has small letters, digits and «_» only"])
    return read_framework(
        document,
        name=str(name),
        version=version,
        source=source,
        indicators=indicators.definitions(),
        steps=[step.key for step in processes.latest().steps],
    )


def import_document(document: Mapping[str, Any], text: str, *, source: str) -> Imported:
    """Checked, written into the own folder under the next number, and frozen there."""
    own = definitions_dir()
    if own is None:
        raise Refused("no_own_definitions")
    framework = _read(document, source=source, version=FIRST_OWN)
    name, data = framework.name, text.encode()
    folder = own / frameworks.FOLDER / name
    for version in frameworks.versions(name):
        path = folder / f"v{version}.toml"
        if path.is_file() and path.read_bytes() == data:
            return Imported(frameworks.get(name, version), path, is_new=False)
    version = max([FIRST_OWN - 1, *frameworks.versions(name)]) + 1
    path = folder / f"v{version}.toml"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(data)
        _freeze(own, path, data)
    except OSError as fault:
        raise Refused("cannot_write_there", name=str(path), why=fault.strerror or "") from None
    return Imported(frameworks.get(name, version), path, is_new=True)


def _freeze(own: Path, path: Path, data: bytes) -> None:
    listing = own / "published.txt"
    before = listing.read_text(encoding="utf-8") if listing.is_file() else ""
    gap = "" if not before or before.endswith("\n") else "\n"
    with listing.open("a", encoding="utf-8") as file:
        file.write(f"{gap}{hashlib.sha256(data).hexdigest()}  {path.relative_to(own).as_posix()}\n")


def export(name: str, version: int, *, verbatim: bool = False) -> Exported:
    """The file as it may leave: refused whole, or without the holder's wording, where the rights say so."""
    framework = frameworks.get(name, version)
    rights, path = framework.rights, frameworks.path_of(name, version)
    forbidden = rights.text_allowed == "none" and not framework.is_structure_only
    if forbidden or (verbatim and rights.text_allowed != "verbatim"):
        raise Refused("framework_text_kept", name=name, holder=rights.holder)
    if not framework.has_original or rights.text_allowed == "verbatim":
        return Exported(path.read_text(encoding="utf-8"), 0)
    document = parsed(path, path.name)
    kept = [{key: value for key, value in item.items() if key != "original"} for item in document["item"]]
    left_out = sum(item.original is not None for item in framework.items)
    return Exported(toml_text(document | {"item": kept}), left_out)
