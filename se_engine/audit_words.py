"""What stands in a report of an audit, in one language: its own words, days, numbers, and who is meant by a code."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal

from se_engine import processes, wording

GROUP = "audit_report"
NOTHING = "–"
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Block:
    """A heading with what stands under it, for paper and page alike."""

    title: str
    level: int = 2
    lead: str = ""
    columns: tuple[str, ...] = ()
    numeric: tuple[bool, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    lines: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    """Paragraphs that somebody wrote."""
    drawing: str = ""
    """The name of a drawing, which says in words what it shows."""
    shows: str = ""
    key: str = ""
    """What the block is called in an address."""


def table(
    title: str, columns: Sequence[str], rows: Sequence[Sequence[str]], *, numeric: Sequence[int] = (), **more: Any
) -> Block:
    """A block with a table; `numeric` are the places of the columns that hold numbers."""
    return Block(
        title,
        columns=tuple(columns),
        numeric=tuple(place in numeric for place in range(len(columns))),
        rows=tuple(tuple(row) for row in rows),
        **more,
    )


class Words:
    """In one language."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, key: str, **values: Any) -> str:
        return wording.word(GROUP, key, self.language).format(**values)

    def of(self, group: str, code: str | None) -> str:
        """A code of another group; one of older days that has lost its word stands as it is."""
        found = wording.catalogue().get(group, {})
        return found[code].to(self.language) if code in found else code or NOTHING

    def text(self, text: Mapping[str, str] | None) -> str:
        """A text that a report keeps in every language."""
        return text[self.language] if text else NOTHING

    def day(self, iso: str | None) -> str:
        return format_date(date.fromisoformat(iso), "long", locale=self.language) if iso else NOTHING

    def days(self, first: str, last: str) -> str:
        return self("days", first=self.day(first), last=self.day(last))

    def number(self, value: float | None, digits: int = 1) -> str:
        return NOTHING if value is None else str(format_decimal(round(value, digits), locale=self.language))

    def per_cent(self, share: float | None, digits: int = 0) -> str:
        return NOTHING if share is None else f"{self.number(100 * share, digits)} %"

    def bounds(self, percent: Sequence[float] | None) -> str:
        """Percent of maximum, as one number where nothing is missing."""
        if percent is None:
            return self("nothing_rated")
        low, high = (self.number(bound) for bound in percent)
        return f"{low} %" if low == high else f"{self('between', low=low, high=high)} %"

    def level(self, one: Row | None) -> str:
        """A level, or NR and NA in words."""
        if one is None:
            return NOTHING
        return str(one["level"]) if one["level"] is not None else self.of("rating_code", one["code"])

    def value(self, row: Row) -> str:
        """A measured value in its unit; hidden where the published form hides it."""
        if row.get("suppressed"):
            return self("hidden")
        value, unit = row.get("value"), row.get("unit")
        if value is None:
            return NOTHING
        if unit == "share":
            return self.per_cent(value)
        number = self.number(value, 2 if unit == "ratio" else 1)
        return self(unit, number=number) if unit in ("day", "per_week", "people") else number

    def made_of(self, row: Row) -> str:
        """How many it stands on, with what it is made of where that is told."""
        if row.get("suppressed"):
            return self("hidden")
        part, of = row.get("numerator"), row.get("denominator")
        if row.get("unit") == "share" and part is not None and of is not None:
            return self("of_n", k=part, n=of)
        return str(row.get("n") or 0)

    def steps(self, steps: Sequence[str]) -> str:
        """The steps of the process by their names, two in one column with a stroke between."""
        process = processes.latest()
        return " / ".join(
            process.step_by_key[one].title.to(self.language) if one in process.step_by_key else one for one in steps
        )

    def stratum(self, parts: Sequence[Any]) -> str:
        """The step, what has come of the case, and the specialist by number."""
        told = [self._part(place, part) for place, part in enumerate(parts)]
        return " · ".join(told) or NOTHING

    def _part(self, place: int, part: Any) -> str:
        if place == 0 and isinstance(part, str):
            return self.steps_in_short([part])
        if isinstance(part, str):
            group = "audit_outcome" if part in wording.catalogue().get("audit_outcome", {}) else "end_reason"
            return self.of(group, part)
        return NOTHING if part is None else str(part)

    def steps_in_short(self, steps: Sequence[str]) -> str:
        """The same for the head of a narrow column."""
        return " / ".join(self.of("step_short", one) for one in steps)
