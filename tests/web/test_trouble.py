"""The database is away, locked or full: the page says so, nothing is half done, and afterwards all goes on."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager

import pytest
from sqlalchemy import event, text

from se_engine import database as databases
from tests.support.databases import MASTER_KEY
from tests.support.pages import Page
from tests.support.people import make_case, transaction

ONLY_SQLITE = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
ONLY_POSTGRESQL = pytest.mark.parametrize("engine_name", ["postgresql"], indirect=True)
NOTE = "NAV answers within two weeks, she was told."


@pytest.fixture
def database(database_url, monkeypatch):
    """Opened for the test, and not before: nobody waits ten seconds for a lock in it."""
    monkeypatch.setattr(databases, "BUSY_MILLISECONDS", 50)
    database = databases.open_database(database_url, MASTER_KEY)
    yield database
    database.dispose()


@pytest.fixture
def filled(visit, office, noon):
    """Jo, with a form that she has filled in."""
    with transaction(office.database, noon) as session:
        path = f"/cases/{make_case(session, office.people).id}/waiting"
    jo = visit("jo")
    return jo, path, jo.page(path).form(path).values | {"waiting_for": "nav", "note": NOTE}


def events(office) -> int:
    with office.database.reading() as session:
        return session.scalar(text("SELECT count(*) FROM history WHERE kind = 'waiting_started'"))


def assert_told(answer):
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert Page(answer.text).h1s == ["Databasen kan ikke brukes akkurat nå"]


def in_trouble(filled, office):
    """A look and a write fail with a page, and the words are given back."""
    jo, path, values = filled
    before = len(office.trail())
    assert_told(jo.get(path))
    answer = jo.client.post(path, data=values)
    assert_told(answer)
    assert NOTE in Page(answer.text).text
    assert jo.get("/healthz").status_code == 200
    assert (events(office), len(office.trail())) == (0, before)


def as_before(filled, office):
    jo, path, values = filled
    assert jo.get("/readyz").status_code == 200
    assert jo.client.post(path, data=values).status_code == 303
    assert jo.client.post(path, data=values).status_code == 303, "sent once more, done once"
    assert events(office) == 1


@ONLY_SQLITE
def test_locked_by_another_program(filled, office, app):
    with closing(sqlite3.connect(app.extensions["se_database"].url.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        in_trouble(filled, office)
        other.execute("ROLLBACK")
    as_before(filled, office)


@ONLY_SQLITE
def test_closed_to_writing(filled, office, app):
    with every_connection(app, "PRAGMA query_only = on"):
        in_trouble(filled, office)
    as_before(filled, office)


@ONLY_SQLITE
def test_no_room_left(filled, office, app):
    jo, path, values = filled
    long = "She was told. " * 1_000
    with every_connection(app, "PRAGMA max_page_count = 1"):  # as many as there are
        answer = jo.client.post(path, data=values | {"note": long})
        assert_told(answer)
        assert long.strip() in answer.text
        assert events(office) == 0
    as_before(filled, office)


@contextmanager
def every_connection(app, statement):
    database = app.extensions["se_database"]

    def prepare(connection, record):
        connection.execute(statement)

    event.listen(database.engine, "connect", prepare)
    database.dispose()
    yield
    event.remove(database.engine, "connect", prepare)
    database.dispose()


@ONLY_SQLITE
def test_without_room_to_write_it_is_not_ready(stranger, monkeypatch):
    monkeypatch.setattr(databases, "ROOM", 2**62)
    assert stranger.get("/readyz").status_code == 503
    assert stranger.get("/healthz").status_code == 200


@ONLY_POSTGRESQL
def test_the_server_is_away_between_two_requests(filled, app, office, cluster):
    jo, path, values = filled
    name = app.extensions["se_database"].url.database
    cluster.alter(name, "ALLOW_CONNECTIONS false")
    assert_told(jo.get(path))
    assert_told(jo.client.post(path, data=values))
    assert jo.get("/api/v1/cases", Authorization="Bearer x").status_code == 503
    assert jo.get("/readyz").status_code == 503
    assert jo.get("/healthz").status_code == 200
    cluster.alter(name, "ALLOW_CONNECTIONS true")
    as_before(filled, office)


@ONLY_POSTGRESQL
def test_a_server_that_only_reads(filled, app, office, cluster):
    name = app.extensions["se_database"].url.database
    cluster.alter(name, "SET default_transaction_read_only = on")
    in_trouble(filled, office)
    assert filled[0].get("/readyz").status_code == 503
    cluster.alter(name, "SET default_transaction_read_only = off")
    as_before(filled, office)
