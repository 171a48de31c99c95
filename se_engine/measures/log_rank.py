"""Whether groups leave a step at different speeds: the log-rank test."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress, repeat
from math import dist, hypot, sqrt
from operator import mul, truediv
from typing import Any, NamedTuple, TypeVar

from se_engine.measures.chi_square import upper_tail
from se_engine.measures.days import Days, at_places

Group = tuple[Sequence[int], Sequence[bool]]
"""The days of a group's visits and whether each was left, as `product_limit` takes them."""

Counts = Iterable[tuple[int, bool, int]]
"""A group's visits counted: (day, left, how many), as `product_limit_from_counts` takes them."""

Visits = TypeVar("Visits")


class LogRank(NamedTuple):
    """The statistic, its degrees of freedom, and the probability of one as large if the groups are alike."""

    chi2: float
    df: int
    p: float


class Compared(NamedTuple):
    """How many of a group left, and how many would have, had all groups left at the same speed."""

    observed: int
    expected: float


NOTHING_TO_COMPARE = LogRank(0.0, 0, 1.0)


def log_rank(groups: Mapping[Any, Group] | Iterable[Group]) -> LogRank:
    """The test over groups of (days, left); of a mapping, the values are the groups."""
    return log_rank_from_counts([_counted(days, left) for days, left in _listed(groups)])


def log_rank_from_counts(groups: Mapping[Any, Counts] | Iterable[Counts]) -> LogRank:
    """Mantel 1966, Peto and Peto 1972, with the hypergeometric variance, which is exact for tied days.

    On a day with d events among n at risk, a group with n_j at risk expects d · n_j / n of them; covariance
    d · (n − d) / (n − 1) · n_j / n · ([j = k] − n_k / n). A group of which nobody is at risk on any such day
    tells nothing, and counts neither in the statistic nor in its degrees of freedom.
    """
    return _test(_lined_up(_listed(groups)))


def log_rank_of(groups: Iterable[Days]) -> LogRank:
    """The same test from lists of days, which is the quickest."""
    return _test(_lined_up_columns(list(groups)))


def observed_and_expected(groups: Mapping[Any, Counts] | Iterable[Counts]) -> list[Compared]:
    """What the test compares, for each of the counted groups in their order."""
    return [Compared(side.observed, side.expected) for side in _lined_up(_listed(groups)).sides]


@dataclass(frozen=True, slots=True)
class _Side:
    at_risk: Sequence[int]
    """On each day on which anybody of any group left."""
    observed: int
    expected: float


@dataclass(frozen=True, slots=True)
class _Lined:
    """The days with events, of all groups together, and each group over the same days."""

    events: list[int]
    at_risk: list[int]
    sides: list[_Side]

    @classmethod
    def up(cls, events: list[int], at_risk: Sequence[Sequence[int]], observed: Iterable[int]) -> "_Lined":
        everybody = list(map(sum, zip(*at_risk, strict=True)))
        hazard = list(map(truediv, events, everybody))
        expected = (sum(map(mul, there, hazard)) for there in at_risk)
        return cls(events, everybody, list(map(_Side, at_risk, observed, expected)))


def _test(lined: _Lined) -> LogRank:
    # Groups only shrink, so who is not there on the first day with events never will be.
    there = sorted((side for side in lined.sides if any(side.at_risk[:1])), key=lambda side: side.expected)
    counted = zip(lined.at_risk, lined.events, strict=True)
    weights = [events * (n - events) / (n - 1) if n > 1 else 0.0 for n, events in counted]
    if len(there) < 2 or not any(weights):
        return NOTHING_TO_COMPARE
    roots = list(map(truediv, map(sqrt, weights), lined.at_risk))
    parts = [tuple(map(mul, side.at_risk, roots)) for side in there]
    # The differences sum to 0, so one group says nothing new; without the largest the fewest digits are lost.
    differences = [side.observed - side.expected for side in there[:-1]]
    chi2 = _quadratic_form(differences, _covariance(parts))
    return LogRank(chi2, len(differences), upper_tail(chi2, len(differences)))


