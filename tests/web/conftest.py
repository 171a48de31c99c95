"""Fixtures: an office with somebody for each role, and people who visit the application."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any

import pytest
import time_machine

from tests.support.pages import Page
from tests.support.people import TODAY, Clock, make_people, make_user, transaction

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.test import TestResponse

    from se_engine.database import Database
    from se_engine.rules.roles import Actor
    from tests.support.people import People

PASSWORD = "correct horse battery"


@pytest.fixture
def noon() -> Iterator[Clock]:
    """The machine's clock stands at noon of the tests' day, for pages as for what was recorded before."""
    with time_machine.travel(datetime.combine(TODAY, time(12), UTC), tick=False):
        yield Clock()


@dataclass
class Visitor:
    """Somebody with a browser of her own."""

    app: Flask
    actor: Actor | None = None
    client: Any = None

    def __post_init__(self) -> None:
        self.client = self.app.test_client()

    def get(self, path: str, **headers: str) -> TestResponse:
        return self.client.get(path, headers=headers)

    def page(self, path: str) -> Page:
        answer = self.get(path)
        assert answer.status_code == 200, f"{path}: {answer.status}"
        return Page(answer.text)

    def submit(self, path: str, *, at: str | None = None, **fields: Any) -> TestResponse:
        """Opens the page, fills in a form on it and sends it; `at` where the form's address is another."""
        form = self.page(path).form(at or path)
        assert form.method == "post"
        return self.client.post(at or path, data={**form.values, **fields})

    def send(self, path: str, **fields: Any) -> TestResponse:
        """A write from no page of ours, but with a form token that fits."""
        token = self.page("/account" if self.actor else "/sign-in").forms[0].values["csrf_token"]
        return self.client.post(path, data={"csrf_token": token, **fields})


@dataclass
class Office:
    """An office with its people, a neighbour, and somebody for each role."""

    people: People
    far: Actor
    app: Flask
    database: Database = field(repr=False)
    actors: dict[str, Actor] = field(default_factory=dict)

    def visitor(self, name: str) -> Visitor:
        """Signed in by a session made here: argon2 is slow on purpose, and has its own tests."""
        from se_engine.actions.sign_in import token_digest
        from se_engine.clock import now
        from se_engine.records.sessions import UserSession
        from web.auth import COOKIE

        actor = self.actors[name]
        token = secrets.token_urlsafe(8)
        with self.database.session() as session:
            moment = now(session)
            digest = token_digest(token)
            session.add(UserSession(token_digest=digest, user_id=actor.user_id, created_at=moment, seen_at=moment))
        visitor = Visitor(self.app, actor)
        visitor.client.set_cookie(COOKIE, token)
        return visitor

    def trail(self) -> list[tuple[str, int | None, str | None]]:
        """What, about which case, with which detail; oldest first."""
        from sqlalchemy import text

        with self.database.reading() as session:
            rows = session.execute(text("SELECT what, case_id, detail FROM trail_entries ORDER BY id"))
            return [(row.what, row.case_id, row.detail) for row in rows]


@pytest.fixture
def office(database: Database, app: Flask, noon: Clock) -> Office:
    from se_engine.actions.people import add_office
    from se_engine.rules.roles import OPERATOR

    with transaction(database, noon) as session:
        people = make_people(session)
        away = add_office(session, OPERATOR, "Vadsø")
        far = make_user(session, "Far", "job_specialist", away.id)
        actors = {
            "jo": people.jo,
            "sam": people.sam,
            "max": people.max,
            "ida": people.ida,
            "far": far,
            "fay": make_user(session, "Fay", "supervisor", away.id),
            "adam": make_user(session, "Adam", "administrator", people.office_id),
            "ada": make_user(session, "Ada", "administrator", None),
            "mia": make_user(session, "Mia", "manager", people.office_id),
        }
    return Office(people, far, app, database, actors)


@pytest.fixture
def visit(office: Office) -> Callable[[str], Visitor]:
    """`visit("jo").get("/")`"""
    return office.visitor


@pytest.fixture
def stranger(app: Flask) -> Visitor:
    """Somebody who has not signed in."""
    return Visitor(app)
