"""The supervisor's page, and the facts about staff she records."""

from __future__ import annotations

import pytest

from tests.support.pages import Page
from tests.support.people import make_case, transaction


@pytest.fixture
def asked(office, noon):
    """Jo asks about Ann; nobody owns Bo."""
    from se_engine.actions.requests import ask_supervisor

    with transaction(office.database, noon) as session:
        ann = make_case(session, office.people, given_name="Ann", family_name="Example")
        bo = make_case(session, office.people, given_name="Bo", family_name="Example")
        bo.owner_id = None
        request = ask_supervisor(session, office.people.jo, ann.id, "end_cause", why="A private reason")
        return {"request": f"/cases/{ann.id}/requests/{request.id}", "owner": f"/cases/{bo.id}/owner"}


def test_what_waits_for_her_is_one_click_away(visit, asked):
    page = visit("max").page("/team")
    assert asked["request"] in page.links
    assert asked["owner"] in page.links
    assert "#requests" in page.links
    assert "Dokumenter som venter" not in page.text, "no kind of document is hers to approve"


def test_why_somebody_asks_is_read_on_its_own_page_where_reading_is_trailed(visit, asked):
    assert "A private reason" not in visit("max").page("/team").text


def test_a_neighbour_sees_nothing_of_it(visit, asked):
    page = visit("fay").page("/team")
    assert "Ann" not in page.text
    assert not [link for link in page.links if link.startswith("/cases/")]


def test_numbers_by_person_open_the_cases_behind_them(visit, asked, office):
    max_, jo = visit("max"), office.people.jo.user_id
    page = max_.page("/team")
    behind = f"/team/caseload/{jo}?part=working"
    assert behind in page.links
    assert "Jo" in page.text
    assert asked["request"].partition("/requests")[0] in max_.page(behind).links


def test_an_absence_is_recorded_with_who_stands_in(visit, office):
    max_ = visit("max")
    jo, sam = office.people.jo.user_id, office.people.sam.user_id
    answer = max_.submit("/team/absences/new", user=jo, substitute=sam, from_on="16.3.2026", until_on="20.3.2026")
    assert (answer.status_code, answer.location) == (303, "/team")
    shown = max_.page("/team").text
    assert "20. mars 2026" in shown
    assert "Sam" in shown


def test_a_share_and_a_supervision_are_recorded(visit, office):
    max_ = visit("max")
    jo = office.people.jo.user_id
    share = max_.submit("/team/shares/new", user=jo, percent="100", se_percent="80", from_on="1.1.2026", until_on="")
    held = max_.submit("/team/supervisions/new", held_on="2.3.2026", minutes="90", attended=[jo])
    assert (share.status_code, held.status_code) == (303, 303)
    shown = max_.page("/team").text
    assert "80 %" in shown
    assert "2. mars 2026" in shown


@pytest.mark.parametrize(("percent", "status"), [("120", 422), ("much", 422), ("", 422)])
def test_a_share_that_cannot_be_is_shown_again_with_what_was_typed(visit, office, percent, status):
    answer = visit("max").submit("/team/shares/new", user=office.people.jo.user_id, percent=percent, se_percent="80")
    assert answer.status_code == status
    page = Page(answer.text)
    assert page.form("/team/shares/new").values["se_percent"] == "80"
    assert page.form("/team/shares/new").values["percent"] == percent


def test_nobody_records_about_a_neighbour(visit, office):
    answer = visit("max").submit(
        "/team/absences/new", user=office.far.user_id, substitute="0", from_on="16.3.2026", until_on="20.3.2026"
    )
    assert answer.status_code == 422, "she is not among those who can be chosen"


def test_a_specialist_proposes_and_the_supervisor_agrees(visit, office, asked):
    jo, sam, max_ = visit("jo"), office.people.sam, visit("max")
    answer = jo.submit("/absences/new", substitute=sam.user_id, from_on="16.3.2026", until_on="20.3.2026")
    assert answer.status_code == 303
    assert "Foreslått: Sam" in jo.page("/account").text
    case = asked["request"].partition("/requests")[0]
    assert visit("sam").get(case).status_code == 404
    page = max_.page("/team")
    assert "Foreslått: Sam" in page.text
    decide = next(link for link in page.links if link.endswith("/substitute"))
    assert max_.submit(decide, substitute=sam.user_id).status_code == 303
    assert visit("sam").get(case).status_code == 200
    assert "for Jo" in max_.page(f"/participants/{participant_of(office, case)}/looked").text


def participant_of(office, case: str) -> int:
    from se_engine.records.cases import Case

    with office.database.reading() as session:
        return session.get_one(Case, int(case.rpartition("/")[2])).participant_id


def test_days_that_meet_are_said_at_their_field(visit, office):
    jo = visit("jo")
    days = {"substitute": "0", "from_on": "16.3.2026", "until_on": "20.3.2026"}
    assert jo.submit("/absences/new", **days).status_code == 303
    answer = jo.submit("/absences/new", **{**days, "from_on": "20.3.2026", "until_on": "25.3.2026"})
    assert answer.status_code == 422
    assert 'id="from_on-error"' in answer.text
    away = visit("max").submit("/team/absences/new", user=office.people.sam.user_id, **days)
    assert away.status_code == 303
    taken = {**days, "from_on": "1.4.2026", "until_on": "2.4.2026", "substitute": office.people.sam.user_id}
    assert jo.submit("/absences/new", **taken).status_code == 303, "away on other days"
    taken |= {"from_on": "10.3.2026", "until_on": "16.3.2026", "user": office.people.jo.user_id}
    assert 'id="from_on-error"' in visit("max").submit("/team/absences/new", **taken).text


def test_what_a_substitute_records_is_told_as_done_for_the_owner(visit, office, asked, noon):
    from se_engine.actions.absences import record_absence
    from se_engine.actions.waiting import start_waiting

    case, people = asked["request"].partition("/requests")[0], office.people
    with transaction(office.database, noon) as session:
        away = {"from_on": noon.day, "until_on": noon.day, "substitute_id": people.sam.user_id}
        record_absence(session, people.max, people.jo.user_id, **away)
        number = int(case.rpartition("/")[2])
        start_waiting(session, people.sam, number, seen_version=None, waiting_for="nav", on=noon.day,
                      next_on=noon.day.replace(day=30))  # fmt: skip
    for path in (case, f"{case}/history"):
        assert "Sam for Jo" in visit("jo").page(path).text


def test_the_sheet_says_what_matters_and_no_private_reminder(visit, office, asked, noon):
    from se_engine.actions.desk import keep_sticky

    case, people = asked["request"].partition("/requests")[0], office.people
    number = int(case.rpartition("/")[2])
    with transaction(office.database, noon) as session:
        keep_sticky(session, people.jo, number, text="A private thought")
    text = visit("max").page(f"{case}/handover").text
    assert "Ann Example" in text
    assert "ingenting kan sies til noen" in text
    assert "A private thought" not in text + visit("jo").page(f"{case}/handover").text
    assert ("case_read", number, None) in office.trail()
    told = office.trail().count(("case_read", number, None))
    assert f"{case}/handover" in visit("max").page(f"/team/handover?owner={people.jo.user_id}").links
    assert office.trail().count(("case_read", number, None)) == told + 1
    assert visit("sam").get(f"/team/handover?owner={people.jo.user_id}").status_code == 403
    assert visit("fay").get(f"/team/handover?owner={people.jo.user_id}").status_code == 404
