"""How cases end as time goes: each reason against all the others, with those that are still open."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from web.reports.answers import Answer
from web.reports.words import Row, columns, drawn, group_title, percent, percents, word

COLUMNS = {"reason": _l("How the case ended"), "n": _l("Cases"), "at_horizon": _l("Share by the last day looked at")}
MOST_DRAWN = 7


def worded(answer: Answer) -> dict[str, Any]:
    return {"blocks": [_block(answer, label, block) for label, block in answer.blocks()]}


def _block(answer: Answer, label: str | None, block: Mapping[str, Any]) -> dict[str, Any]:
    title = None if label is None else group_title(answer.chosen.by, label)
    if block.get("suppressed"):
        return {"title": title, "suppressed": True}
    narrowed = {} if label is None else {"group": label}
    found = [one for one in block["outcomes"] if one["n"] != 0]
    description = _(
        "The share of cases that had ended in each way by so many days after they were opened. What is left above is "
        "still open."
    )
    horizon = min(answer.chosen.horizon, block.get("observed_to") or answer.chosen.horizon)
    seen = sorted((one for one in found if one.get("incidence")), key=lambda one: -(one["n"] or 0))[:MOST_DRAWN]
    series = [
        {"label": word("end_reason", one["reason"]), "points": one["incidence"],
         "url": answer.behind(part=one["reason"], **narrowed)}
        for one in reversed(seen)
    ]  # fmt: skip
    return {
        "title": title,
        "suppressed": False,
        "drawing": drawn(
            "incidence", title or _("Outcomes"), description, x=_("Days since the case was opened"),
            y=_("Ended"), series=series, horizon=horizon,
        ),
        "description": description,
        "nobody": not found,
        "columns": columns(COLUMNS),
        "rows": [_row(answer, one, narrowed) for one in found] + _rest(answer, block, narrowed),
        "beyond": _beyond(answer, block),
    }  # fmt: skip


def _row(answer: Answer, one: Mapping[str, Any], narrowed: Mapping[str, str]) -> Row:
    share = {"text": percent(one.get("at_horizon")), "note": percents(one.get("low"), one.get("high"))}
    many = answer.cell(one["n"], part=one["reason"], **narrowed)
    return {"reason": word("end_reason", one["reason"]), "n": many, "at_horizon": share}


def _rest(answer: Answer, block: Mapping[str, Any], narrowed: Mapping[str, str]) -> list[Row]:
    still = answer.cell(block.get("still_open"), part="still_open", **narrowed)
    whole = answer.cell(block.get("total"), part="total", **narrowed)
    return [
        {"reason": _("Still open"), "n": still, "at_horizon": percent(block.get("still_open_at_horizon"))},
        {"reason": _("All cases"), "n": whole, "at_horizon": None},
    ]


def _beyond(answer: Answer, block: Mapping[str, Any]) -> str | None:
    last = block.get("observed_to")
    if last is None or answer.chosen.horizon <= last:
        return None
    return ngettext(
        "No case was followed for longer than %(num)s day, so nothing is said of later days.",
        "No case was followed for longer than %(num)s days, so nothing is said of later days.",
        last,
    )
