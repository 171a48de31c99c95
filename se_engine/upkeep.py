"""Whether a database is sound, a copy of it in one file, and putting such a copy back."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import URL, inspect, text

from se_engine.database import Database, append_only, current_revision, head_revision
from se_engine.records import Base
from se_engine.rules.errors import Refused

GUARDED = ("trail_entries", "participant_texts")
"""Tables of which only a part may be written later: a seal, the taking away of a text."""

TRIGGERS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'",
}


def check(database: Database) -> dict[str, Any]:
    """Migrations at head, no damage, every trigger that protects history in its place."""
    found, head = current_revision(database), head_revision()
    damage = list(_damage(database)) if found else []
    return {
        "database": database.url.get_backend_name(),
        "revision": found,
        "head": head,
        "damage": damage,
        "ok": found == head and not damage,
    }


def _damage(database: Database) -> Iterator[str]:
    with database.engine.connect() as connection:
        if database.is_sqlite:
            yield from (row[0] for row in connection.execute(text("PRAGMA integrity_check")) if row[0] != "ok")
            for row in connection.execute(text("PRAGMA foreign_key_check")):
                yield f"{row[0]}: row {row[1]} points to nothing in {row[2]}"
        else:
            invalid = text("SELECT conname FROM pg_constraint WHERE NOT convalidated")
            yield from (f"constraint {name} does not hold" for name in connection.execute(invalid).scalars())
        there = set(inspect(connection).get_table_names())
        yield from (f"table {table} is missing" for table in Base.metadata.tables if table not in there)
        triggers = set(connection.execute(text(TRIGGERS[connection.dialect.name])).scalars())
        yield from (f"trigger {name} is missing" for name in guards() if name not in triggers)


def guards() -> list[str]:
    """The triggers that keep rows as they were recorded, for the tables that each migration says are append-only."""
    return [f"{table}_no_{act}" for table in (*append_only(), *GUARDED) for act in ("update", "delete")]


def backup(database: Database, file: Path) -> None:
    """A copy of everything, taken while others go on working; a file that is there is never overwritten."""
    if file.exists():
        raise Refused("backup_exists", file=str(file))
    if not database.is_sqlite:
        _run("pg_dump", database.url, ["--format=custom", f"--file={file}"], file)
        return
    with closing(sqlite3.connect(_path(database))) as source, closing(sqlite3.connect(file)) as copy:
        source.backup(copy)


def restore(database: Database, file: Path, *, force: bool) -> None:
    """Puts a copy in the place of what the database holds; Refused for one with people in it, unless forced."""
    if not force and _holds_anything(database):
        raise Refused("database_not_empty")
    if not database.is_sqlite:
        _run("pg_restore", database.url, ["--list", str(file)], file, connect=False)
        arguments = ["--clean", "--if-exists", "--no-owner", "--single-transaction", str(file)]
        _run("pg_restore", database.url, arguments, file)
        return
    database.dispose()
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as copy:
            _check_copy(copy, file)
            with closing(sqlite3.connect(_path(database))) as target:
                copy.backup(target)
    except sqlite3.DatabaseError as fault:
        raise Refused("not_a_backup", file=str(file), fault=str(fault)) from None


def _check_copy(copy: sqlite3.Connection, file: Path) -> None:
    """Before anything is overwritten: whole, and one of ours."""
    found = copy.execute("PRAGMA integrity_check").fetchone()[0]
    if found != "ok":
        raise Refused("not_a_backup", file=str(file), fault=str(found))
    copy.execute("SELECT version_num FROM alembic_version").fetchone()


def _holds_anything(database: Database) -> bool:
    with database.engine.connect() as connection:
        there = set(inspect(connection).get_table_names())
        return any(
            connection.execute(text(f"SELECT 1 FROM {table} LIMIT 1")).first()  # noqa: S608
            for table in ("offices", "users", "participants", "trail_entries")
            if table in there
        )


def _path(database: Database) -> str:
    return database.url.database or ""


def _run(program: str, url: URL, arguments: list[str], file: Path, *, connect: bool = True) -> None:
    """PostgreSQL's own programs; the password goes by the environment, where no list of processes shows it."""
    found = shutil.which(program)
    if found is None:
        raise Refused("program_missing", program=program)
    host = url.host or url.query.get("host")
    where = {
        "PGHOST": host,
        "PGPORT": str(url.port or url.query.get("port", "")),
        "PGUSER": url.username,
        "PGPASSWORD": url.password,
    }
    environment = os.environ | {name: str(value) for name, value in where.items() if value}
    command = [found, *([f"--dbname={url.database}"] if connect else []), *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise Refused("not_a_backup", file=str(file), fault=(done.stderr.strip().splitlines() or ["?"])[-1])
