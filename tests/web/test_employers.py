"""Employers on pages: the register, a card for somebody at a door, two who change it at once, five questions."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.support.employers import BAKERY, employer_at_work
from tests.support.pages import Page
from tests.support.people import TODAY, make_case, transaction


@pytest.fixture
def there(office, noon):
    """The bakery, where Pat has worked for three weeks."""
    with transaction(office.database, noon) as session:
        case = make_case(session, office.people, opened_on=TODAY - timedelta(days=40))
        began_on = TODAY - timedelta(weeks=3)
        return employer_at_work(session, office.people.jo, case, began_on=began_on) | {"case_id": case.id}


@pytest.fixture
def card(there):
    return f"/employers/{there['employer_id']}"


def test_one_is_added_with_a_name_and_found_again(visit):
    jo = visit("jo")
    answer = jo.submit("/employers/new", name="Økern Hotell AS", person="Ola Host", phone="22 00 00 00")
    assert answer.status_code == 303
    page = jo.page(answer.location)
    assert page.h1s == ["Økern Hotell AS Ny"]
    assert "Ola Host" in page.text
    assert "tel:22000000" in page.links
    assert answer.location in jo.page("/employers?q=økern").links
    assert answer.location not in jo.page("/employers?q=kiwi").links
    assert answer.location not in visit("far").page("/employers").links


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_a_wrong_number_is_told_at_the_field_and_nothing_typed_is_lost(visit):
    answer = visit("jo").submit("/employers/new", name="Hotellet", org_number="974 760 674", person="Ola")
    assert answer.status_code == 422
    assert 'id="org_number-error"' in answer.text
    for typed in ("Hotellet", "974 760 674", "Ola"):
        assert f'value="{typed}"' in answer.text


def test_one_that_looks_known_is_shown_before_a_second_card_is_made(visit, there, card):
    jo = visit("jo")
    again = jo.submit("/employers/new", name="Fjordens bakeri")
    assert again.status_code == 422
    assert card in Page(again.text).links
    form = Page(again.text).form("/employers/new")
    sent = jo.client.post("/employers/new", data={**form.values, "another": "y"})
    assert sent.status_code == 303
    same = jo.submit("/employers/new", name=BAKERY)
    assert same.status_code == 422
    assert 'id="name-error"' in same.text


def test_two_who_change_the_same_field_see_both_words_and_lose_none(visit, card):
    jo, sam = visit("jo"), visit("sam")
    hers = sam.page(f"{card}/edit").form(f"{card}/edit").values
    saved = jo.submit(f"{card}/edit", busy_times="Fridays", phone="22 11 11 11", stage="open", nobody_named="y")
    assert saved.status_code == 303
    stale = sam.client.post(f"{card}/edit", data={**hers, "busy_times": "Mondays", "size": "5_19", "nobody_named": "y"})
    assert stale.status_code == 409
    assert "Fridays" in stale.text
    assert "Mondays" in stale.text
    form = Page(stale.text).form(f"{card}/edit").values
    assert (form["busy_times"], form["phone"], form["stage"], form["size"]) == (
        "Mondays",
        "22 11 11 11",
        "open",
        "5_19",
    )
    assert sam.client.post(f"{card}/edit", data={**form, "nobody_named": "y"}).status_code == 303
    text = jo.page(f"{card}/history").text
    assert "Fridays → Mondays" in text
    assert "Sam" in text
    assert jo.page(f"{card}/edit").form(f"{card}/edit").values["phone"] == "22 11 11 11"


def test_words_that_name_a_participant_are_told_at_their_field(visit, card):
    jo = visit("jo")
    named = jo.submit(f"{card}/edit", possible_tasks="As Pat Example does", nobody_named="y")
    assert named.status_code == 422
    assert 'id="possible_tasks-error"' in named.text
    unconfirmed = jo.submit(f"{card}/edit", possible_tasks="Packing")
    assert unconfirmed.status_code == 422
    assert 'id="nobody_named-error"' in unconfirmed.text


def test_needs_are_ticked_and_taken_away_again(visit, card):
    jo = visit("jo")
    form = jo.page(f"{card}/edit").form(f"{card}/edit").values
    jo.client.post(f"{card}/edit", data={**form, "needs": ["mentor", "work_training"]})
    assert "Mentor, Arbeidstrening først" in jo.page(card).text
    jo.submit(f"{card}/edit", needs=[])
    assert "Mentor, Arbeidstrening" not in jo.page(card).text.partition("Siste endringer")[0]


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_a_draft_of_a_card_does_not_write_over_what_came_after_it(visit, card):
    jo, sam = visit("jo"), visit("sam")
    assert jo.submit(f"{card}/edit", busy_times="Mondays", keep_draft="yes").status_code == 303
    sam.submit(f"{card}/edit", phone="22 11 11 11", busy_times="Fridays", nobody_named="y")
    draft = jo.page(f"{card}/edit").form(f"{card}/edit").values
    assert draft["busy_times"] == "Mondays"
    stale = jo.client.post(f"{card}/edit", data={**draft, "nobody_named": "y"})
    assert stale.status_code == 409
    assert Page(stale.text).form(f"{card}/edit").values["phone"] == "22 11 11 11"


def test_people_and_agreements_come_and_end(visit, there, card):
    jo = visit("jo")
    assert jo.submit(f"{card}/people/new", name="", phone="x").status_code == 422
    assert jo.submit(f"{card}/people/new", name="Eva Boss", email="eva@example.org", decides="y").status_code == 303
    edit = f"{card}/people/{there['person_id']}/edit"
    seen = jo.page(edit).form(edit).values
    assert jo.submit(edit, phone="22 00 00 09", decides="y", preferred_form="sms").status_code == 303
    assert "22 00 00 09" in jo.page(f"{card}/history").text
    stale = jo.client.post(edit, data={**seen, "function": "Baker"})
    assert stale.status_code == 409
    assert Page(stale.text).form(edit).values["function"] == "Baker"
    assert jo.get(f"{card}/people/999/edit").status_code == 404
    assert jo.submit(f"{card}/people/{there['person_id']}/left").status_code == 303
    page = jo.page(card)
    assert "Eva Boss" in page.text
    assert "mailto:eva@example.org" in page.links
    assert f"{card}/people/{there['person_id']}/left" not in page.links
    wrong = jo.submit(f"{card}/agreements/new", places="2", from_on="1.3.2026", until_on="1.2.2026")
    assert wrong.status_code == 422
    assert 'id="until_on-error"' in wrong.text
    assert jo.submit(f"{card}/agreements/new", places="2", from_on="1.3.2026", until_on="1.3.2027").status_code == 303
    assert jo.submit(f"{card}/agreements/{there['agreement_id']}/end").status_code == 303
    assert jo.get(f"{card}/agreements/999/end").status_code == 404
    assert jo.get(f"{card}/people/999/left").status_code == 404


def test_five_questions_wait_on_the_list_until_they_are_answered(visit, there, card):
    jo = visit("jo")
    path = f"{card}/feedback/{there['track_id']}/2"
    assert path in jo.page("/employers").links
    assert path not in visit("sam").page("/employers").links
    assert "Pat" not in jo.page(path).text
    nothing = jo.submit(path)
    assert nothing.status_code == 422
    answer = jo.submit(path, question_work="5", question_effort="2", another="perhaps", text="Fine.", nobody_named="y")
    assert answer.status_code == 303
    assert path not in jo.page("/employers").links
    text = jo.page(card).text
    assert "Fine." in text
    assert "Kanskje" in text
    assert jo.get(f"{card}/feedback/{there['track_id']}/3").status_code == 404


def test_a_colleague_sees_that_somebody_is_there_and_not_who(visit, there, card):
    assert "Pat Example" in visit("jo").page(card).text
    sam = visit("sam").page(card)
    assert "Pat Example" not in sam.text
    assert "Jo: 1 deltaker" in sam.text


@pytest.mark.parametrize("query", ["after=yesterday", "before=2026-01-01.x", "show=all-of-them", "level=D1"])
@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_an_address_nobody_gave_out_is_not_found(visit, query):
    assert visit("jo").get(f"/employers?{query}").status_code == 404


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_every_choice_is_a_chip_that_takes_it_away(visit, there):
    page = visit("jo").page("/employers?q=bakeri&stage=open&norwegian=yes&level=A2&branch=C&free=1&pool=1&show=now")
    assert "/employers?q=bakeri&show=now&stage=open&norwegian=yes&level=A2&branch=C&free=1" in page.links
    assert "/employers" in page.links
