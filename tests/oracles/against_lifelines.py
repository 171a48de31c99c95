"""Curves, tests and competing outcomes against lifelines, over random histories with ties.

Where lifelines does otherwise on purpose the comparison steps aside: its median is the first day at or below one
half, ours R's; and it moves tied days apart by chance before it estimates competing outcomes, so those have none.
"""

import warnings
from random import Random

from lifelines import AalenJohansenFitter, KaplanMeierFitter
from lifelines.exceptions import StatisticalWarning
from lifelines.statistics import multivariate_logrank_test
from lifelines.utils import restricted_mean_survival_time

from se_engine.measures.survival import competing, log_rank, product_limit
from tests.oracles.agreeing import Comparison

HISTORIES = 300


def visits(random: Random) -> tuple[list[int], list[bool]]:
    people = range(random.randint(1, 60))
    longest = random.choice([5, 30, 400])
    return [random.randint(0, longest) for _ in people], [random.random() < 0.7 for _ in people]


def curves(random: Random) -> None:
    heights, limits, medians, means = map(
        Comparison, ("product-limit curve", "log-log band", "median", "mean to a horizon")
    )
    for _ in range(HISTORIES):
        days, left = visits(random)
        curve, other = product_limit(days, left), KaplanMeierFitter().fit(days, left)
        event_days = [row.day for row in curve.rows]
        theirs = other.survival_function_.loc[event_days].iloc[:, 0]
        heights.same([row.survival for row in curve.rows], theirs, days)
        heights.same([row.at_risk for row in curve.rows], other.event_table.loc[event_days, "at_risk"], days)
        band = other.confidence_interval_survival_function_
        for row, ours in zip(curve.rows, curve.band(), strict=True):
            # Once everybody has left theirs is 0 to 0, and ours has no value.
            if row.survival:
                limits.same([ours.low, ours.high], band.loc[row.day], days)
        if all(abs(row.survival - 0.5) > 1e-9 for row in curve.rows):
            median = curve.quantile(0.5)
            medians.same([float("inf") if median is None else median], [float(other.median_survival_time_)], days)
        horizon = random.randint(1, max(days) + 1)
        mean = curve.restricted_mean(horizon)
        means.same([mean if mean is not None else -1.0], [restricted_mean_survival_time(other, t=horizon)], days)
    for comparison in (heights, limits, medians, means):
        comparison.tell()


def delayed_entry(random: Random) -> None:
    heights = Comparison("product-limit curve with delayed entry")
    for _ in range(HISTORIES):
        days, left = visits(random)
        entry = [random.randint(-1, day - 1) for day in days]
        # Theirs refuses a curve that comes to 0, so one person is there from first to last.
        days, left, entry = [*days, 500], [*left, False], [*entry, -1]
        curve = product_limit(days, left, entry=entry)
        other = KaplanMeierFitter().fit(days, left, entry=entry)
        heights.same(
            [row.survival for row in curve.rows],
            other.survival_function_.loc[[row.day for row in curve.rows]].iloc[:, 0],
            (entry, days),
        )
    heights.tell()


def comparisons(random: Random) -> None:
    tests = Comparison("log-rank test")
    for _ in range(HISTORIES):
        groups = [visits(random) for _ in range(random.randint(2, 5))]
        chi2, df, p = log_rank(groups)
        first = min((day for days, left in groups for day, seen in zip(days, left, strict=True) if seen), default=None)
        if first is None or any(max(days) < first for days, _ in groups):
            continue
        names = [name for name, (days, _) in enumerate(groups) for _ in days]
        other = multivariate_logrank_test(
            [day for days, _ in groups for day in days], names, [seen for _, left in groups for seen in left]
        )
        assert df == other.degrees_of_freedom
        tests.same([chi2, p], [other.test_statistic, other.p_value], groups)
    tests.tell()


def outcomes(random: Random) -> None:
    shares, variances, limits = map(Comparison, ("incidence without ties", "its variance", "its log-log limits"))
    for _ in range(HISTORIES):
        people = random.randint(2, 40)
        days = random.sample(range(1, 400), people)
        causes = [random.randint(0, 3) for _ in days]
        if 1 not in causes:
            continue
        found, other = competing(days, causes), AalenJohansenFitter().fit(days, causes, event_of_interest=1)
        for day in sorted(days):
            shares.same([found.at(1, day)], [other.cumulative_density_.loc[day].iloc[0]], (days, causes))
            if day == max(days) and causes[days.index(day)]:
                # The last one left: theirs has no variance any more, ours has.
                continue
            variances.same([found.variance(1, day)], [other.variance_.loc[day]], (days, causes))
            ours = found.limits(1, day)
            if ours:
                limits.same(ours, other.confidence_interval_.loc[day], (days, causes))
    for comparison in (shares, variances, limits):
        comparison.tell()


if __name__ == "__main__":
    warnings.simplefilter("ignore", StatisticalWarning)
    for compare in (curves, delayed_entry, comparisons, outcomes):
        compare(Random(2026))  # noqa: S311 - the same histories every time
