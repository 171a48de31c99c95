"""Time per step among a million stays: from the database, against numpy and lifelines on rows already in memory."""

import gc
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from benchmarks.engines import Bench
from benchmarks.goals import Measured
from benchmarks.served import fresh_database, settings_of
from benchmarks.visits import AS_OF, OFFICES, fill
from se_engine.actions.kept_counts import count_anew
from se_engine.database import Database
from se_engine.measures.days import Days
from se_engine.measures.stays import Tally
from se_engine.measures.survival import product_limit_of
from se_engine.queries.counted_stays import Counted, count_stays
from se_engine.queries.report_questions import Question, ask
from se_engine.queries.time_per_step import time_per_step, uncollected
from se_engine.rules.roles import OPERATOR

VISITS = 1_000_000
FEW, MANY, MOST = 10_000, 100_000, 5_000_000
ROUNDS = 7
ONE_DAY = timedelta(days=1)
PEER = Path(__file__).with_name("peers") / "numbers"
PYTHON = PEER / ".venv" / "bin" / "python"
EVERYBODY = Question(as_of=AS_OF, threshold=0)
BY_OFFICE = Question(as_of=AS_OF, threshold=0, by="office")


def measure(bench: Bench) -> Iterator[Measured]:
    gc.freeze()  # as the server does before it answers
    taken = {}
    for visits in (FEW, MANY):
        with _nation(bench, visits) as database:
            taken[visits] = _median(database, EVERYBODY)
    with _nation(bench, VISITS) as database:
        taken[VISITS] = _median(database, EVERYBODY)
        if PYTHON.exists():
            yield from _beside_peers(bench, database)
        else:
            print(f"numpy and lifelines are not compared: there is no {PYTHON.parent.parent}.", file=sys.stderr)
        before = _median(database, replace(EVERYBODY, as_of=AS_OF - ONE_DAY))
        yield Measured(
            "… as of the day before, from the stays", bench.engine, before, "s", taken[VISITS], "the same kept", 100
        )
        yield Measured("… memory above idle", bench.engine, _memory(database), "MiB", None, "own process", 64)
    if os.environ.get("SE_BENCH_FULL"):
        with _nation(bench, MOST) as database:
            taken[MOST] = _median(database, EVERYBODY)
    for visits in (FEW, VISITS, *([MOST] if MOST in taken else [])):
        yield Measured(
            f"time per step, {visits:,} stays", bench.engine, taken[visits], "s", taken[MANY], f"{MANY:,} stays", 4, 2.5
        )


@contextmanager
def _nation(bench: Bench, visits: int) -> Iterator[Database]:
    """So many stays, and the counts of them as tick keeps them."""
    with fresh_database(bench, f"visits_{visits}") as database:
        fill(database, visits)
        with database.session_of_one_moment() as session:
            count_anew(session)
        yield database


def _median(database: Database, question: Question) -> float:
    _asked(database, question)
    return statistics.median(_seconds(lambda: _asked(database, question)) for _ in range(ROUNDS))


def _asked(database: Database, question: Question) -> dict[str, Any]:
    with database.snapshot() as session:
        return time_per_step(session, OPERATOR, question)


