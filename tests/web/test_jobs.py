"""Jobs, answers at checks and the closing talk, on pages."""

from __future__ import annotations

from datetime import timedelta

import pytest

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


def test_the_closing_talk_names_a_language(jo, case):
    unknown = jo.submit(
        f"/cases/{case.id}/closing", decision="I manage now.", last_answer="this_job", language="klingonsk"
    )
    assert unknown.status_code == 422
    assert "I manage now." in unknown.text
    assert "klingonsk" in unknown.text
    answer = jo.submit(
        f"/cases/{case.id}/closing", decision="I manage now.", last_answer="this_job", language="Tigrinja"
    )
    assert answer.status_code == 303
    assert "I manage now." in jo.page(f"/cases/{case.id}/history").text


def test_hours_that_are_no_number_are_kept_and_explained(jo, case):
    answer = jo.submit(f"/cases/{case.id}/jobs/new", employer=EMPLOYER, hours_per_week="full")
    assert answer.status_code == 422
    assert 'value="full"' in answer.text
    assert EMPLOYER in answer.text
