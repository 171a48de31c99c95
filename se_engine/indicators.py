"""The definitions of the indicators in words: workflows/indicators."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from se_engine.processes import WORKFLOWS, parsed
from se_engine.rules.errors import Refused
from se_engine.rules.indicators import Indicator, read_indicators

NAME = "indicators"


def read_file(path: Path) -> tuple[Indicator, ...]:
    """The indicators in one file, checked as a whole; InvalidDefinition names every fault."""
    source = f"{NAME}/{path.name}"
    return read_indicators(parsed(path, source), source=source)


@cache
def definitions() -> Mapping[tuple[str, int], Indicator]:
    """Every version of every indicator, old ones included: last year's number is counted as it was then."""
    found = [one for path in sorted((WORKFLOWS / NAME).glob("*.toml")) for one in read_file(path)]
    return {(one.key, one.version): one for one in found}


def get(key: str, version: int) -> Indicator:
    """Refused when there is no such version."""
    try:
        return definitions()[key, version]
    except KeyError:
        raise Refused("no_such_definition", name=key, version=version) from None
