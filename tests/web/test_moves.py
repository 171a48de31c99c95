"""Taking a move on a page: done once, refused with every reason, and nothing typed is lost."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.support.answers import answer_step
from tests.support.people import TODAY, make_case, transaction


@pytest.fixture
def case(office, noon):
    with transaction(office.database, noon) as session:
        return make_case(session, office.people, opened_on=TODAY - timedelta(days=10))


@pytest.fixture
def ready(office, noon, case):
    """Everything the next move asks for is answered."""
    with transaction(office.database, noon) as session:
        answer_step(session, office.people.jo, session.merge(case), TODAY - timedelta(days=1))
    return case


def step_of(office, case):
    from se_engine.queries.access import access_case

    with office.database.reading() as session:
        return access_case(session, office.people.jo, case.id).step


def form_of(visitor, case, trigger="begin_profiling"):
    form = visitor.page(f"/cases/{case.id}/moves/{trigger}").form(f"/cases/{case.id}/moves")
    return form.values


def test_a_move_whose_requirements_are_met_is_taken(visit, ready, office):
    jo = visit("jo")
    assert f"/cases/{ready.id}/moves/begin_profiling" in jo.page(f"/cases/{ready.id}").links
    answer = jo.submit(f"/cases/{ready.id}/moves/begin_profiling", at=f"/cases/{ready.id}/moves", note="We agreed.")
    assert (answer.status_code, answer.location) == (303, f"/cases/{ready.id}")
    assert step_of(office, ready) == "profiling"
    assert "Registrert: Begynn kartleggingen" in jo.page(f"/cases/{ready.id}").text


def test_a_refused_move_lists_every_reason_and_keeps_what_was_typed(visit, case, office):
    answer = visit("jo").submit(
        f"/cases/{case.id}/moves/begin_profiling", at=f"/cases/{case.id}/moves", note="She wants to go on."
    )
    assert answer.status_code == 422
    assert answer.text.count("ikke gjort ennå") >= 4
    assert "She wants to go on." in answer.text
    assert f'href="/cases/{case.id}/tasks/T1-A10"' in answer.text
    assert step_of(office, case) == "engagement"


def test_a_stale_page_is_told_so_and_can_be_sent_again(visit, ready, office):
    jo = visit("jo")
    old = form_of(jo, ready)
    visit("max").submit(f"/cases/{ready.id}/waiting", waiting_for="nav")
    stale = jo.client.post(f"/cases/{ready.id}/moves", data={**old, "note": "Typed before."})
    assert stale.status_code == 409
    assert "Typed before." in stale.text
    from tests.support.pages import Page

    fresh = Page(stale.text).form(f"/cases/{ready.id}/moves").values
    assert fresh["version"] != old["version"]
    again = jo.client.post(f"/cases/{ready.id}/moves", data={**fresh, "note": "Typed before."})
    assert again.status_code == 303
    assert step_of(office, ready) == "profiling"


def test_a_page_from_before_another_moved_the_case_keeps_what_was_typed(visit, ready, office):
    jo = visit("jo")
    old = form_of(jo, ready)
    visit("max").submit(f"/cases/{ready.id}/moves/begin_profiling", at=f"/cases/{ready.id}/moves")
    stale = jo.client.post(f"/cases/{ready.id}/moves", data={**old, "note": "Typed before."})
    assert stale.status_code == 409
    assert "Typed before." in stale.text


def test_a_double_click_moves_once(visit, ready, office):
    jo = visit("jo")
    filled = form_of(jo, ready)
    first = jo.client.post(f"/cases/{ready.id}/moves", data=filled)
    second = jo.client.post(f"/cases/{ready.id}/moves", data=filled)
    assert (first.status_code, first.location) == (second.status_code, second.location)
    assert [what for what, *_ in office.trail()].count("entered") == 1


@pytest.mark.parametrize("day", ["2026-03-15", "15.3.2026", "15.3.", "15/3/26", "i går", "yesterday"])
def test_a_day_may_be_written_in_many_ways(visit, ready, office, day):
    answer = visit("jo").submit(
        f"/cases/{ready.id}/moves/begin_profiling", at=f"/cases/{ready.id}/moves", happened_on=day
    )
    assert answer.status_code == 303
    with office.database.reading() as session:
        from se_engine.queries.access import access_case

        assert access_case(session, office.people.jo, ready.id).entered_on == TODAY - timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("31.2.2026", "31.2.2026"),
        ("snart", "snart"),
        ("", "12.3.2026"),
        ("17.3.2026", "ikke kommet ennå"),
        ("1.2.2026", "før trinnet begynte"),
    ],
)
def test_a_day_that_cannot_be_is_said_and_nothing_is_lost(visit, ready, office, day, words):
    answer = visit("jo").submit(
        f"/cases/{ready.id}/moves/begin_profiling", at=f"/cases/{ready.id}/moves", happened_on=day, note="Kept."
    )
    assert answer.status_code == 422
    assert words in answer.text
    assert "Kept." in answer.text
    assert step_of(office, ready) == "engagement"


def test_reality_moves_first_and_the_supervisor_is_told(visit, case, office):
    jo = visit("jo")
    page = jo.page(f"/cases/{case.id}/moves/begin_profiling_anyway")
    assert "Innhente samtykker" in page.text
    silent = jo.submit(f"/cases/{case.id}/moves/begin_profiling_anyway", at=f"/cases/{case.id}/moves")
    assert silent.status_code == 422
    answer = jo.submit(
        f"/cases/{case.id}/moves/begin_profiling_anyway", at=f"/cases/{case.id}/moves", note="She had begun already."
    )
    assert answer.status_code == 303
    told = visit("max").page(f"/cases/{case.id}")
    assert "She had begun already." in told.text
    assert any("/requests/" in link for link in told.links)
    assert "Innhente samtykker" in jo.page(f"/cases/{case.id}/history").text


def test_a_yes_from_the_supervisor_opens_the_move(visit, case, office):
    jo, max_ = visit("jo"), visit("max")
    path = f"/cases/{case.id}/ask?kind=exception&trigger=begin_profiling"
    form = jo.page(path).form(f"/cases/{case.id}/ask")
    asked = jo.client.post(form.action, data={**form.values, "why": "The consents lie with the interpreter."})
    assert asked.status_code == 303
    request = next(link for link in max_.page(f"/cases/{case.id}").links if "/requests/" in link)
    assert max_.submit(request, answer="granted", why="Fine.").status_code == 303
    moved = jo.submit(f"/cases/{case.id}/moves/begin_profiling", at=f"/cases/{case.id}/moves")
    assert moved.status_code == 303
    assert step_of(office, case) == "profiling"


def test_ending_asks_why(visit, case, office):
    jo = visit("jo")
    silent = jo.submit(f"/cases/{case.id}/moves/end", at=f"/cases/{case.id}/moves")
    assert silent.status_code == 422
    ended = jo.submit(f"/cases/{case.id}/moves/end", at=f"/cases/{case.id}/moves", end_reason="moved")
    assert ended.status_code == 303
    assert step_of(office, case) == "ended"


def test_a_move_from_another_step_is_refused(visit, case):
    assert visit("jo").get(f"/cases/{case.id}/moves/begin_follow_up").status_code == 422
