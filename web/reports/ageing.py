"""Open cases by their days in the step, against the days of all who were in it: who has stood longest is found here."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from web.reports.choices import Choices
from web.reports.words import Row, columns, counted, drawn, number, short_step, step_name

Step = Mapping[str, Any]
MOST_DOTS = 60
"""Of one step; with more days than these, days beside each other share a dot."""
COLUMNS = {
    "step": _l("Step"), "open": _l("In the step"), "over_guide": _l("Over the guide time"),
    "over_most": _l("Longer than three of four"), "longest": _l("Longest so far"),
}  # fmt: skip


def worded(ages: Mapping[str, Any], steps: list[Mapping[str, Any]], chosen: Choices) -> dict[str, Any] | None:
    """`ages` as queries/ageing.py tells them, `steps` as time per step does; None for who may not open the cases."""
    if not ages["whole"]:
        return None
    past = {step["step"]: step for step in steps}
    rows = [{**step, "past": past.get(step["step"], {})} for step in ages["steps"] if step["total"]]
    description = _(
        "Each open case by its days in the step so far. The band is the middle half of all stays, its mark the median, "
        "the dashed mark the guide time. Filled: longer than three of four."
    )
    return {
        "drawing": drawn(
            "ageing", _("Open cases"), description, x=_("Days so far"), rows=[_drawn(row, chosen) for row in rows]
        ),
        "description": description,
        "columns": columns(COLUMNS),
        "rows": [_row(row, chosen) for row in rows],
    }


def _quartile(step: Step, part: str) -> float | None:
    found: float | None = step["past"].get(part)
    return found


def _drawn(step: Step, chosen: Choices) -> dict[str, Any]:
    title = short_step(step["step"])
    return {
        "label": title,
        "guide": step["guide_days"],
        **{part: _quartile(step, part) for part in ("quartile_1", "median", "quartile_3")},
        "open": [_dot(step, title, first, last, many, chosen) for first, last, many in _together(step["open"])],
    }


def _together(found: list[Mapping[str, int]]) -> list[tuple[int, int, int]]:
    """(first day, last day, how many): every day by itself, unless there are too many of them to be seen apart."""
    days = [dot["days"] for dot in found]
    wide = 1 + (max(days) - min(days)) // MOST_DOTS if len(days) > MOST_DOTS else 1
    joined: dict[int, tuple[int, int, int]] = {}
    for dot in found:
        _first, _last, many = joined.get(dot["days"] // wide, (0, 0, 0))
        first = dot["days"] // wide * wide
        joined[dot["days"] // wide] = (first, first + wide - 1, many + dot["many"])
    return list(joined.values())


def _dot(step: Step, title: str, first: int, last: int, many: int, chosen: Choices) -> dict[str, Any]:
    days = str(first) if first == last else f"{first}–{last}"
    said = ngettext("%(step)s: %(num)s case, %(days)s days", "%(step)s: %(num)s cases, %(days)s days", many,
                    step=title, days=days)  # fmt: skip
    url = chosen.cases("ageing", step=step["step"], first=first, last=last)
    return {"days": (first + last) / 2, "many": many, "said": said, "url": url}


def _row(step: Step, chosen: Choices) -> Row:
    guide, most = step["guide_days"], _quartile(step, "quartile_3")
    return {
        "step": step_name(step["step"]),
        "open": counted(step["total"], chosen.cases("ageing", step=step["step"])),
        "over_guide": _over(step, guide, chosen),
        "over_most": _over(step, most, chosen),
        "longest": number(max(dot["days"] for dot in step["open"])),
    }


def _over(step: Step, limit: float | None, chosen: Choices) -> Any:
    if limit is None:
        return "–"
    many = sum(dot["many"] for dot in step["open"] if dot["days"] > limit)
    return counted(many, chosen.cases("ageing", step=step["step"], first=int(limit) + 1))
