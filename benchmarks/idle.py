"""What an idle web worker keeps for itself after one page: pages of memory that no other process shares."""

import time
from collections.abc import Iterator

from benchmarks.engines import Bench
from benchmarks.goals import Measured
from benchmarks.population import IN_OFFICE, fill
from benchmarks.served import fresh_database, served, sign_in

MIB = 1024 * 1024
SETTLING = 2.0
BOUNDS = {"sqlite": (56.0, 46.0), "postgresql": (64.0, 54.0)}


def measure(bench: Bench) -> Iterator[Measured]:
    with fresh_database(bench, "idle") as database:
        population = fill(database, IN_OFFICE)
        cookie = sign_in(database, population.specialists(1)[0])
        with served(database) as server:
            server.get("/", cookie)
            time.sleep(SETTLING)
            worker = server.worker.memory_full_info()
            beside = f"unique; resident {worker.rss / MIB:.0f}"
    must, aim = BOUNDS[bench.engine]
    yield Measured("idle web worker after a page", bench.engine, worker.uss / MIB, "MiB", None, beside, must, aim)
