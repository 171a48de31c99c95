"""What an indicator means, as data: its words, unit and direction, checked as a whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from se_engine.rules.errors import InvalidDefinition
from se_engine.rules.text import Text, text_of

UNITS = ("share", "ratio", "day", "per_week", "people", "count", "level")
"""A share and a ratio are fractions of one; days, people and counts are as they are."""
DIRECTIONS = ("up", "down", "inside")
"""Where good is: more, fewer, or within the limits of chance."""
FILE_KEYS = {"indicator"}
WORDS = ("title", "definition", "numerator", "denominator")
KEYS = {"key", "version", "unit", "direction", "sources", *WORDS}


@dataclass(frozen=True)
class Indicator:
    """One version of one number. A new way of counting is a new version beside the old one."""

    key: str
    version: int
    unit: str
    direction: str
    sources: tuple[str, ...]
    """The tables it is counted from."""
    title: Text
    definition: Text
    numerator: Text
    denominator: Text


def read_indicators(document: Mapping[str, Any], *, source: str) -> tuple[Indicator, ...]:
    """The indicators in a parsed file; InvalidDefinition names every fault at once."""
    faults = [f"the file: unknown key «{key}»" for key in sorted(set(document) - FILE_KEYS)]
    tables = document.get("indicator", [])
    if not isinstance(tables, list) or not tables:
        raise InvalidDefinition(source, [*faults, "the file: there is no indicator"])
    read = tuple(_indicator(table, faults) for table in tables)
    named = [(one.key, one.version) for one in read]
    twice = sorted({name for name in named if named.count(name) > 1})
    faults += [f"«{key}» version {version} stands twice" for key, version in twice]
    if faults:
        raise InvalidDefinition(source, faults)
    return read


def _indicator(table: Mapping[str, Any], faults: list[str]) -> Indicator:
    label = f"indicator «{table.get('key', '?')}»"
    faults += [f"{label}: unknown key «{key}»" for key in sorted(set(table) - KEYS)]
    for key, allowed in (("unit", UNITS), ("direction", DIRECTIONS)):
        if table.get(key) not in allowed:
            faults.append(f"{label}: {key} is one of {', '.join(allowed)}")
    version = table.get("version", 1)
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        faults.append(f"{label}: version is a whole number from 1")
        version = 1
    words = {key: text_of(f"{label}: {key}", table.get(key), faults) for key in WORDS}
    sources = table.get("sources", [])
    if not isinstance(sources, list) or not sources or not all(isinstance(one, str) for one in sources):
        faults.append(f"{label}: sources is a list of tables")
        sources = []
    return Indicator(
        str(table.get("key", "")), version, str(table.get("unit")), str(table.get("direction")), tuple(sources), **words
    )
