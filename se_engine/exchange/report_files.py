"""A report as a file: JSON as programs read it, one table for a spreadsheet, or a workbook with a sheet for each."""

import csv
import io
import json
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from se_engine.exchange.report_tables import Mark, Table, Value, tables
from se_engine.exchange.report_words import Words
from se_engine.exchange.spreadsheet_cells import for_spreadsheet
from se_engine.queries.reports import Report

OUTPUTS = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
"""What a report can be written as, with the type that a browser knows it by."""
DAY = re.compile(r"\d{4}-\d\d-\d\d")
PROPORTIONS = frozenset({
    "proportion", "incidence", "low", "high", "at_horizon", "still_open_at_horizon", "share_of", "at_most",
})  # fmt: skip
LONGEST_SHEET_NAME = 31
WIDTHS = (12, 48)


def report_file(report: Report, answer: Mapping[str, Any], output: str, language: str) -> bytes:
    """The same answer gives the same bytes, whenever it is asked for."""
    if output == "json":
        return (json.dumps(answer, indent=2, ensure_ascii=False) + "\n").encode()
    found, words = tables(report, answer), Words(answer, language)
    return _csv(found, words, language) if output == "csv" else _workbook(answer, found, words)


def file_name(answer: Mapping[str, Any], output: str) -> str:
    return f"{answer['report']}-{answer['as_of']}.{output}"


def _csv(found: Sequence[Table], words: Words, language: str) -> bytes:
    """The first table that has rows, and below an empty line what it is; as a spreadsheet here at home opens it."""
    table = next((one for one in found if one.rows), found[0])
    lines: list[Sequence[Value]] = [
        [words.column(name) for name in table.columns],
        *words.rows(table),
        [],
        *words.about(),
    ]
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerows([_text(value, language) for value in line] for line in lines)
    return ("\ufeff" + written.getvalue()).encode()


def _text(value: Value, language: str) -> str:
    if value is None:
        return ""
    if isinstance(value, Mark):
        return str(value.value)
    if isinstance(value, str):
        return for_spreadsheet([value])[0]
    return str(value) if language == "en" else str(value).replace(".", ",")


def _workbook(answer: Mapping[str, Any], found: Sequence[Table], words: Words) -> bytes:
    from xlsxwriter import Workbook  # type: ignore[import-untyped]  # it has none; slow to import, and few pages need it

    written = io.BytesIO()
    plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(written, plain) as book:
        # The file is that of the answer, not of the minute in which somebody took it out.
        book.set_properties({"created": datetime.fromisoformat(answer["as_of"]), "title": str(words.about()[0][1])})
        sheets = _Sheets(book)
        for table in found:
            if table.rows:
                headings = [words.column(name) for name in table.columns]
                sheets.add(words.table(table.name), headings, words.rows(table), table.columns)
        sheets.add(words.table("about"), None, words.about(), ("", ""))
    return written.getvalue()


class _Sheets:
    def __init__(self, book: Any) -> None:
        self._book = book
        self._heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self._long = book.add_format({"text_wrap": True, "valign": "top"})
        self._formats = {name: book.add_format({"num_format": name}) for name in ("0", "0.0", "0.0%", "yyyy-mm-dd")}
        self._hidden = book.add_format({"align": "right"})
        self._names: set[str] = set()

    def add(
        self, name: str, headings: Sequence[str] | None, rows: Sequence[Sequence[Value]], columns: Sequence[str]
    ) -> None:
        sheet = self._book.add_worksheet(self._name(name))
        first = 0
        if headings is not None:
            sheet.write_row(0, 0, headings, self._heading)
            sheet.freeze_panes(1, 1)
            first = 1
        for place, row in enumerate(rows, start=first):
            for column, value in enumerate(row):
                self._write(sheet, place, column, value, columns[column])
        for column in range(len(columns)):
            longest = max((len(str(row[column])) for row in rows if row[column] is not None), default=0)
            sheet.set_column(column, column, min(max(longest + 2, WIDTHS[0]), WIDTHS[1]))

    def _write(self, sheet: Any, row: int, column: int, value: Value, name: str) -> None:
        if value is None:
            return
        if isinstance(value, Mark):
            sheet.write_string(row, column, value.value, self._hidden)
        elif isinstance(value, str) and DAY.fullmatch(value):
            sheet.write_datetime(row, column, date.fromisoformat(value), self._formats["yyyy-mm-dd"])
        elif isinstance(value, str):
            sheet.write_string(row, column, value, self._long if len(value) > WIDTHS[1] else None)
        else:
            form = "0.0%" if name in PROPORTIONS else "0" if isinstance(value, int) else "0.0"
            sheet.write_number(row, column, value, self._formats[form])

    def _name(self, wanted: str) -> str:
        """Sheets have short names, each its own."""
        name = re.sub(r"[\[\]:*?/\\]", " ", wanted)[:LONGEST_SHEET_NAME]
        while name.lower() in self._names:
            name = f"{name[: LONGEST_SHEET_NAME - 2]} {len(self._names)}"
        self._names.add(name.lower())
        return name
