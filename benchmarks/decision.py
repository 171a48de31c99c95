"""The rule decision alone: is the move allowed, with nine tasks done?"""

import time
import tracemalloc
from collections.abc import Iterator
from datetime import date

from benchmarks.goals import Measured
from benchmarks.moves import NINE_TASKS
from se_engine import processes
from se_engine.rules.facts import CaseFacts, TaskFact, TaskStatus
from se_engine.rules.roles import Role

ROUNDS = 20_000
CASES = 20_000


def measure() -> Iterator[Measured]:
    process = processes.latest()
    day = date(2026, 1, 12)
    done = TaskFact(TaskStatus.DONE, day, own_words=True)
    closed = {task.shared_key: done for task in process.tasks_of("engagement") if task.closed_by}
    tasks = {process.task_by_key[key].shared_key: done for key in NINE_TASKS} | closed
    facts = CaseFacts("engagement", day, day, day, tasks, holds=frozenset({"scheme_allows", "guardian_if_minor"}))
    process.decide("engagement", "begin_profiling", Role.JOB_SPECIALIST, facts)
    begun = time.perf_counter()
    for _ in range(ROUNDS):
        process.decide("engagement", "begin_profiling", Role.JOB_SPECIALIST, facts)
    ours = (time.perf_counter() - begun) / ROUNDS * 1e6
    table = {(source, move.trigger): move for move in process.moves for source in move.sources}
    begun = time.perf_counter()
    for _ in range(ROUNDS):
        table["engagement", "begin_profiling"]
    look_up = (time.perf_counter() - begun) / ROUNDS * 1e6
    yield Measured("rule decision, 9 tasks", "–", ours, "µs", None, f"look-up alone {look_up:.3f} µs", 60)
    yield Measured("memory the machine keeps per case", "–", _kept_per_case(), "KiB", None, "after deciding", 0.5)


def _kept_per_case() -> float:
    """What deciding for many cases leaves behind in the shared machine."""
    process = processes.latest()
    day = date(2026, 1, 12)
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    for _ in range(CASES):
        facts = CaseFacts("job_support", day, day, day)
        process.decide("job_support", "search_again", Role.JOB_SPECIALIST, facts)
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return max(0, after - before) / CASES / 1024