@uncollected()
def _answered(database: Database, question: Question) -> None:
    """As the server does, which looks for rubbish when it has let go of the answer."""
    _asked(database, question)


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _beside_peers(bench: Bench, database: Database) -> Iterator[Measured]:
    counted = _counts(database)
    tallies = _tallies(counted)
    all_days = Days.of(one for tally in tallies.values() for one in tally.days.counts())
    ours: dict[str, Callable[[], object]] = {
        "kernel": lambda: product_limit_of(all_days),
        "report": lambda: _answered(database, EVERYBODY),
        "by_office": lambda: _answered(database, BY_OFFICE),
    }
    taken: dict[str, list[float]] = defaultdict(list)
    with _peer(tallies) as peer:
        _compare(tallies, peer("curves"))
        _compare_tests(counted, peer("log_ranks"))
        # In turns, so that a slow moment of the machine falls on all; the first turn only warms up.
        for turn in range(-1, ROUNDS):
            for name, work in ours.items():
                taken[name].append(_seconds(work)) if turn >= 0 else work()
            for name in ("numpy", "numpy_steps", "lifelines_6", "lifelines_120"):
                told = peer(name)
                if turn >= 0:
                    taken[name].append(told)
    took = {name: statistics.median(times) for name, times in taken.items()}
    visits, engine = f"{all_days.total():,} stays", bench.engine
    yield Measured(
        f"product-limit kernel, {visits}", engine, took["kernel"] * 1000, "ms", took["numpy"] * 1000,
        "numpy in memory, counted by day", 2, 1.2,
    )  # fmt: skip
    yield Measured(
        f"time per step, {visits}", engine, took["report"], "s", took["numpy_steps"], "numpy in memory, six steps", 8, 5
    )
    for groups, name, must, aim in (("6", "report", 4, 6), ("120", "by_office", 20, 35)):
        theirs = took[f"lifelines_{groups}"]
        beside = f"lifelines on rows in memory; {took[name]:.3f} s against {theirs:.3f}; equal to 6 decimals"
        yield Measured(f"… {groups} groups", engine, 1 / took[name], "/s", 1 / theirs, beside, must, aim, True)


def _tallies(counted: Counted) -> dict[tuple[int, int], Tally]:
    """By office and step, both as numbers."""
    steps, labels = counted.orders["steps"].steps, counted.labels()
    return {(labels.index(label), steps.index(step)): tally for (label, step), tally in counted.counts["steps"].items()}


def _counts(database: Database) -> Counted:
    with database.snapshot() as session:
        return count_stays(session, ask(session, OPERATOR, BY_OFFICE))


@contextmanager
def _peer(tallies: dict[tuple[int, int], Tally]) -> Iterator[Callable[[str], Any]]:
    """Numpy and lifelines in their own process, with a row for each stay in memory."""
    rows = array("i")
    for (office, step), tally in tallies.items():
        for day, left, many in tally.days.counts():
            rows.extend((office, step, day, int(left)) * many)
    with tempfile.NamedTemporaryFile(prefix="se-visits-") as file:
        rows.tofile(file)
        file.flush()
        command = [str(PYTHON), str(PEER / "curves.py"), file.name]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:

            def asked(name: str) -> Any:
                if process.stdin is None or process.stdout is None:
                    raise AssertionError("it must be spoken with")
                process.stdin.write(f"{name}\n")
                process.stdin.flush()
                return json.loads(process.stdout.readline())

            yield asked


def _compare(tallies: dict[tuple[int, int], Tally], theirs: dict[str, list[list[float]]]) -> None:
    for (office, step), tally in tallies.items():
        curve = product_limit_of(tally.days)
        ours = [[row.day, round(row.survival, 6)] for row in curve.rows]
        if ours != [[day, round(still, 6)] for day, still in theirs[str(office * 100 + step)]]:
            raise AssertionError(f"not the curve of lifelines: office {office}, step {step}")


def _compare_tests(counted: Counted, theirs: list[float]) -> None:
    ours = [test["chi2"] for test in counted.log_ranks()["log_rank"].values()]
    if len(ours) != len(theirs) or any(
        abs(one - other) > 1e-6 * max(1, other) for one, other in zip(ours, theirs, strict=True)
    ):
        raise AssertionError(f"not the tests of lifelines: {ours}, {theirs}")


def _memory(database: Database) -> float:
    """MiB that the report needs at most above the same process before it, asked of the process itself."""
    command = [sys.executable, "-m", "benchmarks.reports"]
    done = subprocess.run(command, env={**os.environ, **settings_of(database)}, check=True, stdout=subprocess.PIPE)
    return float(done.stdout)


def _report_here() -> None:
    from se_engine.database import from_settings
    from se_engine.settings import Settings

    database = from_settings(Settings())
    _asked(database, Question(as_of=AS_OF, office=OFFICES, from_on=AS_OF, to_on=AS_OF))
    before = _status("VmRSS")
    _asked(database, EVERYBODY)
    print(_status("VmHWM") - before)


def _status(field: str) -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{field}:")) / 1024


if __name__ == "__main__":
    _report_here()
