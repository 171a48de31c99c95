"""A fresh, migrated and durable database on each engine, and the people a benchmark needs in it."""

import contextlib
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import psycopg

from se_engine import database
from se_engine.actions import cases, participants, people
from se_engine.database import Database, open_database
from se_engine.rules.roles import OPERATOR
from tests.support.postgres import DURABLE, OWNER, find_binaries, running_cluster

MASTER = bytes(range(32))
OPENED = date(2026, 1, 5)


@dataclass(frozen=True)
class Bench:
    """One engine: the product's database and a way to the bare driver on the same data."""

    engine: str
    database: Database
    connect: Callable[[], Any]


@contextlib.contextmanager
def both_engines() -> Iterator[list[Bench]]:
    with tempfile.TemporaryDirectory(prefix="se-bench-") as folder, contextlib.ExitStack() as stack:
        path = Path(folder) / "bench.sqlite"
        benches = [_bench("sqlite", f"sqlite:///{path}", lambda: _sqlite(path))]
        binaries = find_binaries()
        if binaries is None:
            print("PostgreSQL was not found: its half of the table is missing.")
        else:
            cluster = stack.enter_context(running_cluster(binaries, settings=DURABLE))
            url = cluster.create("bench")
            host = str(cluster.folder)
            benches.append(
                _bench(
                    "postgresql",
                    url,
                    lambda: psycopg.connect(
                        host=host, user=OWNER, dbname="bench", autocommit=True, prepare_threshold=None
                    ),
                )
            )
        yield benches
        for bench in benches:
            bench.database.dispose()


def _bench(engine: str, url: str, connect: Callable[[], Any]) -> Bench:
    database.upgrade(url)
    return Bench(engine, open_database(url, MASTER), connect)


def _sqlite(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, timeout=10)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def open_cases(bench: Bench, number: int, *, office: str) -> list[int]:
    """So many cases in the first step, in an office of their own."""
    with bench.database.session() as session:
        office_id = people.add_office(session, OPERATOR, office).id
        opened = []
        for i in range(number):
            person = participants.register(
                session, OPERATOR, office_id, ref=f"B{i}", given_name="Prøve", family_name="Person"
            )
            opened.append(cases.open_case(session, OPERATOR, person.id, opened_on=OPENED).id)
    return opened
