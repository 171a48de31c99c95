"""The picture sheet: one A4 to point at when reading is hard. It says nothing about anybody."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from se_engine.printing.pairs import Beside, Pair
from se_engine.printing.paper import pages, pdf
from se_engine.printing.sheet import STEPS

TEMPLATE = "pictures"
ROWS = (
    ("choose", "stop", "interpreter", "secret"),
    ("read", "words", "job", "contract"),
    ("pay", "boss", "help", "break"),
    ("sick", "ask", "phone"),
)
"""What stands below the five steps: what she decides, what a job is, a day at work, and what comes after."""


def picture_sheet_pdf(both: Beside, on: date) -> bytes:
    return pdf(TEMPLATE, _data(both, on))


def picture_sheet_pages(both: Beside, on: date) -> Sequence[bytes]:
    """The same as pictures."""
    return pages(TEMPLATE, _data(both, on))


def _data(both: Beside, on: date) -> dict[str, Any]:
    steps = [_one(both, key, f"step_{key}") for key in STEPS]
    rows = [[_one(both, key, f"picture_{key}") for key in row] for row in ROWS]
    rows[-1].append(_one(both, "follow_up", "step_follow_up"))
    return {
        "lang": both.hers.code,
        "dir": both.hers.direction,
        "ours": both.ours.code,
        "year": on.year,
        "month": on.month,
        "day": on.day,
        "title": both.hers["picture_title"],
        "heading": _pair(both("picture_title")),
        "rows": [steps, *rows],
        "unreviewed": "" if both.alone else both.hers.unreviewed,
    }


def _one(both: Beside, key: str, caption: str) -> dict[str, Any]:
    return {"key": key, "caption": _pair(both(caption))}


def _pair(pair: Pair) -> dict[str, str]:
    return {"hers": pair.hers, "ours": pair.ours}
