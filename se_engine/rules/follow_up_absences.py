"""The law's dates while she is away because of sickness: when each comes, and from when it is reminded of."""

from collections.abc import Iterator
from datetime import date, timedelta

from se_engine.rules.follow_up_plan import WEEK, FollowUpPlan, PlanAbsencePoint

SICKNESS = "sickness"
REMIND_BEFORE = timedelta(days=7)
"""A meeting has to be called; on its last day it is too late."""


def point_days(plan: FollowUpPlan, from_on: date) -> list[tuple[PlanAbsencePoint, date]]:
    """Each with the last day for it."""
    return [(point, from_on + timedelta(days=point.week * WEEK)) for point in plan.absence_points]


def open_points(
    plan: FollowUpPlan, kind: str, from_on: date, until_on: date | None, on: date
) -> Iterator[tuple[str, date]]:
    """(point, from when it is reminded of) for those that have come, and that she was still away for."""
    if kind != SICKNESS:
        return
    for point, last in point_days(plan, from_on):
        reminded = last - REMIND_BEFORE
        if reminded <= on and (until_on is None or until_on >= last):
            yield point.key, reminded
