"""Units beside each other without a ranking: each share against its size, and the limits that chance alone allows."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from se_engine.measures.intervals import funnel_limits

INSIDE, ABOVE, BELOW = "inside", "above", "below"
WARNING, ALARM = 0.95, 0.998
"""Chance alone puts one unit in twenty outside the inner limits, and one in five hundred outside the outer ones."""
LEAST_FOR_DISPERSION = 5


@dataclass(frozen=True)
class Point:
    """One unit: how many of how many, and where that lies."""

    name: str
    k: int
    n: int
    inner: tuple[float, float]
    outer: tuple[float, float]

    @property
    def share(self) -> float:
        return self.k / self.n

    @property
    def place(self) -> str:
        """Against the outer limits: the inner ones are drawn, and call nobody out."""
        if self.share < self.outer[0]:
            return BELOW
        return ABOVE if self.share > self.outer[1] else INSIDE


@dataclass(frozen=True)
class Funnel:
    target: float
    """The share of all units together."""
    points: tuple[Point, ...]
    dispersion: float | None
    """The mean of the squared distances: well above one, units differ by more than chance and the limits are narrow."""


def funnel(units: Sequence[tuple[str, int, int]], *, least: int) -> Funnel | None:
    """Of the units of at least so many, in the order of their names; None for fewer than two.

    Each is (name, k, n). The target is that of those shown, so that it tells nothing of one that is not.
    """
    shown = sorted(one for one in units if one[2] >= max(least, 1))
    if len(shown) < 2:
        return None
    target = sum(k for _, k, _ in shown) / sum(n for _, _, n in shown)
    points = tuple(
        Point(name, k, n, funnel_limits(target, n, WARNING), funnel_limits(target, n, ALARM)) for name, k, n in shown
    )
    return Funnel(target, points, _dispersion(target, points))


def _dispersion(target: float, points: Sequence[Point]) -> float | None:
    """Spiegelhalter's φ without trimming (Statistics in Medicine 24, 2005); None where it would mean nothing."""
    if len(points) < LEAST_FOR_DISPERSION or not 0 < target < 1:
        return None
    scores = [(one.share - target) / sqrt(target * (1 - target) / one.n) for one in points]
    return sum(score * score for score in scores) / len(scores)


def limits_between(target: float, smallest: int, largest: int, *, steps: int = 40) -> list[tuple[int, list[float]]]:
    """For the lines of a drawing: (n, [outer low, inner low, inner high, outer high]) over all the sizes."""
    reach = max(largest - smallest, 1)
    sizes = sorted({smallest + round(reach * step / steps) for step in range(steps + 1)})
    return [
        (n, [outer[0], inner[0], inner[1], outer[1]])
        for n in sizes
        for inner, outer in [(funnel_limits(target, n, WARNING), funnel_limits(target, n, ALARM))]
    ]
