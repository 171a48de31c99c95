"""Peers in environments of their own: how many durable moves we make in the time of a task completed by Viewflow."""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.engines import Bench, open_cases
from benchmarks.goals import Measured
from benchmarks.moves import MOVED, NINE_TASKS
from se_engine.actions import cases
from se_engine.actions.tasks import record_tasks
from se_engine.rules.facts import TaskStatus
from se_engine.rules.roles import OPERATOR

VIEWFLOW = Path(__file__).with_name("viewflow")
PYTHON = VIEWFLOW / ".venv" / "bin" / "python"
AT_A_TIME = 25
TIMES = 10
FASTER = {"sqlite": (5.0, 7.0), "postgresql": (4.0, 5.0)}


def measure(bench: Bench) -> Iterator[Measured]:
    if not PYTHON.exists():
        print(f"Viewflow is not compared: there is no {PYTHON.parent.parent}, see docs/benchmarks.md.", file=sys.stderr)
        return
    opened = open_cases(bench, AT_A_TIME * (TIMES + 1), office="Beside Viewflow")
    for case_id in opened:
        with bench.database.session() as session:
            record_tasks(
                session, OPERATOR, case_id, keys=NINE_TASKS, status=TaskStatus.DONE, happened_on=MOVED, words="Sagt."
            )
    ours: list[float] = []
    theirs: list[float] = []
    with _viewflow(bench) as peer:
        # In turns, so that a slow moment of the machine falls on both; the first turn only warms up.
        for start in range(0, len(opened), AT_A_TIME):
            theirs += _completed(peer)
            ours += [_moved(bench, case_id) for case_id in opened[start : start + AT_A_TIME]]
        peer.communicate()
    move, task = (statistics.median(times[AT_A_TIME:]) for times in (ours, theirs))
    must, aim = FASTER[bench.engine]
    beside = f"Viewflow; {move:.2f} ms against {task:.2f}"
    yield Measured("durable moves", bench.engine, 1000 / move, "/s", 1000 / task, beside, must, aim, True)


def _moved(bench: Bench, case_id: int) -> float:
    begun = time.perf_counter()
    with bench.database.session() as session:
        cases.advance(
            session, OPERATOR, case_id, "begin_profiling_anyway", seen_version=None, happened_on=MOVED, note="Fordi."
        )
    return (time.perf_counter() - begun) * 1000


def _viewflow(bench: Bench) -> "subprocess.Popen[str]":
    url = bench.database.url
    if bench.engine == "sqlite":
        path = Path(str(url.database)).with_name("viewflow.sqlite")
        told = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path)}
    else:
        with bench.connect() as connection:
            connection.execute("CREATE DATABASE viewflow")
        told = {"ENGINE": "django.db.backends.postgresql", "NAME": "viewflow", "USER": url.username or "",
                "HOST": str(url.query["host"])}  # fmt: skip
    command = [str(PYTHON), str(VIEWFLOW / "complete_tasks.py"), json.dumps(told)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _completed(peer: "subprocess.Popen[str]") -> list[float]:
    if peer.stdin is None or peer.stdout is None:
        raise AssertionError("it must be spoken with")
    peer.stdin.write(f"{AT_A_TIME}\n")
    peer.stdin.flush()
    times: list[float] = json.loads(peer.stdout.readline())
    return times
