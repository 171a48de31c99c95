"""Time per step as a page: whole for those who may open the cases, with small numbers hidden for others."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.support.people import TODAY, make_case, transaction


@pytest.fixture
def cases(office, noon):
    with transaction(office.database, noon) as session:
        return [
            make_case(
                session, office.people, "job_finding", opened_on=TODAY - timedelta(days=40), given_name=f"P{number}",
                family_name="Example",
            ).id
            for number in range(3)
        ]  # fmt: skip


def test_a_supervisor_sees_small_numbers_and_opens_the_cases_behind_them(visit, cases):
    max_ = visit("max")
    page = max_.page("/reports/time-per-step")
    behind = next(link for link in page.links if "step=profiling" in link and "part=visits" in link)
    opened = max_.page(behind)
    assert [link for link in opened.links if link.startswith("/cases/")] == [f"/cases/{case}" for case in cases]


@pytest.mark.parametrize("name", ["ida", "mia"])
def test_others_see_that_there_were_too_few(visit, cases, name):
    page = visit(name).page("/reports/time-per-step")
    assert not [link for link in page.links if "part=" in link]
    assert "P1" not in page.text
    assert page.text.count("Too few stays to be shown") + page.text.count("For få") >= 2


def test_a_day_may_be_written_as_people_do(visit, cases):
    assert visit("max").get("/reports/time-per-step?as_of=1.2.2026").status_code == 200


@pytest.mark.parametrize("query", ["as_of=someday", "office=x", "office=99999999999999999999", "office=4711"])
def test_what_is_no_choice_is_not_found(visit, query):
    assert visit("ida").get(f"/reports/time-per-step?{query}").status_code == 404


def test_an_unknown_clock_is_told_which_there_are(visit):
    answer = visit("ida").get("/reports/time-per-step?clock=lunar")
    assert answer.status_code == 422
    assert "calendar" in answer.text


def test_a_manager_sees_her_own_office_only(visit, office):
    assert visit("mia").get(f"/reports/time-per-step?office={office.far.office_id}").status_code == 404
    assert visit("ida").get(f"/reports/time-per-step?office={office.far.office_id}").status_code == 200
