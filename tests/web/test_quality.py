"""The learning page: whole for who may open every case, published for others, with the cases each may open."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from sqlalchemy import select

from se_engine.records.supervision import FormTime
from tests.support.pages import Page
from tests.support.people import OPENED, TODAY, make_case, transaction

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
ITEM = "/quality/dimensions/C1a"


@pytest.fixture
def cases(office, noon):
    """Three opened this half-year without the talk on expectations, two of them Jo's; all waited for in step one."""
    with transaction(office.database, noon) as session:
        people = office.people
        return [make_case(session, people, owner=owner).id for owner in (people.jo, people.jo, people.sam)]


def test_a_supervisor_sees_the_number_its_meaning_and_the_cases(visit, cases):
    page = visit("max").page("/quality")
    assert page.h1s == ["Kvalitet"]
    assert page.unlabelled == []
    assert "Talt fra 15. september 2025 til 16. mars 2026." in page.text
    assert "Gjensidig forventningsavklaring" in page.text
    assert "0 av 3" in page.text
    link = next(link for link in page.links if link.startswith(ITEM))
    one = visit("max").page(link)
    assert "jo høyere, jo bedre" in one.text
    assert "0 % (0 av 3)" in one.text
    assert [link for link in one.links if re.fullmatch(r"/cases/\d+", link)] == [f"/cases/{case}" for case in cases]


def test_a_specialist_finds_her_own_cases_and_no_small_number(visit, cases):
    page = visit("jo").page("/quality")
    assert "publisert form" in page.text
    assert "0 av 3" not in page.text
    one = visit("jo").page(next(link for link in page.links if link.startswith(ITEM)))
    assert [link for link in one.links if re.fullmatch(r"/cases/\d+", link)] == [f"/cases/{case}" for case in cases[:2]]
    assert "0 %" not in one.text


def test_a_manager_reads_what_is_published_and_opens_no_case(visit, cases):
    page = visit("mia").page("/quality?framework=se5")
    assert "Det som ville endre det" not in page.text
    assert not [link for link in visit("mia").page(ITEM).links if link.startswith("/cases")]
    assert visit("mia").get("/quality?framework=seqf").status_code == 404
    assert visit("mia").get("/quality/dimensions/none").status_code == 404


def test_the_time_of_a_form_is_kept_of_the_office_and_nobody(office, visit, cases):
    jo = visit("jo")
    path = f"/cases/{cases[0]}/tasks/T1-K1"
    form = jo.page(path).form(path)
    typed = {**form.values, "words": "We talked about NAV.", "status": "done"}
    with time_machine.travel(datetime.combine(TODAY, time(12, 4, 10), UTC), tick=False):
        assert jo.client.post(path, data=typed).status_code == 303
    with office.database.reading() as session:
        kept = [(row.week_on, row.form, row.sent, row.minutes) for row in session.scalars(select(FormTime))]
    assert kept == [(TODAY - timedelta(days=TODAY.weekday()), "tasks.one", 1, 4)]
    later = jo.page(path).form(path)
    refused = jo.client.post(path, data={**later.values, "words": ""})
    assert refused.status_code == 422
    assert Page(refused.text).unlabelled == []
    with office.database.reading() as session:
        assert len(session.scalars(select(FormTime)).all()) == 1, "what was refused was not sent"


def test_what_a_week_of_registration_is_needs_three_at_work(office, noon, visit, cases):
    from se_engine.actions.form_times import note_form_time
    from tests.support.people import make_user

    with transaction(office.database, noon) as session:
        session.execute(FormTime.__table__.delete())
        noon.day = TODAY - timedelta(days=7)
        for _ in range(30):
            note_form_time(session, office.people.office_id, "notes.new", timedelta(minutes=4))
        note_form_time(session, office.people.office_id, "notes.new", timedelta(hours=3))
        noon.day = TODAY
    text = visit("max").page("/quality").text
    assert "noens egen tid" in text, "nobody had an account in those weeks"
    with transaction(office.database, noon) as session:
        noon.day = OPENED
        for name in ("Kim", "Kai", "Kat"):
            make_user(session, name, "job_specialist", office.people.office_id)
        noon.day = TODAY
    text = visit("max").page("/quality").text
    assert "Sendte skjemaer" in text
    assert "31 180" in text, "thirty of four minutes, and one that counts sixty at most"
    assert "Sendte skjemaer 1 Minutter skjemaene sto åpne 6" in text, "in the thirty weeks of three people"
