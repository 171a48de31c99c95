"""A programme theory as data: which effort is thought to lead to what, line by line, checked as a whole."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from se_engine.rules.errors import InvalidDefinition
from se_engine.rules.text import LANGUAGES, Text, text_of

PARTS = ("effort", "mechanism", "short", "middle", "long")
"""What is done, why it should help, and what should be seen within three months, within a year, and later."""
MEASURED = tuple(part for part in PARTS if part != "mechanism")
FILE_KEYS = {"name", "title", "mark", "line"}
LINE_KEYS = {"key", *PARTS}
MARKS = ("D",)
LONGEST = 200


@dataclass(frozen=True)
class Part:
    words: Text
    measure: str | None = None
    """The key of a measure, where there is one."""


@dataclass(frozen=True)
class Line:
    key: str
    parts: Mapping[str, Part]


@dataclass(frozen=True)
class Theory:
    version: int
    title: Text
    mark: str
    lines: tuple[Line, ...]

    def part(self, line: str, part: str) -> Part | None:
        found = next((one for one in self.lines if one.key == line), None)
        return found.parts.get(part) if found else None


def read_theory(document: Mapping[str, Any], *, version: int, source: str, measures: Collection[str]) -> Theory:
    """The theory in a parsed file; InvalidDefinition names every fault at once."""
    faults = [f"the file: unknown key «{key}»" for key in sorted(set(document) - FILE_KEYS)]
    title = text_of("the file: title", document.get("title"), faults)
    if document.get("mark") not in MARKS:
        faults.append("the file: mark is D, a template of our own")
    tables = document.get("line", [])
    if not isinstance(tables, list) or not tables:
        faults.append("the file: there is no line")
        tables = []
    lines = tuple(_line(table, measures, faults) for table in tables)
    keys = [line.key for line in lines]
    faults += [f"line «{key}» stands twice" for key in sorted({key for key in keys if keys.count(key) > 1})]
    if faults:
        raise InvalidDefinition(source, faults)
    return Theory(version, title, str(document["mark"]), lines)


def _line(table: Any, measures: Collection[str], faults: list[str]) -> Line:
    if not isinstance(table, dict):
        faults.append("a line must be a table")
        return Line("", {})
    key = table.get("key")
    label = f"line «{key if isinstance(key, str) else '?'}»"
    if not isinstance(key, str) or not key.replace("_", "").isalnum():
        faults.append(f"{label}: a key has letters, digits and «_» only")
    faults += [f"{label}: unknown key «{one}»" for one in sorted(set(table) - LINE_KEYS)]
    return Line(str(key), {part: _part(f"{label}: {part}", part, table.get(part), measures, faults) for part in PARTS})


def _part(label: str, part: str, table: Any, measures: Collection[str], faults: list[str]) -> Part:
    if not isinstance(table, dict):
        faults.append(f"{label} is missing")
        return Part(Text("", "", ""))
    measure = table.get("measure")
    if measure is not None and part not in MEASURED:
        faults.append(f"{label}: an assumption has no measure")
    elif measure is not None and measure not in measures:
        faults.append(f"{label}: measure «{measure}» is unknown; allowed: {', '.join(sorted(measures))}")
    words = text_of(label, {name: value for name, value in table.items() if name != "measure"}, faults)
    faults += [
        f"{label}: longer than {LONGEST} characters in {language}"
        for language in LANGUAGES
        if len(words.to(language)) > LONGEST
    ]
    return Part(words, measure if isinstance(measure, str) else None)
