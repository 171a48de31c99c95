"""The pages of a job specialist's day: among a hundred thousand participants as quick as among ten thousand."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import cycle

from benchmarks.bare import transaction, write
from benchmarks.engines import MASTER, Bench
from benchmarks.goals import Measured
from benchmarks.population import (
    CASES,
    IN_OFFICE,
    NAMES,
    PARTICIPANTS,
    RUNNING,
    SPECIALISTS,
    Population,
    Row,
    case_row,
    fill,
    name_of,
)
from benchmarks.served import Served, fresh_database, served
from benchmarks.worklist import p95, signed_in, timed
from se_engine import processes
from se_engine.database import Database
from se_engine.keys import Keyring

FEW, MANY = 10_000, 100_000
PEOPLE = 10
ROUNDS = 100
PLACES, REFERRALS = 100, 20
"""Employers, and people in the inbox, of each office."""
EMPLOYERS = ("id", "office_id", "name", "stage", "recorded_at")
STAYS = ("id", "case_id", "office_id", "process_name", "ordinal", "step", "entered_on")
CONTACTS = (
    "id", "office_id", "case_id", "user_id", "kind", "channel", "status", "happened_on", "starts_at", "minutes",
    "participant_present", "shared", "recorded_by", "recorded_at", "source", "version",
)  # fmt: skip


def measure(bench: Bench) -> Iterator[Measured]:
    with fresh_database(bench, "pages_few") as few, fresh_database(bench, "pages_many") as many:
        small, large = _filled(few, FEW), _filled(many, MANY)
        cookies = signed_in(few, small.specialists(PEOPLE)), signed_in(many, large.specialists(PEOPLE))
        cases = [_case_of(user) for user in small.specialists(PEOPLE)], [_case_of(u) for u in large.specialists(PEOPLE)]
        with served(few) as here, served(many) as there:
            for path in ("/today", "/employers", "/referrals", "/cases/{case}"):
                paths = [[path.format(case=case) for case in some] for some in cases]
                yield _page(bench, path, (here, paths[0], cookies[0]), (there, paths[1], cookies[1]))


Visits = tuple[Served, list[str], list[str]]


def _page(bench: Bench, path: str, few: Visits, many: Visits) -> Measured:
    """In turns, so that a slow moment of the machine falls on both; everybody comes once before that, unmeasured."""
    taken: tuple[list[float], list[float]] = ([], [])
    turns = zip(*(cycle(zip(paths, cookies, strict=True)) for _server, paths, cookies in (few, many)), strict=False)
    for number, visits in zip(range(-PEOPLE, ROUNDS), turns, strict=False):
        for times, (server, *_rest), (asked, cookie) in zip(taken, (few, many), visits, strict=True):
            time_taken = timed(server, asked, cookie)
            if number >= 0:
                times.append(time_taken)
    small, large = map(p95, taken)
    return Measured(f"{path}, p95 among {MANY:,}", bench.engine, large, "ms", small, f"p95 among {FEW:,}", 1.3, 1.15)


def _case_of(user_id: int) -> int:
    """The first case of this job specialist."""
    office, place = divmod(user_id - 1, SPECIALISTS + 1)
    return office * IN_OFFICE + place + 1


def _filled(database: Database, participants: int) -> Population:
    """The population of the worklist, with what these pages list besides."""
    population = fill(database, participants)
    right_now = datetime.now(UTC)
    today, moment = right_now.date(), right_now.strftime("%Y-%m-%d %H:%M:%S.%f")
    places = range(population.offices * PLACES)
    running = [i for i in range(participants) if i % IN_OFFICE < RUNNING]
    waiting = range(population.offices * REFERRALS)
    keyring = Keyring(MASTER)
    keys = [keyring.new_key() for _ in waiting]
    unchecked = "PRAGMA foreign_keys = OFF" if database.is_sqlite else "SET session_replication_role = replica"
    version = processes.latest().version
    steps = [step.key for step in processes.latest().steps if not step.final]
    with transaction(database, unchecked) as connection:
        stays = (_stay(i, case_row(i, today, steps, version)) for i in running)
        write(connection, "step_periods", STAYS, stays)
        write(connection, "employers", EMPLOYERS, (_employer(i, moment) for i in places))
        write(connection, "contacts", CONTACTS, (row for i in running for row in _contacts(i, today, moment)))
        names = (name_of(keyring, participants + i, keys[i], moment) for i in waiting)
        write(connection, "participants", PARTICIPANTS, (_referred(i, participants, keys[i], moment) for i in waiting))
        write(connection, "participant_texts", NAMES, names)
    if not database.is_sqlite:
        with database.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as upkeep:
            upkeep.exec_driver_sql("VACUUM ANALYZE")
    return population


def _stay(i: int, row: Row) -> Row:
    """The one she is in: a page about a case counts its days."""
    case = dict(zip(CASES, row, strict=True))
    return i + 1, case["id"], case["office_id"], case["process_name"], case["visit"], case["step"], case["entered_on"]


def _employer(i: int, moment: str) -> Row:
    return i + 1, i // PLACES + 1, f"Bedrift {i + 1} AS", ("new", "explored", "open")[i % 3], moment


def _contacts(i: int, today: date, moment: str) -> Iterator[Row]:
    """Three that were, and for every tenth case of a job specialist one that is to be today."""
    office, owner = i // IN_OFFICE + 1, i // IN_OFFICE * (SPECIALISTS + 1) + 1 + i % SPECIALISTS
    for number in range(3):
        told = today - timedelta(days=1 + number * 7 + i % 7)
        yield (
            i * 4 + number + 1, office, i + 1, owner, "participant", "in_person", "held", told, None, 45, "yes", True,
            owner, moment, "app", 1,
        )  # fmt: skip
    if i // SPECIALISTS % 10 == 0:
        yield (
            i * 4 + 4, office, i + 1, owner, "participant", "in_person", "planned", today,
            f"{8 + i // SPECIALISTS // 10 % 8:02}:00", 45, None, True, owner, moment, "app", 1,
        )  # fmt: skip


def _referred(i: int, participants: int, key: bytes, moment: str) -> Row:
    number = participants + i + 1
    return (
        number, i // REFERRALS + 1, f"H{i + 1}", key, number, 1970 + i % 35, "yes", "ti", False, None, moment, 1,
    )  # fmt: skip
