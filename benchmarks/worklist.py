"""The worklist, 50 rows with counts: against a static answer of the same server, and with a hundred times as many."""

import os
import statistics
import time
from collections.abc import Iterator
from itertools import cycle

from sqlalchemy import event

from benchmarks.engines import Bench
from benchmarks.goals import Measured
from benchmarks.population import fill
from benchmarks.served import Served, fresh_database, served, settings_of, sign_in
from se_engine.database import Database
from se_engine.settings import Settings

FEW = 10_000
MANY = 1_000_000 if os.environ.get("SE_BENCH_FULL") else 200_000
PEOPLE = 10
ROUNDS = 300
STATIC = "/healthz"


def measure(bench: Bench) -> Iterator[Measured]:
    with fresh_database(bench, "worklist_few") as few, fresh_database(bench, "worklist_many") as many:
        small, large = fill(few, FEW), fill(many, MANY)
        specialists = signed_in(few, small.specialists(PEOPLE)), signed_in(many, large.specialists(PEOPLE))
        supervisors = signed_in(few, small.supervisors(PEOPLE)), signed_in(many, large.supervisors(PEOPLE))
        with served(few) as here, served(many) as there:
            yield from _pages("worklist, 50 rows", bench, here, there, *specialists)
            yield from _pages("the same, a supervisor's 1,200", bench, here, there, *supervisors)
        # Signed in just now: once a minute a page also writes down that somebody was seen.
        (cookie,) = signed_in(few, small.specialists(1))
        yield Measured("statements in a worklist", bench.engine, _statements(few, cookie), "", None, "counted", 6)


def signed_in(database: Database, users: list[int]) -> list[str]:
    return [sign_in(database, user_id) for user_id in users]


def _pages(what: str, bench: Bench, here: Served, there: Served, few: list[str], many: list[str]) -> Iterator[Measured]:
    """All in turns, so that a slow moment of the machine falls on each."""
    static, small, large = [], [], []
    for number, one, other in zip(range(-len(few), ROUNDS), cycle(few), cycle(many), strict=False):
        taken = timed(here, STATIC), timed(here, "/", one), timed(there, "/", other)
        if number >= 0:  # before that everybody comes once, unmeasured
            for times, time_taken in zip((static, small, large), taken, strict=True):
                times.append(time_taken)
    floor = f"static answer; {len(here.get('/', few[0])) // 1000} kB"
    yield Measured(what, bench.engine, statistics.median(small), "ms", statistics.median(static), floor, 15, 9)
    among = f"p95 among {FEW:,}; median {statistics.median(large):.1f} against {statistics.median(small):.1f}"
    yield Measured(f"… p95 among {MANY:,}", bench.engine, p95(large), "ms", p95(small), among, 1.3, 1.15)


def timed(server: Served, path: str, cookie: str = "") -> float:
    begun = time.perf_counter()
    server.get(path, cookie)
    return (time.perf_counter() - begun) * 1000


def p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def _statements(database: Database, cookie: str) -> float:
    """Those of the whole page, with the look-up of who asks."""
    from web import create_app

    told = {name.removeprefix("SE_").lower(): value for name, value in settings_of(database).items()}
    app = create_app(Settings(**told))  # type: ignore[arg-type]  # all of them are text
    seen: list[str] = []
    mine = app.extensions["se_database"]

    def note(connection: object, cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith("BEGIN"):
            seen.append(statement)

    event.listen(mine.engine, "before_cursor_execute", note)
    name, _, token = cookie.partition("=")
    client = app.test_client()
    client.set_cookie(name, token)
    if client.get("/").status_code != 200:
        raise AssertionError("no worklist")
    mine.dispose()
    return float(len(seen))
