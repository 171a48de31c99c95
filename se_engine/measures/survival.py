"""How long people stay in a step when some have not left yet: the curve, and what is read off it."""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, compress, repeat
from math import exp, exp2, log, log2, nan, sqrt
from operator import indexOf, le, lt, mul, neg, sub, truediv
from statistics import NormalDist
from typing import Literal, NamedTuple

from se_engine.measures.competing import Incidence, competing, competing_from_counts
from se_engine.measures.days import Days, at_places
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
    "product_limit_of",
]

BandKind = Literal["log-log", "log"]

# Proportions closer than this are the same proportion: products of fractions leave dust in the last digits.
SAME = 1e-9

# A place that no list is as long as.
NOWHERE = 2**62

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
    """A step function: 1 from day 0, dropping on each day on which somebody left and level from that day on.

    Kept by columns, each as long as there are such days: a nation's report has tens of thousands of them, and the
    library goes through a column quicker than we through rows.
    """

    days: tuple[int, ...]
    at_risk: tuple[int, ...]
    events: tuple[int, ...]
    survival: tuple[float, ...]
    relative_error: tuple[float, ...]
    """The standard error of the survival as a part of it; nan once everybody has left."""
    last_day: int | None
    """The last day on which anybody was observed; None for a curve of nobody."""

    @property
    def std_error(self) -> tuple[float, ...]:
        return tuple(map(mul, self.survival, self.relative_error))

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(map(Row, self.days, self.at_risk, self.events, self.survival, self.std_error))

    def quantile(self, p: float) -> float | None:
        """The first day with a proportion of at most p still in the step; None when it is not reached.

        Where the curve lies exactly at p from one day to a later drop, the midpoint of the two; where it ends
        exactly at p, the midpoint to the last observed day (as quantile.survfit of R's package survival).
        """
        level = bisect_left(self.survival, -(p + SAME), key=neg)
        below = bisect_right(self.survival, -(p - SAME), key=neg)
        return self._from_day_to_day(p, level, below)

    def band(self, level: float = 0.95, kind: BandKind = "log-log") -> tuple[Limits, ...]:
        """Pointwise limits of the curve; z is the normal quantile of the level, s = relative_error.

        log: survival · exp(± z · s), at most 1. log-log: survival ** exp(± z · s / log survival), which stays
        between 0 and 1 by itself (Kalbfleisch and Prentice, 2nd ed. 2002, section 1.4).
        """
        return tuple(map(Limits, self.days, *self.limits(level, kind)))

    def limits(self, level: float = 0.95, kind: BandKind = "log-log") -> tuple[list[float], list[float]]:
        """The same band as two columns: its lower and its upper limits."""
        if not self.days:
            return [], []
        z = _normal_quantile(level)
        if kind not in _LIMITS:
            raise ValueError(f"A band is log-log or log, {kind} is neither.")
        # Once everybody has left there are no limits; a curve does not rise again.
        still = self.survival if self.survival[-1] else self.survival[: indexOf(self.survival, 0.0)]
        gone = [nan] * (len(self.survival) - len(still))
        low, high = _LIMITS[kind](still, self.relative_error, z)
        return low + gone, high + gone

    def quantile_band(
        self, p: float, level: float = 0.95, kind: BandKind = "log-log"
    ) -> tuple[float | None, float | None]:
        """The days on which the lower and the upper limit of the band reach p, by the rule of `quantile`.

        Brookmeyer and Crowley, Biometrics 38 (1982). None for a limit that does not come down to p.
        """
        low, high = self.limits(level, kind)
        return self.reached(p, low), self.reached(p, high)

    def restricted_mean(self, horizon: int) -> float | None:
        """The mean number of days in the step, counting at most `horizon` of them: the area under the curve.

        Past the last observed day the curve goes on level, as in R. None for a curve of nobody.
        """
        if horizon < 0:
            raise ValueError(f"A horizon is a number of days from 0 up, {horizon} is not.")
        if self.last_day is None:
            return None
        drops = [*self.days[: bisect_left(self.days, horizon)], horizon]
        return sum(map(mul, (1.0, *self.survival), map(sub, drops, [0, *drops])), 0.0)

    def reached(self, p: float, heights: Sequence[float]) -> float | None:
        """The first day on which these heights, one for each of the curve's days, come down to p; nan is none."""
        level = _first(map(le, heights, repeat(p + SAME)))
        return self._from_day_to_day(p, level, level + _first(map(lt, heights[level:], repeat(p - SAME))))

    def _from_day_to_day(self, p: float, level: int, below: int) -> float | None:
        """The day between that in place `level`, on which p is reached, and that on which it is left `below`."""
        if not 0 <= p < 1:
            raise ValueError(f"The proportion still in the step is from 0 up to below 1, {p} is not.")
        if level >= len(self.days) or self.last_day is None:
            return None
        until = self.days[below] if below < len(self.days) else self.last_day
        return float(until) if below == level else (self.days[level] + until) / 2


