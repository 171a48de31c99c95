"""A list of criteria, by stage and area, made into a framework: for those who hold a tool we have only the frame of."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

from se_engine import frameworks
from se_engine.processes import parsed
from se_engine.rules.errors import InvalidDefinition, Refused
from se_engine.rules.text import LANGUAGES

COLUMNS = ("key", "stage", "areas", *(f"title_{language}" for language in LANGUAGES), "language", "text")
"""The holder's wording stands in `text` and `level_1`, `level_2` …; the titles are short and one's own."""
LEVEL = "level_"
WITH_CODES = "se5"
"""Our own framework, whose words for NR and NA serve here too."""


@dataclass(frozen=True)
class Licence:
    """By what agreement the wording is used, and who looked at it."""

    text: str
    checked_by: str
    checked_on: date | None


def framework_of(path: Path, name: str, *, lowest: int, highest: int, total: str, licence: Licence) -> dict[str, Any]:
    """The newest frame of that name with the criteria of a CSV file in it, not yet checked as a framework."""
    if not (licence.text.strip() and licence.checked_by.strip() and licence.checked_on):
        raise Refused("framework_rights_needed")
    file = frameworks.path_of(name, _frame(name))
    document = parsed(file, f"{name}/{file.name}")
    items = [_item(row) for row in _rows(path)]
    document["scale"] = {"lowest": lowest, "highest": highest, "codes": _codes()}
    document["rights"] |= {
        "status": "licensed",
        "licence": licence.text.strip(),
        "checked_by": licence.checked_by.strip(),
        "checked_on": licence.checked_on,
    }
    document["aggregate"]["total"] = total
    within = {item["section"] for item in items}
    document["section"] = [section for section in document["section"] if section["key"] in within]
    return document | {"items": len(items), "maximum": highest * len(items), "item": items}


def _frame(name: str) -> int:
    """The newest version that is a frame and no more, so that nothing of an earlier import stays; else the newest."""
    found = frameworks.versions(name)
    frames = [version for version in found if frameworks.get(name, version).is_structure_only]
    return max(frames or found, default=0)


def _codes() -> Mapping[str, Mapping[str, str]]:
    ours = frameworks.get(WITH_CODES, 1).scale.codes or {}
    return {code: {language: text.to(language) for language in LANGUAGES} for code, text in ours.items()}


def _rows(path: Path) -> list[dict[str, str]]:
    """The rows by their columns; `;` or `,` between them, as the first line has it."""
    source = path.name
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidDefinition(source, ["is not written in UTF-8"]) from None
    except OSError as fault:
        raise InvalidDefinition(source, [f"cannot be read: {fault.strerror}"]) from None
    first = text.partition("\n")[0]
    reader = csv.DictReader(StringIO(text), delimiter=";" if first.count(";") > first.count(",") else ",")
    there = [column for column in reader.fieldnames or [] if column]
    faults = [f"line 1: the column {column} is missing" for column in COLUMNS if column not in there]
    faults += [
        f"line 1: unknown column «{column}»"
        for column in there
        if column not in COLUMNS and not column.removeprefix(LEVEL).isdecimal()
    ]
    try:
        rows = list(reader)
    except csv.Error as fault:
        raise InvalidDefinition(source, [f"is not CSV: {fault}"]) from None
    for place, row in enumerate(rows, start=2):
        faults += [f"row {place}: {column} is empty" for column in ("key", "stage", "text") if not row.get(column)]
        faults += [f"row {place}: there are more cells than columns"] * (None in row)
    if faults or not rows:
        raise InvalidDefinition(source, faults or ["there is no criterion"])
    return [{column: (cell or "").strip() for column, cell in row.items()} for row in rows]


def _item(row: Mapping[str, str]) -> dict[str, Any]:
    """Nothing is counted for it: it is judged by people, unless somebody writes the definition further."""
    title = {language: row[f"title_{language}"] for language in LANGUAGES}
    levels = {column.removeprefix(LEVEL): cell for column, cell in row.items() if column.startswith(LEVEL) and cell}
    return {
        "key": row["key"],
        "section": row["stage"],
        "title": title,
        "assessed": title,
        "mark": "F",
        "comp": "iii",
        "areas": [area.strip() for area in row["areas"].split("|") if area.strip()],
        "original": {"language": row["language"], "title": "", "text": row["text"], "levels": levels},
    }
