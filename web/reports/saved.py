"""A saved report as a page: its tables as they were, what they are, and what is another number today."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from flask_babel import format_date, format_decimal, format_percent
from flask_babel import gettext as _

from se_engine import wording
from se_engine.exchange.report_changes import Change
from se_engine.exchange.report_files import PROPORTIONS
from se_engine.exchange.report_tables import Mark, Table, Value, tables
from se_engine.exchange.report_words import Words
from se_engine.queries.reports import Report
from web.language import language

LONGEST = 120
"""Rows of one table on the page; the files have them all."""
MOST_CHANGES = 60
DAY = re.compile(r"\d{4}-\d\d-\d\d")


def report_title(name: str) -> str:
    """Reports of older days that are answered no more stand as they were called."""
    return wording.word("report", name, language()) if name in wording.catalogue()["report"] else name


def shown(report: Report, answer: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Each table with its title, as responsive_table takes it."""
    words = Words(answer, language())
    for table in tables(report, answer):
        if table.rows:
            yield {
                "title": words.table(table.name),
                "columns": _columns(table, words),
                "rows": [_row(table, words, row) for row in table.rows[:LONGEST]],
                "left_out": max(0, len(table.rows) - LONGEST),
            }


def about(answer: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [{"label": label, "text": cell(value)} for label, value in Words(answer, language()).about()]


def changed(then: Mapping[str, Any], found: Sequence[Change]) -> dict[str, Any]:
    """Where a number is another today, what it was and what it is."""
    words = Words(then, language())
    titles = {"where": _("Where"), "what": _("Number"), "then": _("Was"), "today": _("Is now")}
    return {
        "many": len(found),
        "columns": [{"key": key, "title": title, "numeric": key in ("then", "today")} for key, title in titles.items()],
        "rows": [_change(words, one) for one in found[:MOST_CHANGES]],
        "left_out": max(0, len(found) - MOST_CHANGES),
    }


def _change(words: Words, change: Change) -> dict[str, Any]:
    row = [cell(words.cell(column, value)) for column, value in change.row]
    return {
        "where": " · ".join([words.table(change.table), *row]),
        "what": words.column(change.column),
        "then": cell(change.then, change.column),
        "today": cell(change.today, change.column),
    }


def _columns(table: Table, words: Words) -> list[dict[str, Any]]:
    text = [all(isinstance(row[place], str | None) for row in table.rows) for place in range(len(table.columns))]
    return [
        {"key": name, "title": words.column(name), "numeric": place > 0 and not text[place]}
        for place, name in enumerate(table.columns)
    ]


def _row(table: Table, words: Words, row: Sequence[Value]) -> dict[str, Any]:
    return {
        name: cell(words.cell(name, value), name) if isinstance(value, str) else _number(value, name)
        for name, value in zip(table.columns, row, strict=True)
    }


def _number(value: Value, column: str) -> Any:
    return {"text": "·", "note": _("hidden")} if isinstance(value, Mark) else cell(value, column)


def cell(value: Value, column: str = "") -> str:
    """A value as the reader's language writes it."""
    if value is None:
        return "–"
    if isinstance(value, Mark):
        return _("hidden")
    if isinstance(value, str):
        return format_date(date.fromisoformat(value), "medium") if DAY.fullmatch(value) else value
    if column in PROPORTIONS:
        return str(format_percent(value, "#,##0.0 %" if language() != "en" else "#,##0.0%"))
    return str(format_decimal(value, "#,##0" if isinstance(value, int) else "#,##0.0##"))
