"""How long people stay in a step when some have not left yet: the curve, and what is read off it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp, isnan, log, nan, sqrt
from statistics import NormalDist
from typing import Literal, NamedTuple

from se_engine.measures.competing import Incidence, competing, competing_from_counts
from se_engine.measures.log_rank import LogRank, log_rank, log_rank_from_counts
from se_engine.measures.multi_state import Occupation, Stay, multi_state, multi_state_from_counts

__all__ = [
    "Curve",
    "Incidence",
    "Limits",
    "LogRank",
    "Occupation",
    "Row",
    "Stay",
    "competing",
    "competing_from_counts",
    "log_rank",
    "log_rank_from_counts",
    "multi_state",
    "multi_state_from_counts",
    "product_limit",
    "product_limit_from_counts",
]

BandKind = Literal["log-log", "log"]

# Proportions closer than this are the same proportion: products of fractions leave dust in the last digits.
SAME = 1e-9

# Joining happens the day after, so whoever is there from the start joined on the day before day 0.
FROM_THE_START = -1


class Row(NamedTuple):
    """One day on which somebody left, with the proportion still in the step at its end."""

    day: int
    at_risk: int
    events: int
    survival: float
    std_error: float


class Limits(NamedTuple):
    """The confidence limits from this day until the next row; nan where everybody has left."""

    day: int
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Curve:
    """A step function: 1 from day 0, dropping on each row's day and level from that day on."""

    rows: tuple[Row, ...]
    last_day: int | None
    """The last day on which anybody was observed; None for a curve of nobody."""

    def quantile(self, p: float) -> float | None:
        """The first day with a proportion of at most p still in the step; None when it is not reached.

        Where the curve lies exactly at p from one day to a later drop, the midpoint of the two; where it ends
        exactly at p, the midpoint to the last observed day (as quantile.survfit of R's package survival).
        """
        return self._reached(p, ((row.day, row.survival) for row in self.rows))

    def band(self, level: float = 0.95, kind: BandKind = "log-log") -> tuple[Limits, ...]:
        """Pointwise limits of the curve; z is the normal quantile of the level, s = std_error / survival.

        log: survival · exp(± z · s), at most 1. log-log: survival ** exp(± z · s / log survival), which stays
        between 0 and 1 by itself (Kalbfleisch and Prentice, 2nd ed. 2002, section 1.4).
        """
        if not 0 < level < 1:
            raise ValueError(f"A confidence level lies between 0 and 1, {level} does not.")
        z = NormalDist().inv_cdf((1 + level) / 2)
        return tuple(_limits(row, z, kind) for row in self.rows)

    def quantile_band(
        self, p: float, level: float = 0.95, kind: BandKind = "log-log"
    ) -> tuple[float | None, float | None]:
        """The days on which the lower and the upper limit of the band reach p, by the rule of `quantile`.

        Brookmeyer and Crowley, Biometrics 38 (1982). None for a limit that does not come down to p.
        """
        band = self.band(level, kind)
        low = self._reached(p, ((limits.day, limits.low) for limits in band))
        high = self._reached(p, ((limits.day, limits.high) for limits in band))
        return low, high

    def restricted_mean(self, horizon: int) -> float | None:
        """The mean number of days in the step, counting at most `horizon` of them: the area under the curve.

        Past the last observed day the curve goes on level, as in R. None for a curve of nobody.
        """
        if horizon < 0:
            raise ValueError(f"A horizon is a number of days from 0 up, {horizon} is not.")
        if self.last_day is None:
            return None
        area, since, height = 0.0, 0, 1.0
        for row in self.rows:
            if row.day >= horizon:
                break
            area += height * (row.day - since)
            since, height = row.day, row.survival
        return area + height * (horizon - since)

    def _reached(self, p: float, steps: Iterable[tuple[int, float]]) -> float | None:
        if not 0 <= p < 1:
            raise ValueError(f"The proportion still in the step is from 0 up to below 1, {p} is not.")
        level_since: int | None = None
        for day, height in steps:
            if isnan(height):
                continue
            if height < p - SAME:
                return float(day) if level_since is None else (level_since + day) / 2
            if height <= p + SAME and level_since is None:
                level_since = day
        if level_since is None or self.last_day is None:
            return None
        return (level_since + self.last_day) / 2


def product_limit(days: Sequence[int], left: Sequence[bool], *, entry: Sequence[int] | None = None) -> Curve:
    """The curve of visits that lasted `days`, with `left` False where the end was not seen (censored).

    `entry` is delayed entry: at risk from the day after. A visit that lasted no longer than that was never at
    risk and counts for nothing.
    """
    if entry is None:
        visits = Counter(zip(days, left, strict=True))
        return product_limit_from_counts((day, seen, many) for (day, seen), many in visits.items())
    late = Counter(zip(entry, days, left, strict=True))
    return _product_limit((joined, day, seen, many) for (joined, day, seen), many in late.items())


def product_limit_from_counts(counts: Iterable[tuple[int, bool, int]]) -> Curve:
    """The same curve from visits that are already counted: (day, left, how many), in any order."""
    return _product_limit((FROM_THE_START, day, seen, many) for day, seen, many in counts)


def _product_limit(visits: Iterable[tuple[int, int, bool, int]]) -> Curve:
    """Kaplan and Meier, JASA 53 (1958): survival = Π (1 − events / at_risk) over the days with events.

    At risk on a day is who joined before it and has not gone before it; so who is censored on the day of an
    event is at risk in it. The error is Greenwood's: survival · √ Σ events / (at_risk · (at_risk − events)),
    which has no value once everybody has left.
    """
    joins, gone = _tally(visits)
    waiting_to_join = sorted(joins.items(), reverse=True)
    rows: list[Row] = []
    at_risk, survival, spread = 0, 1.0, 0.0
    for day in sorted(gone):
        while waiting_to_join and waiting_to_join[-1][0] < day:
            at_risk += waiting_to_join.pop()[1]
        censored, events = gone[day]
        if events:
            staying = at_risk - events
            survival *= staying / at_risk
            spread += events / (at_risk * staying) if staying else nan
            rows.append(Row(day, at_risk, events, survival, survival * sqrt(spread)))
        at_risk -= events + censored
    return Curve(tuple(rows), max(gone, default=None))


def _tally(visits: Iterable[tuple[int, int, bool, int]]) -> tuple[dict[int, int], dict[int, list[int]]]:
    """Who joins by day, and who goes by day: [censored, left]."""
    joins: defaultdict[int, int] = defaultdict(int)
    gone: defaultdict[int, list[int]] = defaultdict(lambda: [0, 0])
    for joined, day, seen, many in visits:
        if day < 0 or many < 0 or joined > day:
            raise ValueError(f"{many} visits from day {joined} to day {day} cannot be.")
        if many and joined < day:
            joins[joined] += many
            gone[day][bool(seen)] += many
    return joins, gone


def _limits(row: Row, z: float, kind: BandKind) -> Limits:
    if row.survival == 0:
        return Limits(row.day, nan, nan)
    reach = z * row.std_error / row.survival
    if kind == "log":
        return Limits(row.day, row.survival * exp(-reach), min(1.0, row.survival * exp(reach)))
    if kind == "log-log":
        power = exp(reach / -log(row.survival))
        return Limits(row.day, row.survival**power, row.survival ** (1 / power))
    raise ValueError(f"A band is log-log or log, {kind} is neither.")
