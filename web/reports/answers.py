"""One answered report with the question it was asked, and the way to the cases behind its numbers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import format_date
from flask_babel import gettext as _

from web.reports.choices import Choices
from web.reports.words import Cell, counted, group_title


@dataclass(frozen=True)
class Answer:
    report: str
    found: Mapping[str, Any]
    chosen: Choices
    opens: bool
    """Whether this reader may open every case behind the numbers; else no number is a link."""
    endpoint: str

    def behind(self, **which: Any) -> str | None:
        return self.chosen.cases(self.report, **which) if self.opens else None

    def cell(self, value: int | None, **which: Any) -> Cell:
        return counted(value, self.behind(**which))

    def standing(self, block: Mapping[str, Any]) -> str | None:
        """The quarter's end that a row of the published form stands at, where it is not that of the page."""
        day = block.get("as_of")
        if day is None or day == self.found.get("as_of"):
            return None
        return _("as of %(day)s", day=format_date(date.fromisoformat(day), "medium"))

    def group(self, label: str) -> Cell:
        """A group's name, which narrows the page to it."""
        return {"text": group_title(self.chosen.by, label), "url": url_for(self.endpoint, **self.chosen.only(label))}

    def blocks(self) -> Iterator[tuple[str | None, Mapping[str, Any]]]:
        """The report, or each of its groups by name."""
        for one in self.found.get("groups", [{**self.found, "group": None}]):
            yield one["group"], one
