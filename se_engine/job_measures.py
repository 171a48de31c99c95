"""How long a placement or a subsidy lasts at most: workflows/measures. It is told and asked about, never decided."""

import tomllib
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from se_engine import processes
from se_engine.rules.errors import InvalidDefinition
from se_engine.rules.jobs import PLACEMENTS, SUBSIDIES

NAME = "measures"


@dataclass(frozen=True)
class Longest:
    """One rule: `about` is a contract of a placement or a kind of subsidy."""

    about: str
    source: str
    mark: str
    months: int = 0
    weeks: int = 0
    days: int = 0
    reduced_months: int | None = None
    step_months: int | None = None
    valid_from: date = date.min
    valid_until: date = date.max

    def last_day(self, started_on: date) -> date:
        """The last day of the longest that began on this day."""
        return _months_on(started_on, self.months) + timedelta(weeks=self.weeks, days=self.days - 1)


def longest(about: str | None, started_on: date) -> Longest | None:
    """The rule for a placement or subsidy that began on the day; None where none is known."""
    return next((r for r in _rules() if r.about == about and r.valid_from <= started_on <= r.valid_until), None)


def _months_on(day: date, months: int) -> date:
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _rules() -> tuple[Longest, ...]:
    newest = processes.versions(NAME)[-1]
    paths = (folder / NAME / f"v{newest}.toml" for folder in processes.folders())
    path = next(path for path in paths if path.is_file())
    return read_file(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def read_file(path: Path, changed: int = 0) -> tuple[Longest, ...]:
    """Every rule of a file; InvalidDefinition names what is wrong."""
    document = tomllib.loads(path.read_text(encoding="utf-8"))
    faults = [f"unknown table «{name}»" for name in document if name not in ("placement", "subsidy")]
    found = []
    for table, key, allowed in (("placement", "contract", sorted(PLACEMENTS)), ("subsidy", "kind", SUBSIDIES)):
        for row in document.get(table, ()):
            about = row.pop(key, None)
            if about not in allowed:
                faults.append(f"{key} «{about}» is unknown; allowed: {', '.join(allowed)}")
                continue
            try:
                found.append(Longest(about, **row))
            except TypeError:
                faults.append(f"{table} «{about}»: a source and a mark are needed, and no other keys than in v1.toml")
    if faults:
        raise InvalidDefinition(path.name, faults)
    return tuple(found)
