"""The numbers of an audit's report, and of the overview over offices, as files: a workbook, or one file of cells."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from se_engine.audit_words import Words
from se_engine.exchange.spreadsheet_cells import for_spreadsheet
from se_engine.queries.audit_overview import Overview
from se_engine.queries.audit_sheets import Sheet, in_form

Value = str | int | float | None
LONGEST_SHEET_NAME = 31
WIDEST = 60
OUTPUTS = ("csv", "xlsx")
Content = Mapping[str, Any]


@dataclass(frozen=True)
class Cells:
    """One table: its name and columns as they are called, and the rows; None is an empty cell."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


def report_file(sheet: Sheet, output: str, language: str) -> bytes:
    """Everything a report holds, whole or in its published form; the same report gives the same bytes."""
    seen = in_form(sheet, language)
    found = [one for one in tables(seen.content, seen.said, Words(language)) if one.rows]
    made_on = date.fromisoformat(seen.content["made_on"])
    return as_csv(found, language) if output == "csv" else as_workbook(found, made_on)


def tables(content: Content, said: Sequence[str | None], words: Words) -> Iterator[Cells]:
    yield _about(content, words)
    yield _ratings(content, words)
    yield _sections(content, words)
    yield _evidence(content, words)
    yield _past(content, words)
    yield _quality(content, words)
    yield from _sample(content, words)
    yield _outcomes(content, words)
    yield _voices(content, said, words)
    yield _plan(content, words)
    yield _agreement(content, words)
    yield _corrections(content, words)


def _cells(name: str, columns: Sequence[str], rows: Sequence[Sequence[Value]], words: Words) -> Cells:
    return Cells(words(name), tuple(words(one) for one in columns), tuple(tuple(row) for row in rows))


def _about(content: Content, words: Words) -> Cells:
    audit, framework = content["audit"], content["framework"]
    rows = [
        (words("unit"), content["office"]["name"]),
        (words("framework"), f"{words.text(framework['title'])} ({framework['name']} v{framework['version']})"),
        (words("window"), f"{audit['from']} – {audit['until']}"),
        (words("status"), words(content["kind"])),
        (words("made_on"), content["made_on"]),
        *((words("total"), one) for one in [content["total"] and content["total"]["value"]] if one is not None),
    ]
    return _cells("in_short", ("what", "value"), rows, words)


def _ratings(content: Content, words: Words) -> Cells:
    rows = [
        (one["key"], words.text(one["title"]), one["section"], one["level"], one["code"],
         words("adapted") if one["adapted"] else "", (one["self"] or {}).get("level"), "\n".join(one["rationale"]),
         "\n".join(one["recommendation"]))
        for one in content["items"]
    ]  # fmt: skip
    columns = (
        "item", "what", "section", "level", "code", "adaptations", "self_rating", "seen", "recommendation",
    )  # fmt: skip
    return _cells("items", columns, rows, words)


def _sections(content: Content, words: Words) -> Cells:
    rows = [
        (one["key"], words.text(one["title"]), *(one["percent"] or (None, None)), one["low"], one["high"],
         one["maximum"], one["not_rated"], one["not_applicable"])
        for one in content["sections"]
    ]  # fmt: skip
    columns = (
        "section", "what", "percent_low", "percent_high", "sum_low", "sum_high", "maximum", "not_rated", "left_out",
    )  # fmt: skip
    return _cells("per_step", columns, rows, words)


def _evidence(content: Content, words: Words) -> Cells:
    used = [(item["key"], one) for item in content["items"] for one in item["evidence"]]
    rows = [(key, *_measured(one), one.get("suggested_level")) for key, one in used]
    rows += [("", *_measured(one), one.get("suggested_level")) for one in content["shown"]]
    columns = (
        "item", "criterion", "indicator", "unit_of_value", "value", "n", "numerator", "denominator", "suggested",
    )  # fmt: skip
    return _cells("evidence", columns, rows, words)


def _measured(one: Mapping[str, Any]) -> tuple[Value, ...]:
    named = f"{one['indicator']} v{one['indicator_version']}"
    return (
        one["id"], named, one["unit"], one.get("value"), one.get("n"), one.get("numerator"), one.get("denominator"),
    )  # fmt: skip


def _past(content: Content, words: Words) -> Cells:
    rows = [
        (window["from"], window["until"], *_measured(one)) for window in content["past"] for one in window["indicators"]
    ]
    columns = (
        "from", "until", "criterion", "indicator", "unit_of_value", "value", "n", "numerator", "denominator",
    )  # fmt: skip
    return _cells("past", columns, rows, words)


def _quality(content: Content, words: Words) -> Cells:
    rows = [(words.of("audit_quality", one["key"]), one.get("lacking"), one.get("of")) for one in content["quality"]]
    return _cells("quality", ("what", "lacking", "of"), rows, words)


def _sample(content: Content, words: Words) -> Iterator[Cells]:
    found = content["sample"]
    if found is None:
        return
    about = [(words("seed"), str(found["seed"])), (words("drawn"), found["size"])]
    about += [(words("in_frame"), found["frame_size"]), (words("digest"), found["frame_hash"])]
    yield _cells("sample", ("what", "value"), about, words)
    strata = [(words.stratum(one["stratum"]), one["size"], one["drawn"]) for one in found["strata"]]
    yield _cells("stratum", ("stratum", "in_frame", "drawn"), strata, words)
    taken = [(words.of("audit_drawn", one["drawn"]), one["reason"], one["many"]) for one in found["cases"]]
    yield _cells("taken", ("taken", "reason", "many"), taken, words)


