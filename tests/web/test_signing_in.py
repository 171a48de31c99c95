"""Signing in: with the right password, slowly with wrong ones, and out again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import text

from tests.support.people import make_user, transaction
from tests.web.conftest import PASSWORD, Visitor


@pytest.fixture
def account(database, noon):
    with transaction(database, noon) as session:
        return make_user(session, "Ida", "auditor", None, password=PASSWORD)


def sign_in(visitor, password=PASSWORD, email="ida@example.org", **fields):
    return visitor.submit("/sign-in", email=email, password=password, **fields)


def test_the_right_password_leads_to_the_first_page(stranger, account):
    answer = sign_in(stranger)
    assert (answer.status_code, answer.location) == (303, "/")
    assert stranger.get("/").location == "/audits"


def test_the_token_is_out_of_reach_for_scripts_and_other_sites(stranger, account):
    cookie = next(line for line in sign_in(stranger).headers.getlist("Set-Cookie") if line.startswith("se_session="))
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie


def test_where_the_service_is_encrypted_cookies_are_too(settings, account):
    from web import create_app

    app = create_app(settings.model_copy(update={"secure_cookies": True}))
    cookies = sign_in(Visitor(app)).headers.getlist("Set-Cookie")
    app.extensions["se_database"].dispose()
    assert all("Secure" in cookie for cookie in cookies)


@pytest.mark.parametrize("wrong", [{"password": "something else"}, {"email": "nobody@example.org"}])
def test_every_way_to_be_wrong_has_the_same_answer(stranger, account, wrong):
    answer = sign_in(stranger, **wrong)
    assert answer.status_code == 422
    assert "E-post eller passord er feil." in answer.text
    assert wrong.get("email", "ida@example.org") in answer.text, "what was typed is kept"
    assert "something else" not in answer.text, "but never a password"


def test_an_empty_form_says_what_is_missing(stranger):
    answer = stranger.submit("/sign-in", email="", password="")
    assert answer.status_code == 422
    assert 'href="#email"' in answer.text
    assert 'href="#password"' in answer.text


def test_after_five_wrong_passwords_even_the_right_one_waits(stranger, account, database):
    for _ in range(5):
        assert sign_in(stranger, password="wrong").status_code == 422
    throttled = sign_in(stranger)
    assert throttled.status_code == 429
    assert "Vent 15 minutter" in throttled.text
    with database.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM sign_in_attempts")) == 5


def test_after_a_quarter_of_an_hour_one_may_try_again(stranger, account):
    for _ in range(5):
        sign_in(stranger, password="wrong")
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=16), tick=False):
        assert sign_in(stranger).status_code == 303


def test_one_is_taken_to_the_page_one_asked_for(stranger, account):
    asked = stranger.get("/account?from=here")
    assert (asked.status_code, asked.location) == (303, "/sign-in?next=/account?from%3Dhere")
    assert sign_in(stranger, next="/account?from=here").location == "/account?from=here"


@pytest.mark.parametrize(
    "elsewhere", ["https://example.org/", "//example.org/", "/\\example.org", "http://[", "account"]
)
def test_nobody_is_taken_elsewhere(stranger, account, elsewhere):
    assert sign_in(stranger, next=elsewhere).location == "/"


def test_a_form_without_its_token_is_not_read(stranger, account):
    answer = stranger.client.post("/sign-in", data={"email": "ida@example.org", "password": PASSWORD})
    assert answer.status_code == 400
    assert "<h1>" in answer.text


def test_after_signing_out_the_old_token_opens_nothing(office):
    visitor = office.visitor("jo")
    assert visitor.get("/").status_code == 200
    answer = visitor.submit("/account", at="/sign-out")
    assert (answer.status_code, answer.location) == (303, "/sign-in")
    again = office.visitor("jo")
    with office.database.session() as session:
        session.execute(text("UPDATE user_sessions SET revoked_at = created_at"))
    assert again.get("/").location == "/sign-in"
    assert ("signed_out", None) in [(what, case) for what, case, _ in office.trail()]


def test_the_demo_shows_its_accounts_and_nothing_else_does(settings, database, noon, stranger):
    from fixtures.offices import DOMAIN, PASSWORD
    from se_engine.actions.people import add_user
    from se_engine.rules.roles import OPERATOR
    from web import create_app

    email = f"kari@vest.{DOMAIN}"
    with transaction(database, noon) as session:
        add_user(session, OPERATOR, email=email, name="Kari", role="auditor", office_id=None, password=PASSWORD)
    assert email not in stranger.get("/sign-in").text
    demo = create_app(settings.model_copy(update={"demo": True}))
    visitor = Visitor(demo)
    shown = visitor.page("/sign-in")
    button = next(form.values for form in shown.forms if form.values.get("email") == email)
    assert visitor.client.post("/sign-in", data=button).status_code == 303, "one press signs in"
    demo.extensions["se_database"].dispose()


@pytest.mark.parametrize(("proxies", "addresses"), [(0, 1), (1, 2)])
def test_a_forwarded_address_counts_only_behind_a_server_in_front(settings, account, database, proxies, addresses):
    from web import create_app

    app = create_app(settings.model_copy(update={"trusted_proxies": proxies}))
    visitor = Visitor(app)
    for address in ("192.0.2.7", "192.0.2.8"):
        visitor.client.environ_base["HTTP_X_FORWARDED_FOR"] = address
        sign_in(visitor, password="wrong")
    app.extensions["se_database"].dispose()
    with database.reading() as session:
        found = session.scalar(text("SELECT count(DISTINCT address_digest) FROM sign_in_attempts"))
    assert found == addresses


def test_the_password_is_looked_at_without_holding_the_writers_lock(database, account, noon):
    """The slow hash runs while another writes, and an account closed meanwhile does not get in."""
    from se_engine.actions.sign_in import prove
    from se_engine.actions.sign_in import sign_in as open_session
    from se_engine.records.people import User
    from se_engine.rules.errors import Refused

    with transaction(database, noon) as writer:
        writer.get_one(User, account.user_id).active = False
        writer.flush()
        with database.reading() as reader:
            proof = prove(reader, email="ida@example.org", password=PASSWORD, address="127.0.0.1")
    with transaction(database, noon) as later, pytest.raises(Refused):
        open_session(later, proof)