NOBODY = Curve((), (), (), (), (), None)


@cache
def _normal_quantile(level: float) -> float:
    """How many standard deviations hold so much of a normal distribution between them."""
    if not 0 < level < 1:
        raise ValueError(f"A confidence level lies between 0 and 1, {level} does not.")
    return NormalDist().inv_cdf((1 + level) / 2)


def _first(held: Iterator[bool]) -> int:
    """The first place in which it holds; where it nowhere does, a place beyond all."""
    try:
        return indexOf(held, True)
    except ValueError:
        return NOWHERE


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


def product_limit_of(visits: Days) -> Curve:
    """The same curve from a list of days, which is the quickest: a day costs what a column's entry does."""
    if not visits.left:
        return NOBODY
    at_risk = visits.not_gone()
    # It does not rise from day to day, so the days with somebody at risk come first.
    last_day = bisect_left(at_risk, 0, key=neg) - 1
    days = tuple(compress(range(len(at_risk)), visits.left))
    chosen = at_places(days)
    return _curve(days, chosen(at_risk), chosen(visits.left), last_day if last_day >= 0 else None)


def _product_limit(visits: Iterable[tuple[int, int, bool, int]]) -> Curve:
    """At risk on a day is who joined before it and has not gone before it; so who is censored on the day of an
    event is at risk in it.
    """
    joins, gone = _tally(visits)
    waiting_to_join = sorted(joins.items(), reverse=True)
    drops: list[tuple[int, int, int]] = []
    at_risk = 0
    for day in sorted(gone):
        while waiting_to_join and waiting_to_join[-1][0] < day:
            at_risk += waiting_to_join.pop()[1]
        censored, events = gone[day]
        if events:
            drops.append((day, at_risk, events))
        at_risk -= events + censored
    days, there, left = zip(*drops, strict=True) if drops else ((), (), ())
    return _curve(days, there, left, max(gone, default=None))


def _curve(days: tuple[int, ...], at_risk: tuple[int, ...], events: tuple[int, ...], last_day: int | None) -> Curve:
    """Kaplan and Meier, JASA 53 (1958): survival = Π (1 − events / at_risk) over the days with events.

    The error is Greenwood's: survival · √ Σ events / (at_risk · (at_risk − events)), which has no value once
    everybody has left.
    """
    staying = list(map(sub, at_risk, events))
    survival = tuple(accumulate(map(truediv, staying, at_risk), mul))
    products = list(map(mul, at_risk, staying))
    if survival and not survival[-1]:
        products = [product or nan for product in products]
    relative_error = tuple(map(sqrt, accumulate(map(truediv, events, products))))
    return Curve(days, at_risk, events, survival, relative_error, last_day)


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


def _log(survival: Sequence[float], error: Sequence[float], z: float) -> tuple[list[float], list[float]]:
    reach = list(map(mul, repeat(z), error))
    low = map(mul, survival, map(exp, map(neg, reach)))
    return list(low), list(map(min, repeat(1.0), map(mul, survival, map(exp, reach))))


def _log_log(survival: Sequence[float], error: Sequence[float], z: float) -> tuple[list[float], list[float]]:
    # To the base of 2, which the library works out in half the time.
    logs = list(map(log2, survival))
    powers = list(map(exp, map(truediv, map(mul, repeat(-z / log(2)), error), logs)))
    return list(map(pow, survival, powers)), list(map(exp2, map(truediv, logs, powers)))


_LIMITS: dict[str, Callable[[Sequence[float], Sequence[float], float], tuple[list[float], list[float]]]] = {
    "log": _log,
    "log-log": _log_log,
}
