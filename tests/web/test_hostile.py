"""What nobody would send in good faith is answered with a sentence, never with a fault of ours."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from tests.support.pages import Page
from tests.support.people import make_case, transaction

NUMBERS = ("0", "-1", str(2**63), str(2**70), "9" * 5_000, "²", "x")


@pytest.fixture
def case(office, noon):
    with transaction(office.database, noon) as session:
        return make_case(session, office.people)


def test_a_reference_that_only_looks_like_a_day_is_no_fault(visit):
    first = visit("jo").submit("/participants/new", given_name="Pat", language_1="ti", ref="2026-13-45")
    second = visit("jo").submit("/participants/new", given_name="Pat", language_1="ti", ref="2026-13-45")
    assert (first.status_code, second.status_code) == (303, 422)
    assert "2026-13-45" in Page(second.text).text


@pytest.mark.parametrize(
    "query",
    ["for=abc", "status=abc", "step=abc", "after=abc", "after=2026-11-20.x", "before=9999-12-31.0"]
    + [f"owner={number}" for number in NUMBERS],
)
def test_a_worklist_that_nobody_offers(visit, query):
    assert visit("max").get(f"/?{query}").status_code in (200, 404, 422)


@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_that_nothing_has_is_nobodys(visit, case, number):
    jo, there = visit("jo"), f"/participants/{case.participant_id}"
    assert jo.get(f"{there}/looked?before={number}").status_code in (200, 404)
    assert jo.submit(f"/cases/{case.id}/waiting", version=number, waiting_for="nav").status_code == 409
    assert jo.submit(f"/cases/{case.id}/checks/new", job=number, answer="not_known").status_code == 422
    back = jo.client.post(f"{there}/name?case={number}", data=jo.page(f"{there}/name").form(f"{there}/name").values)
    assert back.status_code == 303
    max_ = visit("max")
    assert max_.submit(f"{there}/protection", protected="yes", readers=number).status_code == 422
    assert max_.submit("/participants/new", given_name="Pat", language_1="ti", owner=number).status_code == 422


def test_what_is_too_long_is_told_how_long_it_may_be(stranger, visit):
    assert "høyst 254 tegn" in stranger.submit("/sign-in", email="x" * 10_000, password="x").text
    refused = visit("jo").submit("/account/password", old="x", new="y" * 1001, again="y" * 1001)
    assert refused.status_code == 422
    assert "høyst 1000 tegn" in Page(refused.text).text


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "FOO"])
def test_a_method_that_no_page_has_is_told_which_there_are(stranger, method):
    answer = stranger.client.open("/sign-in", method=method)
    assert answer.status_code == 405
    assert {"GET", "POST"} <= set(answer.headers["Allow"].split(", "))
    assert len(Page(answer.text).h1s) == 1


def test_a_write_to_nowhere_is_nowhere(stranger):
    assert stranger.client.post("/nowhere").status_code == 404


def test_asking_for_the_head_of_a_form_sends_none(visit, case):
    jo = visit("jo")
    for path in (f"/cases/{case.id}/pause", f"/participants/{case.participant_id}/facts", "/participants/new"):
        assert jo.client.head(path).status_code == 200


@pytest.mark.parametrize("path", ["/cases//1", "/static//se.css", "/cases/1//", "/.//cases//1"])
def test_no_address_leads_to_the_host_that_a_request_claims(visit, path):
    answer = visit("jo").get(path, Host="elsewhere.example.org")
    assert answer.status_code == 404
    assert "elsewhere" not in answer.text


@pytest.mark.parametrize("name", ["jo", None])
def test_what_no_database_keeps_is_refused_by_both(visit, stranger, case, name):
    visitor = visit(name) if name else stranger
    assert visitor.get("/sign-in?next=a%00b").status_code == 400
    assert visitor.client.post("/sign-in", data={"email": "a\x00b", "password": "x"}).status_code == 400
    if name:
        assert visitor.get("/?step=a%00b").status_code == 400
        words = {"words": "a\x00b", "keys": "T1-S3", "idempotency_key": "a\x00"}
        assert visitor.send(f"/cases/{case.id}/tasks", **words).status_code == 400


LONG = "She wants to start in a kitchen.\nNot before nine o'clock."


def test_signed_out_meanwhile_the_words_are_given_back_and_the_form_is_there_again(visit, stranger, case, database):
    jo, path = visit("jo"), f"/cases/{case.id}/waiting"
    filled = jo.page(path).form(path).values | {"waiting_for": "nav", "note": LONG}
    with database.session() as session:
        session.execute(text("UPDATE user_sessions SET revoked_at = created_at"))
    answer = jo.client.post(path, data=filled)
    assert answer.status_code == 401
    assert "She wants to start in a kitchen." in answer.text
    assert f"/sign-in?next={path}" in Page(answer.text).links
    assert "kitchen" not in "".join(answer.headers.getlist("Set-Cookie"))
    del filled["note"]
    empty = jo.client.post(path, data=filled)
    assert (empty.status_code, empty.location) == (303, f"/sign-in?next={path}")
    assert "Du er ikke logget inn, så ingenting er endret." in jo.page(empty.location).text


def test_a_form_whose_token_is_gone_gives_the_words_back(visit, case):
    jo, path = visit("jo"), f"/cases/{case.id}/waiting"
    filled = jo.page(path).form(path).values | {"waiting_for": "nav", "note": LONG}
    jo.client.delete_cookie("se_form")
    answer = jo.client.post(path, data=filled)
    assert answer.status_code == 400
    assert "She wants to start in a kitchen." in answer.text


@pytest.mark.parametrize("blank", ["", " ", "\n", "\u00a0"])
def test_a_number_of_blanks_is_no_number(visit, blank):
    max_ = visit("max")
    assert max_.submit("/team/supervisions/new", minutes=blank).status_code == 422
    assert max_.submit("/team/shares/new", percent=blank, se_percent=blank, user=max_.actor.user_id).status_code == 422


def test_the_log_repeats_nothing_that_was_typed_or_stored(app, visit, caplog):
    name = {"name": "Ada Example"}

    def unknown():
        raise KeyError(name["name"])

    def refused():
        with app.extensions["se_database"].session() as session:
            session.execute(text("INSERT INTO users (name) VALUES (:name)"), name)

    for view in (unknown, refused):
        app.view_functions["about.show"] = view
        assert visit("jo").get("/about").status_code == 500
    told = "\n".join(record.getMessage() for record in caplog.records)
    assert name["name"] not in caplog.text
    assert "KeyError" in told
    assert "IntegrityError" in told
    assert "test_hostile.py" in told, "where it happened is told"
