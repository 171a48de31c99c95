"""Answering tasks on a page: one line for several, each fact its own form, and no words where none belong."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.support.people import EMPLOYER, TODAY, make_case, transaction


@pytest.fixture
def case_in(office, noon):
    def make(step="engagement"):
        with transaction(office.database, noon) as session:
            return make_case(session, office.people, step, days_per_step=3, opened_on=TODAY - timedelta(days=20))

    return make


@pytest.fixture
def case(case_in):
    return case_in()


def facts(office, case):
    from se_engine import processes
    from se_engine.queries.access import access_case
    from se_engine.queries.facts import facts_of

    with office.database.reading() as session:
        found = access_case(session, office.people.jo, case.id)
        return facts_of(session, found, processes.latest())


def page_of(visitor, case, key):
    return visitor.page(f"/cases/{case.id}/tasks/{key}").text


def test_one_line_answers_several_tasks_and_their_twins(visit, case, office):
    jo = visit("jo")
    answer = jo.submit(
        f"/cases/{case.id}/tasks",
        keys=["T1-S3", "T1-M1", "T1-K1"],
        words="I may say no.",
        minutes="40",
        interpreter="yes",
    )
    assert (answer.status_code, answer.location) == (303, f"/cases/{case.id}")
    known = facts(office, case).tasks
    assert {"T1-S3", "T1-M1", "T1-K1"} <= set(known)
    # The twins T1-A06 and T1-A07 are answered too: they are shown once, under the dimension.
    page = jo.page(f"/cases/{case.id}/tasks")
    assert f"/cases/{case.id}/tasks/T1-A06" not in page.links


def test_without_a_line_nothing_is_recorded_and_the_ticks_stay(visit, case, office):
    answer = visit("jo").submit(f"/cases/{case.id}/tasks", keys=["T1-S3", "T1-M1"], happened_on="i går")
    assert answer.status_code == 422
    assert 'value="T1-S3" id="task-T1-S3" checked' in answer.text
    assert 'value="15.03.2026"' in answer.text
    assert facts(office, case).tasks == {}


def test_nothing_ticked_is_said_so(visit, case):
    answer = visit("jo").submit(f"/cases/{case.id}/tasks", words="A long line that must not be lost.")
    assert answer.status_code == 422
    assert "A long line that must not be lost." in answer.text


def test_looked_at_and_not_needed_needs_a_reason(visit, case, office):
    from se_engine.rules.facts import TaskStatus

    jo = visit("jo")
    assert jo.submit(f"/cases/{case.id}/tasks/T1-K1", status="not_relevant").status_code == 422
    said = jo.submit(f"/cases/{case.id}/tasks/T1-K1", status="not_relevant", words="Knows NAV well from before.")
    assert said.status_code == 303
    assert facts(office, case).tasks["T1-K1"].status is TaskStatus.NOT_RELEVANT


def test_needs_more_is_shown_as_such(visit, case):
    jo = visit("jo")
    jo.submit(f"/cases/{case.id}/tasks/T1-S3", status="needs_more", words="Understood half of it.")
    assert "Trenger mer" in jo.page(f"/cases/{case.id}").text


def test_a_task_of_one_employer_asks_which(visit, case_in, office):
    case = case_in("employer_engagement")
    jo = visit("jo")
    there = f"/cases/{case.id}/tasks/T4-A01"
    assert jo.submit(there, words="Mornings are busy.", employer="").status_code == 422
    assert jo.submit(there, words="Mornings are busy.", employer=EMPLOYER).status_code == 303
    assert "T4-A01" in facts(office, case).employers[EMPLOYER].tasks
    assert f'value="{EMPLOYER}"' in jo.get(f"/cases/{case.id}/tasks/T4-A02").text


@pytest.mark.parametrize(
    ("step", "key", "there"),
    [
        ("job_finding", "T3-A05", "/notes/new?kind=employer"),
        ("job_finding", "T3-M2", "/employers/told"),
        ("job_finding", "T3-M4", "/employers/match"),
        ("employer_engagement", "T4-A10", "/training/new"),
    ],
)
def test_what_has_a_record_of_its_own_is_asked_there(visit, case_in, step, key, there):
    case = case_in(step)
    assert visit("jo").get(f"/cases/{case.id}/tasks/{key}").location.endswith(f"/cases/{case.id}{there}")


def test_what_is_sent_all_the_same_is_led_there(visit, case_in):
    case, jo = case_in("employer_engagement"), visit("jo")
    typed = {"status": "done", "words": "A plan.", "happened_on": "16.3.2026", "employer": EMPLOYER}
    answer = jo.send(f"/cases/{case.id}/tasks/T4-A10", **typed)
    assert answer.status_code == 422
    assert f'href="/cases/{case.id}/training/new"' in answer.text


def test_belief_health_and_family_take_no_words(visit, case, office):
    jo = visit("jo")
    assert "<textarea" not in jo.get(f"/cases/{case.id}/tasks/T2-K4").text
    assert jo.submit(f"/cases/{case.id}/tasks/T2-K4").status_code == 422
    answer = jo.submit(f"/cases/{case.id}/tasks/T2-K4", answer="agreed", words="must not be kept")
    assert answer.status_code == 303
    assert "must not be kept" not in jo.get(f"/cases/{case.id}/history").text


def test_facts_with_records_of_their_own_lead_to_them(visit, case):
    answer = visit("jo").get(f"/cases/{case.id}/tasks/T1-A10")
    assert answer.status_code == 302
    assert answer.location == f"/participants/{case.participant_id}/consents?case={case.id}"


def test_a_task_is_taken_back_with_a_reason(visit, case, office):
    jo = visit("jo")
    jo.submit(f"/cases/{case.id}/tasks/T1-S3", words="Told it back.")
    path = next(link for link in jo.page(f"/cases/{case.id}/tasks/T1-S3").links if "withdraw" in link)
    form = jo.page(path).form(path.partition("?")[0])
    assert jo.client.post(form.action, data=form.values).status_code == 422
    assert jo.client.post(form.action, data={**form.values, "why": "Wrong person."}).status_code == 303
    assert facts(office, case).tasks == {}


def test_a_double_click_records_once(visit, case, office):
    jo = visit("jo")
    filled = {**jo.page(f"/cases/{case.id}/tasks/T1-S3").form(f"/cases/{case.id}/tasks/T1-S3").values, "words": "Once."}
    for _ in range(2):
        assert jo.client.post(f"/cases/{case.id}/tasks/T1-S3", data=filled).status_code == 303
    assert [what for what, *_ in office.trail()].count("task_done") == 1


def test_the_way_to_say_it_stands_beside_the_task(visit, case):
    assert "Du forteller med egne ord hva vi sa" in page_of(visit("jo"), case, "T1-S3")
