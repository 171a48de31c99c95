"""A write happens once, or not at all."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import text

from tests.support.people import make_case, transaction


@pytest.fixture
def absence(visit):
    """A form of Max's, opened and filled in; sending it twice is what a double click does."""
    max_ = visit("max")
    form = max_.page("/team/absences/new").form("/team/absences/new")
    user = next(iter(max_.actor and [max_.actor.user_id]))
    return max_, {**form.values, "user": user, "substitute": "0", "from_on": "16.3.2026", "until_on": "20.3.2026"}


def absences(database):
    with database.reading() as session:
        return session.scalar(text("SELECT count(*) FROM absences"))


def test_a_second_click_is_answered_like_the_first_and_done_once(absence, database):
    visitor, filled = absence
    first = visitor.client.post("/team/absences/new", data=filled)
    second = visitor.client.post("/team/absences/new", data=filled)
    assert (first.status_code, first.location) == (second.status_code, second.location) == (303, "/team")
    assert absences(database) == 1


def test_two_clicks_at_the_same_moment_are_one(absence, database, app):
    visitor, filled = absence
    cookies = {name: visitor.client.get_cookie(name).value for name in ("se_session", "se_form")}
    answers = []

    def click():
        client = app.test_client()
        for name, value in cookies.items():
            client.set_cookie(name, value)
        answers.append(client.post("/team/absences/new", data=filled).status_code)

    clicks = [threading.Thread(target=click) for _ in range(4)]
    for one in clicks:
        one.start()
    for one in clicks:
        one.join()
    assert answers == [303] * 4
    assert absences(database) == 1


def test_a_key_is_not_good_for_something_else(absence, database):
    visitor, filled = absence
    visitor.client.post("/team/absences/new", data=filled)
    other = visitor.client.post("/team/absences/new", data={**filled, "until_on": "27.3.2026"})
    assert other.status_code == 422
    assert absences(database) == 1


def test_another_person_may_have_the_same_key(absence, visit, office, database):
    visitor, filled = absence
    visitor.client.post("/team/absences/new", data=filled)
    fay = visit("fay")
    mine = {"idempotency_key": filled["idempotency_key"], "user": fay.actor.user_id, "substitute": "0"}
    assert fay.submit("/team/absences/new", from_on="16.3.2026", until_on="17.3.2026", **mine).status_code == 303
    assert absences(database) == 2


def test_a_refused_write_leaves_nothing_but_the_refusal_and_its_form_can_be_put_right(absence, database, office):
    visitor, filled = absence
    refused = visitor.client.post("/team/absences/new", data={**filled, "until_on": "1.3.2026"})
    assert refused.status_code == 422
    assert "01.03.2026" in refused.text, "what was typed is kept"
    assert absences(database) == 0
    assert office.trail()[-1][0] == "refused"
    assert visitor.client.post("/team/absences/new", data=filled).status_code == 303
    assert absences(database) == 1


def test_without_its_token_nothing_is_written(absence, database):
    visitor, filled = absence
    del filled["csrf_token"]
    assert visitor.client.post("/team/absences/new", data=filled).status_code == 400
    assert absences(database) == 0


def test_signed_out_nothing_is_written(absence, database, stranger):
    _, filled = absence
    answer = stranger.client.post("/team/absences/new", data=filled)
    assert answer.location == "/sign-in?next=/team/absences/new"
    assert absences(database) == 0


def test_a_look_at_a_case_is_trailed_before_it_is_shown(visit, office, noon):
    with transaction(office.database, noon) as session:
        case = make_case(session, office.people).id
    assert visit("jo").get(f"/cases/{case}").status_code == 200
    assert ("case_read", case) in [(what, about) for what, about, _ in office.trail()]


def test_a_look_over_the_fence_is_trailed_as_refused(visit, office, noon):
    with transaction(office.database, noon) as session:
        case = make_case(session, office.people).id
    assert visit("far").get(f"/cases/{case}").status_code == 404
    what, about, detail = office.trail()[-1]
    assert (what, about) == ("refused", None)
    assert f"case_id={case}" in detail
