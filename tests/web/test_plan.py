"""Her plan and what stands around a job, on pages: bad input is told at the field, and nothing typed is lost."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.support.people import TODAY, make_case, transaction
from tests.support.plans import make_plan


@pytest.fixture
def case(office, noon):
    with transaction(office.database, noon) as session:
        return make_case(session, office.people, opened_on=TODAY - timedelta(days=30), days_per_step=3)


@pytest.fixture
def plan(office, noon, case):
    with transaction(office.database, noon) as session:
        return make_plan(session, office.people.jo, case, on=TODAY)


@pytest.fixture
def jo(visit):
    return visit("jo")


def test_a_choice_is_offered_and_answered_in_one_form(jo, case):
    said = {"about": "course", "offer": "Norwegian in the evening", "answer": "declined", "words": "Not in the evening"}
    answer = jo.submit(f"/cases/{case.id}/plan/choices/new", **said, language="tigrinja", tasks="T1-M2")
    assert answer.status_code == 303
    page = jo.page(f"/cases/{case.id}/plan").text
    assert "Takket nei" in page
    assert "Not in the evening" in page
    assert "tigrinja" in page
    assert "Tilbudt 1, besvart 1, takket nei 1." in page
    assert "Svarte på et tilbud: Takket nei" in jo.page(f"/cases/{case.id}/history").text
    assert "Not in the evening" in jo.page(f"/cases/{case.id}/tasks/T1-M2").text


def test_a_proposal_waits_on_the_case_until_she_answers(jo, case, plan):
    assert "1 tilbud venter på svar" in jo.page(f"/cases/{case.id}").text
    path = f"/cases/{case.id}/plan/choices/{plan['choice_id']}/answer"
    early = jo.submit(path, answer="chosen", answered_on="1.3.2026", words="Yes, I want to try")
    assert early.status_code == 422
    assert "Yes, I want to try" in early.text
    assert jo.submit(path, answer="something_else").status_code == 422
    assert jo.submit(path, answer="chosen", answered_on="i dag").status_code == 303
    assert jo.submit(path, answer="declined").status_code == 422
    assert "venter på svar" not in jo.page(f"/cases/{case.id}").text


def test_words_without_an_answer_are_asked_about(jo, case):
    answer = jo.submit(f"/cases/{case.id}/plan/choices/new", about="job", offer="Bakery", words="Maybe later")
    assert answer.status_code == 422
    assert "Velg svaret som ordene hører til." in answer.text
    assert "Maybe later" in answer.text


def test_a_choice_is_taken_back_with_a_reason(jo, case, plan):
    path = f"/cases/{case.id}/plan/choices/{plan['choice_id']}/void"
    assert jo.submit(path).status_code == 422
    assert jo.submit(path, why="Meant for another").status_code == 303
    assert "1 tatt tilbake" in jo.page(f"/cases/{case.id}/plan").text


def test_a_goal_changes_and_the_old_one_stays(jo, case, plan):
    path = f"/cases/{case.id}/plan/goals/new"
    form = jo.page(f"{path}?follows={plan['goal_id']}").form(path)
    answer = jo.client.post(
        f"{path}?follows={plan['goal_id']}",
        data={**form.values, "words": "Speak with customers", "whose": "interpreted", "language": "ar"},
    )
    assert answer.status_code == 303
    page = jo.page(f"/cases/{case.id}/plan").text
    assert "Speak with customers" in page
    assert "Før: Speak at work." in page
    assert "Deltakerens ord gjennom tolk" in page


def test_two_numbers_are_drawn_and_stand_in_a_table(jo, case, plan):
    assert jo.submit(f"/cases/{case.id}/plan/scores", motivation="11").status_code == 422
    assert jo.submit(f"/cases/{case.id}/plan/scores").status_code == 422
    assert jo.submit(f"/cases/{case.id}/plan/scores", motivation="8", happened_on="i går").status_code == 303
    answer = jo.get(f"/cases/{case.id}/plan").text
    assert answer.count("<circle") >= 5
    assert 'aria-label="Vil jobbe: fra 4 til 6 av 10. Føler seg sikker: fra 2 til 5 av 10."' in answer
    assert "15. mars 2026" in answer
    assert "style=" not in answer


def test_wishes_stand_in_her_order_and_words_to_look_at_can_be_kept(jo, case):
    path = f"/cases/{case.id}/plan/wishes"
    said = {"job_wishes__1": "Kitchen", "job_wishes__2": "Light work because of my diabetes"}
    asked = jo.submit(path, **said)
    assert asked.status_code == 422
    assert "Light work because of my diabetes" in asked.text
    assert 'name="kept"' in asked.text
    assert 'name="kept"' not in jo.get(path).text
    assert jo.submit(path, **said, kept="y").status_code == 303
    page = jo.page(f"/cases/{case.id}/plan").text
    assert page.index("Kitchen") < page.index("Light work")
    assert jo.get(f"/cases/{case.id}/plan/health").status_code == 404


def test_questions_to_ask_stand_at_the_task_that_uses_them(jo, case):
    assert (
        "Når du trenger hjelp til noe viktig, hvem går du til først?" in jo.page(f"/cases/{case.id}/tasks/T1-K2").text
    )


def test_a_need_is_noted_sorted_and_changed(jo, case, plan):
    needs = f"/cases/{case.id}/needs"
    wrong = jo.submit(f"{needs}/new", area="housing", words="Fødselsnummer 01010750160")
    assert wrong.status_code == 422
    assert "fødselsnummer" in wrong.text
    said = {"area": "debt", "partner": str(plan["partner_id"]), "appointment_on": "20.3.2026", "sort_first": "y"}
    assert jo.submit(f"{needs}/new", **said).status_code == 303
    assert "Avtale 20. mars 2026" in jo.page(needs).text
    assert jo.send(f"{needs}/{plan['need_id']}/up").status_code == 303
    page = jo.page(needs).text
    assert page.index("Bolig") < page.index("Barnepass") < page.index("Gjeld")
    assert jo.submit(f"{needs}/{plan['need_id']}", status="in_place", appointment_on="").status_code == 303
    assert "På plass 16. mars 2026" in jo.page(needs).text


def test_a_stale_need_is_shown_again_with_what_was_written(jo, case, plan, visit):
    path = f"/cases/{case.id}/needs/{plan['need_id']}"
    filled = jo.page(path).form(path).values
    visit("max").submit(path, status="appointed", words="Viewing on Friday.")
    answer = jo.client.post(path, data={**filled, "words": "Signed the lease."})
    assert answer.status_code == 409
    assert "Signed the lease." in answer.text


def test_a_partner_is_asked_about_topic_by_topic(jo, case, plan):
    path = f"/cases/{case.id}/needs/partners/{plan['partner_id']}"
    assert jo.submit(path).status_code == 422
    answer = jo.submit(path, topic_plan="yes", topic_meetings="withdrawn", valid_until="1.6.2026", language="ar")
    assert answer.status_code == 303
    page = jo.page(f"/cases/{case.id}/needs").text
    assert "til 1. juni 2026" in page
    assert "Trukket tilbake" in page


def test_a_meeting_ends_in_who_does_what(jo, case, plan):
    needs = f"/cases/{case.id}/needs"
    assert jo.submit(f"{needs}/promises/new").status_code == 422
    jo.submit(f"{needs}/partners/{plan['partner_id']}", topic_meetings="withdrawn")
    partner = f"partner:{plan['partner_id']}"
    said = {"who_1": "specialist", "promise_1": "Calls the canteen", "who_2": partner, "promise_2": "Sends the plan"}
    refused = jo.submit(f"{needs}/promises/new", **said)
    assert refused.status_code == 422
    assert "Calls the canteen" in refused.text
    assert "ikke sagt ja" in refused.text
    assert jo.submit(f"{needs}/promises/new", **said, because="They came with the teacher").status_code == 303
    assert "Calls the canteen" in jo.page(needs).text
    assert jo.send(f"{needs}/promises/{plan['commitment_id']}/done").status_code == 303
    assert "1 tidligere" in jo.page(needs).text


def test_a_problem_stands_on_the_case_until_it_is_solved(jo, case, plan):
    assert "Problem: Arbeidsoppgavene" in jo.page(f"/cases/{case.id}").text
    path = f"/cases/{case.id}/needs/problems/{plan['problem_id']}"
    assert jo.submit(path, solution="Starts an hour later").status_code == 303
    assert "Problem: Arbeidsoppgavene" not in jo.page(f"/cases/{case.id}").text
    assert "Starts an hour later" in jo.page(f"/cases/{case.id}/needs").text


def test_the_register_of_partners_is_the_offices_own(jo, plan, visit):
    assert jo.submit("/partners/new", name="NAV Lakselv", kind="nav").status_code == 303
    again = jo.submit("/partners/new", name="NAV Lakselv", kind="nav")
    assert again.status_code == 422
    assert "NAV Lakselv" in again.text
    assert "NAV Lakselv" not in visit("far").page("/partners").text
    assert jo.send(f"/partners/{plan['partner_id']}/end").status_code == 303
    assert "Tidligere partnere" in jo.page("/partners").text


def test_a_case_that_has_ended_shows_its_plan_and_asks_for_nothing(office, noon, jo):
    with transaction(office.database, noon) as session:
        ended = make_case(session, office.people, "ended", opened_on=TODAY - timedelta(days=60))
    for page in ("plan", "needs"):
        assert f"/cases/{ended.id}/{page}/" not in jo.get(f"/cases/{ended.id}/{page}").text
