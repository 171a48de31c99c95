"""Importing participants with their history, against the bare driver writing the same rows into the same tables."""

import csv
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from benchmarks.bare import transaction, write
from benchmarks.engines import Bench
from benchmarks.goals import Measured
from benchmarks.population import IN_OFFICE, SPECIALISTS
from benchmarks.served import fresh_database, settings_of
from se_engine.database import Database
from se_engine.exchange.bulk import COLUMNS

PARTICIPANTS = 100_000 if os.environ.get("SE_BENCH_FULL") else 10_000
START = date(2020, 1, 1)
DIRECTORY = ("offices", "users")
PERSON = (
    "participant_ref", "given_name", "family_name", "birth_year", "sex", "languages", "interpreter_language",
    "norwegian_listening", "norwegian_reading", "norwegian_speaking", "norwegian_writing", "scheme", "office",
    "job_specialist", "referred_on",
)  # fmt: skip
EVENT = (
    "participant_ref", "office", "event", "happened_on", "step", "reason", "waiting_for", "recorded_on", "job_ref",
    "employer", "answer", "evidence",
)  # fmt: skip


Kept = tuple[str, tuple[str, ...], list[Any]]


def measure(bench: Bench) -> Iterator[Measured]:
    with fresh_database(bench, "imported") as imported, fresh_database(bench, "copied") as copied:
        with tempfile.TemporaryDirectory(prefix="se-import-") as folder:
            people, events = _files(Path(folder))
            told = _imported(imported, people, events)
        kept = list(_kept(imported))
        rows = sum(len(found) for *_, found in kept)
        floor = _written(copied, kept)
    what = f"import {PARTICIPANTS:,} with history"
    beside = f"{'executemany' if imported.is_sqlite else 'COPY'} of the same {rows:,} rows"
    yield Measured(
        what, bench.engine, rows / told["seconds"], "rows/s", rows / floor, beside, 0.25, larger_is_better=True
    )
    yield Measured("… peak memory", bench.engine, told["peak"], "MiB", None, "own process", 250)


def _files(folder: Path) -> tuple[Path, Path]:
    """Offices of 2,000; some ten events a participant, as the ways through the service go."""
    people, events, chance = folder / "participants.csv", folder / "history.csv", random.Random(1)  # noqa: S311
    with people.open("w", newline="") as first, events.open("w", newline="") as second:
        persons, history = csv.writer(first), csv.DictWriter(second, EVENT)
        persons.writerow(PERSON)
        history.writeheader()
        for i in range(PARTICIPANTS):
            turn, place = divmod(i, PARTICIPANTS // IN_OFFICE)
            ref, office, day = f"P{i}", f"Kontor {place}", START + timedelta(days=i % 1500)
            mail = f"ansatt{turn % SPECIALISTS}.{place}@example.org"
            persons.writerow((ref, f"Fornavn{i}", f"Etternavn{i}", 1970 + i % 35, ("female", "male")[i % 2],
                              "ar;en" if i % 3 else "ti", "ar" if i % 3 else "none", "A1", "A2", "B1", "A1",
                              "nav_follow_up", office, mail, day.isoformat()))  # fmt: skip
            for event in _way(chance):
                day += timedelta(days=event.pop("after", 0))
                history.writerow({"participant_ref": ref, "office": office, "happened_on": day.isoformat(), **event})
    return people, events


def _way(chance: random.Random) -> Iterator[dict[str, Any]]:
    yield {"event": "opened"}
    yield {"event": "entered", "step": "profiling", "after": chance.randint(3, 20)}
    if chance.random() < 0.5:
        yield {"event": "waiting_started", "waiting_for": "nav", "after": chance.randint(1, 10)}
        yield {"event": "waiting_ended", "after": chance.randint(5, 40)}
    yield {"event": "entered", "step": "job_finding", "after": chance.randint(10, 60)}
    if chance.random() < 0.3:
        yield {"event": "paused", "reason": "sickness", "after": chance.randint(1, 10)}
        yield {"event": "resumed", "reason": "sickness", "after": chance.randint(5, 30)}
    yield {"event": "entered", "step": "employer_engagement", "after": chance.randint(10, 60)}
    if chance.random() < 0.6:
        yield {"event": "entered", "step": "job_support", "after": chance.randint(10, 40)}
        yield {"event": "job_started", "job_ref": "1", "employer": f"Bedrift {chance.randint(1, 40)}"}
        yield {"event": "entered", "step": "follow_up", "after": chance.randint(30, 90)}
        yield {"event": "checked", "job_ref": "1", "answer": "this_job", "evidence": "own_words", "after": 60}
    if chance.random() < 0.7:
        yield {"event": "ended", "reason": "work", "after": chance.randint(5, 60)}


def _imported(database: Database, people: Path, events: Path) -> dict[str, float]:
    """In a process of its own: what it needs at most can be asked of it afterwards."""
    command = [sys.executable, "-m", "benchmarks.importing", str(people), str(events)]
    done = subprocess.run(command, env={**os.environ, **settings_of(database)}, check=True, stdout=subprocess.PIPE)
    told: dict[str, float] = json.loads(done.stdout)
    return told


def _import_here(people: Path, events: Path) -> None:
    from se_engine.database import from_settings
    from se_engine.exchange.history import import_history
    from se_engine.exchange.participants import import_participants
    from se_engine.rules.roles import OPERATOR
    from se_engine.settings import Settings

    database = from_settings(Settings())
    begun = time.perf_counter()
    with database.session() as session:
        first = import_participants(session, OPERATOR, people, create=True)
    with database.session() as session:
        second = import_history(session, OPERATOR, events)
    seconds = time.perf_counter() - begun
    if first.faults or second.faults:
        raise AssertionError([fault.text("en") for fault in (*first.faults, *second.faults)][:5])
    print(json.dumps({"seconds": seconds, "peak": _peak()}))


def _peak() -> float:
    """MiB. getrusage would count what the process that started this one held before."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024


def _kept(database: Database) -> Iterator[Kept]:
    """Every row the import wrote, by table, with the columns it gave."""
    with database.engine.connect() as connection:
        for table in (*DIRECTORY, *COLUMNS):
            wanted = ", ".join(COLUMNS.get(table, ("*",)))
            found = connection.exec_driver_sql(f"SELECT {wanted} FROM {table}")  # noqa: S608 - constant names
            yield table, tuple(found.keys()), [tuple(row) for row in found]


def _written(database: Database, kept: list[Kept]) -> float:
    """Seconds the bare driver takes for the same rows: the same indexes, keys and checks, one durable commit."""
    begun = time.perf_counter()
    with transaction(database) as connection:
        for table, columns, rows in kept:
            write(connection, table, columns, rows)
    return time.perf_counter() - begun


if __name__ == "__main__":
    _import_here(*map(Path, sys.argv[1:]))
