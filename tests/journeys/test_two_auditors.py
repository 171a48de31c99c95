"""Two auditors in two browsers rate the same audit, agree on what differs, and sign the report they made of it."""

from __future__ import annotations

import re
import secrets
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from tests.support import axe
from tests.support.applications import lent
from tests.support.auditing import auditing
from tests.support.databases import MASTER_KEY
from tests.support.people import make_people
from tests.support.serving import serving

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from se_engine.rules.roles import Actor

DESK = {"viewport": {"width": 1400, "height": 900}}
SEEN, ADVICE = "Lest i sju av åtte saker.", "Avtal hvem som spør om språk først."


@dataclass
class Place:
    address: str
    database: Any
    audit_id: int
    people: Any
    cookies: dict[str, str]

    def rows(self, stage: str) -> list[Any]:
        from sqlalchemy import select

        from se_engine.records.audit_ratings import AuditRating

        with self.database.reading() as session:
            found = session.scalars(select(AuditRating).where(AuditRating.stage == stage).order_by(AuditRating.id))
            return [(row.user_id, row.item, row.level, row.rationale, row.recommendation) for row in found]


@pytest.fixture(scope="module")
def place(built, migrated_file, tmp_path_factory):
    from se_engine.actions.sign_in import token_digest
    from se_engine.clock import now
    from se_engine.database import open_database
    from se_engine.records.sessions import UserSession

    path = tmp_path_factory.mktemp("auditors") / "se-engine.sqlite3"
    shutil.copyfile(migrated_file, path)
    database = open_database(f"sqlite:///{path}", MASTER_KEY)
    cookies = {}
    with database.session() as session:
        people = make_people(session)
        here = auditing(session, people, "rating")
        for name, actor in (("Ida", here.ida), ("Eva", here.eva)):
            cookies[name] = secrets.token_urlsafe(8)
            at, digest = now(session), token_digest(cookies[name])
            session.add(UserSession(token_digest=digest, user_id=actor.user_id, created_at=at, seen_at=at))
        audit_id = here.id
    with lent(built, database) as app, serving(app) as address:
        yield Place(address, database, audit_id, people, cookies)
    database.dispose()


@dataclass
class Auditor:
    """At her own screen, with the keyboard."""

    page: Page
    root: str

    def open(self, path: str) -> None:
        self.page.goto(self.root + path)

    def type(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key) if key in KEYS else self.page.keyboard.type(key)

    def field(self, name: str, key: str) -> Any:
        return self.page.locator(f"[name='{name}-{key}']")

    def said(self, key: str, words: str) -> None:
        row = self.page.locator(f"tr[data-row='{key}'] [data-said]")
        row.filter(has_text=re.compile(words)).wait_for()

    def send(self, button: str) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=button).click()


KEYS = {"Enter", "ArrowUp", "ArrowDown", "ArrowRight", "ArrowLeft"}


@pytest.fixture
def auditor(open_page, place):
    from web.auth import COOKIE

    def auditor(name: str, **options: Any) -> Auditor:
        page = open_page(base_url=place.address, **DESK, **options)
        page.context.add_cookies([{"name": COOKIE, "value": place.cookies[name], "url": place.address}])
        page.on("dialog", lambda dialog: dialog.accept())
        return Auditor(page, f"{place.address}/audits/{place.audit_id}")

    return auditor


def rate_by_keyboard(who: Auditor, levels: dict[str, str]) -> None:
    """Level by level with Enter, as down a column of a spreadsheet."""
    who.open("/ratings")
    rows = [row.get_attribute("data-row") for row in who.page.locator("tr[data-row]").all()]
    assert len(rows) == 15
    who.field("level", rows[0]).focus()
    for key in rows:
        who.type(levels.get(key, "5"), "Enter")
    who.type("ArrowUp", "ArrowRight")
    assert who.page.evaluate("document.activeElement.name") == "rationale-P5"
    for key in levels:
        who.field("rationale", key).fill(SEEN)
        who.field("recommendation", key).fill(ADVICE)
    who.field("level", rows[0]).focus()
    for key in rows:
        who.said(key, "Lagret")


def lock(who: Auditor) -> None:
    who.open("/ratings")
    who.page.get_by_text("Lås vurderingene mine").click()
    who.send("Lås for godt")


