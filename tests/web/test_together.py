"""Two people at one case: the later is told, sees what she typed, and may send it again."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import text

from tests.support.pages import Page
from tests.support.people import TODAY, make_case, transaction

NOTE = "She moves to her sister in Alta."


@pytest.fixture
def case(office, noon):
    with transaction(office.database, noon) as session:
        return make_case(session, office.people).id


def filled(visitor, case, **rest):
    """The form that ends the case, opened and filled in."""
    form = next(form for form in visitor.page(f"/cases/{case}/moves/end").forms if form.action.endswith("/moves"))
    return {**form.values, "end_reason": "moved", "happened_on": TODAY.isoformat(), "note": NOTE, **rest}


def endings(office) -> int:
    with office.database.reading() as session:
        return session.scalar(text("SELECT count(*) FROM history WHERE kind = 'ended'"))


def send(visitor, case, values):
    return visitor.client.post(f"/cases/{case}/moves", data=values)


def test_of_two_who_move_a_case_at_once_one_does(office, visit, case):
    people = [visit("jo"), visit("max")]
    forms = [filled(visitor, case) for visitor in people]
    answers = []
    threads = [
        threading.Thread(target=lambda v=visitor, f=form: answers.append(send(v, case, f).status_code))
        for visitor, form in zip(people, forms, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [303, 409]
    assert endings(office) == 1


def test_a_double_click_on_a_move_is_one(office, visit, case):
    jo = visit("jo")
    values = filled(jo, case)
    assert [send(jo, case, values).status_code for _ in range(2)] == [303, 303]
    assert endings(office) == 1


def test_the_later_one_sees_her_words_and_what_has_changed(office, visit, case):
    jo, max_ = visit("jo"), visit("max")
    values = filled(jo, case)
    assert max_.submit(f"/cases/{case}/waiting", waiting_for="nav").status_code == 303
    refused = send(jo, case, values)
    assert refused.status_code == 409
    assert NOTE in refused.text
    again = next(form for form in Page(refused.text).forms if form.action.endswith("/moves"))
    assert send(jo, case, {**values, **again.values, "end_reason": "moved", "note": NOTE}).status_code == 303
    assert endings(office) == 1


def test_a_case_handed_over_while_its_form_was_open_is_not_hers_any_more(office, visit, case):
    jo, max_ = visit("jo"), visit("max")
    values = filled(jo, case)
    sam = office.actors["sam"].user_id
    assert max_.submit(f"/cases/{case}/owner", owner=sam, note="Jo is on leave").status_code == 303
    answer = send(jo, case, values)
    assert answer.status_code == 404
    assert NOTE in answer.text, "what she wrote is given back"
    assert endings(office) == 0
