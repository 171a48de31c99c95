"""A goal, what was measured for it, and the table of all."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

LAST = Path(__file__).with_name("last.json")


@dataclass(frozen=True)
class Measured:
    """`measured` and `floor` in `unit`, their ratio against what it must be; without a floor the number itself."""

    what: str
    engine: str
    measured: float
    unit: str
    floor: float | None
    floor_is: str
    must: float
    aim: float | None = None
    larger_is_better: bool = False

    @property
    def ratio(self) -> float:
        return self.measured / self.floor if self.floor else self.measured

    @property
    def verdict(self) -> str:
        def met(bound: float) -> bool:
            return self.ratio >= bound if self.larger_is_better else self.ratio <= bound

        if self.aim is not None and met(self.aim):
            return "aim"
        return "must" if met(self.must) else "MISSED"


def show(rows: Iterable[Measured]) -> None:
    """Prints the table and keeps it in last.json, beside what other runs measured last."""
    kept = list(rows)
    print(f"{'what':<46}{'engine':<12}{'measured':>14}{'floor':>14}{'ratio':>9}{'must':>8}{'aim':>8}  verdict")
    for row in kept:
        floor = f"{row.floor:,.3f}" if row.floor else "–"
        aim = f"{row.aim:g}" if row.aim is not None else "–"
        measured = f"{row.measured:,.3f} {row.unit}"
        print(
            f"{row.what:<46}{row.engine:<12}{measured:>14}{floor:>14}{row.ratio:>9.2f}{row.must:>8g}{aim:>8}"
            f"  {row.verdict}   ({row.floor_is})"
        )
    facts = {(row["what"], row["engine"]): row for row in json.loads(LAST.read_text(encoding="utf-8"))}
    for row in kept:
        facts[row.what, row.engine] = {**asdict(row), "ratio": round(row.ratio, 4), "verdict": row.verdict}
    LAST.write_text(json.dumps(list(facts.values()), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
