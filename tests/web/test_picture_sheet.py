"""The picture sheet and the survey on paper: who gets which, and in which language."""

import pytest

from se_engine.actions.jobs import start_job
from se_engine.her_language import words
from tests.support.paper import opened
from tests.support.people import EMPLOYER, TODAY, make_case, transaction


@pytest.fixture
def case(office, noon):
    with transaction(office.database, noon) as session:
        return make_case(session, office.people, interpreter_need="yes", interpreter_language="uk")


def test_both_come_in_her_language_under_a_name_that_tells_nothing(visit, case):
    for path, name, key in (
        ("picture-sheet.pdf", "pictures", "picture_title"),
        ("follow-up/survey.pdf", "survey", "survey_title"),
    ):
        answer = visit("jo").get(f"/cases/{case.id}/{path}")
        assert answer.mimetype == "application/pdf"
        assert answer.headers["Content-Disposition"] == f'inline; filename="{name}.pdf"'
        assert opened(answer.data).title == words("uk")[key]


def test_another_language_may_be_asked_for(visit, case):
    found = opened(visit("jo").get(f"/cases/{case.id}/picture-sheet.pdf?language=pl").data)
    assert (found.language, found.title) == ("pl", words("pl")["picture_title"])


def test_the_sheet_leads_to_the_pictures_in_the_chosen_language(visit, case):
    page = visit("jo").get(f"/cases/{case.id}/sheet?language=pl").text
    assert f"/cases/{case.id}/picture-sheet.pdf?language=pl" in page


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("asked", "told"), [("week=52", "uke 52"), ("", "uke 13")])
def test_the_survey_says_which_week_it_is_for(visit, case, asked, told):
    found = opened(visit("jo").get(f"/cases/{case.id}/follow-up/survey.pdf?{asked}").data)
    assert f"Forløp {case.id}, {told}" in found.text


def test_a_week_without_a_survey_is_refused_in_words(visit, case):
    answer = visit("jo").get(f"/cases/{case.id}/follow-up/survey.pdf?week=14")
    assert answer.status_code in (400, 409, 422)
    assert "13, 52" in answer.text


def test_the_job_must_be_of_this_case(visit, office, case, noon):
    with transaction(office.database, noon) as session:
        other = make_case(session, office.people, "job_support", days_per_step=3)
        job = start_job(session, office.people.jo, other.id, started_on=TODAY, paid=True, employer=EMPLOYER)
    path = "/cases/{}/follow-up/survey.pdf?job={}"
    assert visit("jo").get(path.format(other.id, job.id)).status_code == 200
    assert visit("jo").get(path.format(case.id, job.id)).status_code == 404
