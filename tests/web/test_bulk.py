"""Many cases at once: a dry run that says what would happen, then all of it or nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.support.pages import Page
from tests.support.people import TODAY, make_case, transaction


@pytest.fixture
def cases(office, noon):
    """Two of Jo's, one she is named for alone, and one that Sam has already."""
    from se_engine.actions.participants import protect
    from se_engine.actions.waiting import start_waiting

    people = office.people
    with transaction(office.database, noon) as session:
        made = {
            name: make_case(session, people, given_name=name, family_name="Example") for name in ("Ann", "Bo", "Eli")
        }
        protect(session, people.max, made["Eli"].participant_id, readers=[people.jo.user_id, people.max.user_id],
                protected=True)  # fmt: skip
        start_waiting(session, people.jo, made["Bo"].id, seen_version=None, waiting_for="nav", on=TODAY,
                      next_on=TODAY + timedelta(days=5))  # fmt: skip
        made["Sams"] = make_case(session, people, owner=people.sam, given_name="Sams", family_name="Example")
        return {name: case.id for name, case in made.items()}


def chosen(cases, *names: str) -> str:
    return "/bulk?" + "&".join(f"case={cases[name]}" for name in names)


def owners(office, cases) -> dict[str, int]:
    from se_engine.records.cases import Case

    with office.database.reading() as session:
        return {name: session.get_one(Case, number).owner_id for name, number in cases.items()}


def preview(visitor, path: str, **fields):
    """The dry run, and the form on it with every case as it was seen."""
    page = visitor.get(path).text
    seen = [part.split('"')[0] for part in page.split('name="seen" value="')[1:]]
    answer = visitor.client.post("/bulk", data={**Page(page).form("/bulk").values, "seen": seen, **fields})
    shown = [part.split('"')[0] for part in answer.text.split('name="seen" value="')[1:]]
    return answer, {**Page(answer.text).form("/bulk/do").values, "seen": shown} if answer.status_code == 200 else {}


def test_a_dry_run_says_who_moves_and_why_others_stay_and_writes_nothing(visit, office, cases):
    max_, before = visit("max"), (owners(office, cases), len(office.trail()))
    answer, form = preview(max_, chosen(cases, *cases), what="hand_over", owner=office.people.sam.user_id)
    text = Page(answer.text).text
    assert text.count("Jo → Sam") == 2
    assert text.count("blir som det er") == 2
    assert (owners(office, cases), len(office.trail())) == before
    assert max_.client.post("/bulk/do", data=form).status_code == 303
    sam = office.people.sam.user_id
    assert owners(office, cases) == {**before[0], "Ann": sam, "Bo": sam}
    moved = [case for what, case, _ in office.trail() if what == "owner_changed"][-2:]
    assert sorted(moved) == sorted([cases["Ann"], cases["Bo"]])


def test_one_that_was_changed_meanwhile_stops_them_all(visit, office, cases, noon):
    from se_engine.actions.waiting import end_waiting

    max_ = visit("max")
    _, form = preview(max_, chosen(cases, "Ann", "Bo"), what="hand_over", owner=office.people.sam.user_id)
    before = owners(office, cases)
    with transaction(office.database, noon) as session:
        end_waiting(session, office.people.jo, cases["Bo"], seen_version=None, on=TODAY)
    answer = max_.client.post("/bulk/do", data=form)
    assert answer.status_code == 409
    assert "endret siden du så på det" in Page(answer.text).text
    assert owners(office, cases) == before
    again = [part.split('"')[0] for part in answer.text.split('name="seen" value="')[1:]]
    assert (
        max_.client.post("/bulk/do", data={**Page(answer.text).form("/bulk/do").values, "seen": again}).status_code
        == 303
    )
    assert owners(office, cases)["Bo"] == office.people.sam.user_id


def test_another_next_check_is_for_those_we_wait_with(visit, office, cases):
    from se_engine.records.cases import Case

    answer, form = preview(visit("max"), chosen(cases, "Ann", "Bo"), what="next_check", next_on="30.3.2026")
    assert "Vi venter ikke på noen her" in Page(answer.text).text
    assert visit("max").client.post("/bulk/do", data={**form, "csrf_token": ""}).status_code == 400
    max_ = visit("max")
    _, form = preview(max_, chosen(cases, "Ann", "Bo"), what="next_check", next_on="30.3.2026")
    assert max_.client.post("/bulk/do", data=form).status_code == 303
    with office.database.reading() as session:
        bo, ann = session.get_one(Case, cases["Bo"]), session.get_one(Case, cases["Ann"])
        assert (bo.waiting_for, bo.next_on - TODAY, ann.next_on) == ("nav", timedelta(days=14), None)


@pytest.mark.parametrize(
    "fields", [{"what": "hand_over", "owner": "0"}, {"what": "next_check", "next_on": ""}, {"what": "burn"}]
)
def test_what_is_not_said_is_asked_for_and_the_choice_of_cases_stays(visit, cases, fields):
    answer, _ = preview(visit("max"), chosen(cases, "Ann", "Bo"), **fields)
    assert answer.status_code == 422
    assert answer.text.count('name="seen"') == 2


def test_a_whole_list_is_chosen_at_once_and_nobody_else_may(visit, cases):
    page = visit("max").get("/bulk?all=yes&status=waiting").text
    assert page.count('name="seen"') == 1
    assert visit("max").get("/bulk").location == "/"
    assert visit("jo").get(chosen(cases, "Ann")).status_code == 403


def test_a_neighbours_cases_are_not_there(visit, office, cases):
    answer, _form = preview(visit("fay"), chosen(cases, "Ann"), what="hand_over", owner=office.actors["fay"].user_id)
    assert "Ann" not in answer.text
