"""How long the command line takes to say what it can do, against an empty click command."""

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.goals import Measured

EMPTY = "import click\n\nclick.Command('empty')()\n"
ROUNDS = 15


def measure() -> Iterator[Measured]:
    with tempfile.TemporaryDirectory() as folder:
        empty = Path(folder) / "empty.py"
        empty.write_text(EMPTY)
        floor, ours = [], []
        for _ in range(ROUNDS):
            floor.append(_run([sys.executable, str(empty), "--help"]))
            ours.append(_run([sys.executable, "-c", "from se_engine.cli import main; main()", "--help"]))
    yield Measured(
        "se-engine --help",
        "–",
        statistics.median(ours),
        "ms",
        statistics.median(floor),
        "empty click command",
        1.5,
        1.2,
    )


def _run(command: list[str]) -> float:
    begun = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return (time.perf_counter() - begun) * 1000
