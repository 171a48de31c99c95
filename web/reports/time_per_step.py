"""Time per step: tables, a curve for each step, where stays went, who was waited for, and the ages of open cases."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from web.reports import ageing, stays_beside
from web.reports.answers import Answer
from web.reports.stay_numbers import NUMBERS, TROUBLE, Step, axes, half, has_curve, line, no_curve, numbers
from web.reports.words import Row, columns, counted, drawn, number, percent, percents, short_step, step_name, word

DAYS_SHOWN = (7, 14, 30, 60, 90, 180, 365, 730)
SMALL = 420
"""The width of a curve of its own: two or three stand beside each other, and one fills a phone."""

LEFT_TO = {
    "step": _l("Step"), "forward": _l("On to a later step"), "back": _l("Back to an earlier step"),
    "ended": _l("The case ended"), "open": _l("Still in the step"),
}  # fmt: skip


def worded(answer: Answer) -> dict[str, Any]:
    found, groups = answer.found, answer.found.get("groups", ())
    if answer.chosen.group is not None and len(groups) == 1:
        found = {**found, **groups[0]}  # one group alone is shown as fully as all together
    elif "groups" in found:
        return {"beside": list(stays_beside.groups(answer)), "notes": _one_only(answer)}
    if "before" in found:
        return {"beside": list(stays_beside.own_past(answer, found)), "notes": _notes(found)}
    steps = found["steps"]
    if all(step["suppressed"] or step["visits"] == 0 for step in steps):
        return {"beside": [], "notes": []}
    tracks = [step for step in found.get("tracks", ()) if not step["suppressed"] and step["visits"] != 0]
    return {
        "beside": None,
        "notes": _notes(found),
        "columns": columns({"step": _("Step"), **NUMBERS}),
        "rows": [_row(step, answer) for step in steps],
        "curves": [_curve(step) for step in steps if not step["suppressed"] and step["visits"] != 0],
        "still": _still_there(steps),
        "left_columns": columns(LEFT_TO, words=("ended",)),
        "left_rows": [_left_to(step, answer) for step in steps],
        "waited": _waited(steps),
        "tracks": [_row(step, answer) for step in tracks],
        "track_columns": columns({"step": _("Stage of the employer track"), **NUMBERS}),
        "ages": ageing.worded(found["ages"], steps, answer.chosen) if "ages" in found else None,
    }


def _notes(found: Mapping[str, Any]) -> list[str]:
    """What must be known to read the numbers right, with the steps it is about."""
    return [
        f"{', '.join(step_name(step) for step in note['steps'])}: {word('report_note', note['code'])}"
        for note in found.get("notes", ())
    ]


def _one_only(answer: Answer) -> list[str]:
    return [_("Choose one group to see it beside its own past.")] if answer.chosen.compare else []


def _row(step: Step, answer: Answer) -> Row:
    notes = [_("time to trouble or job loss") if step.get("title") == TROUBLE else None, answer.standing(step)]
    note = ", ".join(one for one in notes if one)
    return {"step": {"text": step_name(step["step"]), "note": note or None}, **numbers(step, answer)}


def _curve(step: Step) -> dict[str, Any]:
    title, told = step_name(step["step"]), half(step)
    return {
        "title": title,
        "words": told if step["curve"] else no_curve([step]),
        "drawing": drawn("curves", title, told, **axes(), lines=[line(step, title)], wide=SMALL),
    }


def _still_there(steps: Sequence[Step]) -> dict[str, Any] | None:
    """The curves as a table: the proportion still in each step after so many days, with its band."""
    shown = [step for step in steps if has_curve(step)]
    if not shown:
        return None
    furthest = max(_furthest(step) for step in shown)
    days = [day for day in DAYS_SHOWN if day <= furthest] or [int(furthest)]
    titles = {"day": _("After"), **{step["step"]: step_name(step["step"]) for step in shown}}
    rows = [
        {"day": ngettext("%(num)s day", "%(num)s days", day), **{step["step"]: _level(step, day) for step in shown}}
        for day in days
    ]
    return {"columns": columns(titles), "rows": rows}


def _furthest(step: Step) -> float:
    return float(max(step.get("observed_to") or 0, step["curve"][-1][0]))


def _level(step: Step, day: int) -> Any:
    """Past the last day observed nothing is known."""
    if day > _furthest(step):
        return "–"
    left = [row for row in step["curve"] if row[0] <= day]
    limits = [row for row in step.get("band") or () if row[0] <= day]
    if not left:
        return percent(1)
    return {"text": percent(left[-1][3]), "note": percents(*limits[-1][1:]) if limits else None}


def _left_to(step: Step, answer: Answer) -> Row:
    title = {"text": step_name(step["step"])}
    if step["suppressed"] or step["visits"] == 0:
        return {"step": title}
    went = step["left_to"]
    return {
        "step": title,
        "forward": answer.cell(went["forward"], step=step["step"], part="forward"),
        "back": answer.cell(went["back"], step=step["step"], part="back"),
        "ended": _ended(step, answer),
        "open": answer.cell(went["open"], step=step["step"], part="running"),
    }


def _ended(step: Step, answer: Answer) -> Any:
    """All that ended, and of which reasons; where one of them is hidden, so is their sum."""
    ended: Mapping[str, int | None] | None = step["left_to"]["ended"]
    if ended is None or None in ended.values():
        return counted(None)
    many = {reason: number for reason, number in ended.items() if number}
    if not many:
        return "0"
    reasons = ", ".join(f"{word('end_reason', reason)} {format_decimal(number)}" for reason, number in many.items())
    return {
        "text": format_decimal(sum(many.values())),
        "url": answer.behind(step=step["step"], part="ended"),
        "note": reasons,
    }


def _waited(steps: Sequence[Step]) -> dict[str, Any] | None:
    """Mean days of waiting in each step, by whom was waited for."""
    shown = [step for step in steps if not step["suppressed"] and step.get("waiting_by")]
    parties = sorted({whom for step in shown for whom in step["waiting_by"]})
    if not parties:
        return None
    titles = {whom: word("waiting_for", whom) for whom in parties}
    bars = [
        {
            "label": short_step(step["step"]),
            "parts": [{"label": titles[whom], "value": step["waiting_by"].get(whom) or 0} for whom in parties],
        }
        for step in shown
    ]
    description = _("Mean days of waiting so far in each step, by whom we waited for.")
    table = [
        {
            "step": step_name(step["step"]),
            **{whom: number(step["waiting_by"].get(whom)) for whom in parties},
            "all": number(step["waiting_days_mean"]),
        }
        for step in shown
    ]
    return {
        "drawing": drawn("bars", _("Waiting for whom"), description, x=_("Days"), rows=bars),
        "columns": columns({"step": _("Step"), **titles, "all": _("All waiting")}),
        "rows": table,
        "description": description,
    }
