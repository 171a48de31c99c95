"""Who carries how much against the norm, in the order of names, as cells of a table."""

from collections.abc import Mapping
from typing import Any

from flask import url_for
from flask_babel import format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from se_engine import wording
from se_engine.queries.case_lists import CaseLine
from web.language import language
from web.worklists import step_title

PARTS = {
    "working": _l("In steps 1–5"),
    "follow_up": _l("Follow-up"),
    "active": _l("Active"),
    "waiting": _l("Waiting"),
    "paused": _l("Paused"),
}


def columns() -> list[dict[str, Any]]:
    return [
        {"key": "name", "title": _("Job specialist")},
        *({"key": part, "title": str(title), "numeric": True} for part, title in PARTS.items()),
        {"key": "share", "title": _("Share of full time"), "numeric": True},
        {"key": "talk", "title": _("Your talk")},
    ]


def rows(report: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Each number opens the cases it counts."""
    return [_row(one) for one in report["specialists"]]


def _row(one: Mapping[str, Any]) -> dict[str, Any]:
    def number(part: str) -> Any:
        many = one[part]
        return {"text": many, "url": url_for("monday.carried", user_id=one["user_id"], part=part)} if many else many

    numbers = {part: number(part) for part in PARTS}
    if one["load"] != "free":
        numbers["working"] |= {"note": wording.word("load", one["load"], language())}
    return {
        "name": {"text": one["name"], "url": url_for("worklist.show", owner=one["user_id"])},
        **numbers,
        "share": None if one["share"] is None else _("%(percent)s %%", percent=one["share"]),
        "talk": {"text": _("Prepare"), "url": url_for("talks.show", user_id=one["user_id"])},
    }


def norm(report: Mapping[str, Any]) -> str:
    return _(
        "The norm counts cases in steps 1–5 that are not paused: from %(warn)s on it is talked about, from %(stop)s on "
        "a new case needs a reason.",
        warn=report["warn"], stop=report["stop"],
    )  # fmt: skip


def case_columns() -> list[dict[str, Any]]:
    return [
        {"key": "name", "title": _("Participant")},
        {"key": "step", "title": _("Step")},
        {"key": "status", "title": _("Status")},
        {"key": "opened", "title": _("Opened"), "short": True},
    ]


def case_row(one: CaseLine) -> dict[str, Any]:
    return {
        "name": {"text": one.name, "url": url_for("cases.show", case_id=one.case_id), "note": one.participant_ref},
        "step": step_title(one.step),
        "status": wording.word("status", one.status, language()),
        "opened": format_date(one.opened_on, "medium"),
    }
