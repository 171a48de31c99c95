"""The programme theory and effort against result as pages: who reads what, and how an office words its own."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.support.people import TODAY, make_case, transaction

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
PART = "/theory/{office}/early_employer/effort"


@pytest.fixture
def cases(office, noon):
    from se_engine.actions.contacts import record_note
    from se_engine.rules.contacts import Note

    with transaction(office.database, noon) as session:
        opened = TODAY - timedelta(days=160)
        made = [
            make_case(session, office.people, opened_on=opened, given_name=f"P{number}", interpreter_need="no")
            for number in range(3)
        ]  # fmt: skip
        note = Note(
            happened_on=opened + timedelta(days=9), kind="participant", channel="in_person", minutes=300, said="-"
        )
        record_note(session, office.people.jo, made[0].id, note)
        return [case.id for case in made]


def test_a_supervisor_opens_the_cases_behind_effort_and_behind_the_theory(visit, cases):
    max_ = visit("max")
    for path, wanted in (("/reports/effort", "result=meeting"), ("/theory", "measure=stays_90")):
        behind = next(link for link in max_.page(path).links if wanted in link)
        assert [it for it in max_.page(behind).links if it.startswith("/cases/")] == [f"/cases/{n}" for n in cases]


@pytest.mark.parametrize("name", ["ida", "mia"])
def test_others_see_neither_small_numbers_nor_cases(visit, cases, name):
    for path in ("/reports/effort", "/theory"):
        page = visit(name).page(path)
        assert "ikke effekt" in page.text
        assert "P1" not in page.text
        assert not [link for link in page.links if "result=" in link or "measure=" in link]
        for link in {link for link in page.links if link.startswith("/reports/effort")}:
            assert visit(name).get(link).status_code == 200


def test_an_office_words_a_part_and_takes_the_template_back(visit, office):
    from se_engine.records.supervision import TheoryChange
    from se_engine.records.trail import TrailEntry

    max_, path = visit("max"), PART.format(office=office.people.office_id)
    assert max_.submit(path, words="Bakeriet først", measure="met_employer_30").status_code == 303
    page = max_.page("/theory")
    assert page.text.count("Bakeriet først") >= 2  # in its place and in the history
    assert max_.submit(path, words="Bakeriet først", measure="met_employer_30").status_code == 422
    assert max_.submit(path, template="y").status_code == 303
    assert max_.page("/theory").text.count("Bakeriet først") == 1
    with office.database.reading() as session:
        rows = session.execute(select(TheoryChange.words, TheoryChange.measure).order_by(TheoryChange.id)).all()
        assert rows == [("Bakeriet først", "met_employer_30"), (None, None)]
        told = session.scalars(select(TrailEntry.what).where(TrailEntry.what.like("theory%")).order_by(TrailEntry.id))
        assert list(told) == ["theory_reworded", "theory_reset"]


@pytest.mark.parametrize(
    ("fields", "said"),
    [({"words": " "}, "words"), ({"words": "x" * 201}, "words"), ({"words": "x", "measure": "luck"}, "measure")],
)
def test_what_cannot_stand_is_said_at_its_field(visit, office, fields, said):
    answer = visit("max").submit(PART.format(office=office.people.office_id), **fields)
    assert answer.status_code == 422
    assert f'href="#{said}"' in answer.text


@pytest.mark.parametrize("query", ["window=7", "office=4711", "window=x"])
def test_what_is_no_choice_is_not_found(visit, query):
    assert visit("max").get(f"/reports/effort?{query}").status_code == 404


def test_the_published_form_is_asked_for_as_it_is(visit):
    answer = visit("mia").get("/reports/effort?bands=thirds")
    assert answer.status_code == 422
