"""How far a proportion may lie from the truth, and how far a unit from the target, by chance alone."""

from collections.abc import Iterator
from itertools import accumulate
from math import fsum, sqrt
from statistics import NormalDist

# Chances smaller than this, beside that of the likeliest count, change no digit of any limit.
NEGLIGIBLE = 1e-30


def wilson(k: int, n: int, level: float = 0.95) -> tuple[float, float] | None:
    """Wilson's limits for k of n (JASA 22, 1927), without continuity correction; None where n is 0.

    (k + z²/2 ± z · √(k · (n − k) / n + z²/4)) / (n + z²), with z the normal quantile of the level.
    """
    if not 0 <= k <= n:
        raise ValueError(f"{k} of {n} cannot be.")
    if n == 0:
        return None
    z = NormalDist().inv_cdf(1 - _tail(level))
    middle, reach = k + z * z / 2, z * sqrt(k * (n - k) / n + z * z / 4)
    # Nobody and everybody are limits themselves, whatever the last digit says.
    low = 0.0 if k == 0 else (middle - reach) / (n + z * z)
    high = 1.0 if k == n else (middle + reach) / (n + z * z)
    return low, high


def funnel_limits(target: float, n: int, level: float = 0.95) -> tuple[float, float]:
    """Between which proportions a unit of n lies with this probability, if its chance is the target.

    Exact binomial limits, interpolated (Spiegelhalter, Statistics in Medicine 24, 2005, appendix): with α on the
    one side and r the smallest count with P(R ≤ r) ≥ α, the limit is (r − (P(R ≤ r) − α) / P(R = r)) / n.

    Two things are added: the target itself is never outside, and no limit lies below the largest count where that
    is likelier than α. The rule spreads the chance of r over r − 1 to r, which makes the upper limit the stricter
    one: the count next above it may be likelier than α.
    """
    if not 0 <= target <= 1 or n < 1:
        raise ValueError(f"There are no limits around {target} for {n} people.")
    alpha = _tail(level)
    first, chances = _binomial(n, target)
    low = first + _lower(chances, alpha)
    high = n if n - first < len(chances) and chances[n - first] > alpha else first + _upper(chances, alpha)
    return min(target, max(0.0, low / n)), max(target, high / n)


def _lower(chances: list[float], alpha: float) -> float:
    """Where the chances from the first on have come to α."""
    for count, so_far in enumerate(accumulate(chances)):
        if so_far >= alpha:
            return count - (so_far - alpha) / chances[count]
    raise AssertionError("Chances sum to 1.")


def _upper(chances: list[float], alpha: float) -> float:
    """Where the chances from the last down have come to α; added up from there, for 1 − α would lose digits."""
    above = 0.0
    for count in reversed(range(len(chances))):
        if above + chances[count] > alpha:
            return count - (alpha - above) / chances[count]
        above += chances[count]
    raise AssertionError("Chances sum to 1.")


def _binomial(n: int, p: float) -> tuple[int, list[float]]:
    """The first count that may happen, and the chances from it on, built outwards from the likeliest count.

    Each follows from its neighbour, and all are divided by their sum: no factorial, no power, whatever n.
    """
    likeliest = min(n, int((n + 1) * p))
    down = list(_falling(r * (1 - p) / ((n - r + 1) * p) for r in range(likeliest, 0, -1)))
    up = list(_falling((n - r) * p / ((r + 1) * (1 - p)) for r in range(likeliest, n)))
    weights = [*reversed(down), 1.0, *up]
    total = fsum(weights)
    return likeliest - len(down), [weight / total for weight in weights]


def _falling(ratios: Iterator[float]) -> Iterator[float]:
    weight = 1.0
    for ratio in ratios:
        weight *= ratio
        if weight < NEGLIGIBLE:
            return
        yield weight


def _tail(level: float) -> float:
    if not 0 < level < 1:
        raise ValueError(f"A confidence level lies between 0 and 1, {level} does not.")
    return (1 - level) / 2
