"""A short paper for a meeting: headings with tables and sentences under them, on one A4 or as many as it takes.

It comes worded; the page it was printed from says the same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from se_engine.printing.paper import pages, pdf

TEMPLATE = "brief"


@dataclass(frozen=True)
class Part:
    """One heading, and what stands under it; a column but the first may hold numbers."""

    title: str
    lead: str = ""
    columns: tuple[str, ...] = ()
    numeric: tuple[bool, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    lines: tuple[str, ...] = ()
    drawing: str = ""
    """The name of a drawing that stands under it, which says in words what it shows."""
    shows: str = ""
    wide: bool = False
    """Over the whole page, where the others stand in two columns."""
    to_write: int = 0
    """So many empty lines for a pen."""


@dataclass(frozen=True)
class Brief:
    language: str
    on: date
    title: str
    about: str
    """Who and which days, in one line."""
    parts: tuple[Part, ...]
    notes: tuple[str, ...] = ()
    """How it is counted, and what may be done with the paper."""
    one_page: bool = False
    drawings: Mapping[str, str] = field(default_factory=dict)


def brief_pdf(brief: Brief) -> bytes:
    return pdf(TEMPLATE, _data(brief), drawings=brief.drawings)


def brief_pages(brief: Brief) -> Sequence[bytes]:
    """The same as pictures."""
    return pages(TEMPLATE, _data(brief), drawings=brief.drawings)


def _data(brief: Brief) -> dict[str, Any]:
    on = brief.on
    return {
        "lang": brief.language,
        "dir": "ltr",
        "ours": brief.language,
        "year": on.year,
        "month": on.month,
        "day": on.day,
        "title": brief.title,
        "about": brief.about,
        "one_page": brief.one_page,
        "notes": list(brief.notes),
        "parts": [_part(part) for part in brief.parts],
    }


def _part(part: Part) -> dict[str, Any]:
    numeric = part.numeric or tuple(False for _ in part.columns)
    return {
        "title": part.title,
        "lead": part.lead,
        "columns": list(part.columns),
        "numeric": list(numeric),
        "rows": [list(row) for row in part.rows],
        "lines": list(part.lines),
        "drawing": part.drawing,
        "shows": part.shows,
        "wide": part.wide,
        "to_write": part.to_write,
    }
