"""The text of a quality framework → Framework, or every fault found in it."""

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from se_engine.rules.errors import InvalidDefinition
from se_engine.rules.framework import (
    CODES,
    COMPUTABLE,
    DIMENSIONS,
    MARKS,
    PER,
    RATED,
    SECTION_RESULTS,
    STATUSES,
    TEXT_ALLOWED,
    TOTALS,
    Aggregate,
    Area,
    Band,
    Cap,
    Category,
    Framework,
    Item,
    Measure,
    Original,
    Rights,
    Scale,
    Section,
)
from se_engine.rules.framework_faults import band_faults, faults_between, indicator_faults
from se_engine.rules.framework_reading import Reader, Table
from se_engine.rules.indicators import DIRECTIONS, UNITS, Indicator
from se_engine.rules.text import Text

LONGEST_WINDOW = 3 * 366
NAME = re.compile(r"[a-z][a-z0-9_]*")


def is_name(value: object) -> bool:
    """Whether a framework may be called so: its folder is."""
    return isinstance(value, str) and NAME.fullmatch(value) is not None


def read_framework(
    document: Table,
    *,
    name: str,
    version: int,
    source: str,
    indicators: Mapping[tuple[str, int], Indicator],
    steps: Collection[str],
) -> Framework:
    """The framework in a parsed file; InvalidDefinition names every fault at once."""
    reader = Reader()
    file = reader.table("file", "the file", dict(document))
    if reader.word("the file", file, "name") not in ("", name):
        reader.faults.append(f"the file: it is named «{file['name']}» and lies in the folder of «{name}»")
    items = tuple(_item(reader, *one) for one in reader.tables("item", "item", file.get("item", [])))
    sections = tuple(
        _section(reader, label, table, steps)
        for label, table in reader.tables("section", "section", file.get("section", []))
    )
    framework = Framework(
        name=name,
        version=version,
        title=reader.text("the file: title", file.get("title")),
        about=reader.text("the file: about", file.get("about")),
        mark=reader.word("the file", file, "mark", MARKS),
        rights=_rights(reader, file.get("rights", {})),
        rated=reader.word("the file", file, "rated", RATED, default="item"),
        scale=_scale(reader, file.get("scale")),
        aggregate=_aggregate(reader, file),
        sections=sections,
        areas=tuple(
            Area(reader.word(label, table, "key"), reader.text(f"{label}: title", table.get("title")))
            for label, table in reader.tables("area", "area", file.get("area", []))
        ),
        items=_placed(items, sections),
        caps=tuple(_cap(reader, table) for _, table in reader.tables("cap", "cap", file.get("cap", []))),
    )
    declared = {key: reader.number("the file", file, key, least=0) for key in ("items", "maximum")}
    reader.faults += [*faults_between(framework, declared), *indicator_faults(framework, indicators)]
    if reader.faults:
        raise InvalidDefinition(source, list(dict.fromkeys(reader.faults)))
    return framework


def _rights(reader: Reader, value: Any) -> Rights:
    table = reader.table("rights", "rights", value)
    checked_on = table.get("checked_on", "")
    rights = Rights(
        status=reader.word("rights", table, "status", STATUSES),
        holder=reader.word("rights", table, "holder"),
        source=reader.word("rights", table, "source"),
        text_allowed=reader.word("rights", table, "text_allowed", TEXT_ALLOWED),
        licence=reader.word("rights", table, "licence", default=""),
        checked_by=reader.word("rights", table, "checked_by", default=""),
        checked_on=checked_on.isoformat() if isinstance(checked_on, date) else "",
    )
    if checked_on and not rights.checked_on:
        reader.faults.append("rights: checked_on must be a date")
    if rights.status == "licensed" and not (rights.licence and rights.checked_by and rights.checked_on):
        reader.faults.append("rights: what is licensed names its licence, checked_by and checked_on")
    return rights


def _scale(reader: Reader, value: Any) -> Scale:
    if value is None:
        return Scale()
    table = reader.table("scale", "scale", value)
    levels = reader.levels("scale: levels", table.get("levels", {}))
    codes = table.get("codes", {})
    for code in CODES:
        if not isinstance(codes, dict) or code not in codes:
            reader.faults.append(f"scale: the code {code} has no words")
    known = codes if isinstance(codes, dict) else {}
    unknown = sorted(set(known) - set(CODES))
    reader.faults += [f"scale: unknown code «{code}»; allowed: {', '.join(CODES)}" for code in unknown]
    scale = Scale(
        lowest=reader.number("scale", table, "lowest", least=0),
        highest=reader.number("scale", table, "highest", least=0),
        levels={level: reader.text(f"scale: level {level}", text) for level, text in levels.items()},
        codes={code: reader.text(f"scale: code {code}", known[code]) for code in CODES if code in known},
    )
    if scale.highest <= scale.lowest:
        reader.faults.append(f"scale: highest ({scale.highest}) is not above lowest ({scale.lowest})")
    return scale


def _aggregate(reader: Reader, file: Table) -> Aggregate:
    table = reader.table("aggregate", "aggregate", file.get("aggregate", {}))
    reader.word("aggregate", table, "missing", ("bounds",))
    total = reader.word("aggregate", table, "total", TOTALS)
    categories, bounds = [], []
    for label, one in reader.tables("category", "category", file.get("category", [])):
        key, title = reader.word(label, one, "key"), reader.text(f"{label}: title", one.get("title"))
        categories.append(Category(key, title, one.get("min"), one.get("max")))
        bounds.append((key, one.get("min"), one.get("max")))
    reader.faults += band_faults("category", bounds, direction="up")
    if categories and total != "sum":
        reader.faults.append("category: only a total that is a sum has categories")
    return Aggregate(total, reader.word("aggregate", table, "sections", SECTION_RESULTS), tuple(categories))


