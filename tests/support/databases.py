"""Fixtures: a fresh, migrated database for each test, on SQLite and on PostgreSQL.

What knows SQLAlchemy is imported where it is used: the tests of rules and measures start without it.
"""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.cleaned import KEPT, TEMPLATE, Cleaned
from tests.support.postgres import Cluster, find_binaries, running_cluster
from tests.support.required import skip_or_fail

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from se_engine.database import Database

MASTER_KEY = bytes(range(32))
numbers = itertools.count(1)


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Migrating takes longer than a test, copying a file does not."""
    from se_engine.database import upgrade

    path = tmp_path_factory.mktemp("sqlite") / "migrated.sqlite3"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """One PostgreSQL server for each worker of the test run, with no database but the system's."""
    binaries = find_binaries()
    if binaries is None:
        skip_or_fail("PostgreSQL (initdb, pg_ctl)", "SE_REQUIRE_POSTGRES")
    with running_cluster(binaries) as cluster:
        yield cluster


@pytest.fixture(scope="session")
def migrated_cluster(cluster: Cluster) -> Cluster:
    from se_engine.database import upgrade

    upgrade(cluster.create(TEMPLATE))
    return cluster


@pytest.fixture(params=["sqlite", "postgresql"])
def engine_name(request: pytest.FixtureRequest) -> str:
    """Both, always. For what belongs to one of them: `parametrize("engine_name", ["sqlite"], indirect=True)`."""
    return request.param


@pytest.fixture
def database_url(engine_name: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """A migrated database for this test, with nothing in it."""
    if engine_name == "sqlite":
        migrated: Path = request.getfixturevalue("migrated_file")
        path = migrated.with_name("test.sqlite3")
        for left in path.parent.glob(f"{path.name}*"):
            left.unlink()
        shutil.copyfile(migrated, path)
        yield f"sqlite:///{path}"
    else:
        cleaned: Cleaned = request.getfixturevalue("cleaned")
        yield cleaned.url()
        cleaned.clean()


@pytest.fixture(scope="session")
def cleaned(migrated_cluster: Cluster) -> Iterator[Cleaned]:
    cleaned = Cleaned(migrated_cluster)
    yield cleaned
    cleaned.close()


@pytest.fixture
def empty_database_url(engine_name: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """A database without a table, for what migrates it itself."""
    if engine_name == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.sqlite3'}"
    else:
        cluster = request.getfixturevalue("cluster")
        name = f"empty_{next(numbers)}"
        yield cluster.create(name)
        cluster.drop(name)


@pytest.fixture(scope="session")
def opened_databases() -> Iterator[dict[str, Database]]:
    """What was opened under an address that test after test has: its engine remembers how statements are put together,
    and PostgreSQL's connections what they have read about the tables. Both take longer than an ordinary test."""
    opened: dict[str, Database] = {}
    yield opened
    for database in opened.values():
        database.dispose()


@pytest.fixture
def database(database_url: str, opened_databases: dict[str, Database]) -> Iterator[Database]:
    if database_url not in opened_databases:
        opened_databases[database_url] = kept_open(database_url)
    database = opened_databases[database_url]
    info = dict(database.info)
    yield database
    database.info = info  # a test's own clock is not the next one's
    if database.is_sqlite or database.engine.pool.checkedout():
        database.dispose()


def kept_open(url: str) -> Database:
    from sqlalchemy import event

    from se_engine.database import open_database

    database = open_database(url, MASTER_KEY)
    if not database.is_sqlite:

        @event.listens_for(database.engine, "connect")
        def name(connection: Any, record: object) -> None:
            connection.execute(f"SET application_name = '{KEPT}'")
            connection.commit()

    return database


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """What a test leaves uncommitted is rolled back: a failed flush must not fail a second time here."""
    with database.session() as session:
        yield session
        session.rollback()
