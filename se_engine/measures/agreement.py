"""How far raters agree: weighted kappa for levels, intraclass correlation for totals, plain shares."""

from collections import Counter
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Literal, TypedDict

Weights = Literal["none", "linear", "quadratic"]
Rating = int | float | Fraction

DISAGREEMENT: dict[Weights, Callable[[int, int], int]] = {
    "none": lambda one, other: int(one != other),
    "linear": lambda one, other: abs(one - other),
    "quadratic": lambda one, other: (one - other) ** 2,
}


class Correlations(TypedDict):
    """The intraclass correlations of single ratings; None where there is nothing to tell subjects apart by."""

    ICC1: float | None
    """Each subject rated by raters of its own."""
    ICC2: float | None
    """The same raters for all, standing for others; agreement in the ratings themselves."""
    ICC3: float | None
    """These raters only; consistency, whatever one rates higher throughout."""


def weighted_kappa(a: Sequence[int], b: Sequence[int], weights: Weights = "none") -> float | None:
    """Cohen 1960 and 1968: 1 − the disagreement seen / that of raters who deal out the same levels by chance.

    Disagreement is the distance of the levels as numbers (or its square), so a level nobody used keeps its place.
    None where both use one and the same level throughout, or rated nothing: by chance they could not disagree.
    """
    if weights not in DISAGREEMENT:
        raise ValueError(f"Weights are none, linear or quadratic, {weights} is not.")
    weigh = DISAGREEMENT[weights]
    seen = sum(weigh(one, other) for one, other in zip(a, b, strict=True))
    of_a, of_b = Counter(a), Counter(b)
    by_chance = sum(weigh(one, other) * of_a[one] * of_b[other] for one in of_a for other in of_b)
    return float(1 - Fraction(seen * len(a), by_chance)) if by_chance else None


def share_within(a: Sequence[int], b: Sequence[int], distance: int = 0) -> float | None:
    """The share of items on which the two differ by at most this many levels; None when nothing was rated."""
    near = [abs(one - other) <= distance for one, other in zip(a, b, strict=True)]
    return sum(near) / len(near) if near else None


def icc(ratings: Sequence[Sequence[Rating]]) -> Correlations:
    """Shrout and Fleiss 1979, cases (1,1), (2,1) and (3,1), from rows of subjects and columns of raters.

    Exact in fractions until the last division. Two subjects and two raters are the least that tell anything.
    """
    rows = [[Fraction(rating) for rating in row] for row in ratings]
    n, k = len(rows), len(rows[0]) if rows else 0
    if any(len(row) != k for row in rows):
        raise ValueError("Every rater rates every subject.")
    if n < 2 or k < 2:
        return {"ICC1": None, "ICC2": None, "ICC3": None}
    total = _squares([rating for row in rows for rating in row])
    of_subjects = _squares([_mean(row) for row in rows])
    of_raters = _squares([_mean(column) for column in zip(*rows, strict=True)])
    between = k * of_subjects / (n - 1)
    within = (total - k * of_subjects) / (n * (k - 1))
    raters = n * of_raters / (k - 1)
    error = (total - k * of_subjects - n * of_raters) / ((n - 1) * (k - 1))
    return {
        "ICC1": _ratio(between - within, between + (k - 1) * within),
        "ICC2": _ratio(between - error, between + (k - 1) * error + k * (raters - error) / n),
        "ICC3": _ratio(between - error, between + (k - 1) * error),
    }


def _squares(values: Sequence[Fraction]) -> Fraction:
    """The sum of squared deviations from the mean."""
    mean = _mean(values)
    return sum(((value - mean) ** 2 for value in values), Fraction())


def _mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction()) / len(values)


def _ratio(part: Fraction, whole: Fraction) -> float | None:
    return float(part / whole) if whole else None
