"""Caseload against the norm, in the order of names: something to talk about, and never a ranking."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from web.reports.answers import Answer
from web.reports.words import Row, columns, drawn, group_title, word

COLUMNS = {
    "name": _l("Job specialist"), "working": _l("Counted by the norm"), "active": _l("Active"),
    "waiting": _l("Of them waiting"), "follow_up": _l("Of them in follow-up"), "paused": _l("Paused"),
    "share": _l("Per cent with SE"),
}  # fmt: skip
SUMS = {
    "cases": _l("All open cases"), "active": _l("Active"), "waiting": _l("Of them waiting"),
    "follow_up": _l("Of them in follow-up"), "paused": _l("Paused"),
}  # fmt: skip
LOADS = {"free": "done", "warn": "look", "full": "act"}


def worded(answer: Answer) -> dict[str, Any]:
    return {"blocks": [_block(answer, label, block) for label, block in answer.blocks()]}


def _block(answer: Answer, label: str | None, block: Mapping[str, Any]) -> dict[str, Any]:
    people = block.get("specialists") or []
    narrowed = {} if label is None else {"group": label}
    description = _(
        "Active cases of each job specialist: those in steps 1 to 5, which the norm counts, and those in follow-up."
    )
    marks = [{"at": answer.found["warn"], "label": str(answer.found["warn"])},
             {"at": answer.found["stop"], "label": str(answer.found["stop"])}]  # fmt: skip
    bars = [{"label": one["name"], "parts": _parts(answer, one, narrowed)} for one in people]
    return {
        "title": None if label is None else group_title(answer.chosen.by, label),
        "drawing": drawn("bars", _("Caseload"), description, x=_("Cases"), rows=bars, marks=marks) if bars else None,
        "description": description,
        "columns": columns(COLUMNS),
        "rows": [_row(answer, one, narrowed) for one in people],
        "sums": _sums(answer, block.get("sum"), narrowed),
        "unassigned": _unassigned(answer, block.get("unassigned"), narrowed),
        "protected": block.get("protected") or 0,
    }


def _parts(answer: Answer, one: Mapping[str, Any], narrowed: Mapping[str, str]) -> list[dict[str, Any]]:
    titles = {"working": _("In steps 1 to 5"), "follow_up": _("In follow-up")}
    return [
        {"label": title, "value": one[part], "url": answer.behind(user=one["user_id"], part=part, **narrowed)}
        for part, title in titles.items()
    ]


def _row(answer: Answer, one: Mapping[str, Any], narrowed: Mapping[str, str]) -> Row:
    parts = ("working", "active", "waiting", "follow_up", "paused")
    numbers = {part: answer.cell(one[part], user=one["user_id"], part=part, **narrowed) for part in parts}
    load = {"text": one["name"], "note": word("load", one["load"]) if one["load"] != "free" else None}
    return {"name": load, **numbers, "share": None if one.get("share") is None else one["share"]}


def _sums(answer: Answer, sums: Mapping[str, Any] | None, narrowed: Mapping[str, str]) -> list[dict[str, Any]]:
    if not sums or sums.get("suppressed"):
        return []
    return [
        {"label": str(title), **_fact(answer.cell(sums.get(part), part=part, **narrowed))}
        for part, title in SUMS.items()
    ]


def _fact(cell: Any) -> dict[str, Any]:
    return cell if isinstance(cell, dict) else {"text": cell}


def _unassigned(answer: Answer, block: Mapping[str, Any] | None, narrowed: Mapping[str, str]) -> Any:
    many = sum((block or {}).get(part) or 0 for part in ("active", "paused"))
    return answer.cell(many, part="unassigned", **narrowed) if many else None
