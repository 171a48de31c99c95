"""`make bench`: all goals, or those named: python -m benchmarks moves trail."""

import sys
from collections.abc import Iterator

from benchmarks.engines import both_engines
from benchmarks.goals import Measured, show

ALONE = ("decision", "starting")
ON_ENGINES = ("trail", "moves", "peers", "worklist", "pages", "importing", "idle", "reports", "indicators")
"""The trail first: the floor of a move writes entries that do not verify."""


def measured(names: list[str]) -> Iterator[Measured]:
    from importlib import import_module

    for name in ALONE:
        if name in names:
            yield from import_module(f"benchmarks.{name}").measure()
    if set(ON_ENGINES) & set(names):
        with both_engines() as benches:
            for name in ON_ENGINES:
                for bench in benches:
                    if name in names:
                        print(f"… {name} on {bench.engine}", file=sys.stderr)
                        yield from import_module(f"benchmarks.{name}").measure(bench)


if __name__ == "__main__":
    wanted = sys.argv[1:] or [*ALONE, *ON_ENGINES]
    unknown = set(wanted) - {*ALONE, *ON_ENGINES}
    if unknown:
        sys.exit(f"no such benchmark: {', '.join(sorted(unknown))}; there are {', '.join((*ALONE, *ON_ENGINES))}")
    show(list(measured(wanted)))
