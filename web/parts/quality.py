"""The learning page worded: the map, each number beside what would change it, and what registration takes."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import url_for
from flask_babel import format_decimal, gettext, ngettext

from se_engine import frameworks, indicators, processes, wording
from se_engine.queries.quality import Lacking, Learning
from se_engine.queries.registration import Registration
from se_engine.rules.framework import DIMENSIONS, Item, Section
from web import drafts
from web.language import language
from web.parts.audit_evidence import value_words

SHOWN_FORMS = 5
ALL_STEPS = ("engagement", "profiling", "job_finding", "employer_engagement", "job_support")
"""The first step of each column of the map."""


def map_rows(page: Learning) -> list[dict[str, Any]]:
    """Dimension by step: the numbers of each cell, and the level they suggest together."""
    found = []
    for dimension in DIMENSIONS:
        cells = {one.steps[0]: one for one in page.framework.sections if one.dimension == dimension and one.steps}
        row: dict[str, Any] = {"dimension": wording.word("dimension", dimension, language())}
        for step in ALL_STEPS:
            row[step] = _cell(page, cells[step]) if step in cells else None
        found.append(row)
    return found


def map_columns(page: Learning) -> list[dict[str, str]]:
    titles = {step.key: step.title.to(language()) for step in processes.latest().steps}
    return [
        {"key": "dimension", "title": gettext("Dimension")},
        *({"key": step, "title": titles[step]} for step in ALL_STEPS),
    ]


def _cell(page: Learning, section: Section) -> dict[str, Any]:
    rows = [page.rows[item.key] for item in page.framework.items_of(section.key) if item.key in page.rows]
    cell = page.cells.get(section.key)
    return {
        "text": " · ".join("–" if row.get("suppressed") else _value(row) for row in rows) or "–",
        "url": f"#section-{section.key}",
        "note": _suggests(cell["suggested_level"], cell["why"]) if cell else None,
    }


def sections(page: Learning) -> list[dict[str, Any]]:
    """The framework's sections with the rows that have a number."""
    found = []
    for section in page.framework.sections:
        items = [item for item in page.framework.items_of(section.key) if item.key in page.rows]
        if items:
            lines = [_line(page, item, page.rows[item.key]) for item in items]
            found.append({"key": section.key, "title": section.title.to(language()), "rows": lines})
    return found


def _line(page: Learning, item: Item, row: Mapping[str, Any]) -> dict[str, Any]:
    url = url_for("quality.one", framework_name=page.framework.name, framework_item=item.key, office=page.office.id)
    many = page.lacking.get(item.key, 0)
    change = {"text": ngettext("%(num)s case", "%(num)s cases", many), "url": url} if many else None
    return {
        "what": {"text": item.title.to(language()), "url": url, "note": _is_evidence(item)},
        "now": _value(row),
        "of": _made_of(row),
        "suggests": _suggests(row["suggested_level"], row["why"]) if page.framework.rated == "item" else None,
        "change": change,
    }


def _is_evidence(item: Item) -> str | None:
    return None if item.comp == "i" else gettext("evidence only: people judge the rest")


def _value(row: Mapping[str, Any]) -> str:
    if row.get("suppressed"):
        return wording.word("suggestion", "suppressed", language())
    if row["direction"] == "inside":
        return _inside(row["detail"].get("inside"))
    return value_words(row["unit"], row["value"])


def _inside(found: bool | None) -> str:
    if found is None:
        return gettext("too few to compare")
    return gettext("within what chance explains") if found else gettext("more than chance explains")


def _made_of(row: Mapping[str, Any]) -> str | None:
    if row["numerator"] is None or row["denominator"] is None:
        return None
    return gettext("%(some)s of %(all)s", some=row["numerator"], all=row["denominator"])


def _suggests(level: int | None, why: str | None) -> str | None:
    words = wording.word("suggestion", why, language()) if why else None
    if level is None:
        return words
    return gettext("suggests level %(level)s", level=level) + (f" ({words.lower()})" if words else "")


