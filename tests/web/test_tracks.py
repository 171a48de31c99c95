"""The employers of a case on pages: opened, met, told, matched, moved, ended – and what is said when it cannot be."""

from __future__ import annotations

import re

import pytest

from tests.support.answers import decides_what_is_told, meets_employer, scores_the_match
from tests.support.people import EMPLOYER, TODAY, make_case, transaction


@pytest.fixture
def case(office, noon):
    with transaction(office.database, noon) as session:
        return make_case(session, office.people, "job_finding", days_per_step=2)


@pytest.fixture
def met(office, noon, case):
    """They have met, and nothing more."""
    with transaction(office.database, noon) as session:
        meets_employer(session, office.people.jo, case, TODAY)
    return case


@pytest.fixture
def jo(visit):
    return visit("jo")


def there(jo, case) -> str:
    """The page of the one track."""
    listed = jo.page(f"/cases/{case.id}/employers").links
    return next(link for link in listed if re.fullmatch(r"/cases/\d+/employers/\d+", link))


def test_a_track_is_opened_by_a_name_and_stands_on_the_case(jo, case):
    form = f"/cases/{case.id}/employers/new"
    assert jo.submit(form, employer="").status_code == 422
    answer = jo.submit(form, employer=EMPLOYER, wish="1", occupation="baker", kind="job")
    assert answer.status_code == 303
    text = jo.page(answer.location).text
    assert all(words in text for words in (EMPLOYER, "baker", "Ønske 1", "Ikke spurt ennå: ingenting kan sies"))
    assert EMPLOYER in jo.page(f"/cases/{case.id}").text


@pytest.mark.parametrize(("given", "said"), [({"wish": "4"}, "fra 1 til 3"), ({}, "alt et løp med denne")])
def test_what_cannot_be_opened_is_said_and_nothing_is_lost(jo, met, given, said):
    answer = jo.submit(f"/cases/{met.id}/employers/new", employer=EMPLOYER, occupation="pastry cook", **given)
    assert answer.status_code == 422
    assert said in answer.text
    assert "pastry cook" in answer.text


def test_a_meeting_has_opened_the_track_and_why_not_yet_leads_to_the_very_form(jo, met):
    one = there(jo, met)
    page = jo.page(one)
    assert "Deltakeren har ikke bestemt" in page.text
    assert f"{one}/told" in page.links
    answer = jo.submit(f"{one}/moves/begin_match", decided_by="participant")
    assert answer.status_code == 422
    assert f"{one.rpartition('/')[0]}/told" in answer.text


def test_her_words_come_first_and_every_version_stays(jo, met):
    told = f"{there(jo, met)}/told"
    assert jo.submit(told, decision="told", by_whom="together").status_code == 422
    first = jo.submit(told, words="Say I bake.", decision="told", may_tell=["name", "education"], by_whom="together")
    assert first.status_code == 303
    second = jo.submit(told, not_told_words="That I fled.", decision="not_told", may_tell=[], by_whom="participant")
    assert second.status_code == 303
    text = jo.page(there(jo, met)).text
    assert text.index("That I fled.") < text.index("Say I bake.")
    both = jo.submit(told, words="Nothing.", decision="not_told", may_tell=["name"], by_whom="participant")
    assert "kan ingenting være krysset av" in both.text


def test_words_that_deserve_a_second_look_may_be_kept(jo, met):
    said = {"words": "Say that I take medicine for diabetes.", "decision": "told", "by_whom": "together"}
    told = f"{there(jo, met)}/told"
    answer = jo.submit(told, **said)
    assert answer.status_code == 422
    assert 'name="kept"' in answer.text
    assert jo.submit(told, **said, kept="y").status_code == 303


def test_the_sheet_begins_with_the_card_and_her_levels_and_ends_with_her_score(jo, met, office):
    from se_engine.records.employers import Employer

    with office.database.session() as session:
        session.query(Employer).filter_by(name=EMPLOYER).update({"reading": "B1", "speaking": "none"})
    one = there(jo, met)
    form = jo.page(f"{one}/match").form(f"{one}/match")
    assert (form.values["required_reading"], form.values["required_speaking"]) == ("B1", "none")
    answer = jo.submit(f"{one}/match", own_score="5", words="I know this.", remedy_reading="pictures")
    assert answer.status_code == 303
    text = jo.page(one).text
    assert all(
        words in text for words in ("1 nivå mangler", "Bilder og korte lister", "5 – passer godt", "I know this.")
    )


def test_an_end_for_language_asks_for_the_task_and_the_skill(jo, met):
    close = f"{there(jo, met)}/close"
    answer = jo.submit(close, reason="language", skill="reading", decided_by="employer")
    assert answer.status_code == 422
    assert "Når språk er grunnen" in answer.text
    assert jo.submit(close, reason="language", skill="reading", words="The orders.").status_code == 303
    text = jo.page(f"/cases/{met.id}/employers").text
    assert "Språk (lese)" in text
    assert "Skal holdes" in text


