"""Still in work after 4, 13, 26 and 52 weeks; those of whom nobody knows are shown as such, and never left out."""

from collections.abc import Mapping
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from web.reports.answers import Answer
from web.reports.words import Row, columns, drawn, group_title, percent

PARTS = {"in_work": _l("In work"), "not_in_work": _l("Not in work"), "not_known": _l("Not known")}
COLUMNS = {"week": _l("After"), "total": _l("Jobs"), **PARTS, "late": _l("Of those in work, told late")}
TONES = (1, 3, 7)
"""Of those parts: what is not known is grey."""
WHICH = {"any": _l("Any job"), "first": _l("The first job of each participant")}


def worded(answer: Answer) -> dict[str, Any]:
    return {
        "blocks": [_block(answer, label, block) for label, block in answer.blocks()],
        "which": [
            {
                "label": str(title),
                "url": url_for(answer.endpoint, **{**answer.chosen.url, "which": which}),
                "current": answer.found["which"] == which,
            }
            for which, title in WHICH.items()
        ],
    }


def _block(answer: Answer, label: str | None, block: Mapping[str, Any]) -> dict[str, Any]:
    weeks = block.get("checkpoints") or []
    narrowed = {} if label is None else {"group": label}
    known = [week for week in weeks if not week.get("suppressed") and None not in (week[part] for part in PARTS)]
    title = _("In work after so many weeks") if label is None else group_title(answer.chosen.by, label)
    description = _("Of the jobs that began long enough ago: in work, not in work, and those of whom nobody knows.")
    bars = [{"label": _after(week), "parts": _parts(answer, week, narrowed)} for week in known if week["total"]]
    return {
        "title": None if label is None else title,
        "drawing": drawn("bars", title, description, x="", percent=True, rows=bars, tones=TONES),
        "description": description,
        "columns": columns(COLUMNS),
        "rows": [_row(answer, week, narrowed) for week in weeks],
        "hidden": len(known) < len(weeks),
    }


def _after(week: Mapping[str, Any]) -> str:
    return ngettext("%(num)s week", "%(num)s weeks", week["week"])


def _parts(answer: Answer, week: Mapping[str, Any], narrowed: Mapping[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "label": str(title),
            "value": week[part],
            "said": f"{_after(week)}, {title}: {week[part]}",
            "url": answer.behind(week=week["week"], part=part, **narrowed),
        }
        for part, title in PARTS.items()
    ]


def _row(answer: Answer, week: Mapping[str, Any], narrowed: Mapping[str, str]) -> Row:
    if week.get("suppressed"):
        return {"week": {"text": _after(week), "note": _("too few to be shown")}}

    def share(part: str) -> Any:
        cell = answer.cell(week[part], week=week["week"], part=part, **narrowed)
        if week[part] is None or not week["total"]:
            return cell
        part_of = percent(week[part] / week["total"])
        return {**cell, "note": part_of} if isinstance(cell, dict) else {"text": cell, "note": part_of}

    total, late = (answer.cell(week[part], week=week["week"], part=part, **narrowed) for part in ("total", "late"))
    after = {"text": _after(week), "note": answer.standing(week)}
    return {"week": after, "total": total, **{part: share(part) for part in PARTS}, "late": late}