def move(who: Auditor, trigger: str) -> None:
    who.open(f"/moves/{trigger}")
    with who.page.expect_navigation():
        who.page.locator("main form.se-form button[type=submit]").first.click()
    assert who.page.url == who.root, who.page.locator("main").inner_text()


def test_two_auditors_rate_agree_and_sign(auditor, place):
    ida, eva = auditor("Ida"), auditor("Eva")
    rate_by_keyboard(ida, {"L1": "2", "P3": "4", "C5": "NR"})
    rate_by_keyboard(eva, {"L1": "4", "P3": "3", "C5": "nr"})
    assert len({row[1] for row in place.rows("own")}) == 15
    ida.open("/ratings")
    assert (ida.field("level", "L1").input_value(), ida.field("level", "C5").input_value()) == ("2", "NR")
    assert axe.violations(ida.page) == []
    lock(ida)
    eva.open("/agreement")
    assert "2" not in eva.page.locator("main").inner_text().split("L1")[-1][:10]
    assert not eva.page.locator("tr[data-row]").count()
    lock(eva)
    move(ida, "compare_ratings")
    agree_at_the_same_time(ida, eva, place)
    sign(ida, eva, place)


def agree_at_the_same_time(ida: Auditor, eva: Auditor, place: Place) -> None:
    for who in (ida, eva):
        who.open("/agreement")
    # Different parts of one row: both come in.
    ida.field("level", "L1").fill("3")
    eva.field("recommendation", "L1").fill("Evas forslag")
    eva.field("level", "P3").focus()
    eva.said("L1", "Lagret")
    ida.field("level", "P3").focus()
    ida.said("L1", "Lagret")
    assert ida.field("recommendation", "L1").input_value() == "Evas forslag"
    # The same part: neither is lost, and somebody chooses.
    ida.field("rationale", "L1").fill("Idas begrunnelse")
    eva.field("rationale", "L1").fill("Evas begrunnelse")
    ida.field("level", "P3").focus()
    ida.said("L1", "Lagret")
    eva.field("level", "P3").focus()
    eva.said("L1", "ble endret mens du skrev")
    assert eva.field("level", "L1").input_value() == "3"
    theirs = eva.page.locator("tr[data-row='L1'] [data-theirs]")
    assert "Idas begrunnelse" in theirs.inner_text()
    assert eva.field("rationale", "L1").input_value() == "Evas begrunnelse"
    assert axe.violations(eva.page) == []
    theirs.get_by_role("button", name="Begge tekstene").click()
    eva.said("L1", "Lagret")
    eva.field("level", "P3").fill("4")
    eva.field("recommendation", "P3").fill(ADVICE)
    eva.field("level", "L1").focus()
    eva.said("P3", "Lagret")
    newest = {row[1]: row for row in place.rows("consensus")}
    assert newest["L1"][2:] == (3, "Idas begrunnelse\nEvas begrunnelse", "Evas forslag")
    ida.open("/agreement")
    assert ida.page.locator("[data-progress]").inner_text() == "Alt som må avklares, er avklart."
    assert "Idas begrunnelse" in ida.field("rationale", "L1").input_value()


def sign(ida: Auditor, eva: Auditor, place: Place) -> None:
    """The unit's part is done for it here: what it sees and says has tests of its own."""
    make_report(ida, "draft")
    move(ida, "send_draft")
    unit_is_done(place, place.people.max)
    move(ida, "close_factual_check")
    make_report(eva, "final")
    for who in (ida, eva):
        who.open("/report")
        who.page.locator("a[href$='/sign']").first.click()
        who.page.locator("[name=read]").check()
        with who.page.expect_navigation():
            who.page.locator("main form.se-form button[type=submit]").first.click()
    move(ida, "hand_over_report")


def make_report(who: Auditor, kind: str) -> None:
    who.open(f"/report/{kind}/new")
    who.page.locator("[name=summary]").fill("Enheten kjenner deltakerne sine.")
    with who.page.expect_navigation():
        who.page.locator("main form.se-form button[type=submit]").first.click()
    assert who.page.url == f"{who.root}/report", who.page.locator("main").inner_text()


def unit_is_done(place: Place, contact: Actor) -> None:
    from se_engine.actions.audit_comments import say_done

    with place.database.session() as session:
        say_done(session, contact, place.audit_id)
