"""The participant's record on pages: taken in with a name, asked one by one, closed where it is closed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from se_engine.rules.consents import LINES
from tests.support.people import TODAY, make_case, transaction


@pytest.fixture
def case(office, noon):
    with transaction(office.database, noon) as session:
        return make_case(session, office.people, opened_on=TODAY - timedelta(days=10))


@pytest.fixture
def jo(visit):
    return visit("jo")


@pytest.fixture
def pat(case):
    return f"/participants/{case.participant_id}"


def test_a_name_and_a_language_are_enough(jo):
    answer = jo.submit("/participants/new", given_name="Selam", family_name="Tesfaye", language_1="tigrinja")
    assert answer.status_code == 303
    page = jo.page(answer.location)
    assert page.h1s == ["Selam Tesfaye"]
    assert "tigrinja" in page.text
    assert "P0001" in page.text


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"given_name": "", "family_name": "", "language_1": "ti"}, "navn"),
        ({"given_name": "Selam", "language_1": ""}, "språk"),
        ({"given_name": "Selam", "language_1": "klingonsk"}, "klingonsk"),
        ({"given_name": "Selam", "language_1": "ti", "ref": "12345678901"}, "fødselsnummer"),
        ({"given_name": "Selam", "language_1": "ti", "birth_year": "19x1"}, "19x1"),
    ],
)
def test_what_cannot_be_registered_is_said_and_kept(jo, given, words):
    answer = jo.submit("/participants/new", referred_on="1.3.2026", **given)
    assert answer.status_code == 422
    assert words in answer.text
    assert given["given_name"] in answer.text
    assert "01.03.2026" in answer.text


def test_a_supervisor_chooses_the_job_specialist(visit, office):
    max_ = visit("max")
    answer = max_.submit(
        "/participants/new", given_name="Amina", language_1="somali", owner=str(office.people.sam.user_id)
    )
    assert answer.status_code == 303
    assert visit("sam").get(answer.location).status_code == 200
    assert visit("jo").get(answer.location).status_code == 404


def test_the_case_leads_to_the_record_and_back(jo, case, pat):
    assert jo.get(f"/cases/{case.id}/record").location == pat
    answer = jo.submit(f"{pat}/interpreter?case={case.id}", at=f"{pat}/interpreter", interpreter_need="no")
    assert answer.status_code == 303


def test_the_interpreter_decision_closes_its_task_and_leads_back_to_the_case(jo, case, pat):
    form = jo.page(f"{pat}/interpreter?case={case.id}").form(f"{pat}/interpreter")
    filled = {**form.values, "interpreter_need": "yes", "interpreter_language": "Tigrinja"}
    answer = jo.client.post(form.action, data=filled)
    assert (answer.status_code, answer.location) == (303, f"/cases/{case.id}")
    page = jo.page(f"/cases/{case.id}").text
    assert "tigrinja" in page
    assert "Avklare språk, dialekt og tolkeform før første møte: ikke" not in page


def test_all_consents_are_asked_in_one_form_and_no_is_an_answer(jo, case, pat):
    answers = {f"line_{line}": "no" for line in LINES} | {"line_messages": "yes"}
    silent = jo.submit(f"{pat}/consents", **answers)
    assert silent.status_code == 422
    assert jo.submit(f"{pat}/consents", **answers, form="interpreter", language="arabisk").status_code == 303
    page = jo.page(f"/cases/{case.id}").text
    assert "Innhente samtykker og reservasjoner: ikke" not in page
    again = jo.get(f"{pat}/consents").text
    assert again.count('value="withdrawn"') == 1


def test_a_free_consent_needs_its_party(jo, pat):
    given = {"line_other": "yes", "form": "oral", "language": "nb"}
    assert jo.submit(f"{pat}/consents", **given).status_code == 422
    assert jo.submit(f"{pat}/consents", **given, party="Debt adviser: the plan").status_code == 303
    assert "Debt adviser: the plan" in jo.page(pat).text


def test_levels_are_recorded_with_source_and_day(jo, pat):
    levels = dict.fromkeys(("listening", "speaking"), "B1") | dict.fromkeys(("reading", "writing"), "A2")
    assert jo.submit(f"{pat}/levels", **levels).status_code == 422
    assert jo.submit(f"{pat}/levels", **levels, source="own_estimate", happened_on="2.3.").status_code == 303
    text = jo.page(pat).text
    assert "B1 klarer det meste" in text
    assert "2. mars 2026" in text


def test_facts_of_identity_are_changed_unless_the_page_is_stale(jo, visit, pat):
    filled = jo.page(f"{pat}/facts").form(f"{pat}/facts").values
    assert visit("max").submit(f"{pat}/facts", birth_year="1990", country="Eritrea").status_code == 303
    stale = jo.client.post(f"{pat}/facts", data={**filled, "birth_year": "1991"})
    assert stale.status_code == 409
    assert 'value="1991"' in stale.text
    assert "1990" in jo.page(pat).text


def test_the_name_is_changed(jo, pat):
    assert jo.submit(f"{pat}/name", given_name="Patricia").status_code == 303
    assert "Patricia Example" in jo.page(pat).text


def test_each_field_shows_its_purpose_and_privacy_class(jo, pat):
    text = jo.page(f"{pat}/fields/situation").text
    assert "Sier noe om en annen person" in text
    assert "Straffbare forhold: bare ja eller nei" in text


def test_fields_are_saved_by_group_and_only_changes_are_recorded(jo, pat, office):
    assert jo.submit(f"{pat}/fields/wishes", main_goal__1="job", job_must__1="Day shift").status_code == 303
    second = jo.submit(f"{pat}/fields/wishes", main_goal__1="job", job_must__2="Near home")
    assert second.status_code == 303
    text = jo.page(pat).text
    assert "Day shift" in text
    assert "Near home" in text
    assert [detail for what, _, detail in office.trail() if what == "field_recorded"] == [
        "field=main_goal",
        "field=job_must",
        "field=job_must",
    ]


def test_health_is_the_owners_and_opens_to_a_supervisor_with_a_reason(jo, visit, pat, office):
    jo.submit(f"{pat}/fields/health", what_helps__1="Short days in the beginning")
    assert "Short days in the beginning" in jo.page(pat).text
    max_ = visit("max")
    closed = max_.page(pat)
    assert "Short days in the beginning" not in closed.text
    form = closed.form(f"{pat}/closed")
    silent = max_.client.post(form.action, data=form.values)
    assert silent.status_code == 422
    assert "Short days" not in silent.text
    opened = max_.client.post(form.action, data={**form.values, "why": "Planning her first week."})
    assert opened.status_code == 200
    assert "Short days in the beginning" in opened.text
    assert "health_read" in [what for what, *_ in office.trail()]
    assert "Short days" not in max_.page(pat).text
    assert "Planning her first week." in jo.page(f"{pat}/looked").text


def test_a_supervisor_cannot_write_what_she_may_not_read(visit, pat):
    max_ = visit("max")
    assert max_.get(f"{pat}/fields/health").status_code == 403


def test_protection_hides_her_from_those_not_named(visit, pat, case, office):
    max_ = visit("max")
    saved = max_.submit(f"{pat}/protection", protected="yes", readers=str(office.people.jo.user_id))
    assert saved.status_code == 303
    assert visit("jo").get(pat).status_code == 200
    assert max_.get(pat).status_code == 200


def test_a_scheme_whose_conditions_are_not_met_is_approved_by_the_supervisor(jo, visit, pat, case):
    assert jo.submit(f"{pat}/schemes", scheme="jobbsjansen", check_result="not_met").status_code == 303
    assert "Vilkårene for ordningen" in jo.page(f"/cases/{case.id}").text
    max_ = visit("max")
    path = next(link for link in max_.page(pat).links if link.endswith("/approve"))
    assert max_.submit(path, why="Agreed with the county.").status_code == 303
    assert "Vilkårene for ordningen" not in jo.page(f"/cases/{case.id}").text


def test_a_guardian_consents_for_a_minor(jo, pat, case):
    jo.submit(f"{pat}/facts", birth_year="2010")
    assert "Samtykke fra en foresatt" in jo.page(f"/cases/{case.id}").text
    assert jo.submit(f"{pat}/guardian", name="Her aunt", consented_on="i går").status_code == 303
    assert "Her aunt" in jo.page(pat).text
    assert "Samtykke fra en foresatt" not in jo.page(f"/cases/{case.id}").text
