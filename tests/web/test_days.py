"""A day as people write it."""

from __future__ import annotations

import contextlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.forms.days import NotADay, parse_day, shown

ON = date(2026, 3, 16)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-03-12", date(2026, 3, 12)),
        ("12.3.2026", date(2026, 3, 12)),
        ("12.03.26", date(2026, 3, 12)),
        ("12/3/2026", date(2026, 3, 12)),
        (" 12. 3. 2026 ", date(2026, 3, 12)),
        ("12.3.", date(2026, 3, 12)),
        ("24.12.", date(2025, 12, 24)),
        ("29.2.", date(2024, 2, 29)),
        ("I dag", ON),
        ("i går", date(2026, 3, 15)),
        ("yesterday", date(2026, 3, 15)),
        ("i morgon", date(2026, 3, 17)),
    ],
)
def test_days_behind_us(written, day):
    assert parse_day(written, ON) == day


@pytest.mark.parametrize(("written", "day"), [("12.3.", date(2027, 3, 12)), ("20.3", date(2026, 3, 20))])
def test_days_ahead(written, day):
    assert parse_day(written, ON, ahead=True) == day


@pytest.mark.parametrize("written", ["", "soon", "31.2.2026", "13.13.", "2026-13-01", "12", "1.2.3.4", "12.3.20266"])
def test_what_is_no_day(written):
    with pytest.raises(NotADay):
        parse_day(written, ON)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_what_is_shown_is_read_back_as_the_same_day(day):
    assert parse_day(shown(day), ON) == day


@given(st.text())
def test_any_text_is_a_day_or_refused(written):
    with contextlib.suppress(NotADay):
        assert isinstance(parse_day(written, ON), date)
