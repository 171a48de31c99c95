"""Offices full of participants, written with the bare driver: large populations for the pages, nothing like a life."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from benchmarks.bare import transaction, write
from benchmarks.engines import MASTER
from se_engine import processes
from se_engine.database import Database
from se_engine.keys import Keyring, digest, new_salt

IN_OFFICE = 2_000
RUNNING = 1_200
SPECIALISTS = 20
CASELOAD = RUNNING // SPECIALISTS
"""60: more than a page, so that the page is full and has a next one."""
CHUNK = 10_000
Row = tuple[Any, ...]

OFFICES = ("id", "name", "template", "threshold")
USERS = ("id", "email", "name", "role", "office_id", "language", "active", "created_at", "version")
PARTICIPANTS = (
    "id", "office_id", "ref", "sealed_key", "name_id", "birth_year", "interpreter_need", "interpreter_language",
    "protected", "specialist_id", "recorded_at", "version",
)  # fmt: skip
NAMES = ("id", "participant_id", "kind", "sealed", "salt", "digest", "recorded_at")
CASES = (
    "id", "participant_id", "office_id", "owner_id", "process_name", "process_version", "template", "protected", "step",
    "status", "opened_on", "entered_on", "ended_on", "end_reason", "visit", "last_event_on", "last_contact_on",
    "waiting_for", "waiting_since", "pause_reason", "paused_since", "next_on", "version",
)  # fmt: skip


@dataclass(frozen=True)
class Population:
    offices: int

    def specialists(self, number: int) -> list[int]:
        """So many accounts, spread over the offices."""
        return [self._first_of(i) + i for i in range(number)]

    def supervisors(self, number: int) -> list[int]:
        return [self._first_of(i) + SPECIALISTS for i in range(number)]

    def _first_of(self, i: int) -> int:
        """Far from each other, in every office once before any is visited again."""
        return i * 7 % self.offices * (SPECIALISTS + 1) + 1


def fill(database: Database, participants: int) -> Population:
    """So many participants with one case each, in offices of 2,000 with twenty specialists and a supervisor."""
    population = Population(participants // IN_OFFICE)
    right_now = datetime.now(UTC)
    today, moment = right_now.date(), right_now.strftime("%Y-%m-%d %H:%M:%S.%f")
    keyring, version = Keyring(MASTER), processes.latest().version
    steps = [step.key for step in processes.latest().steps if not step.final]
    offices = range(population.offices)
    # Without foreign keys: a participant and her name point at each other.
    unchecked = "PRAGMA foreign_keys = OFF" if database.is_sqlite else "SET session_replication_role = replica"
    with transaction(database, unchecked) as connection:
        write(
            connection, "offices", OFFICES, ((number + 1, f"Kontor {number + 1}", "standard", 5) for number in offices)
        )
        write(connection, "users", USERS, (row for office in offices for row in _accounts(office, moment)))
        for start in range(0, participants, CHUNK):
            some = range(start, min(start + CHUNK, participants))
            keys = {i: keyring.new_key() for i in some}
            write(connection, "participants", PARTICIPANTS, (_participant(i, keys[i], moment) for i in some))
            write(connection, "participant_texts", NAMES, (name_of(keyring, i, keys[i], moment) for i in some))
            write(connection, "cases", CASES, (case_row(i, today, steps, version) for i in some))
    if not database.is_sqlite:  # as its own upkeep would have done by now
        with database.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as upkeep:
            upkeep.exec_driver_sql("VACUUM ANALYZE")
    return population


def _accounts(office: int, moment: str) -> Iterator[Row]:
    first = office * (SPECIALISTS + 1) + 1
    for number in range(first, first + SPECIALISTS + 1):
        role = "supervisor" if number == first + SPECIALISTS else "job_specialist"
        yield number, f"ansatt{number}@example.org", f"Ansatt {number}", role, office + 1, "nb", True, moment, 1


def _participant(i: int, key: bytes, moment: str) -> Row:
    language = "ar" if i % 3 == 0 else None
    return (
        i + 1, i // IN_OFFICE + 1, f"P{i + 1}", key, i + 1, None if i % 11 == 0 else 1970 + i % 35,
        "yes" if language else "no", language, _protected(i), _owner(i), moment, 1,
    )  # fmt: skip


def _protected(i: int) -> bool:
    return i % 100 == 99


def _owner(i: int) -> int:
    return i // IN_OFFICE * (SPECIALISTS + 1) + 1 + i % SPECIALISTS


def name_of(keyring: Keyring, i: int, key: bytes, moment: str) -> Row:
    words, salt = f"Fornavn{i}\nEtternavn{i}", new_salt()
    return i + 1, i + 1, "name", keyring.seal(key, words, name="name"), salt, digest(salt, words), moment


def case_row(i: int, today: date, steps: list[str], version: int) -> Row:
    """Six in ten run; of these a fifth wait, a tenth have paused, the rest are due before or after today."""
    runs, turn = i % IN_OFFICE < RUNNING, i // SPECIALISTS
    waits, paused = runs and turn % 10 in (1, 2), runs and turn % 10 == 3
    opened, entered = today - timedelta(days=90 + turn % 300), today - timedelta(days=turn % 90)
    next_on = today + timedelta(days=turn % 40 - 10) if waits or paused else None
    return (
        i + 1, i + 1, i // IN_OFFICE + 1, _owner(i), processes.SUPPORTED_EMPLOYMENT, version, "standard", _protected(i),
        steps[turn % len(steps)] if runs else "ended", "paused" if paused else "active" if runs else "ended", opened,
        entered, None if runs else entered, None if runs else "work", 1 + turn % 6, entered,
        today - timedelta(days=turn % 25), "nav" if waits else None, entered if waits else None,
        "sickness" if paused else None, entered if paused else None, next_on, 1,
    )  # fmt: skip
