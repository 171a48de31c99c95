"""Fixtures: one application for test after test, lent with a test's own database and given back as it was.

Putting its routes and templates together takes longer than what most tests ask of it. A view or a setting that a test
puts in another's place is back afterwards; for a hook, or another way to be put together, it makes its own by
`create_app`.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.databases import MASTER_KEY

if TYPE_CHECKING:
    from flask import Flask

    from se_engine.database import Database
    from se_engine.settings import Settings

NOWHERE = "sqlite://"


def settings_for(url: str) -> Settings:
    from se_engine.settings import Settings

    master = base64.b64encode(MASTER_KEY).decode()
    return Settings(database_url=url, master_key=master, secret_key="only for tests")


@pytest.fixture(scope="session")
def built() -> Flask:
    """Put together once for each worker of the test run; whoever wants to ask it something has it lent."""
    from web import create_app

    return create_app(settings_for(NOWHERE))


@contextmanager
def lent(app: Flask, database: Database) -> Iterator[Flask]:
    """The application at work on this database, and on no other meanwhile."""
    assert app.config["SE_SETTINGS"].database_url == NOWHERE, "it is lent to somebody else"
    changed: tuple[dict[str, Any], ...] = (app.config, app.extensions, app.view_functions)
    before = [dict(kept) for kept in changed]
    app.config["SE_SETTINGS"] = settings_for(database.url.render_as_string(hide_password=False))
    app.extensions["se_database"] = database
    yield app
    for kept, values in zip(changed, before, strict=True):
        kept.clear()
        kept.update(values)


@pytest.fixture
def settings(database_url: str) -> Settings:
    """For an application that differs in one of them."""
    return settings_for(database_url)


@pytest.fixture
def app(built: Flask, database: Database) -> Iterator[Flask]:
    """With the test's own database: its engine knows how statements are put together."""
    with lent(built, database) as app:
        yield app
