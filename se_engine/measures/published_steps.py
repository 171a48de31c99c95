"""Time per step as it is published: for readers who may not open the cases, and for everything that is exported."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from se_engine.measures.alternatives import WHOLE, Cell, Tree
from se_engine.measures.publication import LEAST_THRESHOLD, Counts
from se_engine.measures.stairs import read_off, stairs
from se_engine.measures.suppression import names_of

ENDED, WAITED = "ended", "waited"
STANDING = frozenset({"open", "running"})
"""What people leave again; all else of a step only grows."""

_MEDIAN_AND_QUARTILES = {"median": 0.5, "quartile_1": 0.75, "quartile_3": 0.25}
_UNPUBLISHED = ("median_low", "median_high", "mean_to_horizon")
"""They tell how many were at risk when."""


def step_counts(group: str, block: Mapping[str, Any]) -> dict[Cell, int]:
    """The counts of one block of the report, the group WHOLE where nothing divides it."""
    to = block["left_to"]
    parts = {
        "visits": block["visits"],
        "completed": block["completed"],
        "open": block["open"],
        "forward": to["forward"],
        "back": to["back"],
        "running": to["open"],
        **{f"{ENDED}.{reason}": count for reason, count in to["ended"].items()},
    }
    return {(group, part): count for part, count in parts.items()}


def step_tree(series: Iterable[Counts]) -> Tree:
    """What sums to what in these counts, with every reason to end that occurs in any of them."""
    reasons = sorted({part for counts in series for _, part in counts if part.startswith(f"{ENDED}.")})
    return {
        "visits": ("completed", "open"),
        "completed": ("forward", "back"),
        "open": ("running", *reasons),
    }


def waited_counts(waited: Mapping[str, Mapping[str, int]]) -> tuple[Counts, Tree]:
    """In how many stays of each group each party was waited for, as cells; the days stand and fall with them."""
    parties = sorted({party for stays in waited.values() for party in stays})
    groups = [stays for group, stays in waited.items() if group != WHOLE]
    rows = {WHOLE: {party: sum(stays.get(party, 0) for stays in groups) for party in parties}} | dict(waited)
    counts = {(group, f"{WAITED}.{party}"): stays.get(party, 0) for group, stays in rows.items() for party in parties}
    totals = {(group, WAITED): sum(stays.values()) for group, stays in rows.items()}
    return counts | totals, {WAITED: tuple(f"{WAITED}.{party}" for party in parties)}


def published_block(
    block: Mapping[str, Any],
    group: str,
    hidden: frozenset[Cell],
    threshold: int,
    *,
    waited: Mapping[str, int] | None = None,
) -> dict[str, object]:
    """The block of a step as it is published, given which cells are hidden.

    `waited` are the stays in which each party was waited for; a party that it does not name is hidden, and so is one
    whose cell is. Means are in whole days. Median and quartiles are read off the stairs, so they tell nothing more.
    """
    if (group, "visits") in hidden:
        return names_of(block) | {"suppressed": True}

    def shown(part: str, value: object) -> object:
        return None if (group, part) in hidden else value

    k, to = max(threshold, LEAST_THRESHOLD), block["left_to"]
    left_is_hidden = (group, "completed") in hidden
    curve = stairs(_unrounded(block["curve"]), block["visits"], k, quarters_only=left_is_hidden)
    return {
        **block,
        "completed": shown("completed", block["completed"]),
        "open": shown("open", block["open"]),
        "left_to": {
            "forward": shown("forward", to["forward"]),
            "back": shown("back", to["back"]),
            "ended": _ended(group, to["ended"], hidden),
            "open": shown("running", to["open"]),
        },
        **{name: read_off(curve, proportion) for name, proportion in _MEDIAN_AND_QUARTILES.items()},
        **dict.fromkeys(_UNPUBLISHED),
        "own_days_mean": _whole(block["own_days_mean"]),
        "waiting_days_mean": shown(WAITED, _whole(block["waiting_days_mean"])),
        "paused_days_mean": _whole(block["paused_days_mean"]),
        "waiting_by": {
            party: shown(f"{WAITED}.{party}", _whole(days)) if party in (waited or {}) else None
            for party, days in block["waiting_by"].items()
        },
        "curve": [[day, None, None, proportion] for day, proportion in curve],
        "band": [],
        "suppressed": False,
    }


def _ended(group: str, ended: Mapping[str, int], hidden: frozenset[Cell]) -> dict[str, int | None]:
    """Hidden reasons are named whether or not they occur here: that one is missing would tell that it is nought."""
    concealed = {part.removeprefix(f"{ENDED}.") for of, part in hidden if of == group and part.startswith(f"{ENDED}.")}
    return {reason: None if reason in concealed else ended[reason] for reason in sorted({*ended, *concealed})}


def _unrounded(rows: Iterable[Sequence[Any]]) -> Iterator[tuple[int, int, float]]:
    """Day, how many left, and the proportion still there, which the block gives to six decimals only."""
    still = 1.0
    for day, at_risk, events, _ in rows:
        still *= (at_risk - events) / at_risk
        yield day, events, still


def _whole(days: float | None) -> int | None:
    return None if days is None else round(days)
