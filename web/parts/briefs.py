"""Sections of a page that is also printed: written once, shown by a template and by the paper."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response

from se_engine.printing.brief import Brief, Part, brief_pdf

PDF = "application/pdf"
VIEWER = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"
"""What the browser's own PDF viewer needs; the file has no scripts and asks for nothing."""
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Section:
    """A heading with a table as responsive_table takes it, or with sentences, or with one that says there is none."""

    id: str
    title: str
    lead: str = ""
    columns: Sequence[Row] = ()
    rows: Sequence[Row] = ()
    lines: Sequence[str] = ()
    empty: str = ""
    wide: bool = True
    to_write: int = 0
    """On paper, so many empty lines for a pen."""

    @property
    def part(self) -> Part:
        """On paper nothing can be pressed: a cell is its words and its note."""
        keys = [column["key"] for column in self.columns]
        nothing = (self.empty,) if self.empty and not self.rows and not self.lines else ()
        return Part(
            title=self.title,
            lead=self.lead,
            columns=tuple(str(column["title"]) for column in self.columns),
            numeric=tuple(bool(column.get("numeric")) for column in self.columns),
            rows=tuple(tuple(flat(row.get(key)) for key in keys) for row in self.rows),
            lines=(*self.lines, *nothing),
            wide=self.wide,
            to_write=self.to_write,
        )


def flat(cell: Any) -> str:
    """A cell of a table as one text."""
    if cell is None:
        return "–"
    if isinstance(cell, Mapping):
        return " · ".join(str(part) for part in (cell.get("text"), cell.get("note")) if part not in (None, ""))
    return str(cell)


def paper_of(brief: Brief, name: str) -> Response:
    """Shown by the browser; its name tells nobody whose it is."""
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"', "Content-Security-Policy": VIEWER}
    return Response(brief_pdf(brief), mimetype=PDF, headers=headers)
