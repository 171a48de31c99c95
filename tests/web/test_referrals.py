"""The inbox on pages: shown by age, decided about, given away; duplicates asked about before anything is saved."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import event

from tests.support.pages import Page
from tests.support.people import TODAY, make_case, make_participant, transaction

REFERRED = TODAY - timedelta(days=10)


@pytest.fixture
def pat(office, noon):
    with transaction(office.database, noon) as session:
        found = make_participant(session, office.people, referred_on=REFERRED, referred_by="nav", birth_year=1990)
        return f"/referrals/{found.id}"


@pytest.fixture
def jo(visit):
    return visit("jo")


@pytest.fixture
def max_(visit):
    return visit("max")


def test_the_inbox_shows_who_waits_and_for_how_long(jo, max_, pat):
    page = jo.page("/referrals")
    assert pat in page.links
    assert "10 dager" in page.text
    assert "1 er uten jobbspesialist" in page.text
    assert f"{pat}/assign" not in page.links
    assert f"{pat}/assign" in max_.page("/referrals").links


def test_a_specialist_takes_one_herself_with_a_start_package(jo, pat):
    answer = jo.submit(f"{pat}/accept", template="youth_fast")
    assert answer.status_code == 303
    page = jo.page(answer.location).text
    assert "Ungdom: raskt til jobb" in page
    tasks = jo.page(f"{answer.location}/tasks").text
    assert "I startpakken" in tasks
    assert pat not in jo.page("/referrals").links


def test_the_supervisor_gives_it_to_whom_has_room(max_, pat, office):
    form = max_.page(f"{pat}/assign")
    assert "0 i trinn 1–5" in form.text
    assert max_.submit(f"{pat}/assign", owner=str(office.people.sam.user_id)).status_code == 303
    assert "Sam" in max_.page("/referrals").text
    accepted = max_.submit(f"{pat}/accept")
    assert accepted.status_code == 303
    assert office.visitor("sam").get(accepted.location).status_code == 200


def test_a_referral_waits_until_a_day(jo, pat):
    silent = jo.submit(f"{pat}/wait", note="They call us.")
    assert silent.status_code == 422
    assert "They call us." in silent.text
    assert jo.submit(f"{pat}/wait", reason="no_capacity", note="They call us.").status_code == 303
    assert "Se på igjen" in jo.page("/referrals?status=waiting").text
    assert "They call us." in jo.page(pat).text


def test_declined_with_a_reason_and_may_come_back(jo, pat):
    assert jo.submit(f"{pat}/decline").status_code == 422
    assert jo.submit(f"{pat}/decline", reason="own_wish", may_return="yes").status_code == 303
    assert "Kan komme tilbake" in jo.page("/referrals?status=declined").text
    again = pat.replace("/referrals", "/participants") + "/refer-again"
    assert jo.submit(again, referred_on="i dag", referred_by="herself").status_code == 303
    assert pat in jo.page("/referrals").links


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"decided_on": "1.1.2030"}, "01.01.2030"),
        ({"decided_on": "1.1.2026"}, "før henvisningen"),
        ({"template": "no_such"}, "lorenskog"),
    ],
)
def test_what_cannot_be_decided_is_said_and_kept(jo, pat, given, words):
    answer = jo.submit(f"{pat}/accept", **given)
    assert answer.status_code in (409, 422)
    assert words in answer.text


def test_of_two_decisions_the_second_is_told(jo, max_, pat):
    form = jo.page(f"{pat}/accept").form(f"{pat}/accept")
    assert max_.submit(f"{pat}/wait", reason="no_capacity").status_code == 303
    assert jo.client.post(form.action, data=form.values).status_code == 409


def test_words_about_health_are_looked_at_again(jo, pat):
    given = {"reason": "other_service", "may_return": "yes", "note": "Hun har en depresjon."}
    asked = jo.submit(f"{pat}/decline", **given)
    assert asked.status_code == 422
    assert 'name="kept"' in asked.text
    assert jo.submit(f"{pat}/decline", **given, kept="y").status_code == 303


def test_a_registration_may_go_to_the_inbox(jo):
    given = {"given_name": "Selam", "language_1": "tigrinja", "begins": "later"}
    answer = jo.submit("/participants/new", **given, referred_on="i går", referred_by="nav")
    assert answer.location.startswith("/referrals/")
    page = jo.page(answer.location)
    assert "for 1 dag siden" in page.text
    assert answer.location in jo.page("/referrals").links


PATRICK = {"given_name": "Patt", "family_name": "Eksample", "language_1": "engelsk", "birth_year": "1991"}


def test_who_looks_like_somebody_is_asked_about_before_anything_is_saved(jo, pat):
    asked = jo.submit("/participants/new", **PATRICK)
    assert asked.status_code == 422
    assert "P0001" in asked.text
    assert 'value="Patt"' in asked.text
    number = pat.rpartition("/")[2]
    linked = jo.submit("/participants/new", **PATRICK, same_as=number, begins="later")
    assert linked.status_code == 303
    other = linked.location.replace("/referrals", "/participants")
    for path in (f"/participants/{number}", other):
        assert "Koblet som samme person" in jo.page(path).text
    same = f"/participants/{number}/same"
    page = jo.page(same)
    taken_back = jo.client.post(same, data=page.form(same).values)
    assert taken_back.status_code == 303
    assert "Koblet som samme person" not in jo.page(other).text


def test_another_person_is_not_asked_about_again(jo, pat):
    answer = jo.submit("/participants/new", **PATRICK, same_as="another", begins="later")
    assert answer.status_code == 303
    assert "Ligner på" not in jo.page(answer.location).text


def test_of_those_one_may_not_open_only_the_number_is_told(office, noon, visit):
    with transaction(office.database, noon) as session:
        make_case(session, office.people)
    asked = visit("sam").submit("/participants/new", given_name="Patt", family_name="Eksample", language_1="en")
    assert asked.status_code == 422
    assert "1 til som du ikke kan åpne" in asked.text
    assert "P0001" not in asked.text


def test_another_start_package_is_chosen_with_a_reason(office, noon, jo):
    with transaction(office.database, noon) as session:
        case = make_case(session, office.people, opened_on=REFERRED)
    path = f"/cases/{case.id}/template"
    assert jo.submit(path, template="newly_arrived_fast").status_code == 422
    assert jo.submit(path, why="The course is full.").status_code == 422
    assert jo.submit(path, template="newly_arrived_fast", why="The course is full.").status_code == 303
    history = jo.page(f"/cases/{case.id}/history").text
    assert "Startpakke: Nyankomne: raskt til jobb" in history
    assert "The course is full." in history
    assert "Nyankomne: raskt til jobb" in jo.page(f"/cases/{case.id}").text


def test_beside_each_name_stands_how_much_she_has(office, noon, max_):
    with transaction(office.database, noon) as session:
        case = make_case(session, office.people)
    page = max_.page(f"/cases/{case.id}/owner").text
    assert "1 i trinn 1–5" in page
    assert "plass til 15" in page


def test_conditions_are_checked_with_reasons_and_no_answer_is_kept(office, noon, jo, max_):
    with transaction(office.database, noon) as session:
        case = make_case(session, office.people, birth_year=1990, sex="female", country="SO")
    record = f"/participants/{case.participant_id}"
    joined = jo.submit(f"{record}/schemes", scheme="jobbsjansen")
    assert joined.location.endswith("/check")
    asked = jo.page(joined.location)
    assert "35 eller 36" in asked.text
    given = {"answer_kvp_entitled": "yes", "answer_work_tie": "none", "answer_introduction_before": "no"}
    reasons = jo.submit(joined.location, **given)
    assert reasons.status_code == 200
    told = Page(reasons.text).text
    for words in ("Ikke oppfylt Har ikke rett til kvalifiseringsprogrammet", "Gjelder ikke her", "Kilde: JOB26 (X)"):
        assert words in told
    assert "Vilkårene er ikke oppfylt" in jo.page(record).text
    assert "Jobbsjansen 2026" in jo.page(record).text
    approving = next(link for link in max_.page(record).links if link.endswith("/approve"))
    assert max_.submit(approving, why="Agreed with the county.").status_code == 303
    assert "Godkjent av fagleder" in jo.page(record).text


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_the_inbox_costs_the_same_however_many_wait(office, noon, max_):
    engine, sent, counts = office.app.extensions["se_database"].engine, [], []
    event.listen(engine, "before_cursor_execute", lambda *given: sent.append(given[2]))
    for _ in range(2):
        with transaction(office.database, noon) as session:
            for number in range(5):
                make_participant(session, office.people, given_name=f"Pat{number}", referred_on=REFERRED)
        sent.clear()
        max_.page("/referrals")
        counts.append(len(sent))
    assert counts[0] == counts[1] <= 12
