"""The dated rules of schemes: which there are, and which one holds for somebody who begins on a day."""

from datetime import date
from functools import lru_cache
from pathlib import Path

from se_engine.processes import check_frozen, files_in, parsed
from se_engine.rules.errors import InvalidDefinition
from se_engine.rules.scheme_definition import read_rules
from se_engine.rules.schemes import SchemeRules, overlaps

FOLDER = "schemes"


def files() -> list[Path]:
    return files_in(FOLDER, "*/*.toml")


def read_file(path: Path) -> SchemeRules:
    """The rules in one file, checked as a whole; InvalidDefinition names every fault."""
    check_frozen(path)
    source = f"{path.parent.name}/{path.name}"
    return read_rules(parsed(path, source), scheme=path.parent.name, version=path.stem, source=source)


def in_force(scheme: str, day: date) -> SchemeRules | None:
    """The rules for those who begin on that day; None where none are written down."""
    return next((rules for rules in _all() if rules.scheme == scheme and rules.covers(day)), None)


def get(name: str) -> SchemeRules | None:
    """Rules by their name, as a membership keeps it."""
    return next((rules for rules in _all() if rules.name == name), None)


def _all() -> tuple[SchemeRules, ...]:
    return _read_once(tuple((path, path.stat().st_mtime_ns) for path in files()))


@lru_cache(maxsize=4)
def _read_once(changed: tuple[tuple[Path, int], ...]) -> tuple[SchemeRules, ...]:
    rules = tuple(read_file(path) for path, _ in changed)
    if faults := overlaps(rules):
        raise InvalidDefinition(FOLDER, faults)
    return rules
