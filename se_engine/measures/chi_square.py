"""The tail of the chi-square distribution, from which a test's p is read, and the test that groups have one rate."""

from collections.abc import Sequence
from fractions import Fraction
from math import erfc, exp, fsum, lgamma, log, sqrt
from typing import NamedTuple


class OneRate(NamedTuple):
    """The statistic, its degrees of freedom, and the probability of one as large if the groups are alike."""

    chi2: float
    df: int
    p: float


def upper_tail(chi2: float, df: int) -> float:
    """The probability of at least `chi2` with `df` degrees of freedom: the regularised Q(df / 2, chi2 / 2).

    For whole df it is a finite sum, Q(a + 1, x) = Q(a, x) + x^a · e^−x / Γ(a + 1) from Q(1/2, x) = erfc √x or
    Q(0, x) = 0 (Abramowitz and Stegun 1964, 26.4.4, 26.4.5 and 6.5.22). No term is negative, so nothing cancels.
    Without degrees of freedom the statistic can only be 0.
    """
    if df < 0 or not chi2 >= 0:
        raise ValueError(f"There is no chi-square of {chi2} with {df} degrees of freedom.")
    half = chi2 / 2
    if half == 0:
        return 1.0
    odd = df % 2
    powers = (power + odd / 2 for power in range(df // 2))
    # By logarithms: the factors alone leave the range of a float where their product does not.
    terms = [exp(power * log(half) - half - lgamma(power + 1)) for power in powers]
    return min(1.0, fsum([erfc(sqrt(half)) if odd else 0.0, *terms]))


def one_rate(groups: Sequence[tuple[int, int]]) -> OneRate:
    """Pearson's test over groups of (people, those it holds for), exact up to the last step.

    Where it holds for everybody or for nobody the groups are alike.
    """
    many, held = sum(size for size, _ in groups), sum(found for _, found in groups)
    if len(groups) < 2 or held in (0, many):
        return OneRate(0.0, 0, 1.0)
    rate = Fraction(held, many)
    # In a group, those it holds for and the others miss their expectation by the same number.
    parts = ((found - size * rate) ** 2 / (size * rate * (1 - rate)) for size, found in groups if size)
    chi2, df = float(sum(parts, Fraction(0))), sum(size > 0 for size, _ in groups) - 1
    return OneRate(chi2, df, upper_tail(chi2, df))
