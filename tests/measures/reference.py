"""The measures once more: slow, in exact fractions, day by day from the definitions and not from the modules."""

from dataclasses import dataclass
from fractions import Fraction
from math import comb

ZERO, ONE = Fraction(0), Fraction(1)
Interval = tuple[int, int, int, str | None]
Matrix = list[list[Fraction]]


@dataclass(frozen=True)
class Visit:
    entry: int
    day: int
    left: bool


def survival_at(visits: list[Visit], day: int) -> Fraction:
    product = ONE
    for event_day in range(day + 1):
        at_risk = [visit for visit in visits if visit.entry < event_day <= visit.day]
        left = [visit for visit in at_risk if visit.day == event_day and visit.left]
        if left:
            product *= 1 - Fraction(len(left), len(at_risk))
    return product


def greenwood_at(visits: list[Visit], day: int) -> Fraction:
    total = ZERO
    for event_day in range(day + 1):
        at_risk = sum(visit.entry < event_day <= visit.day for visit in visits)
        left = sum(visit.day == event_day and visit.left and visit.entry < visit.day for visit in visits)
        if left:
            total += Fraction(left, at_risk * (at_risk - left))
    return survival_at(visits, day) ** 2 * total


def quantile_of(visits: list[Visit], p: Fraction) -> float | None:
    last = max((visit.day for visit in visits if visit.entry < visit.day), default=-1)
    at_or_below = [day for day in range(last + 1) if survival_at(visits, day) <= p]
    if not at_or_below:
        return None
    if survival_at(visits, at_or_below[0]) < p:
        return at_or_below[0]
    below = [day for day in at_or_below if survival_at(visits, day) < p]
    return (at_or_below[0] + (below[0] if below else last)) / 2


def log_rank_of(groups: list[list[Visit]]) -> tuple[Fraction, int]:
    """The statistic with the first informative group left out, by whole matrices, and its degrees of freedom."""
    size = len(groups)
    difference = [ZERO] * size
    covariance: Matrix = [[ZERO] * size for _ in groups]
    informative = set()
    for day in range(max((visit.day for group in groups for visit in group), default=-1) + 1):
        there = [sum(visit.day >= day for visit in group) for group in groups]
        gone = [sum(visit.day == day and visit.left for visit in group) for group in groups]
        n, d = sum(there), sum(gone)
        if not d:
            continue
        informative |= {j for j in range(size) if there[j]}
        for j in range(size):
            difference[j] += gone[j] - Fraction(d * there[j], n)
            for k in range(size):
                if n > 1:
                    shared = Fraction(there[j], n) * ((j == k) - Fraction(there[k], n))
                    covariance[j][k] += Fraction(d * (n - d), n - 1) * shared
    compared = sorted(informative)[1:]
    if not compared or not any(covariance[j][j] for j in compared):
        return ZERO, 0
    solved = solve([[covariance[j][k] for k in compared] for j in compared], [difference[j] for j in compared])
    return sum((difference[j] * x for j, x in zip(compared, solved, strict=True)), ZERO), len(compared)


def solve(matrix: Matrix, right: list[Fraction]) -> list[Fraction]:
    """Gauss and Jordan."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for j in range(len(rows)):
        pivot = next(k for k in range(j, len(rows)) if rows[k][j])
        rows[j], rows[pivot] = rows[pivot], rows[j]
        rows[j] = [value / rows[j][j] for value in rows[j]]
        for k in range(len(rows)):
            if k != j:
                rows[k] = [below - rows[k][j] * above for below, above in zip(rows[k], rows[j], strict=True)]
    return [row[-1] for row in rows]


def incidence_at(days: list[int], causes: list[int], cause: int, day: int) -> Fraction:
    everybody = [Visit(-1, last, bool(why)) for last, why in zip(days, causes, strict=True)]
    total = ZERO
    for event_day in range(day + 1):
        at_risk = sum(last >= event_day for last in days)
        left = sum(last == event_day and why == cause for last, why in zip(days, causes, strict=True))
        if left:
            total += survival_at(everybody, event_day - 1) * Fraction(left, at_risk)
    return total


def incidence_variance_at(days: list[int], causes: list[int], cause: int, day: int) -> Fraction:
    """The three sums as they are printed; the first without the day on which everybody left, where it is 0 · ∞."""
    everybody = [Visit(-1, last, bool(why)) for last, why in zip(days, causes, strict=True)]
    now = incidence_at(days, causes, cause, day)
    total = ZERO
    for event_day in range(day + 1):
        n = sum(last >= event_day for last in days)
        d = sum(last == event_day and bool(why) for last, why in zip(days, causes, strict=True))
        own = sum(last == event_day and why == cause for last, why in zip(days, causes, strict=True))
        before = survival_at(everybody, event_day - 1)
        since = now - incidence_at(days, causes, cause, event_day)
        if d and n > d:
            total += since**2 * Fraction(d, n * (n - d))
        if own:
            total += before**2 * Fraction(own * (n - own), n**3) - 2 * since * before * Fraction(own, n**2)
    return total


def occupation_at(histories: list[list[Interval]], states: list[str], day: int) -> list[Fraction]:
    """The first row of the product of one whole matrix for each day on which anything may have happened."""
    product = [[Fraction(i == j) for j in range(len(states))] for i in range(len(states))]
    for event_day in sorted({until for history in histories for _, _, until, _ in history if until <= day}):
        product = times(product, daily(histories, states, event_day))
    return product[0]


def daily(histories: list[list[Interval]], states: list[str], day: int) -> Matrix:
    """Of those observed in a state on this day, which proportion stands where in the evening."""
    matrix = [[Fraction(i == j) for j in range(len(states))] for i in range(len(states))]
    watched = [history for history in histories if any(since < day <= until for _, since, until, _ in history)]
    for i, state in enumerate(states):
        there = [history for history in watched if stands(history, states, day - 1) == state]
        for j, other in enumerate(states):
            if there:
                matrix[i][j] = Fraction(sum(stands(history, states, day) == other for history in there), len(there))
    return matrix


def stands(history: list[Interval], states: list[str], day: int) -> str:
    """Where the last change up to this day led; where everyone begins before the first."""
    led = [entered for _, _, until, entered in history if until <= day and entered is not None]
    return led[-1] if led else states[0]


def times(one: Matrix, other: Matrix) -> Matrix:
    return [
        [sum((a * b for a, b in zip(row, column, strict=True)), ZERO) for column in zip(*other, strict=True)]
        for row in one
    ]


def funnel_of(target: Fraction, n: int, alpha: Fraction) -> tuple[Fraction, Fraction]:
    """The interpolated limits as printed, from factorials, before anything is held inside the possible."""
    chances = [comb(n, count) * target**count * (1 - target) ** (n - count) for count in range(n + 1)]

    def limit(at: Fraction) -> Fraction:
        r = next(count for count in range(n + 1) if sum(chances[: count + 1]) >= at)
        return (r - (sum(chances[: r + 1]) - at) / chances[r]) / n

    return limit(alpha), limit(1 - alpha)