def _lined_up(groups: list[Counts]) -> _Lined:
    gone = [_tally(group) for group in groups]
    event_days = sorted({day for group in gone for day, (_, events) in group.items() if events})
    at_risk = [list(_at_risk(group, event_days)) for group in gone]
    events = [sum(group.get(day, (0, 0))[1] for group in gone) for day in event_days]
    return _Lined.up(events, at_risk, [sum(left for _, left in group.values()) for group in gone])


def _lined_up_columns(groups: list[Days]) -> _Lined:
    length = max((len(group.left) for group in groups), default=0)
    lefts = [[*group.left, *repeat(0, length - len(group.left))] for group in groups]
    events = list(map(sum, zip(*lefts, strict=True)))
    chosen = at_places(compress(range(length), events))
    at_risk = [chosen([*group.not_gone(), *repeat(0, length - len(group.left))]) for group in groups] if length else []
    return _Lined.up(list(filter(None, events)), at_risk, map(sum, lefts))


def _tally(visits: Counts) -> dict[int, tuple[int, int]]:
    """Who goes, by day: (censored, left)."""
    gone: dict[int, tuple[int, int]] = {}
    for day, seen, many in visits:
        if day < 0 or many < 0:
            raise ValueError(f"{many} visits of {day} days cannot be.")
        censored, left = gone.get(day, (0, 0))
        gone[day] = (censored, left + many) if seen else (censored + many, left)
    return gone


def _at_risk(gone: dict[int, tuple[int, int]], days: list[int]) -> Iterator[int]:
    """How many have not gone before each day; who is censored on a day is still at risk in its events."""
    still = sum(map(sum, gone.values()))
    going = sorted(gone, reverse=True)
    for day in days:
        while going and going[-1] < day:
            still -= sum(gone[going.pop()])
        yield still


def _covariance(parts: list[tuple[float, ...]]) -> list[list[float]]:
    """Of the differences of all sides; each row sums to 0, which gives the diagonal without subtracting.

    Each part is a side's share of those at risk on each day, by the root of the day's weight, so what two have in
    common is the sum of their products. It is read off their distance, |a − b|² = |a|² + |b|² − 2 · a · b, which the
    library measures, to the last digit, in a quarter of the time that multiplying and adding up takes.
    """
    size = len(parts)
    covariance = [[0.0] * size for _ in parts]
    squares = [hypot(*part) ** 2 for part in parts]
    for j in range(size):
        for k in range(j):
            covariance[j][k] = covariance[k][j] = (dist(parts[j], parts[k]) ** 2 - squares[j] - squares[k]) / 2
    for j in range(size):
        covariance[j][j] = -sum(covariance[j])
    return covariance


def _quadratic_form(differences: list[float], covariance: list[list[float]]) -> float:
    """differences · covariance⁻¹ · differences, by elimination: every pivot is positive, every term a square.

    Rows beyond the differences are left aside.
    """
    size = len(differences)
    rest, rows = list(differences), [row[:size] for row in covariance[:size]]
    total = 0.0
    for j in range(size):
        pivot, *above = rows[j]
        total += rest[j] ** 2 / pivot
        for k in range(j + 1, size):
            share = rows[k][0] / pivot
            rest[k] -= share * rest[j]
            # What is left of the pivot is not asked for again, so a row gets shorter each time.
            rows[k] = [below - share * over for below, over in zip(rows[k][1:], above, strict=True)]
    return total


def _listed(groups: Mapping[Any, Visits] | Iterable[Visits]) -> list[Visits]:
    # Any, because a mapping is invariant in its keys, and these are not looked at.
    return list(groups.values() if isinstance(groups, Mapping) else groups)


def _counted(days: Sequence[int], left: Sequence[bool]) -> Counts:
    visits = Counter(zip(days, left, strict=True))
    return [(day, seen, many) for (day, seen), many in visits.items()]
