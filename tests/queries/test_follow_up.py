"""The page of the year after job start: which job is followed, and what has become of the others' checks."""

from __future__ import annotations

from datetime import timedelta

import pytest

from se_engine.actions.jobs import start_job
from se_engine.queries.follow_up import follow_up_page
from se_engine.rules.follow_up import PAST
from tests.support.people import TODAY

START = TODAY - timedelta(days=100)


@pytest.mark.parametrize("days", [0, 30])
def test_of_two_jobs_at_once_only_one_is_followed(session, people, make_case, days: int):
    """The one with fewer hours is asked for nothing, also when it began later or on the same day."""
    case = make_case(opened_on=START - timedelta(days=60))
    more = start_job(session, people.jo, case.id, started_on=START, employer="Kiwi", paid=True, hours_per_week=30)
    fewer = start_job(
        session, people.jo, case.id, started_on=START + timedelta(days=days), employer="Rema", paid=True,
        hours_per_week=6,
    )  # fmt: skip
    page = follow_up_page(session, people.jo, case.id)
    assert page.leading is not None
    assert page.leading.job is more
    assert {point.state for point in page.of_job(fewer.id).points} == {PAST}
