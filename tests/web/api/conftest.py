"""Fixtures: an office with its people, a neighbour, and a client of the API for each of them."""

from __future__ import annotations

import itertools
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.people import make_case, make_participant, make_people, make_user, transaction

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.test import TestResponse

    from se_engine.database import Database
    from tests.support.people import Clock, People

keys = itertools.count(1)


@dataclass
class System:
    """A system with its token, as it calls the API."""

    app: Flask
    token: str | None
    id: int | None = None

    def get(self, path: str, **headers: str) -> TestResponse:
        return self.send("GET", path, None, **headers)

    def post(self, path: str, body: object, **headers: str) -> TestResponse:
        return self.send("POST", path, body, **{"Idempotency-Key": f"key-{next(keys)}", **headers})

    def patch(self, path: str, body: object, **headers: str) -> TestResponse:
        return self.send("PATCH", path, body, **headers)

    def send(self, method: str, path: str, body: object, **headers: str) -> TestResponse:
        known = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        sent: dict[str, Any] = {}
        if body is not None:
            sent = {"data": body if isinstance(body, bytes) else json.dumps(body), "content_type": "application/json"}
        if kind := headers.pop("Content-Type", None):
            sent["content_type"] = kind
        given = {name: value for name, value in {**known, **headers}.items() if value}
        return self.app.test_client().open(f"/api/v1{path}", method=method, headers=given, **sent)


@dataclass
class World:
    """Jo, Max, Ida and their systems; Jo's case, a case of the next office, and a protected one only Max may see."""

    people: People
    systems: dict[str, System]
    case: int
    participant: int
    other_case: int
    other_participant: int
    protected_case: int
    protected_participant: int
    waiting_participant: int
    database: Database = field(repr=False)

    def __getattr__(self, name: str) -> System:
        return self.systems[name]

    def trail(self, *columns: str) -> list[tuple[Any, ...]]:
        """Every entry of the trail, oldest first."""
        from sqlalchemy import select

        from se_engine.records.trail import TrailEntry

        wanted = [getattr(TrailEntry, column) for column in columns]
        with self.database.reading() as session:
            return [tuple(row) for row in session.execute(select(*wanted).order_by(TrailEntry.id))]


@pytest.fixture
def world(database: Database, clock: Clock, app: Flask) -> World:
    from se_engine.actions.participants import protect
    from se_engine.actions.people import add_office
    from se_engine.rules.roles import OPERATOR

    with transaction(database, clock) as session:
        people = make_people(session)
        away = add_office(session, OPERATOR, "Vadsø")
        far = make_user(session, "Far", "job_specialist", away.id)
        adam = make_user(session, "Adam", "administrator", people.office_id)
        case = make_case(session, people, given_name="Pat", family_name="Example", birth_year=1990)
        other = make_case(session, people, owner=far)
        hidden = make_case(session, people, given_name="Hidden", family_name="Example")
        protect(session, people.max, hidden.participant_id, readers=[], protected=True)
        waiting = make_participant(session, people, given_name="New", family_name="Example")
        everybody = {"jo": people.jo, "sam": people.sam, "max": people.max, "ida": people.ida, "far": far, "adam": adam}
        systems = {name: _system(session, app, actor.user_id) for name, actor in everybody.items()}
        systems["reader"] = _system(session, app, people.jo.user_id, "read")
        systems["writer"] = _system(session, app, people.jo.user_id, "write")
        return World(
            people,
            {**systems, "nobody": System(app, None)},
            case.id,
            case.participant_id,
            other.id,
            other.participant_id,
            hidden.id,
            hidden.participant_id,
            waiting.id,
            database,
        )


def _system(session: Any, app: Flask, user_id: int | None, *scopes: str) -> System:
    from sqlalchemy import func, select

    from se_engine.actions.api_clients import add_api_client
    from se_engine.records.sessions import ApiClient
    from se_engine.rules.roles import OPERATOR

    granted = list(scopes) or ["read", "write"]
    token = add_api_client(session, OPERATOR, name="Sync", user_id=user_id or 0, scopes=granted)
    return System(app, token, session.scalar(select(func.max(ApiClient.id))))
