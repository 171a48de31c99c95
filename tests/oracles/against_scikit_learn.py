"""Kappa against scikit-learn; chi-square, Wilson's interval and the funnel against scipy, which comes with it."""

import warnings
from random import Random
from typing import get_args

from scipy.stats import binom, binomtest, chi2
from sklearn.metrics import cohen_kappa_score

from se_engine.measures.agreement import Weights, weighted_kappa
from se_engine.measures.chi_square import upper_tail
from se_engine.measures.intervals import funnel_limits, wilson
from tests.oracles.agreeing import Comparison

LEVELS = [1, 2, 3, 4, 5]


def kappa(random: Random) -> None:
    kappas = Comparison("kappa")
    for _ in range(300):
        one = random.choices(LEVELS[: random.randint(1, 5)], k=random.randint(1, 30))
        other = [level if random.random() < 0.6 else random.choice(LEVELS) for level in one]
        for weights in get_args(Weights):
            ours = weighted_kappa(one, other, weights)
            if ours is not None:
                theirs = cohen_kappa_score(one, other, labels=LEVELS, weights=None if weights == "none" else weights)
                kappas.same([ours], [theirs], (one, other, weights))
    kappas.tell()


def tails(random: Random) -> None:
    chances = Comparison("tail of chi-square")
    for _ in range(2000):
        df = random.randint(1, 200)
        value = random.uniform(0, 3 * df + 20)
        chances.same([upper_tail(value, df)], [float(chi2.sf(value, df))], (value, df))
    chances.tell()


def intervals(random: Random) -> None:
    wilsons = Comparison("Wilson's interval")
    for _ in range(500):
        n = random.randint(1, 3000)
        k, level = random.randint(0, n), random.choice([0.8, 0.95, 0.998])
        theirs = binomtest(k, n).proportion_ci(level, "wilson")
        wilsons.same(wilson(k, n, level) or (), (theirs.low, theirs.high), (k, n, level))
    wilsons.tell()


def funnels(random: Random) -> None:
    limits = Comparison("funnel limits")
    for _ in range(500):
        n = random.choice([random.randint(30, 500), random.randint(500, 100_000)])
        target, level = random.uniform(0.2, 0.8), random.choice([0.95, 0.998])
        theirs = []
        for chance in ((1 - level) / 2, (1 + level) / 2):
            r = binom.ppf(chance, n, target)
            theirs.append((r - (binom.cdf(r, n, target) - chance) / binom.pmf(r, n, target)) / n)
        limits.same(funnel_limits(target, n, level), theirs, (target, n, level))
    limits.tell()


if __name__ == "__main__":
    warnings.simplefilter("ignore", RuntimeWarning)
    for compare in (kappa, tails, intervals, funnels):
        compare(Random(2026))  # noqa: S311 - the same examples every time
