"""Follow-up on pages: the year, the answer in the note, her choices, scores and topics, the survey, the law's dates."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from se_engine.actions.checks import record_check
from se_engine.actions.disclosures import record_disclosure
from se_engine.actions.jobs import start_job
from se_engine.actions.work_absences import record_work_absence
from se_engine.records.follow_up import Check, CheckTopic, ScheduleChoice, Scores, Survey, SurveyAnswer
from se_engine.records.jobs import AbsencePoint, Job
from tests.support.people import EMPLOYER, TODAY, make_case, transaction

SCORES = {"safe": "4", "understand": "3", "learn": "5", "belong": "2", "stay": "5"}


@pytest.fixture
def began():
    """Her job began so many days ago: the check of week 13 is open."""
    return TODAY - timedelta(days=92)


@pytest.fixture
def case(office, noon, began):
    with transaction(office.database, noon) as session:
        known = {"interpreter_need": "no", "opened_on": began - timedelta(days=30)}
        case = make_case(session, office.people, "job_support", days_per_step=3, **known)
        job = start_job(
            session, office.people.jo, case.id, started_on=began, employer=EMPLOYER, paid=True, hours_per_week=25
        )
        case.job_id = job.id
        return case


@pytest.fixture
def jo(visit):
    return visit("jo")


@pytest.fixture
def path(case):
    return f"/cases/{case.id}/follow-up"


def rows(office, kind):
    with office.database.reading() as session:
        return session.scalars(select(kind).order_by(kind.id)).all()


def test_the_year_stands_on_one_page_with_what_is_next(jo, path):
    page = jo.page(path)
    assert "Uke 13" in page.text
    assert "3 dager før" in page.text
    assert "Deltakeren har ikke sagt ja til planen" in page.text
    assert "Spør i uke 13" in page.text
    assert page.text.count("Kommer") == 9


def test_without_a_job_with_pay_it_says_so(jo, office, noon):
    with transaction(office.database, noon) as session:
        case = make_case(session, office.people)
    assert "Ingen jobb med lønn" in jo.page(f"/cases/{case.id}/follow-up").text


NOTE = {"kind": "participant", "interpreter": "no:common_language", "said": "It goes well.", "happened_on": "16.3.2026"}


def test_the_note_asks_whether_she_is_in_the_job_and_scores_come_after_it(jo, office, case, path):
    form = f"/cases/{case.id}/notes/new"
    assert "Oppfølging etter jobbstart: Uke 13" in jo.page(form).text
    missing = jo.submit(form, **NOTE, answer="this_job", evidence="")
    assert missing.status_code == 422
    assert "Velg hvordan vi vet det" in missing.text
    assert "It goes well." in missing.text
    sent = jo.submit(form, **NOTE, answer="this_job", evidence="own_words")
    assert (sent.status_code, sent.location) == (303, f"{path}/scores")
    (check,) = rows(office, Check)
    assert (check.answer, check.job_id, check.contact_id is not None) == ("this_job", case.job_id, True)


def test_a_note_without_an_answer_is_a_note_all_the_same(jo, office, case):
    sent = jo.submit(f"/cases/{case.id}/notes/new", **NOTE)
    assert sent.location == f"/cases/{case.id}"
    assert rows(office, Check) == []


def test_without_a_job_the_note_does_not_ask(jo, office, noon):
    with transaction(office.database, noon) as session:
        case = make_case(session, office.people)
    assert "Er deltakeren i jobb?" not in jo.page(f"/cases/{case.id}/notes/new").text


def test_scores_and_topics_with_the_answer_that_was_missing(jo, office, path):
    said = {**SCORES, "work_state": "well", "family": "Her son starts in kindergarten.", "answer": "this_job"}
    lacking = jo.submit(f"{path}/scores", **{**said, "safe": "", "evidence": "own_words"})
    assert lacking.status_code == 422
    assert "Velg et tall fra 1 til 5." in lacking.text
    assert "Her son starts in kindergarten." in lacking.text
    assert jo.submit(f"{path}/scores", **said, evidence="own_words").status_code == 303
    (scores,), (check,) = rows(office, Scores), rows(office, Check)
    assert (scores.belong, scores.check_id) == (2, check.id)
    assert [(one.topic, one.state) for one in rows(office, CheckTopic)] == [("work", "well"), ("family", "to_do")]
    again = jo.page(f"{path}/scores").text
    assert "Er deltakeren i jobb?" not in again, "it is known"
    assert "Mestring og tempo" in again, "she lets the workplace know"


@pytest.mark.parametrize(("decision", "asked"), [("told", True), ("not_told", False)])
def test_the_workplace_is_asked_as_far_as_she_lets_it(jo, office, noon, case, path, decision, asked):
    with transaction(office.database, noon) as session:
        employer_id = session.get_one(Job, case.job_id).employer_id
        said = {"decision": decision, "by_whom": "together", "words": "So.", "happened_on": TODAY}
        record_disclosure(session, office.people.jo, case.id, employer_id, **said)
        record_check(session, office.people.jo, case.id, happened_on=TODAY, answer="this_job", evidence="own_words")
    assert ("Mestring og tempo" in jo.page(f"{path}/scores").text) is asked
    assert jo.submit(f"{path}/scores", **SCORES, mastery_state="to_do", mastery="More practice").status_code == 303
    assert [(one.side, one.topic) for one in rows(office, CheckTopic)] == [("employer", "mastery")] * asked


def test_she_says_yes_leaves_out_takes_up_and_asks_for_more(jo, office, case, path):
    own = f"{path}/{case.job_id}"
    assert jo.submit(f"{own}/confirm", words="It is fine.").status_code == 303
    lacking = jo.submit(f"{own}/leave-out", point="w30")
    assert lacking.status_code == 422
    assert jo.submit(f"{own}/leave-out", point="w30", words="I call myself.").status_code == 303
    assert "Valgt bort: Uke 30" in jo.page(path).text
    assert jo.submit(f"{own}/take-up").status_code == 303, "there is one to choose"
    assert jo.submit(f"{own}/more", day="1.3.2026").status_code == 422
    assert jo.submit(f"{own}/more", day="20.3.2026", words="After the exam.").status_code == 303
    assert [row.choice for row in rows(office, ScheduleChoice)] == ["confirmed", "dropped", "restored", "more"]
    page = jo.page(path)
    assert "Ja til planen" in page.text
    assert "After the exam." in page.text
    assert "har ikke sagt ja" not in page.text


def test_an_answer_for_a_day_that_has_not_come_is_refused_at_its_field(jo, case, began):
    form = f"/cases/{case.id}/checks/new"
    said = {"answer": "this_job", "evidence": "own_words"}
    for day, why in (("17.3.2026", "ikke kommet"), ((began - timedelta(days=1)).isoformat(), "Jobben begynte")):
        answer = jo.submit(form, **said, happened_on=day)
        assert answer.status_code == 422
        assert why in answer.text
        assert answer.text.index('id="happened_on') < answer.text.rindex(why), "beside the day"


def test_the_survey_is_asked_in_her_language_beside_norwegian(jo, office, case, path):
    form = f"{path}/{case.job_id}/survey/13"
    page = jo.get(f"{form}?language=uk").text
    assert 'lang="uk"' in page
    assert "Hørte vi på deg?" in page
    assert jo.get(f"{form}?language=xx").status_code == 404
    assert jo.get(f"{path}/{case.job_id}/survey/12").status_code == 404
    assert jo.submit(form, survey_1="5").status_code == 422, "who filled it in is not said"
    said = {"survey_1": "5", "survey_8": "4", "filled_in": "with_interpreter", "words": "More Norwegian."}
    assert jo.submit(form, **said).status_code == 303
    assert [(row.week, row.filled_in) for row in rows(office, Survey)] == [(13, "with_interpreter")]
    assert [row.score for row in rows(office, SurveyAnswer)] == [5, 4]
    assert "More Norwegian." in jo.page(path).text
    assert jo.submit(form, **said).status_code in (409, 422)


def test_the_dates_of_the_law_are_followed_up_or_not(jo, office, noon, case, path):
    with transaction(office.database, noon) as session:
        away = record_work_absence(
            session, office.people.jo, case.job_id, kind="sickness", from_on=TODAY - timedelta(days=30)
        )
    page = jo.page(path)
    assert "Arbeidsgiveren lager oppfølgingsplan" in page.text
    form = f"{path}/absences/{away.id}"
    assert jo.submit(form, followed_up="").status_code == 422
    assert jo.submit(form, followed_up="yes").status_code == 303
    assert [(row.point, row.followed_up) for row in rows(office, AbsencePoint)] == [("plan", True)]
    assert "fulgt opp" in jo.page(path).text