def _section(reader: Reader, label: str, table: Table, steps: Collection[str]) -> Section:
    dimension = reader.word(label, table, "dimension", DIMENSIONS) if "dimension" in table else None
    return Section(
        key=reader.word(label, table, "key"),
        title=reader.text(f"{label}: title", table.get("title")),
        steps=reader.words(label, table, "steps", steps),
        dimension=dimension,
        rated=reader.flag(label, table, "rated", default=True),
    )


def _item(reader: Reader, label: str, table: Table) -> Item:
    measure = _measure(reader, label, table["indicator"]) if "indicator" in table else None
    levels = reader.levels(f"{label}: levels", table.get("levels", {}))
    bands = _bands(reader, label, table, measure.direction if measure else "up")
    suggests = reader.flag(label, table, "suggests", default="bands" in table and "indicator" in table)
    return Item(
        key=reader.word(label, table, "key"),
        section=reader.word(label, table, "section"),
        title=reader.text(f"{label}: title", table.get("title")),
        assessed=reader.text(f"{label}: assessed", table.get("assessed")),
        levels={level: reader.text(f"{label}: level {level}", text) for level, text in levels.items()},
        evidence=reader.text(f"{label}: evidence", table["evidence"]) if "evidence" in table else None,
        basis=reader.words(label, table, "basis"),
        mark=reader.word(label, table, "mark", MARKS),
        comp=reader.word(label, table, "comp", COMPUTABLE),
        measure=measure,
        bands=bands,
        elements=reader.number(label, table, "elements", least=1) if "elements" in table else None,
        suggests=suggests and (bool(bands) or not table.get("bands")),  # what is wrong with its bands is said already
        min_n=reader.number(label, table, "min_n", least=1, default=1),
        window_days=_window(reader, label, table),
        per=reader.word(label, table, "per", PER, default="office"),
        shown=tuple(_measure(reader, label, one) for one in reader.list_of(label, table, "shown")),
        judgement=reader.texts(f"{label}: judgement", table.get("judgement", [])),
        adaptable=reader.flag(label, table, "adaptable", default=False),
        areas=reader.words(label, table, "areas"),
        original=_original(reader, label, table["original"]) if "original" in table else None,
    )


def _window(reader: Reader, label: str, table: Table) -> int:
    days = reader.number(label, table, "window_days", least=1, default=183)
    if days > LONGEST_WINDOW:
        reader.faults.append(f"{label}: window_days is at most {LONGEST_WINDOW}, three years")
    return days


def _measure(reader: Reader, label: str, value: Any) -> Measure:
    table = reader.table("indicator", f"{label}: indicator", value)
    of = f"{label}: indicator"
    return Measure(
        key=reader.word(of, table, "key"),
        version=reader.number(of, table, "version", least=1),
        unit=reader.word(of, table, "unit", UNITS),
        direction=reader.word(of, table, "direction", DIRECTIONS),
    )


def _bands(reader: Reader, label: str, table: Table, direction: str) -> tuple[Band, ...]:
    tables = [reader.table("band", f"{label}: a band", one) for one in reader.list_of(label, table, "bands")]
    bounds: list[tuple[Any, Any, Any]] = [(one.get("level"), one.get("min"), one.get("max")) for one in tables]
    faults = band_faults(label, bounds, direction=direction)
    if not all(isinstance(level, int) and not isinstance(level, bool) for level, _, _ in bounds):
        faults.append(f"{label}: a band has a level, a whole number")
    reader.faults += faults
    if faults or not bounds:
        return ()
    down, (last, _, _) = direction == "down", bounds[-1]
    anchored = [Band(one, at_most=most) if down else Band(one, at_least=least) for one, least, most in bounds[:-1]]
    return (*anchored, Band(last))


def _original(reader: Reader, label: str, value: Any) -> Original:
    of = f"{label}: original"
    table = reader.table("original", of, value)
    levels = reader.levels(f"{of}: levels", table.get("levels", {}))
    return Original(
        language=reader.word(of, table, "language"),
        title=reader.word(of, table, "title", default=""),
        text=reader.word(of, table, "text", default=""),
        levels={level: str(text) for level, text in levels.items()},
    )


def _cap(reader: Reader, table: Table) -> Cap:
    above = table.get("above", 0)
    if not isinstance(above, int | float) or isinstance(above, bool):
        reader.faults.append("cap: above must be a number")
        above = 0
    return Cap(
        item=reader.word("cap", table, "item"),
        section=reader.word("cap", table, "section"),
        level=reader.number("cap", table, "level", least=0),
        above=above,
    )


def _placed(items: tuple[Item, ...], sections: tuple[Section, ...]) -> tuple[Item, ...]:
    """Each item with the steps and the dimension of its section."""
    at = {section.key: section for section in sections}
    nowhere = Section("", Text("", "", ""))
    found = [(item, at.get(item.section, nowhere)) for item in items]
    return tuple(replace(item, steps=section.steps, dimension=section.dimension) for item, section in found)
