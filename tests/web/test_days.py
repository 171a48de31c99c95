"""A day and a time of day as people write them."""

from __future__ import annotations

import contextlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.forms.days import NotADay, parse_day, shown
from web.forms.times import NotATime, parse_time

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
        ("mandag", ON),  # it is one
        ("Fredag", date(2026, 3, 13)),
        ("forrige mandag", date(2026, 3, 9)),
        ("sist laurdag", date(2026, 3, 14)),
        ("last wed", date(2026, 3, 11)),
        ("om en uke", date(2026, 3, 23)),
        ("om ei veke", date(2026, 3, 23)),
        ("in 3 days", date(2026, 3, 19)),
        ("om to månader", date(2026, 5, 16)),
        ("for to dager siden", date(2026, 3, 14)),
        ("a week ago", date(2026, 3, 9)),
        ("12. mars", date(2026, 3, 12)),
        ("3 april 2025", date(2025, 4, 3)),
        ("24. des.", date(2025, 12, 24)),
    ],
)
def test_days_behind_us(written, day):
    assert parse_day(written, ON) == day


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("12.3.", date(2027, 3, 12)),
        ("20.3", date(2026, 3, 20)),
        ("mandag", date(2026, 3, 23)),
        ("på torsdag", date(2026, 3, 19)),
        ("neste fredag", date(2026, 3, 20)),
        ("1. juni", date(2026, 6, 1)),
    ],
)
def test_days_ahead(written, day):
    assert parse_day(written, ON, ahead=True) == day


@pytest.mark.parametrize(
    "written",
    [
        "",
        "soon",
        "31.2.2026",
        "13.13.",
        "2026-13-01",
        "12",
        "1.2.3.4",
        "12.3.20266",
        "uke",
        "om",
        "om uke",
        "ganske mandag",
        "om 999 måneder siden",
        "12. gammel",
        "på",
    ],
)
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


@pytest.mark.parametrize(
    ("written", "time"),
    [("9", "09:00"), ("9.30", "09:30"), ("0930", "09:30"), ("930", "09:30"), ("kl. 14", "14:00"), (" 14:15 ", "14:15"),
     ("Klokka 8,45", "08:45"), ("23:59", "23:59"), ("at 7h05", "07:05"), ("0", "00:00")],
)  # fmt: skip
def test_times(written, time):
    assert parse_time(written) == time


@pytest.mark.parametrize("written", ["", "soon", "24", "9.60", "12345", "9.3", "-1", "9:30:00", "kl."])
def test_what_is_no_time(written):
    with pytest.raises(NotATime):
        parse_time(written)


@given(st.times())
def test_a_time_that_is_shown_is_read_back(time):
    assert parse_time(f"{time:%H:%M}") == f"{time:%H:%M}"


@given(st.text())
def test_any_text_is_a_time_or_refused(written):
    with contextlib.suppress(NotATime):
        assert len(parse_time(written)) == 5
