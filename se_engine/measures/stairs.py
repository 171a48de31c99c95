"""A curve as it may be published: nobody at risk is counted, and no step of it tells of fewer than a threshold."""

from collections.abc import Iterable
from math import floor

from se_engine.measures.survival import SAME

QUARTERS, MOST_IN_A_QUARTER = 4, 5
"""Finer than one stair in twenty nobody reads a curve."""

Stair = tuple[int, float]
"""A day, and the proportion reached or passed on it: so many at most are still there from that day on."""


def stairs(
    rows: Iterable[tuple[int, int, float]], visits: int, threshold: int, *, quarters_only: bool = False
) -> list[Stair]:
    """The stairs of a curve that is given by its days: (day, how many left, proportion still there).

    The height is divided into equal parts (`division`). There is a stair on the first day on which the curve has come
    down to a further part, at least a threshold have left since the stair before, and at least as many are yet to
    leave: the last few are on no stair. The proportion is that of the lowest part reached, and never nought, which
    would tell of everybody. A band would tell how many were at risk, so there is none.

    `quarters_only` is for a curve of which nobody is told how many left: its quarters alone, where each is of twice
    the threshold of the visits.
    """
    days, parts = list(rows), division(visits, threshold)
    if quarters_only:
        parts = QUARTERS if parts >= 2 * QUARTERS else 1
    to_come = sum(events for _, events, _ in days)
    found: list[Stair] = []
    reached = left = 0
    for day, events, proportion in days:
        left, to_come = left + events, to_come - events
        down = min(parts - 1, floor((1 - proportion) * parts + SAME))
        if down > reached and left >= threshold <= to_come:
            found.append((day, round(1 - down / parts, 6)))
            reached, left = down, 0
    return found


def rising(rows: Iterable[tuple[int, int, float]], visits: int, threshold: int) -> list[Stair]:
    """The same for a share that rises, as that of an outcome: (day, how many had it, share), and so many at least."""
    falling = ((day, events, 1 - share) for day, events, share in rows)
    return [(day, round(1 - still, 6)) for day, still in stairs(falling, visits, threshold)]


def division(visits: int, threshold: int) -> int:
    """Into how many parts the height of a curve is divided, each of at least a threshold of the visits.

    So many that the quarters are among them: 20, 16, 12, 8 or 4, else 2; 1 is no curve at all.
    """
    in_a_quarter = min(MOST_IN_A_QUARTER, visits // (QUARTERS * threshold))
    return in_a_quarter * QUARTERS or (2 if visits >= 2 * threshold else 1)


def read_off(found: Iterable[Stair], proportion: float) -> int | None:
    """The first day of the stairs with at most this proportion still there; None when they do not come down to it."""
    return next((day for day, still in found if still <= proportion + SAME), None)
