"""The bare driver on a product's database: a durable connection, and many rows by its quickest way."""

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import psycopg

from se_engine.database import Database


@contextlib.contextmanager
def transaction(database: Database, *before: str) -> Iterator[Any]:
    """One transaction, committed at the end; `before` are statements that prepare the connection."""
    url = database.url
    if database.is_sqlite:
        connection: Any = sqlite3.connect(str(url.database), isolation_level=None)
        before = ("PRAGMA synchronous = FULL", "PRAGMA foreign_keys = ON", *before, "BEGIN IMMEDIATE")
    else:
        connection = psycopg.connect(host=str(url.query["host"]), user=url.username, dbname=url.database)
    for statement in before:
        connection.execute(statement)
    yield connection
    connection.execute("COMMIT")
    connection.close()


def write(connection: Any, table: str, columns: Iterable[str], rows: Iterable[Iterable[Any]]) -> None:
    names = tuple(columns)
    if isinstance(connection, psycopg.Connection):
        with connection.cursor().copy(f"COPY {table} ({', '.join(names)}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(tuple(row))
        return
    places = ", ".join("?" * len(names))
    statement = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({places})"  # noqa: S608 - constant names
    connection.executemany(statement, map(_as_kept, rows))


def _as_kept(row: Iterable[Any]) -> list[Any]:
    return [value.isoformat() if isinstance(value, date) else value for value in row]
