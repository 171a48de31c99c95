"""The note on a phone, as it is written between two visits: few taps, little typing, and nothing lost on the way."""

from __future__ import annotations

import secrets
import shutil
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from tests.support import axe
from tests.support.applications import lent
from tests.support.databases import MASTER_KEY
from tests.support.people import EMPLOYER, make_case, make_people
from tests.support.serving import serving

if TYPE_CHECKING:
    from playwright.sync_api import Page

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
SAID = "Ledet morgenrunden alene og spurte selv om hjelp til etikettene."
NEXT = "Bildekort til kassa"
SIGNS_A_SECOND = 3
"""How fast somebody types on a phone who is not used to it."""
PASSWORD = "correct horse battery"


@dataclass
class Office:
    address: str
    database: Any
    case: int
    cookie: str

    def expire(self) -> None:
        """The session rests longer than it may."""
        with self.database.session() as session:
            long_ago = "UPDATE user_sessions SET seen_at = datetime(seen_at, '-3 hours')"
            session.execute(text(long_ago))

    def count(self, table: str) -> int:
        with self.database.reading() as session:
            return session.scalar(text(f"SELECT count(*) FROM {table}"))  # noqa: S608 - our own names


@pytest.fixture(scope="module")
def office(built, migrated_file, tmp_path_factory):
    from se_engine.actions.passwords import hashed
    from se_engine.actions.sign_in import token_digest
    from se_engine.clock import now, today
    from se_engine.database import open_database
    from se_engine.records.people import User
    from se_engine.records.sessions import UserSession

    path = tmp_path_factory.mktemp("contacts") / "se-engine.sqlite3"
    shutil.copyfile(migrated_file, path)
    database, token = open_database(f"sqlite:///{path}", MASTER_KEY), secrets.token_urlsafe(8)
    with database.session() as session:
        people = make_people(session)
        session.get_one(User, people.jo.user_id).password_hash = hashed(PASSWORD)
        came = today(session) - timedelta(days=40)
        case = make_case(session, people, "job_support", opened_on=came, days_per_step=3, interpreter_need="no").id
        at = now(session)
        session.add(UserSession(token_digest=token_digest(token), user_id=people.jo.user_id, created_at=at, seen_at=at))
    with lent(built, database) as app, serving(app) as address:
        yield Office(address, database, case, token)
    database.dispose()


@dataclass
class Jo:
    """With her phone: every tap and every letter is counted."""

    page: Page
    taps: int = 0
    typed: int = 0
    seen: list[str] = field(default_factory=list)

    def tap(self, selector: str) -> None:
        self.taps += 1
        self.page.locator(selector).first.tap()

    def write(self, words: str) -> None:
        self.typed += len(words)
        self.page.keyboard.type(words)


@pytest.fixture
def jo(open_page, office):
    from web.auth import COOKIE

    def jo(**options: Any) -> Jo:
        page = open_page(base_url=office.address, **PHONE, **options)
        page.context.add_cookies([{"name": COOKIE, "value": office.cookie, "url": office.address}])
        return Jo(page)

    return jo


def test_a_routine_visit_is_six_taps_and_less_than_a_minute_of_typing(jo, office):
    jo = jo()
    before = office.count("contacts")
    jo.page.goto(f"/cases/{office.case}")
    jo.tap(f"a[href='/cases/{office.case}/notes/new']")
    jo.page.wait_for_url("**/notes/new")
    assert jo.page.locator("[name=kind][value=three_way]").is_checked()
    assert jo.page.get_by_text(EMPLOYER).first.is_visible()
    assert axe.violations(jo.page) == []
    jo.tap("[name=said]")
    jo.write(SAID)
    jo.tap("[name=interpreter][value='no:norwegian_is_enough']")
    jo.tap("[name=tasks]")
    jo.tap("[name=next_step]")
    jo.write(NEXT)
    jo.tap("form[data-draft] button[type=submit]")
    jo.page.wait_for_url(f"**/cases/{office.case}")
    assert SAID in jo.page.locator("#timeline").inner_text()
    assert office.count("contacts") == before + 1
    assert office.count("drafts") == 0
    assert jo.taps <= 6
    assert jo.typed / SIGNS_A_SECOND < 60


def test_without_scripts_a_session_that_ended_in_the_middle_of_a_note_loses_nothing(jo, office):
    page = jo(java_script_enabled=False).page
    form = f"/cases/{office.case}/notes/new"
    page.goto(form)
    page.locator("[name=said]").fill(SAID)
    page.locator("[name=minutes][value='45']").check()
    page.locator("[name=interpreter][value='no:common_language']").check()
    page.locator("[name=happened_on]").fill("i går")
    office.expire()
    page.locator("main form[data-draft] button[type=submit]").first.click()
    assert page.url.endswith(f"/sign-in?next={form}")
    page.locator("[name=email]").fill("jo@example.org")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    page.wait_for_url(f"**{form}")
    assert page.locator("[name=said]").input_value() == SAID
    assert page.locator("[name=minutes][value='45']").is_checked()
    assert page.locator("[name=happened_on]").input_value().count(".") == 2
    page.locator("main form[data-draft] button[type=submit]").first.click()
    page.wait_for_url(f"**/cases/{office.case}")
    assert office.count("drafts") == 0


def test_with_scripts_the_text_is_kept_while_it_is_written(jo, office):
    with office.database.session() as session:
        session.execute(text("UPDATE user_sessions SET seen_at = datetime('now')"))
    page = jo().page
    page.clock.install()
    page.goto(f"/cases/{office.case}/notes/new")
    page.locator("[name=said]").fill("Only half of it")
    with page.expect_response("**/notes/new") as kept:
        page.clock.fast_forward(21_000)
    assert kept.value.status == 200
    assert page.locator("[data-draft-said]").inner_text()
    page.goto("/drafts")
    page.goto(f"/cases/{office.case}/notes/new")
    assert page.locator("[name=said]").input_value() == "Only half of it"
    stored = "JSON.stringify([localStorage, sessionStorage].map(Object.keys))"
    assert page.evaluate(stored) == "[[],[]]"
