"""Jobs on pages: registered, changed, subsidised, away from, ended, and what comes after."""

from __future__ import annotations

from datetime import timedelta

import pytest

from se_engine.actions.tracks import open_track
from tests.support.people import EMPLOYER, TODAY, make_case, transaction


@pytest.fixture
def case(office, noon):
    with transaction(office.database, noon) as session:
        return make_case(session, office.people, opened_on=TODAY - timedelta(days=30))


@pytest.fixture
def jo(visit):
    return visit("jo")


def test_a_job_that_came_early_opens_the_way_to_training(jo, case):
    answer = jo.submit(
        f"/cases/{case.id}/jobs/new", employer=EMPLOYER, occupation="baker", started_on="12.3.", paid="yes",
        hours_per_week="22,5", contract="temporary",
    )  # fmt: skip
    assert answer.status_code == 303
    text = jo.page(f"/cases/{case.id}/jobs").text
    assert EMPLOYER in text
    assert "22,5 timer" in text
    moved = jo.submit(f"/cases/{case.id}/moves/job_found", at=f"/cases/{case.id}/moves", decided_by="participant")
    assert moved.status_code == 303
    assert "se-step--skipped" in jo.get(f"/cases/{case.id}").text


def test_a_job_ends_with_a_reason(jo, case):
    jo.submit(f"/cases/{case.id}/jobs/new", employer=EMPLOYER, started_on="2.3.")
    path = next(link for link in jo.page(f"/cases/{case.id}/jobs").links if link.endswith("/end"))
    assert jo.submit(path).status_code == 422
    early = jo.submit(path, reason="mutual", ended_on="1.3.")
    assert early.status_code == 422
    assert jo.submit(path, reason="mutual", ended_on="9.3.").status_code == 303
    assert "Begge ble enige" in jo.page(f"/cases/{case.id}/jobs").text


def test_an_answer_at_a_check_tells_how_we_know(jo, case):
    jo.submit(f"/cases/{case.id}/jobs/new", employer=EMPLOYER, started_on="2.3.")
    assert jo.submit(f"/cases/{case.id}/checks/new", evidence="payslip").status_code == 422
    assert jo.submit(f"/cases/{case.id}/checks/new", answer="this_job", evidence="payslip").status_code == 303
    text = jo.page(f"/cases/{case.id}/jobs").text
    assert "I denne jobben" in text
    assert "Lønnsslipp er sett" in text


def test_hours_that_are_no_number_are_kept_and_explained(jo, case):
    answer = jo.submit(f"/cases/{case.id}/jobs/new", employer=EMPLOYER, hours_per_week="full")
    assert answer.status_code == 422
    assert 'value="full"' in answer.text
    assert EMPLOYER in answer.text


# Occupations.


def test_an_occupation_is_found_by_a_word_or_asked_about(jo, case):
    there = f"/cases/{case.id}/jobs/new"
    unknown = jo.submit(there, employer=EMPLOYER, started_on="2.3.", occupation_code="9999")
    assert unknown.status_code == 422
    assert "STYRK-08" in unknown.text
    several = jo.submit(there, employer=EMPLOYER, started_on="2.3.", occupation_code="renhold")
    assert several.status_code == 422
    assert "9112 Renholdere i virksomheter" in several.text
    assert 'value="renhold"' in several.text
    done = jo.submit(there, employer=EMPLOYER, started_on="2.3.", occupation_code="renhold hotell")
    assert done.status_code == 303
    assert "Renholdere i virksomheter" in jo.page(done.location).text


def test_a_job_needs_an_employer_and_days_in_order_and_nothing_is_lost(jo, case):
    there = f"/cases/{case.id}/jobs/new"
    nobody = jo.submit(there, started_on="2.3.", occupation="baker")
    assert nobody.status_code == 422
    assert 'id="employer-error"' in nobody.text
    assert 'value="baker"' in nobody.text
    early = jo.submit(there, employer=EMPLOYER, started_on="2.3.", planned_until="1.3.2026")
    assert early.status_code == 422
    assert 'id="planned_until-error"' in early.text


def test_a_second_full_time_job_is_asked_about_once(jo, case):
    there = f"/cases/{case.id}/jobs/new"
    jo.submit(there, employer=EMPLOYER, started_on="2.3.", hours_per_week="37,5")
    again = {"employer": "Kiwi", "started_on": "5.3.", "hours_per_week": "35"}
    asked = jo.submit(there, **again)
    assert asked.status_code == 422
    assert 'name="overlap"' in asked.text
    assert jo.submit(there, **again, overlap="y").status_code == 303


# A job on its page.


@pytest.fixture
def job(jo, case):
    """The address of a job that runs."""
    done = jo.submit(
        f"/cases/{case.id}/jobs/new", employer=EMPLOYER, started_on="2.3.", paid="yes", hours_per_week="20",
        contract="permanent",
    )  # fmt: skip
    return done.location


