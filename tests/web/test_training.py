"""The training plan in a browser: planned at the desk, ticked at the workplace, left alone where nobody is told."""

import pytest

from se_engine.queries.training import training_page
from tests.support.answers import decides_what_is_told
from tests.support.people import EMPLOYER, TODAY, make_case, transaction


@pytest.fixture
def case(office, noon):
    with transaction(office.database, noon) as session:
        return make_case(session, office.people, "employer_engagement", days_per_step=2, interpreter_language="ar")


@pytest.fixture
def jo(visit):
    return visit("jo")


@pytest.fixture
def place(jo, case):
    """The address of the ladder at her one workplace."""
    return jo.get(f"/cases/{case.id}/training/new").location.removesuffix("/new")


@pytest.fixture
def ladder(office, noon, case):
    def read():
        with transaction(office.database, noon) as session:
            (found,) = training_page(session, office.people.jo, case.id).ladders
            return found

    return read


def plan(jo, place, **more):
    said = {"task": "Pakke brød", "step": "1", "teacher": "Skiftlederen", "norwegian_1": "pose", "own_1": "كيس", **more}
    return jo.submit(f"{place}/new", **said)


def test_a_plan_begins_with_one_task_and_its_words(jo, case, place, ladder):
    page = f"/cases/{case.id}/training"
    assert f"{place}/new" in jo.page(page).links
    empty = plan(jo, place, task=" ", own_1="كيس الخبز")
    assert empty.status_code == 422
    assert "Skriv hvilken oppgave det er." in empty.text
    assert "كيس الخبز" in empty.text
    assert plan(jo, place).location.endswith(f"/training#place-{place.rpartition('/')[2]}")
    text = jo.page(page).text
    assert "1. Trygge, enkle oppgaver" in text
    assert "Pakke brød" in text
    assert "pose – كيس" in text
    assert "0 av 1 oppgaver sitter" in text
    assert "På arabisk" in jo.page(f"{place}/today").text
    assert [rung.teacher for rung in ladder().rungs] == ["Skiftlederen"]


def test_a_visit_is_ticked_on_one_page(jo, case, place, ladder):
    plan(jo, place)
    plan(jo, place, task="Stable brød", norwegian_1="", own_1="")
    first, second = ladder().rungs
    there = f"{place}/today"
    nothing = jo.submit(there)
    assert nothing.status_code == 422
    assert "Kryss av for noe, eller skriv et ord." in nothing.text
    half = jo.submit(there, **{f"said_{first.id}": ["participant"], "own_1": "خبز"})
    assert half.status_code == 422
    assert "Skriv ordet på norsk også." in half.text
    assert "خبز" in half.text
    done = jo.submit(
        there,
        **{
            f"said_{first.id}": ["participant", "buddy"], f"words_{first.id}": [str(first.words[0].id)],
            "rung_1": str(second.id), "norwegian_1": "hylle",
        },
    )  # fmt: skip
    assert done.status_code == 303
    first, second = ladder().rungs
    assert (first.mastered_on, first.words[0].learned_on, second.words[0].norwegian) == (TODAY, TODAY, "hylle")
    assert "Mestrer 16. mars 2026" in jo.page(f"/cases/{case.id}/training").text
    assert f"said_{first.id}" not in jo.page(there).form(there).values


def test_somebody_may_say_not_yet_and_a_word_is_unlearned_by_a_tap(jo, case, place, ladder):
    plan(jo, place)
    (rung,) = ladder().rungs
    there = f"/cases/{case.id}/training/rungs/{rung.id}"
    assert jo.submit(there, says="buddy").status_code == 422
    jo.submit(there, says="buddy", answer="no")
    assert ladder().rungs[0].status == "training"
    tap = f"/cases/{case.id}/training/words/{rung.words[0].id}/learned"
    jo.send(tap, learned="yes")
    assert ladder().rungs[0].words[0].learned_on == TODAY
    jo.send(tap, learned="no")
    assert ladder().rungs[0].words[0].learned_on is None


def test_a_task_is_changed_or_taken_off_with_a_reason(jo, case, place, ladder):
    plan(jo, place)
    (rung,) = ladder().rungs
    there = f"/cases/{case.id}/training/rungs/{rung.id}"
    form = jo.page(f"{there}/change").form(f"{there}/change")
    assert (form.values["teacher"], form.values["step"]) == ("Skiftlederen", "1")
    assert jo.submit(f"{there}/change", step="2", method="together").status_code == 303
    assert (ladder().rungs[0].step, ladder().rungs[0].teacher) == (2, "Skiftlederen")
    assert jo.submit(f"{there}/remove").status_code == 422
    jo.submit(f"{there}/remove", why="Maskinen gjør det nå.")
    assert "Maskinen gjør det nå." in jo.page(f"/cases/{case.id}/training").text


def test_where_nobody_is_told_the_page_says_why_there_is_no_ladder(jo, office, noon, case, place):
    with transaction(office.database, noon) as session:
        decides_what_is_told(session, office.people.jo, case, TODAY, decision="not_told")
    page = jo.page(f"/cases/{case.id}/training")
    assert EMPLOYER in page.text
    assert "Ikke aktuelt, etter deltakerens valg" in page.text
    assert f"{place}/new" not in page.links
    refused = plan(jo, place)
    assert refused.status_code == 422
    assert "Det har deltakeren valgt" in refused.text


def test_a_ladder_of_another_case_is_not_there(jo, office, noon, case, place, ladder):
    plan(jo, place)
    (rung,) = ladder().rungs
    with transaction(office.database, noon) as session:
        other = make_case(session, office.people, "employer_engagement", days_per_step=2)
        away = make_case(session, office.people)
    assert jo.get(f"/cases/{other.id}/training/rungs/{rung.id}").status_code == 404
    assert jo.get(f"/cases/{away.id}/training/{place.rpartition('/')[2]}/new").status_code == 404
    assert "Ingen arbeidsplass ennå" in jo.page(f"/cases/{away.id}/training").text
