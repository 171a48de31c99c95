"""The tail of the chi-square distribution, from which a test's p is read."""

from math import erfc, exp, fsum, lgamma, log, sqrt


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