def test_what_changed_stands_in_its_place_and_can_be_taken_back(jo, job):
    links = jo.page(f"{job}/changes/new").links
    assert f"{job}/changes/new/hours" in links
    refused = jo.submit(f"{job}/changes/new/hours", number="70", happened_on="9.3.")
    assert refused.status_code == 422
    assert 'id="number-error"' in refused.text
    assert jo.submit(f"{job}/changes/new/hours", number="30", happened_on="9.3.").status_code == 303
    page = jo.page(job)
    assert "Timer i uka: 30" in page.text
    undo = next(link for link in page.links if link.endswith("/void"))
    assert jo.submit(undo).status_code == 422
    assert jo.submit(undo, why="Wrong person.").status_code == 303
    assert "Timer i uka 20" in jo.page(job).text


def test_only_what_a_change_needs_is_asked(jo, job):
    page = jo.page(f"{job}/changes/new/leader")
    assert {"number", "code", "day", "occupation"} & set(page.form(f"{job}/changes/new/leader").values) == set()
    empty = jo.submit(f"{job}/changes/new/leader")
    assert empty.status_code == 422
    assert 'id="words-error"' in empty.text


def test_nav_decides_and_the_bar_shows_the_steps(jo, job):
    assert jo.submit(f"{job}/subsidies/new", kind="wage_subsidy", applied_on="3.3.").status_code == 303
    decide = next(link for link in jo.page(job).links if link.endswith("/decision"))
    early = jo.submit(decide, decision="granted", decided_on="2.3.", from_on="2.3.2026")
    assert early.status_code == 422
    assert 'id="decided_on-error"' in early.text
    done = jo.submit(
        decide, decision="granted", decided_on="5.3.", from_on="2.3.2026", until_on="1.3.2027", percent="60",
        step_percent="50", step_on="1.9.2026",
    )  # fmt: skip
    assert done.status_code == 303
    page = jo.get(job).text
    assert page.count("se-bar__own") == 2
    assert "60 prosent fra 2. mars 2026" in page


def test_days_away_say_nothing_more(jo, job):
    assert "words" not in jo.page(f"{job}/absences/new").form(f"{job}/absences/new").values
    assert jo.submit(f"{job}/absences/new", kind="leave", from_on="10.3.").status_code == 303
    back = next(link for link in jo.page(job).links if "/absences/" in link and link.endswith("/end"))
    assert jo.submit(back, until_on="12.3.2026").status_code == 303
    assert "Tilbake på jobb" in jo.page(job).text


# After it.


def test_the_end_leads_through_what_comes_next(jo, case, job):
    end = jo.submit(f"{job}/end", reason="employer", cause="work_over", ended_on="9.3.", her_words="I was sad.")
    after = end.location
    assert after == f"{job}/after"
    page = jo.page(after)
    assert "I was sad." in page.text
    assert "innen 12. mars" in page.text or "Innen 12. mars" in page.text
    assert jo.submit(f"{job}/look-back", worked_her="The bread.", plan_b="A shop.").status_code == 303
    assert jo.submit(f"{job}/new-search").status_code == 422
    assert jo.submit(f"{job}/new-search", answer="yes", words="I want to work.").status_code == 303
    text = jo.page(after).text
    assert "The bread." in text
    assert "I want to work." in text
    assert "Ny jobbsøking ble tilbudt" in jo.page(f"/cases/{case.id}/history").text


def test_a_running_job_has_nothing_after_it(jo, job):
    assert jo.get(f"{job}/after").location == job


def test_of_a_job_of_another_case_there_is_nothing(jo, case, office, noon, job):
    with transaction(office.database, noon) as session:
        other = make_case(session, office.people)
    number = job.rpartition("/")[2]
    for path in ("", "/end", "/changes/new/hours", "/look-back", "/after", "/support-plan"):
        assert jo.get(f"/cases/{other.id}/jobs/{number}{path}").status_code == 404


def test_what_comes_along_is_said_before_a_new_case_is_opened(jo, office, noon):
    with transaction(office.database, noon) as session:
        ended = make_case(session, office.people, "ended", opened_on=TODAY - timedelta(days=300))
    page = jo.page(f"/cases/{ended.id}/continue")
    assert "Det som følger med" in page.text
    assert "spørsmål besvart" in page.text


def test_nav_may_decide_before_the_job_begins(jo, case, office, noon):
    there = f"/cases/{case.id}/subsidies"
    assert "Det er ikke søkt om tilskudd" in jo.page(there).text
    assert jo.submit(f"{there}/new", kind="mentor", place="7").status_code == 422
    with transaction(office.database, noon) as session:
        opened = open_track(session, office.people.jo, case.id, employer=EMPLOYER, opened_on=TODAY)
    form = {"kind": "mentor", "applied_on": "16.3."}
    assert jo.submit(f"{there}/new", **form, place=str(opened.employer_id)).status_code == 303
    decide = next(link for link in jo.page(there).links if link.endswith("/decision"))
    assert jo.submit(decide, decision="declined", decided_on="16.3.").status_code == 303
    assert "Avslått" in jo.page(there).text
