"""What is said of all stays in one step: how many, how long, where to, and who was waited for."""

from collections import Counter
from dataclasses import dataclass, field
from math import isnan

from se_engine.measures.survival import Curve, Limits, product_limit_from_counts

DEFINITION_VERSION = 1


@dataclass
class Tally:
    """The stays in one step, counted: `days` by (days observed, left for another step)."""

    days: Counter[tuple[int, bool]] = field(default_factory=Counter)
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
    curve = product_limit_from_counts((days, left, many) for (days, left), many in tally.days.items())
    low, high = curve.quantile_band(0.5)
    return {
        "step": step,
        "visits": tally.visits,
        "completed": tally.completed,
        "open": tally.visits - tally.completed,
        "left_to": {
            "forward": tally.forward,
            "back": tally.back,
            "ended": dict(sorted(tally.ended.items())),
            "open": tally.open,
        },
        "median": _days(curve.quantile(0.5)),
        "median_low": _days(low),
        "median_high": _days(high),
        "quartile_1": _days(curve.quantile(0.75)),
        "quartile_3": _days(curve.quantile(0.25)),
        "mean_to_horizon": _rounded(curve.restricted_mean(horizon)),
        "horizon": horizon,
        "observed_to": curve.last_day,
        "own_days_mean": _mean(tally.own, tally),
        "waiting_days_mean": _mean(tally.waiting, tally),
        "paused_days_mean": _mean(tally.paused, tally),
        "waiting_by": {whom: _mean(days, tally) for whom, days in sorted(tally.waiting_by.items()) if days},
        "curve": [[row.day, row.at_risk, row.events, round(row.survival, 6)] for row in curve.rows],
        "band": _band(curve),
    }


def _mean(days: int, tally: Tally) -> float | None:
    return round(days / tally.visits, 4) if tally.visits else None


def _days(days: float | None) -> float | None:
    """A whole number of days is written as one: 38, not 38.0."""
    return int(days) if days is not None and days.is_integer() else days


def _rounded(days: float | None) -> float | None:
    return None if days is None else round(days, 4)


def _band(curve: Curve) -> list[list[float | None]]:
    """The limits of 95 % beside the rows of the curve; none once everybody has left: JSON knows no NaN."""
    return [[limits.day, *_limits(limits)] for limits in curve.band()]


def _limits(limits: Limits) -> list[float | None]:
    return [None if isnan(limit) else round(limit, 6) for limit in (limits.low, limits.high)]
