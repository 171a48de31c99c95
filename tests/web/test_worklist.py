"""The worklist as a page: what stands on it, in whose words, and how it is narrowed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import event

from tests.support.pages import Page
from tests.support.people import TODAY, make_case, transaction

KNOWN = {"birth_year": 1990, "interpreter_need": "no", "family_name": "Example"}


@pytest.fixture
def cases(office, noon):
    """Ann is overdue, Bo waits for NAV, Eli is far from due, and one is hidden from Jo."""
    from se_engine.actions.participants import protect
    from se_engine.actions.waiting import start_waiting

    people = office.people
    with transaction(office.database, noon) as session:
        made = {
            name: make_case(session, people, opened_on=TODAY - timedelta(days=ago), given_name=name, **KNOWN)
            for name, ago in (("Ann", 20), ("Bo", 10), ("Eli", 1))
        }
        start_waiting(
            session, people.jo, made["Bo"].id, seen_version=None, waiting_for="nav", on=TODAY,
            next_on=TODAY + timedelta(days=5),
        )  # fmt: skip
        hidden = make_case(session, people, given_name="Hidden", **KNOWN)
        protect(session, people.max, hidden.participant_id, readers=[], protected=True)
        return {name: case.id for name, case in made.items()} | {"Hidden": hidden.id}


def named(page: Page) -> list[str]:
    """The names on the list, as links to their cases, in order."""
    return [link for link in page.links if link.startswith("/cases/")]


def test_a_search_for_one_sound_on_a_long_list_asks_for_more_letters(visit, monkeypatch, cases):
    monkeypatch.setattr("se_engine.queries.names.FEW", 0)
    answer = visit("jo").send("/search", q="Mo")
    assert 'id="q-error"' in answer.text
    assert "Skriv flere bokstaver" in answer.text


def test_it_lists_the_most_urgent_first_and_counts_the_protected(visit, cases):
    page = visit("jo").page("/")
    assert named(page) == [f"/cases/{cases[name]}" for name in ("Ann", "Bo", "Eli")]
    assert "Hidden" not in page.text
    assert page.text.index("Ann Example") < page.text.index("Bo Example")


def test_each_status_is_a_link_that_narrows_the_list(visit, cases):
    jo = visit("jo")
    assert "/?status=waiting" in jo.page("/").links
    page = jo.page("/?status=waiting&for=nav")
    assert named(page) == [f"/cases/{cases['Bo']}"]
    assert "/?status=waiting" in page.links, "a chip takes the narrower choice away"
    assert "/" in page.links


def test_a_choice_nobody_fits_says_so_and_leads_back(visit, cases):
    page = visit("jo").page("/?step=follow_up")
    assert named(page) == []
    assert "/" in page.links


@pytest.mark.parametrize(
    "query", ["step=nowhere", "owner=me", "owner=99999999999999999999", "after=yesterday", "after=2026-01-01.x"]
)
def test_an_address_nobody_gave_out_is_not_found(visit, cases, query):
    assert visit("jo").get(f"/?{query}").status_code == 404


def test_an_unknown_status_names_those_there_are(visit, cases):
    answer = visit("jo").get("/?status=urgent")
    assert answer.status_code == 422
    assert "needs_me" in answer.text


def test_pages_of_fifty_lead_on_and_back(visit, office, noon):
    with transaction(office.database, noon) as session:
        for number in range(51):
            make_case(session, office.people, given_name=f"P{number}", **KNOWN)
    jo = visit("jo")
    first = jo.page("/")
    assert len(named(first)) == 50
    onward = next(link for link in first.links if link.startswith("/?after="))
    second = jo.page(onward)
    assert len(named(second)) == 1
    back = next(link for link in second.links if link.startswith("/?before="))
    assert named(jo.page(back)) == named(first)


@pytest.mark.parametrize(("name", "expected"), [("jo", 5), ("max", 5)])
def test_five_statements_with_the_session(name, expected, visit, cases, app):
    visitor = visit(name)
    visitor.get("/")
    sent = []
    engine = app.extensions["se_database"].engine
    event.listen(engine, "before_cursor_execute", lambda *args: sent.append(args[2]))
    visitor.get("/")
    assert len([statement for statement in sent if not statement.startswith("BEGIN")]) == expected


def test_a_supervisor_narrows_by_owner(visit, cases, office):
    assert len(named(visit("max").page(f"/?owner={office.people.jo.user_id}"))) == 4, "she is named for the hidden one"
    assert named(visit("max").page(f"/?owner={office.people.sam.user_id}")) == []


@pytest.mark.parametrize(
    ("name", "first_page"),
    [("ida", "/audits"), ("mia", "/reports"), ("adam", "/admin"), ("ada", "/admin")],
)
def test_others_are_led_to_what_they_came_for(visit, name, first_page):
    assert visit(name).get("/").location == first_page
