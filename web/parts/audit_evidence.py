"""The evidence sheet worded: how far the records can be trusted, and each number beside what it stands for."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from flask import url_for
from flask_babel import format_datetime, format_decimal, format_percent, gettext, ngettext

from se_engine import indicators, wording
from se_engine.framework_results import suggestion_for
from se_engine.queries.audit_ratings import measured_of
from se_engine.queries.audits import AuditHead
from se_engine.records.audits import AuditEvidence
from se_engine.rules.errors import Refused
from se_engine.rules.framework import Framework, Item, Rateable
from web.language import language

HIGH = 0.25
"""A share of missing facts from which a line is marked: numbers that stand on them say less."""


def quality_rows(lines: Sequence[Mapping[str, Any]], now: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [
        {
            "key": line["key"],
            "title": wording.word("audit_quality", line["key"], language()),
            "means": wording.word("audit_quality_means", line["key"], language()),
            "lacking": gettext("%(some)s of %(all)s", some=line["lacking"], all=line["of"]),
            "share": _share(line),
            "tone": "look" if line["of"] and line["lacking"] / line["of"] >= HIGH else "plain",
            "now": _then(now.get(line["key"])),
        }
        for line in lines
    ]


def _share(line: Mapping[str, Any]) -> str:
    return format_percent(line["lacking"] / line["of"], "#,##0 %") if line["of"] else "–"


def _then(line: Mapping[str, Any] | None) -> str | None:
    return gettext("%(some)s of %(all)s", some=line["lacking"], all=line["of"]) if line else None


def sections(head: AuditHead, kept: AuditEvidence, now: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The rows under the sections of the framework, in its order."""
    framework = head.framework
    if framework is None:
        return []
    by_item = {row["id"]: row for row in kept.indicators or ()}
    measured = measured_of(kept)
    cells = {one.key: one for one in framework.rateable} if framework.rated == "section" else {}
    found = []
    for section in framework.sections:
        items = [item for item in framework.items_of(section.key) if item.key in by_item]
        if items:
            lines = [_item(framework, item, by_item[item.key], now.get(item.key)) for item in items]
            cell = _cell(framework, cells[section.key], measured) if section.key in cells else None
            found.append({"key": section.key, "title": section.title.to(language()), "rows": lines, "cell": cell})
    return found


def _cell(framework: Framework, cell: Rateable, measured: Mapping[str, tuple[Fraction | None, int]]) -> dict[str, Any]:
    """What the items of a cell suggest for it together: where a cell is rated, and not its items."""
    said = suggestion_for(framework, cell, measured)
    return {
        "level": said.level,
        "of_levels": framework.scale.highest,
        "why": wording.word("suggestion", said.why, language()) if said.why else None,
    }


def _item(framework: Framework, item: Item, row: Mapping[str, Any], now: Mapping[str, Any] | None) -> dict[str, Any]:
    return {
        "key": item.key,
        "title": item.title.to(language()),
        "mark": item.mark,
        **numbers(row),
        "level": row["suggested_level"],
        "of_levels": framework.scale.highest,
        "why": wording.word("suggestion", _why(row), language()) if row.get("why") else None,
        "rateable": row["rateable"],
        "median": "median_differs" in row.get("flags", ()),
        "min_n": row["min_n"],
        "shown": [{**numbers(one), "title": definition(one)["title"]} for one in row.get("shown", ())],
        "definition": definition(row),
        "changed": value_words(now["unit"], now["value"]) + ", n = " + str(now["n"]) if now else None,
    }


def _why(row: Mapping[str, Any]) -> str:
    """An item that never suggests a level still needs something to stand on."""
    if row["rateable"] or row["why"] != "no_suggestion":
        return str(row["why"])
    return "too_few" if row["n"] else "nothing_counted"


def numbers(row: Mapping[str, Any]) -> dict[str, Any]:
    """The value as people read it, and what it is made of."""
    made_of = None
    if row["numerator"] is not None and row["denominator"] is not None:
        made_of = gettext("%(some)s of %(all)s", some=row["numerator"], all=row["denominator"])
    cases = row.get("cases", 0)
    return {
        "value": value_words(row["unit"], row["value"]),
        "n": row["n"],
        "made_of": made_of,
        "cases": ngettext("%(num)s case", "%(num)s cases", cases if isinstance(cases, int) else len(cases)),
    }


def value_words(unit: str, value: float | None) -> str:
    if value is None:
        return "–"
    if unit == "share":
        return str(format_percent(value, "#,##0.# %"))
    number = format_decimal(round(value, 2), "#,##0.##")
    if unit == "day":
        return str(ngettext("%(number)s day", "%(number)s days", 1 if value == 1 else 2, number=number))
    return gettext("%(number)s a week", number=number) if unit == "per_week" else str(number)


def definition(row: Mapping[str, Any]) -> dict[str, str]:
    """The indicator in plain words; where its file is gone, its name."""
    key, version = row["indicator"], row["indicator_version"]
    try:
        found = indicators.get(key, version)
    except Refused:
        return {"key": key, "version": str(version), "title": key, "text": "", "numerator": "", "denominator": ""}
    spoken = language()
    return {
        "key": key,
        "version": str(version),
        "title": found.title.to(spoken),
        "text": found.definition.to(spoken),
        "numerator": found.numerator.to(spoken),
        "denominator": found.denominator.to(spoken),
    }


def sheet_line(row: AuditEvidence, name: str | None, chosen: AuditEvidence | None) -> dict[str, Any]:
    """One of the sheets that were frozen."""
    return {
        "url": url_for("audit_evidence.show", audit_id=row.audit_id, sheet=row.id),
        "text": format_datetime(row.recorded_at, "medium"),
        "by": name,
        "digest": row.digest[:16],
        "current": chosen is not None and row.id == chosen.id,
    }
