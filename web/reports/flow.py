"""Cumulative flow: how many stood in each step, day by day, and how many came and went."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask_babel import format_date
from flask_babel import gettext as _

from web.reports.answers import Answer
from web.reports.words import Row, columns, drawn, group_title, short_step, step_name

Day = Mapping[str, Any]
SHORT, MOST = 13, 31
"""So many rows are read at once, and so many days are drawn; of more, every so many are left out in both."""


def worded(answer: Answer) -> dict[str, Any]:
    order = answer.found["steps"]
    return {"blocks": [_block(answer, label, block["days"], order) for label, block in answer.blocks()]}


def _block(answer: Answer, label: str | None, days: Sequence[Day], order: Sequence[str]) -> dict[str, Any]:
    days = _thinned(days, MOST)
    shown = [day for day in days if not day["suppressed"]]
    # A stack with a layer missing would be a wrong drawing of the whole: a step with a hidden number is left out.
    known = [step for step in order if all(day["steps"].get(step) is not None for day in shown)]
    description = _("How many cases stood in each step at the end of the day, those further along at the bottom.")
    title = _("Cases in each step") if label is None else group_title(answer.chosen.by, label)
    nobody = all(day.get("entered") == 0 for day in days)
    rows = [] if nobody else [_row(answer, label, day, order) for day in days]
    few = _thinned(rows, SHORT)
    extra = {"paused": _("Of them paused"), "entered": _("Opened in all"), "ended": _("Ended in all")}
    if not answer.opens:
        extra = {}
    return {
        "title": title if label is not None else None,
        "drawing": drawn(
            "areas", title, description, y=_("Cases"),
            series=[_series(answer, label, step, shown) for step in known] if shown else [],
        ),
        "description": description,
        "nothing": _nothing(days, shown, known, order),
        "hidden": [step_name(step) for step in order if step not in known] if shown else [],
        "columns": columns({"day": _("Day"), **{step: step_name(step) for step in order}, **extra}),
        "rows": few,
        "all_rows": rows if len(few) < len(rows) else [],
    }  # fmt: skip


def _nothing(days: Sequence[Day], shown: Sequence[Day], known: Sequence[str], order: Sequence[str]) -> str:
    """Why there is no drawing."""
    if len(shown) < len(days) or len(known) < len(order):
        return _("Too many of these numbers are hidden for a drawing.")
    return _("Nobody stood in any step on more than one of these days, so there is nothing to draw.")


def _thinned(days: Sequence[Any], most: int) -> list[Any]:
    """Evenly, from the last day back."""
    every = -(-len(days) // most) or 1
    return list(days[::-1][::every][::-1])


def _series(answer: Answer, label: str | None, step: str, days: Sequence[Day]) -> dict[str, Any]:
    narrowed = {} if label is None else {"group": label}
    return {
        "label": short_step(step),
        "points": [[day["day"], day["steps"][step]] for day in days],
        "url": answer.behind(step=step, day=days[-1]["day"], **narrowed),
    }


def _row(answer: Answer, label: str | None, day: Day, order: Sequence[str]) -> Row:
    on = {"text": format_date(date.fromisoformat(day["day"]), "medium")}
    if day["suppressed"]:
        return {"day": {**on, "note": _("too few to be shown")}}
    which = {"day": day["day"], **({} if label is None else {"group": label})}
    row: Row = {"day": on}
    for step in order:
        row[step] = answer.cell(day["steps"].get(step), step=step, **which)
    for part in ("paused", "entered", "ended"):
        row[part] = answer.cell(day[part], part=part, **which) if day.get(part) is not None else None
    return row
