"""Searching, keeping lists, reminders, the list on paper and as a table, the weeks ahead."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest

from tests.support.pages import Page
from tests.support.people import TODAY, make_case, transaction

KNOWN = {"birth_year": 1990, "interpreter_need": "no"}


@pytest.fixture
def cases(office, noon):
    """Two spellings of one name, one that begins like a formula, and one of Sam's."""
    people = office.people
    names = {"Mohammed": "Ali", "Muhammad": "Yusuf", "=1+1": "Formel", "Oleksandr": "Bondar"}
    with transaction(office.database, noon) as session:
        made = {
            given: make_case(session, people, opened_on=TODAY - timedelta(days=ago), given_name=given,
                             family_name=family, **KNOWN).id
            for ago, (given, family) in enumerate(names.items(), start=10)
        }  # fmt: skip
        sams = make_case(session, people, owner=people.sam, given_name="Mohamed", family_name="Sams", **KNOWN)
        return made | {"Sams": sams.id}


def named(page: Page) -> set[str]:
    return {link for link in page.links if link.startswith("/cases/") and link.count("/") == 2}


def search(visitor, text: str, **fields: str):
    return visitor.client.post("/search", data={**visitor.page("/").form("/search").values, "q": text, **fields})


def test_a_name_is_found_however_it_is_spelled_and_stands_in_no_address(visit, cases):
    jo = visit("jo")
    answer = search(jo, "Mohamad")
    assert answer.status_code == 303
    assert "ohamad" not in answer.location
    page = jo.page(answer.location)
    assert named(page) == {f"/cases/{cases[name]}" for name in ("Mohammed", "Muhammad")}
    assert "/" in page.links, "the chip leads back"


def test_one_who_is_found_alone_stands_on_the_list_too(visit, cases, office):
    jo = visit("jo")
    with office.database.reading() as session:
        from se_engine.records.cases import Case

        ref = session.get_one(Case, cases["Oleksandr"]).participant_id
        from se_engine.records.participants import Participant

        ref = session.get_one(Participant, ref).ref
    for asked in ("Aleksander", ref):
        assert named(jo.page(search(jo, asked).location)) == {f"/cases/{cases['Oleksandr']}"}


def test_others_are_not_found_and_what_was_typed_stays(visit, cases, office):
    sam = visit("sam")
    answer = search(sam, "Oleksandr <b>")
    assert answer.status_code == 200
    assert Page(answer.text).form("/search").values["q"] == "Oleksandr <b>"
    assert named(Page(answer.text)) == {f"/cases/{cases['Sams']}"}
    assert not any("leksandr" in (detail or "") for _, _, detail in office.trail())


def test_a_search_keeps_to_the_list_that_is_shown(visit, cases):
    jo = visit("jo")
    location = search(jo, "Mohammed", status="paused").location
    assert "status=paused" in location
    assert not named(jo.page(location))


def test_a_list_is_kept_under_a_name_and_taken_away(visit, cases):
    jo = visit("jo")
    form = jo.page("/?status=no_contact&step=engagement").form("/lists").values
    answer = jo.client.post("/lists", data={**form, "name": "  Silent   ones "})
    assert answer.location == "/?status=no_contact&step=engagement"
    page = jo.page("/")
    assert "/?status=no_contact&step=engagement" in page.links
    assert "Silent ones" in page.text
    assert "Silent ones" not in visit("sam").page("/").text
    away = next(form.action for form in page.forms if form.action.endswith("/away"))
    assert visit("sam").send(away).status_code == 404
    assert jo.send(away).status_code == 303
    assert "Silent ones" not in jo.page("/").text


@pytest.mark.parametrize("name", ["", "x" * 61, "Kari 01010012356"])
def test_a_list_that_cannot_be_kept_so_is_asked_for_again(visit, cases, name):
    jo = visit("jo")
    form = jo.page("/?status=paused").form("/lists").values
    answer = jo.client.post("/lists", data={**form, "name": name})
    assert answer.status_code == 422
    assert Page(answer.text).form("/lists").values["name"] == name


def test_a_reminder_stands_on_the_list_and_on_the_case_for_her_alone(visit, cases, office):
    jo, case = visit("jo"), f"/cases/{cases['Mohammed']}"
    assert jo.submit(f"{case}/reminder", text="Ring the school", due_on="i dag").status_code == 303
    assert "Ring the school" in jo.page("/?status=today").text
    assert "Ring the school" in jo.page(case).text
    assert "Ring the school" not in visit("max").page("/").text + visit("max").page(case).text
    assert jo.submit(f"{case}/reminder", at=f"{case}/reminder/away").status_code == 303
    assert "Ring the school" not in jo.page("/").text
    assert {what for what, _, _ in office.trail()} >= {"sticky_kept", "sticky_dropped"}


@pytest.mark.parametrize("words", ["", "x" * 201, "Hun har diagnosen depresjon"])
def test_what_is_no_reminder_is_said_at_the_field(visit, cases, words):
    answer = visit("jo").submit(f"/cases/{cases['Mohammed']}/reminder", text=words, due_on="")
    assert answer.status_code == 422
    assert Page(answer.text).form(f"/cases/{cases['Mohammed']}/reminder").values["text"] == words


def test_the_table_has_every_row_in_order_and_no_formula(visit, cases, office):
    jo = visit("jo")
    answer = jo.get("/worklist/table.csv")
    assert answer.data.startswith(b"\xef\xbb\xbf")
    first, *rows = csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";")
    assert [row[2] for row in rows] == ["Oleksandr Bondar", "'=1+1 Formel", "Muhammad Yusuf", "Mohammed Ali"]
    assert len({len(row) for row in (first, *rows)}) == 1
    assert ("worklist_exported", None, "status=all rows=4") in office.trail()


def test_on_paper_stand_the_rows_that_were_shown(visit, cases, office):
    page = visit("jo").page("/worklist/print?status=all")
    assert named(page) == {f"/cases/{number}" for name, number in cases.items() if name != "Sams"}
    assert ("worklist_printed", None, "status=all rows=4") in office.trail()


def test_a_number_of_the_month_ahead_opens_the_list_behind_it(visit, cases):
    jo = visit("jo")
    page = jo.page("/worklist/ahead")
    assert "/?status=no_contact&ahead=2" in page.links
    assert named(jo.page("/?status=no_contact")) == set()
    assert len(named(jo.page("/?status=no_contact&ahead=2"))) == 4
    assert jo.get("/?ahead=5").status_code == 404
