"""Time per step of groups beside each other, or of a team beside its own past: step by step, with one drawing each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import format_date, format_decimal
from flask_babel import gettext as _

from se_engine.printing.drawing_look import MOST
from web.reports.answers import Answer
from web.reports.stay_numbers import NUMBERS, axes, half, has_curve, line, no_curve, numbers
from web.reports.words import Cell, columns, drawn, group_title, number, step_name

Step = Mapping[str, Any]
RARE = 0.05


@dataclass(frozen=True)
class Side:
    """One of those that are compared: its name, as a cell, its steps, and what narrows the cases behind to it."""

    name: str
    cell: Cell
    steps: Sequence[Step]
    narrowed: Mapping[str, Any]


def groups(answer: Answer) -> Iterator[dict[str, Any]]:
    found = [
        Side(group_title(answer.chosen.by, label or ""), answer.group(label or ""), block["steps"], {"group": label})
        for label, block in answer.blocks()
    ]
    return _beside(found, answer, answer.found.get("log_rank") or {}, _("Group"))


def own_past(answer: Answer, now: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The period, and the same days a year or half a year before, as they stand now."""
    before = now["before"]
    sides = [
        Side(_period(one), _period(one), one["steps"], {"from": one["from"], "to": one["to"], "compare": None})
        for one in (now, before)
    ]
    return _beside(sides, answer, before.get("log_rank") or {}, _("Period"))


def _period(block: Mapping[str, Any]) -> str:
    first, last = (format_date(date.fromisoformat(block[end]), "medium") for end in ("from", "to"))
    return f"{first} – {last}"


def _beside(
    sides: Sequence[Side], answer: Answer, tests: Mapping[str, Any], of_what: str
) -> Iterator[dict[str, Any]]:  # fmt: skip
    for place, first in enumerate(sides[0].steps if sides else ()):
        of_step = [(side, side.steps[place]) for side in sides]
        seen = [one for one in of_step if has_curve(one[1])]
        largest = sorted(seen, key=lambda one: -(one[1]["visits"] or 0))[:MOST]
        chosen = [one for one in seen if one in largest]  # in the order of the table
        title = step_name(first["step"])
        told = " ".join(f"{side.name}: {half(step)}" for side, step in chosen)
        lines = [line(step, side.name) for side, step in chosen]
        yield {
            "title": title,
            "drawing": drawn("curves", title, told, **axes(), lines=lines, named=True),
            "nothing": no_curve(step for _side, step in of_step),
            "left_out": len(seen) - len(chosen),
            "columns": columns({"side": of_what, **NUMBERS}),
            "rows": [{"side": side.cell, **numbers(step, answer, **side.narrowed)} for side, step in of_step],
            "difference": _difference(tests.get(first["step"])),
        }


def _difference(test: Mapping[str, Any] | None) -> str | None:
    """The log-rank test in words: that they differ, and never why."""
    if not test or test.get("p") is None:
        return None
    said = _("log-rank χ² %(chi2)s, %(df)s df, p %(p)s", chi2=number(test["chi2"]), df=test["df"], p=_p(test["p"]))
    if test["p"] < RARE:
        return _("They differ more than chance alone would often make them (%(test)s).", test=said)
    return _("They differ no more than chance alone may make them (%(test)s).", test=said)


def _p(value: float) -> str:
    return f"< {format_decimal(0.001)}" if value < 0.001 else f"= {format_decimal(round(value, 3))}"
