"""What a reader of a report must know to read its numbers right, as codes that wording.toml words."""

from collections.abc import Iterable, Mapping
from typing import Any

NO_STAYS = "no_stays"
EVERYTHING_CENSORED = "everything_censored"
HORIZON_BEYOND_DATA = "horizon_beyond_data"
NOTES = (NO_STAYS, EVERYTHING_CENSORED, HORIZON_BEYOND_DATA)

Block = Mapping[str, Any]


def notes(blocks: Iterable[Block]) -> list[dict[str, Any]]:
    """Of the blocks of one group, as they are shown: a note, and the steps it is about."""
    shown = [block for block in blocks if not block["suppressed"]]
    told = {
        NO_STAYS: [block["step"] for block in shown if block["visits"] == 0],
        EVERYTHING_CENSORED: [block["step"] for block in shown if block["visits"] and block["completed"] == 0],
        HORIZON_BEYOND_DATA: [block["step"] for block in shown if _is_beyond(block)],
    }
    return [{"code": code, "steps": steps} for code, steps in told.items() if steps]


def _is_beyond(block: Block) -> bool:
    """Some were still there on the last day anybody was observed, and the horizon lies after it.

    Where the last day is hidden nothing is said: asked with one horizon after another, the note would tell it.
    """
    last, curve = block.get("observed_to"), block["curve"]
    return last is not None and last < block["horizon"] and not (curve and curve[-1][3] == 0)
