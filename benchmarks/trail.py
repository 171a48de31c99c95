"""Verifying the trail against only reading the same rows."""

import time
from collections.abc import Iterator
from typing import Any

from benchmarks.engines import Bench
from benchmarks.goals import Measured
from se_engine.actions.sealing import seal_batch
from se_engine.queries.trail import verify
from se_engine.records.trail import TrailEntry
from se_engine.rules.chain import FIELDS, entry_digest

ENTRIES = 1_000_000
CHUNK = 20_000


def measure(bench: Bench, entries: int = ENTRIES) -> Iterator[Measured]:
    _fill(bench, entries)
    begun = time.perf_counter()
    while True:
        with bench.database.session() as session:
            if not seal_batch(session):
                break
    sealing = time.perf_counter() - begun
    read = _read(bench)
    begun = time.perf_counter()
    with bench.database.snapshot() as session:
        verdict = verify(session)
    ours = time.perf_counter() - begun
    if not verdict.ok or verdict.entries < entries:
        raise AssertionError(f"the trail does not verify: {verdict}")
    what = f"verify {verdict.entries:,} trail entries"
    yield Measured(what, bench.engine, ours, "s", read, f"reading the rows; sealing took {sealing:.1f} s", 2.5, 2.0)


def _fill(bench: Bench, entries: int) -> None:
    with bench.database.session() as session:
        for start in range(0, entries, CHUNK):
            session.execute(
                TrailEntry.__table__.insert(), [_entry(i) for i in range(start, min(start + CHUNK, entries))]
            )


def _entry(number: int) -> dict[str, Any]:
    values: dict[str, Any] = dict.fromkeys(FIELDS)
    values |= {
        "recorded_at": f"2026-01-12T10:00:00.{number % 1_000_000:06d}+00:00",
        "user_id": number % 40 + 1,
        "role": "job_specialist",
        "office_id": number % 3 + 1,
        "participant_id": number % 5000 + 1,
        "case_id": number % 5000 + 1,
        "what": "task_done",
        "detail": "tasks=T1-S3,T1-M1",
        "happened_on": "2026-01-12",
    }
    raw = [None if values[field] is None else str(values[field]).encode() for field in FIELDS]
    return {**values, "digest": entry_digest(raw)}


def _read(bench: Bench) -> float:
    """The same columns of the same rows in the same order, by the bare driver, in batches."""
    connection = bench.connect()
    columns = ", ".join(("id", *FIELDS, "digest", "seal", "position"))
    statement = f"SELECT {columns} FROM trail_entries ORDER BY position"  # noqa: S608 - constant names
    begun = time.perf_counter()
    if bench.engine == "sqlite":
        cursor = connection.execute(statement)
    else:
        connection.autocommit = False
        cursor = connection.cursor(name="floor")
        cursor.execute(statement)
    while cursor.fetchmany(5_000):
        pass
    elapsed = time.perf_counter() - begun
    connection.close()
    return elapsed
