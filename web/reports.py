"""A report in words and drawings: from its JSON to what the template shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from flask import url_for
from flask_babel import format_decimal
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from se_engine.queries.report_questions import Question
from se_engine.rules.errors import NotFound
from se_engine.rules.time import Clock
from web.forms.days import parse_day, this_day
from web.worklists import number_from, step_title

CLOCKS = {"calendar": _l("Calendar days"), "working": _l("Working days")}
VISITS = {"all": _l("Every stay"), "first": _l("The first stay only")}
WIDTH, HEIGHT = 240, 64
"""Of a curve's drawing; it is scaled by the page."""


@dataclass(frozen=True)
class Choices:
    """What the reader asks the report for; all of it stands in the URL."""

    as_of: date
    from_on: date | None
    to_on: date | None
    clock: str
    visits: str
    office: int | None

    @property
    def question(self) -> Question:
        # Nothing is hidden from whoever may open every case; for others the office's threshold holds all the same.
        return Question(
            as_of=self.as_of, from_on=self.from_on, to_on=self.to_on, clock=cast(Clock, self.clock),
            visits=self.visits, office=self.office, threshold=0,
        )  # fmt: skip

    @property
    def url(self) -> dict[str, Any]:
        days = {"as_of": self.as_of, "from": self.from_on, "to": self.to_on}
        return {
            **{name: day.isoformat() for name, day in days.items() if day},
            "clock": self.clock, "visits": self.visits, "office": self.office,
        }  # fmt: skip


def choices_from(given: Mapping[str, str]) -> Choices:
    """A day may be written as people do; what is none of our pages is not found."""
    return Choices(
        as_of=_day(given.get("as_of")) or this_day(),
        from_on=_day(given.get("from")),
        to_on=_day(given.get("to")),
        clock=given.get("clock") or "calendar",
        visits=given.get("visits") or "all",
        office=number_from(given.get("office")),
    )


def _day(given: str | None) -> date | None:
    if not given:
        return None
    try:
        return parse_day(given, this_day())
    except (ValueError, OverflowError):
        raise NotFound() from None


COLUMNS = (
    ("step", _l("Step")), ("visits", _l("Stays")), ("completed", _l("Left for another step")),
    ("open", _l("Still there or ended")), ("median", _l("Median days")),
    ("quartiles", _l("Middle half")), ("own", _l("Own days")),
    ("waiting", _l("Waiting days")), ("paused", _l("Paused days")),
)  # fmt: skip


def columns() -> list[dict[str, Any]]:
    return [{"key": key, "title": str(title), "numeric": key != "step"} for key, title in COLUMNS]


def rows(steps: Sequence[Mapping[str, Any]], chosen: Choices, *, opens: bool) -> list[dict[str, Any]]:
    return [_hidden(step) if step["suppressed"] else _row(step, chosen, opens) for step in steps]


def _hidden(step: Mapping[str, Any]) -> dict[str, Any]:
    return {"step": {"text": step_title(step["step"]), "note": _("Too few stays to be shown")}}


def _row(step: Mapping[str, Any], chosen: Choices, opens: bool) -> dict[str, Any]:
    def number(part: str) -> Any:
        if not opens or not step[part]:
            return step[part]
        url = url_for("reports.cases", step=step["step"], part=part, **chosen.url)
        return {"text": step[part], "url": url}

    trouble = step.get("title") == "time_to_trouble_or_job_loss"
    title = {"text": step_title(step["step"]), "note": _("time to trouble or job loss") if trouble else None}
    if not step["visits"]:
        return {"step": title, "visits": 0}
    return {
        "step": title,
        "visits": number("visits"),
        "completed": number("completed"),
        "open": number("open"),
        "median": {"text": _number(step["median"]), "note": _range(step["median_low"], step["median_high"])},
        "quartiles": _range(step["quartile_1"], step["quartile_3"]),
        "own": _number(step["own_days_mean"]),
        "waiting": _number(step["waiting_days_mean"]),
        "paused": _number(step["paused_days_mean"]),
    }


def _number(value: float | None) -> str:
    return "–" if value is None else format_decimal(round(value, 1))


def _range(low: float | None, high: float | None) -> str:
    if low is None and high is None:
        return "–"
    upper = _("not reached") if high is None else _number(high)
    return f"{_number(low)} – {upper}"


def curves(steps: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """One drawing per shown step: the proportion still in the step, day by day, on a common scale of days."""
    shown = [step for step in steps if not step["suppressed"] and step["curve"]]
    longest = max((step["curve"][-1][0] for step in shown), default=0) or 1
    return [
        {
            "title": step_title(step["step"]),
            "points": _points(step["curve"], longest),
            "longest": longest,
            "words": _("Half had left by day %(day)s.", day=_number(step["median"]))
            if step["median"] is not None
            else _("More than half were still there."),
        }
        for step in shown
    ]


def _points(curve: Sequence[Sequence[float]], longest: float) -> str:
    """The corners of the stairs."""
    points, height = [(0.0, 0.0)], 0.0
    for day, _at_risk, _left, still_there in curve:
        x = WIDTH * day / longest
        points.append((x, height))
        height = HEIGHT * (1 - still_there)
        points.append((x, height))
    points.append((WIDTH, height))
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