def test_the_closing_talk_stands_until_it_has_been_held(jo, met):
    one = there(jo, met)
    jo.submit(f"{one}/close", reason="no_recruitment", decided_by="employer")
    assert f"{one}/closing-talk" in jo.page(f"/cases/{met.id}/employers").links
    assert jo.submit(f"{one}/closing-talk", words="They would like to hear from us.").status_code == 303
    assert f"{one}/closing-talk" not in jo.page(f"/cases/{met.id}/employers").links


def test_a_page_from_before_another_moved_the_track_keeps_what_was_typed(jo, met):
    one = there(jo, met)
    form = jo.page(f"{one}/moves/begin_match_anyway").form(f"{one}/moves/begin_match_anyway")
    moved = jo.submit(f"{one}/moves/no_meeting_yet", decided_by="employer", note="They had no time.")
    assert moved.status_code == 303
    answer = jo.client.post(form.action, data={**form.values, "note": "They asked her on the spot."})
    assert answer.status_code == 409
    assert "They asked her on the spot." in answer.text


def test_a_wrong_move_is_taken_back_from_the_track_and_from_history(jo, met):
    one = there(jo, met)
    jo.submit(f"{one}/moves/begin_match_anyway", decided_by="participant", note="They asked her on the spot.")
    void = next(link for link in jo.page(one).links if link.endswith("/void"))
    assert void in jo.page(f"/cases/{met.id}/history").links
    assert jo.submit(void, why="It was another shop.").status_code == 303
    assert "It was another shop." in jo.page(one).text
    assert "Tatt" in jo.page(f"/cases/{met.id}/history").text or "Trukket" in jo.page(f"/cases/{met.id}/history").text


def test_the_move_to_training_names_its_track(jo, office, noon, case):
    with transaction(office.database, noon) as session:
        ready = make_case(session, office.people, "employer_engagement", days_per_step=2)
        from tests.support.answers import answer_step

        answer_step(session, office.people.jo, ready, TODAY)
    form = jo.page(f"/cases/{ready.id}/moves/begin_job_support").form(f"/cases/{ready.id}/moves")
    assert form.values["track"]
    moved = jo.submit(f"/cases/{ready.id}/moves/begin_job_support", at=f"/cases/{ready.id}/moves")
    assert moved.status_code == 303
    assert "Begynn opplæringen på arbeidsplassen" in jo.page(there(jo, ready)).text


def test_the_search_begins_again_when_no_employer_is_left(jo, office, noon):
    with transaction(office.database, noon) as session:
        case = make_case(session, office.people, "employer_engagement", days_per_step=2)
    one = there(jo, case)
    search = f"/cases/{case.id}/moves/search_again"
    assert search not in jo.page(f"/cases/{case.id}/employers").links
    jo.submit(f"{one}/close", reason="no_tasks", decided_by="employer")
    assert search in jo.page(f"/cases/{case.id}/employers").links


def test_a_job_brings_its_track_along(jo, met):
    one = there(jo, met)
    number = one.rpartition("/")[2]
    form = jo.page(f"/cases/{met.id}/jobs/new?track={number}").form(f"/cases/{met.id}/jobs/new")
    assert (form.values["track"], form.values["employer"]) == (number, EMPLOYER)
    elsewhere = jo.submit(f"/cases/{met.id}/jobs/new", track=number, employer="Rema")
    assert "hos en annen arbeidsgiver" in elsewhere.text
    assert jo.submit(f"/cases/{met.id}/jobs/new", track=number, employer=EMPLOYER, paid="yes").status_code == 303
    assert "I gang på arbeidsplassen" in jo.page(one).text


def test_the_timeline_tells_a_decision_and_a_score_once(jo, office, noon, met):
    with transaction(office.database, noon) as session:
        decides_what_is_told(session, office.people.jo, met, TODAY)
        scores_the_match(session, office.people.jo, met, TODAY)
    text = jo.page(f"/cases/{met.id}/history").text
    assert text.count("Say that I can bake.") == 1
    assert "Deltakeren vurderer jobbmatchen" not in text


def test_a_track_of_another_case_is_not_there(jo, office, noon, met):
    with transaction(office.database, noon) as session:
        other = make_case(session, office.people, "job_finding", days_per_step=2)
    number = there(jo, met).rpartition("/")[2]
    assert jo.get(f"/cases/{other.id}/employers/{number}").status_code == 404


def test_the_choice_of_a_form_leads_straight_on_where_there_is_one_track(jo, met, case):
    one = there(jo, met)
    assert jo.get(f"/cases/{met.id}/employers/told").location.endswith(f"{one}/told")
    jo.submit(f"/cases/{met.id}/employers/new", employer="Rema")
    assert jo.get(f"/cases/{met.id}/employers/match").location.endswith("/employers")
