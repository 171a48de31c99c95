"""What is said of all stays in one step: how many, how long, where to, and who was waited for."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import isnan

from se_engine.measures.days import Days
from se_engine.measures.survival import Curve, product_limit_of

DEFINITION_VERSION = 1
DIGITS = 6
"""Of a proportion, in what is shown."""
LARGE = 2.0**52
"""From here on there is no room for fractions in a float."""
ALL_BUT_HALF = 0.4999999


@dataclass
class Tally:
    """The stays in one step, counted: `days` are those observed, apart those left for another step."""

    days: Days = field(default_factory=Days)
    own: int = 0
    waiting: int = 0
    paused: int = 0
    waiting_by: Counter[str] = field(default_factory=Counter)
    forward: int = 0
    back: int = 0
    ended: Counter[str] = field(default_factory=Counter)
    open: int = 0

    @property
    def visits(self) -> int:
        return self.days.total()

    @property
    def completed(self) -> int:
        return self.forward + self.back


def block(step: str, tally: Tally, *, horizon: int) -> dict[str, object]:
    """The numbers of one step, as the report gives them; None where a number has no value."""
    curve = product_limit_of(tally.days)
    low, high = curve.limits()
    visits = tally.visits
    return {
        "step": step,
        "visits": visits,
        "completed": tally.completed,
        "open": visits - tally.completed,
        "left_to": {
            "forward": tally.forward,
            "back": tally.back,
            "ended": dict(sorted(tally.ended.items())),
            "open": tally.open,
        },
        "median": _days(curve.quantile(0.5)),
        "median_low": _days(curve.reached(0.5, low)),
        "median_high": _days(curve.reached(0.5, high)),
        "quartile_1": _days(curve.quantile(0.75)),
        "quartile_3": _days(curve.quantile(0.25)),
        "mean_to_horizon": _rounded(curve.restricted_mean(horizon)),
        "horizon": horizon,
        "observed_to": curve.last_day,
        "own_days_mean": _mean(tally.own, visits),
        "waiting_days_mean": _mean(tally.waiting, visits),
        "paused_days_mean": _mean(tally.paused, visits),
        "waiting_by": {whom: _mean(days, visits) for whom, days in sorted(tally.waiting_by.items()) if days},
        "curve": _rows(curve.days, curve.at_risk, curve.events, _proportions(curve.survival)),
        "band": _band(curve, low, high),
    }


def _mean(days: int, visits: int) -> float | None:
    return round(days / visits, 4) if visits else None


def _days(days: float | None) -> float | None:
    """A whole number of days is written as one: 38, not 38.0."""
    return int(days) if days is not None and days.is_integer() else days


def _rounded(days: float | None) -> float | None:
    return None if days is None else round(days, 4)


def _rows(*columns: Iterable[float | None]) -> list[tuple[float | None, ...]]:
    return list(zip(*columns, strict=True))


def _proportions(heights: Sequence[float]) -> list[float]:
    """Each as `round` gives it, in less than half the time: to a whole number of millionths, by adding a number so
    large that nothing smaller than one has room beside it.

    Where one lies all but in the middle between two, it is left to `round`, which looks closer.
    """
    parts, large, half = 10.0**DIGITS, LARGE, ALL_BUT_HALF / 10**DIGITS
    return [
        near if -half < height - (near := ((height * parts + large) - large) / parts) < half else round(height, DIGITS)
        for height in heights
    ]


def _band(curve: Curve, low: list[float], high: list[float]) -> list[tuple[float | None, ...]]:
    """The limits of 95 % beside the rows of the curve; none once everybody has left: JSON knows no NaN."""
    band = _rows(curve.days, _proportions(low), _proportions(high))
    if band and isnan(low[-1]):
        band[-1] = (curve.days[-1], None, None)
    return band