def _outcomes(content: Content, words: Words) -> Cells:
    found = content["outcomes"].get("whole") or content["outcomes"]["public"]
    named = [(words.of("end_reason", one["reason"]), one) for one in found["ends"]]
    named += [(words("week", week=one["week"]), one) for one in found["kept"]]
    rows = [(name, one["k"], one["n"], one["share"], one["low"], one["high"]) for name, one in named]
    return _cells("outcomes", ("what", "numerator", "denominator", "share", "low", "high"), rows, words)


def _voices(content: Content, said: Sequence[str | None], words: Words) -> Cells:
    told = zip(content["voices"], said, strict=True)
    rows = [(one["score"], ", ".join(one["items"]), text or "") for one, text in told]
    return _cells("voices", ("score", "item", "voices"), rows, words)


def _plan(content: Content, words: Words) -> Cells:
    rows = [
        (one["item"], one["words"], one["owner"], one["due"], one["expected_level"], one["evidence"],
         one["evidence_words"], words.of("audit_action_state", one["state"]))
        for one in content["plan"]
    ]  # fmt: skip
    columns = ("item", "action", "owner", "due", "expected", "indicator", "will_show", "status")
    return _cells("plan", columns, rows, words)


def _agreement(content: Content, words: Words) -> Cells:
    found = content["agreement"]
    measures = ("n", "exact", "within_one", "kappa", "linear", "quadratic")
    rows: list[tuple[Value, ...]] = [
        (*(one.get(key) for key in measures), found.get("icc")) for one in found.get("pairs", ())
    ]
    return _cells("agreement", (*measures, "icc"), rows, words)


def _corrections(content: Content, words: Words) -> Cells:
    rows = [(str(one["audit"]), one["item"], one["words"]) for one in (*content["corrections"], *content["corrected"])]
    return _cells("corrections", ("number", "item", "corrections"), rows, words)


def as_csv(found: Sequence[Cells], language: str) -> bytes:
    """Table after table with an empty line between, as a spreadsheet here at home opens it."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    for place, one in enumerate(found):
        if place:
            writer.writerow([])
        writer.writerow(for_spreadsheet([one.name]))
        writer.writerow(for_spreadsheet(one.columns))
        writer.writerows([_text(value, language) for value in row] for row in one.rows)
    return ("\ufeff" + written.getvalue()).encode()


def _text(value: Value, language: str) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return for_spreadsheet([value])[0]
    return str(value) if language == "en" else str(value).replace(".", ",")


def as_workbook(found: Sequence[Cells], made_on: date) -> bytes:
    """A sheet for each table; what looks like a formula is written as text."""
    from xlsxwriter import Workbook  # type: ignore[import-untyped]  # it has none; slow to import, and few pages need it

    written = io.BytesIO()
    plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(written, plain) as book:
        book.set_properties({"created": datetime.combine(made_on, datetime.min.time())})
        heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        long = book.add_format({"text_wrap": True, "valign": "top"})
        names: set[str] = set()
        for one in found:
            _add(book.add_worksheet(_name(one.name, names)), one, heading, long)
    return written.getvalue()


def _add(sheet: Any, one: Cells, heading: Any, long: Any) -> None:
    sheet.write_row(0, 0, one.columns, heading)
    sheet.freeze_panes(1, 1)
    for place, row in enumerate(one.rows, start=1):
        for column, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(place, column, value, long if len(value) > WIDEST else None)
            elif value is not None:
                sheet.write_number(place, column, value)
    for column, name in enumerate(one.columns):
        longest = max([len(name), *(len(str(row[column])) for row in one.rows if row[column] is not None)])
        sheet.set_column(column, column, min(longest + 2, WIDEST))


def _name(wanted: str, taken: set[str]) -> str:
    """Sheets have short names, each its own."""
    name = re.sub(r"[\[\]:*?/\\]", " ", wanted)[:LONGEST_SHEET_NAME]
    while name.lower() in taken:
        name = f"{name[: LONGEST_SHEET_NAME - 2]} {len(taken)}"
    taken.add(name.lower())
    return name


def overview_file(found: Overview, output: str, language: str) -> bytes:
    """Offices beside each other, exactly as the page shows them."""
    words = Words(language)
    cells = [one for one in _overview(found, words) if one.rows]
    return as_csv(cells, language) if output == "csv" else as_workbook(cells, found.half.to_on)


def _overview(found: Overview, words: Words) -> Iterator[Cells]:
    named = f"{found.framework.title.to(words.language)} ({found.framework.name} v{found.framework.version})"
    about = [(words("framework"), named), (words("from"), found.half.from_on.isoformat())]
    about += [(words("until"), found.half.to_on.isoformat()), *((words("not_counted"), one) for one in found.waiting)]
    yield _cells("in_short", ("what", "value"), about, words)
    covered = [(item.key, item.title.to(words.language), *found.coverage(item)) for item in found.items]
    yield _cells("coverage", ("criterion", "indicator", "offices", "n"), covered, words)
    numbers = [
        (one.office, item.key, item.title.to(words.language), row.get("unit"), row["value"], row["n"])
        for one in found.offices
        for item in found.items
        for row in [one.rows[item.key]]
    ]
    yield _cells("evidence", ("office", "criterion", "indicator", "unit_of_value", "value", "n"), numbers, words)
    lines = [
        (one.office, words.of("audit_quality", key), row["lacking"], row["of"])
        for one in found.offices
        for key, row in one.quality.items()
    ]
    yield _cells("quality", ("office", "what", "lacking", "of"), lines, words)
