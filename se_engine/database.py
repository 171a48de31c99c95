"""The database: an embedded SQLite file or PostgreSQL, the same to everyone above."""

import os
import shutil
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError
from sqlalchemy.pool import ConnectionPoolEntry

from se_engine.keys import Keyring
from se_engine.rules.errors import Stale
from se_engine.rules.languages import ENOUGH
from se_engine.settings import ROOT, Settings

MIGRATIONS = ROOT / "migrations"
BUSY_MILLISECONDS = 10_000
ROOM = 4 * 1024 * 1024
"""Bytes without which nobody should begin to write."""
ALREADY_THERE = frozenset({"SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY", "23505"})
"""What the engines call a value that is there already and may be there once."""


class RacingSession(Session):
    """A session in which a lost race is a refusal, wherever it flushes: whoever came first is not written over."""

    def flush(self, objects: Sequence[Any] | None = None) -> None:
        try:
            super().flush(objects)
        except StaleDataError:
            raise Stale() from None
        except IntegrityError as fault:
            # Actions look before they write, so somebody else took the place in between.
            if _code_of(fault) in ALREADY_THERE:
                raise Stale() from fault
            raise


def _code_of(fault: IntegrityError) -> str | None:
    return getattr(fault.orig, "sqlstate", None) or getattr(fault.orig, "sqlite_errorname", None)


class Database:
    """Opens sessions for reading and for writing; the shell that opens one commits it, actions only flush."""

    def __init__(self, url: str, keyring: Keyring, *, interpreter_level: str = ENOUGH) -> None:
        self.url = make_url(url)
        self.engine = _sqlite(url) if self.url.get_backend_name() == "sqlite" else _postgresql(url)
        self.keyring = keyring
        self.info = {"keyring": keyring, "interpreter_level": interpreter_level}
        """What every session carries: the keys, and the office's own limit for interpreters."""
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        self._one_writer = threading.Lock()
        self._writer = self.engine.execution_options(write=True)
        self._reader = self._isolated("AUTOCOMMIT")
        self._snapshot = self._isolated("REPEATABLE READ")

    def _isolated(self, level: str) -> Engine:
        """SQLite's readers see one moment anyway."""
        return self.engine if self.is_sqlite else self.engine.execution_options(isolation_level=level)

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A transaction that may write: committed at the end, rolled back on any exception.

        SQLite lets one write at a time: threads of one process queue here in order, instead of polling its lock.
        """
        if not self.is_sqlite:
            with self._opened(self.engine) as session:
                yield session
            return
        with self._one_writer, self._opened(self._writer) as session:
            yield session

    @contextmanager
    def session_of_one_moment(self) -> Iterator[Session]:
        """The same, which sees everything as it was when it began: of two that change the same rows one fails."""
        if self.is_sqlite:
            with self.session() as session:
                yield session
            return
        with self._opened(self._snapshot) as session:
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that only reads."""
        with Session(self._reader, expire_on_commit=False, autoflush=False) as session:
            session.info.update(self.info)
            yield session

    @contextmanager
    def snapshot(self) -> Iterator[Session]:
        """A session that reads everything as it is at one moment, however long that takes."""
        with Session(self._snapshot, expire_on_commit=False, autoflush=False) as session:
            session.info.update(self.info)
            yield session

    @contextmanager
    def _opened(self, engine: Engine) -> Iterator[Session]:
        with RacingSession(engine, expire_on_commit=False) as session:
            session.info.update(self.info)
            with session.begin():
                yield session

    def dispose(self) -> None:
        self.engine.dispose()


def open_database(url: str, master: bytes, *, interpreter_level: str = ENOUGH) -> Database:
    return Database(url, Keyring(master), interpreter_level=interpreter_level)


def for_reports(settings: Settings) -> Database | None:
    """The replica that reports are read from, where there is one."""
    if not settings.report_database_url:
        return None
    return open_database(settings.report_database_url, settings.master, interpreter_level=settings.interpreter_level)


def from_settings(settings: Settings) -> Database:
    url = make_url(settings.url)
    if url.get_backend_name() == "sqlite" and url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    return open_database(settings.url, settings.master, interpreter_level=settings.interpreter_level)


def _sqlite(url: str) -> Engine:
    engine = create_engine(
        url,
        hide_parameters=True,  # a fault must not write names into a log
        connect_args={"timeout": BUSY_MILLISECONDS / 1000, "check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: DBAPIConnection, record: ConnectionPoolEntry) -> None:
        raw: Any = connection
        raw.isolation_level = None  # the driver would begin by itself, too late and too weakly
        for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL", "cache_size=-16000"):
            raw.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # Two that read and then write would both hold a read lock and one would lose its work.
        writes = connection.get_execution_options().get("write")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _postgresql(url: str) -> Engine:
    return create_engine(
        url,
        hide_parameters=True,  # a fault must not write names into a log
        pool_pre_ping=True,
        connect_args={
            "prepare_threshold": None,  # works behind PgBouncer
            "connect_timeout": 3,
            "keepalives_idle": 2,
            "keepalives_interval": 1,
            "keepalives_count": 3,
            "tcp_user_timeout": 3000,
        },
    )


def _alembic(url: str) -> Any:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["url"] = url
    return config


def upgrade(url: str, revision: str = "head") -> None:
    """Brings the tables to the newest migration."""
    from alembic import command

    command.upgrade(_alembic(url), revision)


def downgrade(url: str, revision: str) -> None:
    from alembic import command

    command.downgrade(_alembic(url), revision)


def append_only() -> tuple[str, ...]:
    """The tables whose rows triggers keep from being changed or deleted, as each migration names its own."""
    from alembic.script import ScriptDirectory

    revisions = ScriptDirectory(str(MIGRATIONS)).walk_revisions()
    return tuple(table for revision in revisions for table in getattr(revision.module, "APPEND_ONLY", ()))


def head_revision() -> str:
    """The newest migration there is, as checked in beside the migrations."""
    return (MIGRATIONS / "HEAD").read_text().strip()


def current_revision(database: Database) -> str | None:
    """The migration the tables stand at; None for an empty database."""
    from sqlalchemy.exc import DBAPIError

    try:
        with database.engine.connect() as connection:
            return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    except DBAPIError:
        return None


def takes_writes(database: Database) -> bool:
    """Whether there is leave and room to write; looked at, not tried, so that it waits for nobody."""
    if not database.is_sqlite:
        with database.engine.connect() as connection:
            return connection.execute(text("SHOW transaction_read_only")).scalar() == "off"
    file = Path(database.url.database or "")
    return (
        all(os.access(place, os.W_OK) for place in (file, file.parent)) and shutil.disk_usage(file.parent).free > ROOM
    )
