"""The numbers of se5 and ips25 over random records, against a count that knows nothing of the engine."""

from datetime import date
from fractions import Fraction

import pytest

from se_engine.queries.indicators.computed import COMPUTED
from se_engine.queries.indicators.evidence import Evidence, Window
from tests.queries.indicator_world import World
from tests.queries.indicators_reference import Reference, counted

WINDOWS = (
    (date(2025, 9, 1), date(2026, 2, 28)),
    (date(2025, 3, 3), date(2026, 3, 10)),
    (date(2025, 8, 1), date(2025, 8, 9)),
)


@pytest.fixture(scope="module")
def world() -> World:
    return World(13, many=240)


@pytest.fixture(scope="module")
def told(world):
    """Counted once for both engines."""
    references = [Reference(world, 1, *window) for window in WINDOWS]
    return [(reference, counted(reference)) for reference in references]


def test_every_number_is_what_a_slow_count_finds(session, world, told):
    world.write(session)
    for (from_on, to_on), (reference, numbers) in zip(WINDOWS, told, strict=True):
        evidence = Evidence(session, Window((1,), from_on, to_on))
        for key, (value, n, numerator, denominator, cases) in numbers.items():
            found = COMPUTED[key, 1](evidence)
            ours = (found.value, found.n, found.numerator, found.denominator, list(found.cases))
            assert ours == (value, n, numerator, denominator, cases), f"{key}, {from_on}–{to_on}"
            assert set(found.lacking) <= set(found.cases)
            if key == "days_to_first_employer_contact":
                waits = [(first, last, came) for _, first, last, came in reference.first_job_meetings()]
                median = found.detail["median"]
                assert (None if median is None else Fraction(median)) == reference.median(waits)
