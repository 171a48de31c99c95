"""What every answer carries: headers, the reader's language, and a sentence when something is refused."""

from __future__ import annotations

import logging

import pytest

from tests.support.pages import Page
from web.headers import EVERYWHERE


@pytest.mark.parametrize("path", ["/sign-in", "/", "/nowhere", "/healthz", "/static/se.css", "/api/v1/cases"])
def test_every_answer_is_guarded(stranger, path):
    with stranger.get(path) as answer:
        headers = answer.headers
    assert {name: headers[name] for name in EVERYWHERE} == EVERYWHERE


def test_the_content_policy_lets_no_script_in_but_our_own_files(stranger):
    policy = stranger.get("/sign-in").headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy


def test_pages_are_kept_by_nobody_and_files_for_a_year(stranger):
    page = stranger.get("/sign-in")
    assert page.headers["Cache-Control"] == "no-store"
    sheet = next(part for part in page.text.split('"') if part.startswith("/static/se.css?v="))
    with stranger.get(sheet) as file:
        assert "max-age=31536000" in file.headers["Cache-Control"]


def test_encrypted_services_say_so_for_good(settings):
    from tests.web.conftest import Visitor
    from web import create_app

    app = create_app(settings.model_copy(update={"secure_cookies": True}))
    assert "max-age" in Visitor(app).get("/sign-in").headers["Strict-Transport-Security"]
    app.extensions["se_database"].dispose()


@pytest.mark.parametrize(
    ("asked", "spoken"),
    [
        ("nn", "nn"),
        ("en-US,en;q=0.9", "en"),
        ("no", "nb"),
        ("nb-NO", "nb"),
        ("ti,ar;q=0.8", "nb"),
        ("", "nb"),
        ("en-GB,nb;q=0.5", "en"),
        ("nn-NO,en;q=0.9", "nn"),
        ("en;q=0,nn", "nn"),
        ("*", "nb"),
        (";;q=x,,\x00", "nb"),
    ],
)
def test_a_stranger_is_met_in_the_language_of_her_browser(stranger, asked, spoken):
    assert f'<html lang="{spoken}"' in stranger.get("/sign-in", **{"Accept-Language": asked}).text


def test_a_stranger_may_choose_another_language(stranger):
    answer = stranger.submit("/sign-in", at="/preferences/language", language="en", next="/sign-in?next=/account")
    assert (answer.status_code, answer.location) == (303, "/sign-in?next=/account")
    assert '<html lang="en"' in stranger.get("/sign-in", **{"Accept-Language": "nn"}).text


def test_a_person_keeps_her_language_in_every_browser(visit):
    visit("jo").submit("/account", at="/preferences/language", language="nn")
    assert '<html lang="nn"' in visit("jo").get("/", **{"Accept-Language": "en"}).text


def test_an_unknown_language_gets_a_sentence_with_what_is_allowed(stranger):
    answer = stranger.send("/preferences/language", language="xx")
    assert answer.status_code == 422
    assert "nb, nn, en" in Page(answer.text).text


def test_what_is_not_there_and_what_is_not_for_her_look_alike(visit):
    jo = visit("jo")
    missing, forbidden = jo.get("/cases/999999"), visit("mia").get("/cases/1")
    assert missing.status_code == forbidden.status_code == 404
    assert Page(missing.text).h1s == Page(forbidden.text).h1s


def test_a_role_that_may_not_is_told_and_it_is_trailed(visit, office):
    answer = visit("jo").get("/team")
    assert answer.status_code == 403
    assert "Rollen din gir ikke lov til dette." in Page(answer.text).text
    assert ("refused", None, "code=not_permitted at=team.show") in office.trail()


def test_an_address_used_the_wrong_way_has_a_page_too(visit):
    answer = visit("jo").get("/sign-out")
    assert answer.status_code == 405
    assert len(Page(answer.text).h1s) == 1


def test_what_is_too_large_has_a_page_too(visit):
    answer = visit("jo").send("/preferences/language", language="x" * 3_000_000)
    assert answer.status_code == 413


def test_a_fault_of_ours_has_a_number_in_the_page_and_in_the_log(app, visit, caplog):
    def broken():
        raise ZeroDivisionError

    app.view_functions["about.show"] = broken
    with caplog.at_level(logging.ERROR):
        answer = visit("jo").get("/about")
    assert answer.status_code == 500
    number = caplog.records[0].getMessage().split()[1]
    assert number in Page(answer.text).text
    assert "ZeroDivisionError" not in answer.text


def test_a_system_is_answered_as_a_system(stranger):
    answer = stranger.get("/api/v1/cases")
    assert answer.status_code == 401
    assert answer.mimetype == "application/problem+json"


def test_the_process_lives_and_is_ready(stranger):
    assert stranger.get("/healthz").json == {"status": "alive"}
    assert (stranger.get("/readyz").status_code, stranger.get("/readyz").json) == (200, {"status": "ready"})


def test_a_database_that_lags_behind_is_not_ready(stranger, database):
    from sqlalchemy import text

    with database.session() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    assert stranger.get("/readyz").status_code == 503
