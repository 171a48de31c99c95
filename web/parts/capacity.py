"""How much each colleague carries, in words beside her name."""

from collections.abc import Sequence
from typing import Any

from flask_babel import format_date, gettext

from se_engine import wording
from se_engine.queries.capacity import Capacity
from web.language import language


def owner_choices(found: Sequence[Capacity]) -> dict[int, str]:
    return {one.user_id: one.name for one in found}


def owner_hints(found: Sequence[Capacity]) -> dict[int, str]:
    """One line for each: what she has, and a warning where that is much."""
    return {one.user_id: " · ".join(_said(one)) for one in found}


def _said(one: Capacity) -> list[str]:
    parts = [
        gettext("%(number)s in steps 1–5", number=one.working),
        gettext("%(number)s paused", number=one.paused),
        gettext("%(number)s in follow-up", number=one.follow_up),
    ]
    if one.load != "free":
        parts.append(wording.word("load", one.load, language()))
    elif one.free:
        parts.append(gettext("room for %(number)s", number=one.free))
    if one.share is not None:
        parts.append(gettext("%(percent)s %% with Supported Employment", percent=one.share))
    if one.away_until:
        parts.append(gettext("away until %(day)s", day=format_date(one.away_until, "medium")))
    return parts


def anybody_full(found: Sequence[Capacity]) -> bool:
    return any(one.load == "full" for one in found)


def columns_of(one: Capacity) -> dict[str, Any]:
    """The same as cells of a table."""
    tone = {"free": "done", "warn": "look", "full": "act"}[one.load]
    return {
        "name": one.name,
        "working": one.working,
        "paused": one.paused,
        "follow_up": one.follow_up,
        "room": {"text": wording.word("load", one.load, language()), "tone": tone},
    }