def definition(found: Lacking) -> list[dict[str, str]]:
    """What the number means, in plain words."""
    told, spoken = indicators.get(found.measure.key, found.measure.version), language()
    better = {
        "up": gettext("the higher the better"), "down": gettext("the lower the better"),
        "inside": gettext("groups should be alike"),
    }  # fmt: skip
    return [
        {"label": gettext("What it tells"), "text": told.definition.to(spoken)},
        {"label": gettext("What is counted"), "text": told.numerator.to(spoken)},
        {"label": gettext("Of what"), "text": told.denominator.to(spoken)},
        {"label": gettext("Which way is better"), "text": better[told.direction]},
        {"label": gettext("Version"), "text": str(told.version)},
        {"label": gettext("Number"), "text": _measured(found)},
    ]


def _measured(found: Lacking) -> str:
    one = found.measured
    if one is None:
        return gettext("stands on the page before, in the published form")
    if found.measure.direction == "inside":
        return _inside(one.detail.get("inside"))
    number = value_words(found.measure.unit, None if one.value is None else float(one.value))
    made_of = _made_of({"numerator": one.numerator, "denominator": one.denominator})
    return f"{number} ({made_of})" if made_of else number


def groups(found: Lacking) -> list[dict[str, Any]]:
    """The groups that are told of, attribute by attribute; only for who sees whole numbers."""
    told = found.measured.detail.get("by", {}) if found.measured else {}
    if found.measure.direction != "inside":
        return []
    return [
        {
            "title": wording.word("equity_attribute", attribute, language()),
            "inside": gettext("%(found)s (p = %(p)s)", found=_inside(one["inside"]), p=_number(one["p"], "0.###")),
            "rows": [_group(attribute, group) for group in one["groups"]],
        }
        for attribute, one in told.items()
    ]


def _group(attribute: str, group: Mapping[str, Any]) -> dict[str, Any]:
    coded = {"sex": "sex", "education": "education", "country_group": "country_group"}.get(attribute)
    name = wording.words(coded, language()).get(group["group"], group["group"]) if coded else group["group"]
    if "jobs" in group:
        return {"group": name, "n": group["n"], "told": value_words("share", group["jobs"] / group["n"]),
                "limits": f"{value_words('share', group['low'])} – {value_words('share', group['high'])}"}  # fmt: skip
    return {"group": name, "n": group["n"], "told": value_words("day", group["median"]), "limits": None}


def registration_lines(found: Registration) -> list[dict[str, Any]]:
    """What a week of writing is, for one job specialist on average."""
    return [
        {"label": gettext("Forms sent"), "text": _number(found.a_week(found.sent))},
        {"label": gettext("Minutes that their pages stood open"), "text": _number(found.a_week(found.minutes))},
    ]


def form_lines(found: Registration) -> list[dict[str, Any]]:
    """The forms that take most, where they have a name of their own; the others together."""
    named = [(title, line) for line in found.forms if (title := drafts.title_of(line.form))][:SHOWN_FORMS]
    kept = {line.form for _, line in named}
    rest = [line for line in found.forms if line.form not in kept]
    lines = [{"form": str(title), "sent": line.sent, "minutes": line.minutes} for title, line in named]
    if rest:
        sent, minutes = sum(line.sent for line in rest), sum(line.minutes for line in rest)
        lines.append({"form": gettext("Other forms"), "sent": sent, "minutes": minutes})
    return lines


def _number(value: float | None, form: str = "#,##0.#") -> str:
    return "–" if value is None else str(format_decimal(value, form))


def titles(names: Sequence[str], current: str) -> list[dict[str, Any]]:
    """The frameworks to choose between."""
    return [
        {"label": frameworks.latest(name).title.to(language()), "name": name, "current": name == current}
        for name in names
    ]
