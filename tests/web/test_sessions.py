"""A session ends when it rests too long, when it is too old, and when its person says so."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import text

from tests.support.pages import Page
from tests.support.people import transaction
from tests.web.conftest import PASSWORD


def later(**much):
    return time_machine.travel(datetime.now(UTC) + timedelta(**much), tick=False)


def test_it_ends_after_an_hour_without_use(visit):
    jo = visit("jo")
    with later(minutes=59):
        assert jo.get("/").status_code == 200
    with later(minutes=118):
        assert jo.get("/").status_code == 200, "each use counts anew"
    with later(minutes=179):
        assert jo.get("/").location == "/sign-in"


def test_it_ends_after_twelve_hours_of_use(visit):
    jo = visit("jo")
    for hours in range(1, 13):
        with later(minutes=hours * 59):
            assert jo.get("/").status_code == 200
    with later(hours=12, minutes=1):
        assert jo.get("/").location == "/sign-in"


def test_it_is_written_down_once_a_minute_not_at_each_page(visit, database):
    jo = visit("jo")
    with later(seconds=30):
        jo.get("/")
        with database.reading() as session:
            same = text("SELECT count(*) FROM user_sessions WHERE seen_at = created_at")
            assert session.scalar(same) == 1


def test_another_browser_can_be_signed_out(visit):
    phone, laptop = visit("jo"), visit("jo")
    page = laptop.page("/account")
    other = next(form for form in page.forms if form.action.startswith("/account/sessions/"))
    assert laptop.client.post(other.action, data=other.values).status_code == 303
    assert phone.get("/").location == "/sign-in"
    assert laptop.get("/").status_code == 200


def test_nobody_signs_out_somebody_else(visit, database):
    jo, sam = visit("jo"), visit("sam")
    with database.reading() as session:
        of_sam = session.scalar(text("SELECT max(id) FROM user_sessions"))
    assert jo.send(f"/account/sessions/{of_sam}/end").status_code == 404
    assert sam.get("/").status_code == 200


def test_a_closed_account_is_out_at_once(visit, office):
    jo = visit("jo")
    assert visit("adam").send(f"/admin/accounts/{office.people.jo.user_id}/close").status_code == 303
    assert jo.get("/").location == "/sign-in"


@pytest.fixture
def with_password(office, noon):
    from se_engine.actions.passwords import hashed
    from se_engine.records.people import User

    with transaction(office.database, noon) as session:
        session.get_one(User, office.people.jo.user_id).password_hash = hashed(PASSWORD)


def test_a_new_password_signs_out_everywhere(visit, with_password):
    jo, elsewhere = visit("jo"), visit("jo")
    new = {"new": "a much better sentence", "again": "a much better sentence"}
    wrong = jo.submit("/account/password", old="not this", **new)
    assert wrong.status_code == 422
    assert "Passordet er feil." in Page(wrong.text).text
    differs = jo.submit("/account/password", old=PASSWORD, new="a much better sentence", again="another")
    assert differs.status_code == 422
    short = jo.submit("/account/password", old=PASSWORD, new="short", again="short")
    assert "minst 12 tegn" in Page(short.text).text
    assert jo.submit("/account/password", old=PASSWORD, **new).status_code == 303
    assert jo.get("/").location == "/sign-in"
    assert elsewhere.get("/").location == "/sign-in"
