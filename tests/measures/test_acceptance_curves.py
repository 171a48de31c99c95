"""The worked example: its visits give its curves, medians and means."""

import json
from pathlib import Path
from typing import Any

import pytest

from se_engine.measures.survival import product_limit

EXAMPLE = Path(__file__).parents[1] / "acceptance"
VISITS: list[dict[str, Any]] = json.loads((EXAMPLE / "visits.json").read_text())
STEPS: list[dict[str, Any]] = json.loads((EXAMPLE / "time_per_step.json").read_text())["steps"]


@pytest.mark.parametrize("expected", STEPS, ids=lambda step: step["step"])
def test_visits_of_the_example_give_its_curve(expected: dict[str, Any]) -> None:
    visits = [visit for visit in VISITS if visit["step"] == expected["step"]]
    curve = product_limit([visit["days"] for visit in visits], [visit["seen"] for visit in visits])
    assert [[day, risk, left, round(still, 6)] for day, risk, left, still, _ in curve.rows] == expected["curve"]
    assert (curve.quantile(0.75), curve.quantile(0.5), curve.quantile(0.25)) == (
        expected["quartile_1"],
        expected["median"],
        expected["quartile_3"],
    )
