"""A specialist's own numbers, worded: where her cases stand, and her months one under the other."""

from typing import Any

from flask import url_for
from flask_babel import format_date, format_decimal
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from se_engine.queries.own_numbers import MonthLine, OwnNumbers
from web.parts.briefs import Section
from web.parts.monday import ON_WORKLIST, stuck_title

STATUSES = {
    "active": _l("Active"),
    "waiting": _l("Waiting"),
    "paused": _l("Paused"),
    "follow_up": _l("Follow-up"),
}
CHOSEN = {
    "waiting": {"status": "waiting"},
    "paused": {"status": "paused"},
    **{kind: {"status": kind} for kind in ON_WORKLIST},
}
"""How the worklist is asked for the same cases, where it can be."""
COLUMNS = {
    "days": _l("Days with contacts"),
    "with_participants": _l("With participants"),
    "with_employers": _l("With employers"),
    "in_vain": _l("In vain"),
    "hours": _l("Hours"),
    "field": _l("In the field"),
    "checks": _l("Checks kept"),
    "choices": _l("Choices offered"),
    "goals": _l("Goals in their words"),
}


def statuses(found: OwnNumbers) -> list[dict[str, Any]]:
    return [
        {"label": str(STATUSES.get(kind) or stuck_title(kind)), "text": str(many), "url": _url(found, kind, many)}
        for kind, many in found.statuses.items()
    ]


def _url(found: OwnNumbers, kind: str, many: int) -> str | None:
    if not many:
        return None
    chosen = CHOSEN.get(kind)
    return url_for("worklist.show", owner=found.user_id, **chosen) if chosen else None


def sections(found: OwnNumbers) -> list[Section]:
    return [
        Section(
            "months",
            _("Month by month"),
            lead=_("Beside your own past, and nobody else's."),
            columns=[
                {"key": "month", "title": _("Month")},
                *({"key": key, "title": str(title), "numeric": True} for key, title in COLUMNS.items()),
            ],
            rows=[_month(line, so_far=place == 0) for place, line in enumerate(found.months)],
        )
    ]


def _month(line: MonthLine, *, so_far: bool) -> dict[str, Any]:
    name = format_date(line.first, "LLLL y")
    numbers = line.numbers
    kept, missed = numbers["checks_kept"], numbers["checks_missed"]
    share = line.field_share
    return {
        "month": {"text": name[:1].upper() + name[1:], "note": _("so far") if so_far else None},
        **{key: numbers[key] for key in ("days", "with_participants", "with_employers", "in_vain", "choices", "goals")},
        "hours": format_decimal(numbers["minutes"] / 60, "0.#"),
        "field": "–" if share is None else _("%(percent)s %%", percent=round(100 * share)),
        "checks": _("%(kept)s of %(all)s", kept=kept, all=kept + missed) if kept + missed else "–",
    }


def notes() -> list[str]:
    return [
        _("Contacts are those that stand in your name, meetings that were held and attempts in vain; hours are theirs, "
          "travel included."),
        _("Checks are those after job start in the cases that are yours today, on the day they were due: kept by a "
          "talk with the participant, or missed. A check that is due now is neither yet."),
        _("Choices and goals are those you wrote down in the cases that are yours today."),
        _("Only you see this page. Your supervisor sees the cases of your talk sheet, and no numbers of a person."),
    ]  # fmt: skip
