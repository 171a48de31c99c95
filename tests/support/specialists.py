"""Somebody of the office at work in a browser: she signs in, fills in forms and sends them, and each is counted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.support.people import make_people

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from se_engine.database import Database
    from tests.support.people import People

PASSWORD = "correct horse battery"
PHONE = {"viewport": {"width": 390, "height": 844}}
SEND = "main form:is(.se-form, .se-statement) button[type=submit]:not([name=keep_draft])"


def staffed(database: Database) -> People:
    """The characters of the tests, who sign in with one password."""
    from sqlalchemy import update

    from se_engine.actions.passwords import hashed
    from se_engine.records.people import User

    with database.session() as session:
        people = make_people(session)
        session.execute(update(User).values(password_hash=hashed(PASSWORD)))
    return people


@dataclass
class Specialist:
    """Jo or another, with the pages open before her."""

    page: Page
    address: str
    case: str = ""
    statements: list[str] = field(default_factory=list)

    def sign_in(self, name: str = "jo") -> None:
        self.page.goto(f"{self.address}/sign-in")
        self.page.locator("[name=email]").fill(f"{name}@example.org")
        self.page.locator("[name=password]").fill(PASSWORD)
        self.page.locator("[name=password]").press("Enter")
        self.page.wait_for_url(f"{self.address}/")

    def open(self, path: str = "") -> None:
        self.page.goto(f"{self.address}{self.case}{path}")

    def fill(self, **given: str) -> None:
        for name, value in given.items():
            self.page.locator(f"main [name={name}]").fill(value)

    def choose(self, **given: str) -> None:
        for name, value in given.items():
            self.page.locator(f"[name={name}][value='{value}']").check()

    def send(self, what: str) -> None:
        """Sends the form of the page; a refusal would leave her on a page that says so."""
        with self.page.expect_response(lambda answer: answer.request.method == "POST") as sent:
            self.page.locator(SEND).click()
        assert sent.value.status == 303, f"{what}: {self.page.locator('.se-error-summary').all_inner_texts()}"
        self.statements.append(what)

    def note(self, step: str, *keys: str, employer: str = "") -> None:
        """One line for several tasks."""
        self.open(f"/tasks?step={step}")
        for key in keys:
            self.page.locator(f"#task-{key}").check()
        self.fill(words="We went through it, and it was told back in own words.")
        if employer:
            self.fill(employer=employer)
        self.send(f"note {step}")

    def paper(self, kind: str, *agreeing: str, chosen: dict[str, str] | None = None, **written: str) -> None:
        """A document with what is not known yet, and those who agree to it in the same talk."""
        self.open(f"/documents/new/{kind}")
        self.fill(**written)
        self.choose(**(chosen or {}))
        for party in agreeing:
            self.page.locator(f"[name=agreed_by][value={party}]").check()
        self.send(kind)

    def move(self, trigger: str, **given: str) -> None:
        """From the page of the case: its first button is the move, once everything is in place."""
        self.open()
        self.page.locator(f".se-do a[href$='/moves/{trigger}']").click()
        self.choose(**given)
        if self.page.locator("[name=note]").count() and "note" not in given:
            self.fill(note="Agreed in the talk today.")
        self.send(f"move {trigger}")
