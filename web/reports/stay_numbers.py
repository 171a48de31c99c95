"""The numbers of one step as a row of a table and as a curve, wherever a page shows them."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from web.reports.answers import Answer
from web.reports.words import Row, number, span

Step = Mapping[str, Any]
TROUBLE = "time_to_trouble_or_job_loss"

NUMBERS = {
    "visits": _l("Stays"), "completed": _l("Left for another step"), "open": _l("Still there or ended"),
    "median": _l("Median days"), "quartiles": _l("Middle half"), "own": _l("Own days"),
    "waiting": _l("Waiting days"), "paused": _l("Paused days"),
}  # fmt: skip


def numbers(step: Step, answer: Answer, **narrowed: Any) -> Row:
    """`narrowed` says which of the cases behind: a group, or another period."""
    if step["suppressed"]:
        return {"visits": {"text": "·", "note": _("too few to be shown")}}
    if step["visits"] == 0:
        return {"visits": "0"}
    counts = {
        part: answer.cell(step[part], step=step["step"], part=part, **narrowed)
        for part in ("visits", "completed", "open")
    }
    certain = None if step["median_low"] is None and step["median_high"] is None else _between(step)
    return {
        **counts,
        "median": {"text": number(step["median"]), "note": certain},
        "quartiles": span(step["quartile_1"], step["quartile_3"]),
        "own": number(step["own_days_mean"]),
        "waiting": number(step["waiting_days_mean"]),
        "paused": number(step["paused_days_mean"]),
    }


def _between(step: Step) -> str:
    return span(step["median_low"], step["median_high"])


def line(step: Step, label: str) -> dict[str, Any]:
    """The step's curve under a name, for a drawing."""
    return {"label": label, "curve": step["curve"], "band": step.get("band"), "until": step.get("observed_to")}


def axes() -> dict[str, str]:
    return {"x": _("Days in the step"), "y": _("Still in the step")}


def half(step: Step) -> str:
    """The median in words."""
    if step["median"] is None:
        return _("More than half were still there.")
    return _("Half had left by day %(day)s.", day=number(step["median"]))


def no_curve(steps: Iterable[Step]) -> str:
    """Why there is no drawing: nobody has left, or who has is hidden."""
    if all(not step["suppressed"] and step["completed"] == 0 for step in steps):
        return _("Nobody has left this step for another yet, so there is no curve to draw.")
    return _("Too few have left this step to be shown as a curve.")


def has_curve(step: Step) -> bool:
    return not step["suppressed"] and bool(step["curve"])
