"""What somebody has typed is never lost: kept as a draft, given back in its form, for herself alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import text

from tests.support.people import make_case, transaction
from web.auth import COOKIE

WORDS = "She wants to work with plants, and told so herself."


@pytest.fixture
def case(office, noon):
    with transaction(office.database, noon) as session:
        return make_case(session, office.people).id


@pytest.fixture
def form(case):
    return f"/cases/{case}/tasks/T1-S3"


def later(**much):
    return time_machine.travel(datetime.now(UTC) + timedelta(**much), tick=False)


def count(office) -> int:
    with office.database.reading() as session:
        return session.scalar(text("SELECT count(*) FROM drafts"))


def test_a_draft_stands_in_its_form_until_it_is_sent(office, visit, form):
    jo = visit("jo")
    kept = jo.submit(form, words=WORDS, happened_on="12.3.", keep_draft="yes")
    assert kept.status_code == 303
    page = jo.get(form).text
    assert WORDS in page
    assert 'value="12.03.2026"' in page
    assert jo.submit(form, words=WORDS, happened_on="12.3.").status_code == 303
    assert count(office) == 0
    assert "data-draft-said" in jo.get(form).text
    assert "throw-away" not in jo.get(form).text


def test_saving_a_draft_does_nothing_else(office, visit, case, form):
    visit("jo").submit(form, words=WORDS, keep_draft="yes")
    with office.database.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM task_records")) == 0


def test_a_form_that_comes_back_is_kept_too(office, visit, form):
    jo = visit("jo")
    assert jo.submit(form, words=WORDS, happened_on="31.2.").status_code == 422
    assert jo.submit(form, words=f"{WORDS} 24.12.2030", happened_on="24.12.2030").status_code == 422
    page = jo.get(form).text
    assert f"{WORDS} 24.12.2030" in page
    assert 'value="24.12.2030"' in page


def test_it_is_found_on_the_first_page_and_thrown_away(office, visit, form):
    jo = visit("jo")
    jo.submit(form, words=WORDS, keep_draft="yes")
    assert form in visit("jo").page("/").links
    assert form in jo.page("/drafts").links
    throw = next(one for one in jo.page(form).forms if one.action.endswith("/throw-away"))
    assert jo.client.post(throw.action, data=throw.values).location == form
    assert count(office) == 0


def test_it_is_its_writers_alone(office, visit, form):
    jo, max_ = visit("jo"), visit("max")
    jo.submit(form, words=WORDS, keep_draft="yes")
    throw = next(one for one in jo.page(form).forms if one.action.endswith("/throw-away"))
    assert WORDS not in max_.get(form).text
    assert form not in max_.page("/drafts").links
    assert max_.send(throw.action).status_code == 404
    max_.submit(form, words="Max says something else, and both stand.", keep_draft="yes")
    assert WORDS in jo.get(form).text


def test_what_is_kept_cannot_be_read_in_the_database(office, visit, form):
    visit("jo").submit(form, words=WORDS, keep_draft="yes")
    with office.database.reading() as session:
        sealed = session.scalar(text("SELECT sealed FROM drafts"))
    assert b"plants" not in bytes(sealed)
    assert WORDS not in str(office.trail())


def test_a_form_sent_after_the_session_has_ended_is_kept_and_led_back_to(office, visit, form):
    jo = visit("jo")
    values = jo.page(form).form(form).values
    with later(hours=2):
        sent = jo.client.post(form, data={**values, "words": WORDS})
        assert sent.status_code == 303
        assert sent.location == f"/sign-in?next={form}"
        assert count(office) == 1
        assert WORDS not in jo.client.get(sent.location).text
        assert WORDS in visit("jo").get(form).text
        assert WORDS not in visit("max").get(form).text


def test_of_whoever_signed_out_or_never_was_here_nothing_is_kept(office, visit, stranger, form):
    jo = visit("jo")
    values = {**jo.page(form).form(form).values, "words": WORDS}
    token = jo.client.get_cookie(COOKIE).value
    forged = visit("jo")
    with later(hours=2):
        assert forged.client.post(form, data={**values, "csrf_token": "made up"}).status_code == 401
    jo.send("/sign-out")
    jo.client.set_cookie(COOKIE, token)
    fresh = jo.page("/sign-in").forms[0].values["csrf_token"]
    assert jo.client.post(form, data={**values, "csrf_token": fresh}).status_code == 401
    fresh = stranger.page("/sign-in").forms[0].values["csrf_token"]
    assert stranger.client.post(form, data={**values, "csrf_token": fresh}).status_code == 401
    assert count(office) == 0


def test_a_draft_outlives_the_night_and_goes_by_itself(office, visit, form):
    from se_engine.actions.housekeeping import clean_up

    visit("jo").submit(form, words=WORDS, keep_draft="yes")
    with later(hours=24):
        with office.database.session() as session:
            clean_up(session, session_lasts=timedelta(hours=12))
        assert WORDS in visit("jo").get(form).text
    with later(hours=73):
        assert WORDS not in visit("jo").get(form).text
        with office.database.session() as session:
            clean_up(session, session_lasts=timedelta(hours=12))
        assert count(office) == 0


def test_yesterday_in_a_draft_counts_from_the_day_it_was_written(visit, form):
    visit("jo").submit(form, words=WORDS, happened_on="i går", keep_draft="yes")
    with later(hours=24):
        assert 'value="15.03.2026"' in visit("jo").get(form).text


def test_the_draft_of_a_case_that_was_handed_over_opens_nothing(office, visit, case, form):
    jo, max_ = visit("jo"), visit("max")
    jo.submit(form, words=WORDS, keep_draft="yes")
    values = jo.page(form).form(form).values
    max_.submit(f"/cases/{case}/owner", owner=office.actors["sam"].user_id, note="Leave")
    page = jo.page("/drafts")
    assert form not in page.links
    assert "Pat Example" not in page.text
    assert jo.client.post(form, data={**values, "words": WORDS, "keep_draft": "yes"}).status_code == 404


def test_the_script_is_told_when_it_was_kept(office, visit, form):
    jo = visit("jo")
    values = {**jo.page(form).form(form).values, "words": WORDS, "keep_draft": "auto"}
    assert "13:00" in jo.client.post(form, data=values).json["said"]
    with later(hours=2):
        late = jo.client.post(form, data={**values, "words": f"{WORDS} And more."})
        assert late.status_code == 401
        assert late.json["said"]
    assert count(office) == 1
