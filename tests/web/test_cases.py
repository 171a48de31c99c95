"""The page of a case: what it shows, at what cost, to whom it is told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import event

from se_engine.actions.meetings import plan_meeting
from se_engine.rules.contacts import Meeting
from tests.support.answers import done
from tests.support.people import TODAY, make_case, transaction


@pytest.fixture
def case(office, noon):
    with transaction(office.database, noon) as session:
        return make_case(session, office.people, days_per_step=3, opened_on=TODAY - timedelta(days=10))


@pytest.fixture
def write(office, noon):
    """`with write() as session:` – something recorded beside the pages."""
    return lambda: transaction(office.database, noon)


def test_the_page_says_where_she_stands_and_why_not_yet(visit, case):
    page = visit("jo").page(f"/cases/{case.id}")
    assert page.h1s == ["Pat Example"]
    assert "10 dager" in page.text
    assert "Innhente samtykker og reservasjoner: ikke gjort ennå." in page.text
    assert f"/cases/{case.id}/tasks/T1-A10" in page.links


def test_the_target_of_the_template_is_shown_until_she_is_at_work(visit, office, write):
    opened = TODAY - timedelta(days=20)
    with write() as session:
        waiting = make_case(session, office.people, opened_on=opened)
        at_work = make_case(session, office.people, "job_support", days_per_step=3, opened_on=opened)
    jo = visit("jo")
    assert "På arbeidsplass innen" in jo.page(f"/cases/{waiting.id}").text
    assert "På arbeidsplass innen" not in jo.page(f"/cases/{at_work.id}").text


def test_each_open_requirement_leads_to_a_form(visit, case):
    jo = visit("jo")
    links = jo.page(f"/cases/{case.id}").links
    for path in {link.partition("#")[0] for link in links if link.startswith(f"/cases/{case.id}/")}:
        assert jo.client.get(path, follow_redirects=True).status_code == 200, path


@pytest.mark.parametrize(("language", "words"), [("nn", "Kvifor ikkje enno?"), ("en", "Why not yet?")])
def test_the_page_speaks_the_readers_language(visit, case, language, words):
    jo = visit("jo")
    jo.send("/preferences/language", language=language)
    assert words in jo.page(f"/cases/{case.id}").text


def test_twins_are_one_row_and_the_newest_evidence_is_quoted(visit, case, office, write):
    with write() as session:
        done(session, office.people.jo, case, TODAY, "T1-A06", words="I may say no, and I say yes.")
    page = visit("jo").page(f"/cases/{case.id}")
    assert page.text.count("Sjekke forståelse med tilbakefortelling") >= 1
    assert "I may say no, and I say yes." in page.text
    assert f"/cases/{case.id}/tasks/T1-A06" not in page.links


def test_of_several_tasks_that_will_do_one_answer_frees_the_others(visit, case, office, write):
    jo = visit("jo")
    before = jo.page(f"/cases/{case.id}").text.count("Én av disse må til")
    with write() as session:
        done(session, office.people.jo, case, TODAY, "T1-K1")
    assert jo.page(f"/cases/{case.id}").text.count("Én av disse må til") == before - 1


def test_a_task_about_staff_is_never_part_of_her_case(visit, case):
    jo = visit("jo")
    assert f"/cases/{case.id}/tasks/T1-K5" not in jo.page(f"/cases/{case.id}").links
    assert jo.get(f"/cases/{case.id}/tasks/T1-K5").status_code == 404


def statements(database, read) -> int:
    seen = []

    def count(connection, cursor, statement, *rest):
        if statement.lstrip().upper().startswith("SELECT"):
            seen.append(statement)

    event.listen(database.engine, "before_cursor_execute", count)
    try:
        read()
    finally:
        event.remove(database.engine, "before_cursor_execute", count)
    return len(seen)


def test_the_page_costs_as_many_statements_whatever_the_history(office, case, write):
    from se_engine.queries.cases import case_page

    def read():
        with office.database.reading() as session:
            case_page(session, office.people.jo, case.id)

    short = statements(office.database, read)
    with write() as session:
        for day in range(9):
            done(session, office.people.jo, case, TODAY - timedelta(days=day), "T1-S3", "T1-M1")
    assert short <= 21
    assert statements(office.database, read) == short


def test_the_page_says_what_comes_if_nothing_is_done(visit, case, write, office):
    with write() as session:
        talk = Meeting("nav", TODAY + timedelta(days=2), starts_at="10:00")
        plan_meeting(session, office.people.jo, case.id, talk)
    page = visit("jo").page(f"/cases/{case.id}").text
    assert "for lenge uten kontakt" in page
    assert "møte 18. mars 2026" in page


def test_a_look_is_told_by_the_trail_and_shown(visit, case, office):
    visit("max").page(f"/cases/{case.id}")
    assert ("case_read", case.id, None) in office.trail()
    text = visit("jo").page(f"/participants/{case.participant_id}/looked").text
    assert "Max" in text
    assert "Leste forløpet" in text


def test_a_protected_participant_is_not_there_for_a_supervisor_who_is_not_named(visit, office, write):
    with write() as session:
        hidden = make_case(session, office.people, protected=True)
    assert visit("max").get(f"/cases/{hidden.id}").status_code == 404
    assert visit("jo").get(f"/cases/{hidden.id}").status_code == 200


def test_history_keeps_what_was_taken_back(visit, case, office, write):
    with write() as session:
        done(session, office.people.jo, case, TODAY, "T1-S3", "T1-M1", words="Wrong participant.")
    jo = visit("jo")
    page = jo.page(f"/cases/{case.id}/history")
    path = next(link for link in page.links if "/tasks/withdraw" in link)
    form = jo.page(path).form(path.partition("?")[0])
    answer = jo.client.post(form.action, data={**form.values, "why": "It was somebody else."})
    assert answer.status_code == 303
    text = jo.page(f"/cases/{case.id}/history").text
    assert "It was somebody else." in text
    assert "Wrong participant." in text
    assert "Innhente" in jo.page(f"/cases/{case.id}").text


def test_the_supervisor_hands_a_case_over(visit, case, office):
    answer = visit("max").submit(f"/cases/{case.id}/owner", owner=str(office.people.sam.user_id), note="Jo is moving.")
    assert answer.status_code == 303
    assert visit("jo").get(f"/cases/{case.id}").status_code == 404
    assert visit("sam").get(f"/cases/{case.id}").status_code == 200


def test_an_ended_case_carries_on_in_a_new_one(visit, case):
    jo = visit("jo")
    ended = jo.submit(
        f"/cases/{case.id}/moves/end", at=f"/cases/{case.id}/moves", end_reason="moved", decided_by="participant"
    )
    assert ended.status_code == 303
    answer = jo.submit(f"/cases/{case.id}/continue")
    assert answer.status_code == 303
    assert answer.location != f"/cases/{case.id}"
    assert jo.page(answer.location).h1s == ["Pat Example"]
