"""What the report on time per step says of rows in memory, by numpy and by lifelines, as often as asked.

numpy works out the curves alone. lifelines works out for each group what the report does: the curve with its log-log
limits, median with its interval, quartiles and restricted mean; and with several groups in a step, the log-rank test.

Runs in an environment of its own; the file it is given holds int32 rows (office, step, days, left).
"""

import json
import sys
import time
import warnings

import numpy as np
from lifelines import KaplanMeierFitter
from lifelines.statistics import multivariate_logrank_test
from lifelines.utils import median_survival_times, restricted_mean_survival_time

HORIZON = 365


def product_limit(days, left):
    """Counted by day: whole days are few, which is the quickest way there is."""
    gone = np.bincount(days)
    events = np.bincount(days[left], minlength=len(gone))
    at_risk = gone[::-1].cumsum()[::-1]
    when = np.flatnonzero(events)
    return when, np.cumprod(1 - events[when] / at_risk[when])


def numpy_of_all(days, left):
    return product_limit(days, left)


def numpy_of_steps(steps, days, left):
    return [product_limit(days[steps == step], left[steps == step]) for step in np.unique(steps)]


def fits(groups, days, left):
    """One fit for each group, whose rows are chosen as one would: by a mask over all."""
    found = {}
    for group in np.unique(groups):
        mine = groups == group
        found[int(group)] = KaplanMeierFitter().fit(days[mine], left[mine])
    return found


def lifelines_of(groups, days, left):
    return [
        (
            *rows(fitted), fitted.median_survival_time_, median_survival_times(fitted.confidence_interval_),
            fitted.percentile(0.75), fitted.percentile(0.25),
            restricted_mean_survival_time(fitted, t=HORIZON),
        )
        for fitted in fits(groups, days, left).values()
    ]  # fmt: skip


def rows(fitted):
    """The curve and its limits as the report gives them: a row for each day on which somebody left, to six decimals."""
    drops = fitted.event_table.observed > 0
    there = fitted.event_table.at_risk[drops]
    left = fitted.event_table.observed[drops]
    height = fitted.survival_function_.iloc[:, 0][drops].round(6)
    limits = fitted.confidence_interval_[drops].round(6)
    curve = zip(there.index.tolist(), there.tolist(), left.tolist(), height.tolist(), strict=True)
    band = zip(there.index.tolist(), *(limits[name].tolist() for name in limits), strict=True)
    return list(map(list, curve)), list(map(list, band))


def log_ranks(steps, groups, days, left):
    """Whether the groups left each step at different speeds."""
    masks = (steps == step for step in np.unique(steps))
    return [multivariate_logrank_test(days[mine], groups[mine], left[mine]) for mine in masks]


def curve(fitted):
    table = fitted.event_table
    when = table.index[table.observed > 0]
    return [[int(day), float(fitted.survival_function_.loc[day].iloc[0])] for day in when]


def main(path):
    """Each line on standard input names a piece of work; the seconds it took are the answer."""
    warnings.simplefilter("ignore")
    rows = np.fromfile(path, dtype=np.int32).reshape(-1, 4)
    office, step, days = (rows[:, place].astype(np.int64) for place in range(3))
    left = rows[:, 3].astype(bool)
    both = office * 100 + step
    work = {
        "numpy": lambda: numpy_of_all(days, left),
        "numpy_steps": lambda: numpy_of_steps(step, days, left),
        "lifelines_6": lambda: lifelines_of(step, days, left),
        "lifelines_120": lambda: (lifelines_of(both, days, left), log_ranks(step, office, days, left)),
        "curves": lambda: {str(group): curve(one) for group, one in fits(both, days, left).items()},
        "log_ranks": lambda: [float(one.test_statistic) for one in log_ranks(step, office, days, left)],
    }
    for line in sys.stdin:
        name = line.strip()
        begun = time.perf_counter()
        answer = work[name]()
        took = time.perf_counter() - begun
        print(json.dumps(answer if name in ("curves", "log_ranks") else took), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
