"""Offices beside each other: published numbers of half-years that are over, counted once, and no case behind them."""

from datetime import date
from fractions import Fraction

import pytest

from se_engine import frameworks
from se_engine.exchange.audit_files import overview_file
from se_engine.queries import audit_overview
from se_engine.queries.audit_overview import HalfYear, OfficeNumbers, Overview, _Raw, forget, halves_before, overview
from se_engine.rules.errors import NotFound, NotPermitted

SHARE = {"unit": "share", "min_n": 5, "value": Fraction(3, 4), "n": 40, "cases": 40, "numerator": 30, "denominator": 40}
FEW = SHARE | {"n": 8, "cases": 8, "numerator": 6, "denominator": 8}


def test_the_half_years_that_are_over_can_be_chosen():
    assert [one.key for one in halves_before(date(2026, 3, 16))] == ["2025-2", "2025-1", "2024-2", "2024-1"]
    assert halves_before(date(2026, 7, 1))[0] == HalfYear(2026, 1)
    assert (HalfYear(2025, 2).from_on, HalfYear(2025, 1).to_on) == (date(2025, 7, 1), date(2025, 6, 30))


@pytest.fixture(autouse=True)
def nothing_remembered():
    """An engine serves test after test."""
    forget()


def test_it_is_for_those_who_read_overviews(session, people):
    assert [one.office for one in overview(session, people.ida).offices] == ["Lakselv"]
    with pytest.raises(NotPermitted):
        overview(session, people.jo)
    with pytest.raises(NotFound):
        overview(session, people.ida, half="2026-1")
    with pytest.raises(NotFound):
        overview(session, people.ida, name="seqf")


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_an_office_is_counted_once_a_day_and_one_that_is_waited_for_is_named(session, people, clock):
    assert overview(session, people.ida, seconds=-1).waiting == ("Lakselv",)
    overview(session, people.ida)
    assert overview(session, people.ida, seconds=-1).waiting == ()
    clock.day = date(2026, 3, 17)
    assert overview(session, people.ida, seconds=-1).waiting == ("Lakselv",)


def made(rows: dict[str, dict[str, object]]) -> Overview:
    framework = frameworks.latest("se5")
    items = tuple(one for one in framework.items if one.measure is not None and one.measure.unit == "share")[:1]
    quality = {"key": "without_specialist", "lacking": 2, "of": 40}
    offices = tuple(
        audit_overview._published(_Office(name), _Raw(40, {items[0].key: row}, (quality,)))
        for name, row in rows.items()
    )
    return Overview(framework, ("se5",), HalfYear(2025, 2), (), items, offices, ())


class _Office:
    threshold = 5

    def __init__(self, name: str) -> None:
        self.name = name


def test_small_numbers_are_hidden_and_nobody_is_ranked():
    found = made({"Alta": FEW, "Bodø": SHARE, "Oslo": SHARE | {"numerator": 20, "value": Fraction(1, 2)}})
    item = found.items[0]
    assert [one.rows[item.key]["value"] for one in found.offices] == [None, 0.75, 0.5]
    assert found.coverage(item) == (2, 80)
    drawn = found.funnel(item)
    assert [one.name for one in drawn.points] == ["Bodø", "Oslo"]
    assert drawn.target == pytest.approx(50 / 80)
    assert isinstance(found.offices[0], OfficeNumbers)
    cells = overview_file(found, "csv", "en").decode("utf-8-sig")
    assert "Alta;" in cells
    assert ";0.75;40" in cells
    assert ";8" not in cells.replace(";80", "")
