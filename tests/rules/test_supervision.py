"""The Monday of the last meeting, the quarters of a leader's page, and which cases a talk begins with."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from se_engine.rules.errors import NotFound, Refused
from se_engine.rules.supervision import LOOKS_BACK, Quarter, check_since, last_monday
from se_engine.rules.talks import CELEBRATED, SIGNALS, Good, Signal, to_celebrate, to_discuss

DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 1, 1))
DAY = date(2026, 3, 16)


@pytest.mark.parametrize(
    ("on", "monday"),
    [
        (date(2026, 3, 17), DAY),
        (date(2026, 3, 22), DAY),
        (DAY, date(2026, 3, 9)),
        (date(2026, 1, 1), date(2025, 12, 29)),
    ],
)
def test_on_a_monday_the_last_meeting_was_a_week_ago(on, monday):
    assert last_monday(on) == monday


@given(DAYS)
def test_last_monday_is_a_monday_of_the_seven_days_before(on):
    found = last_monday(on)
    assert found.weekday() == 0
    assert 1 <= (on - found).days <= 7


def test_the_monday_page_looks_at_no_day_to_come_and_at_no_more_than_a_year():
    check_since(DAY, DAY)
    check_since(DAY - LOOKS_BACK, DAY)
    for since, code in ((DAY + timedelta(days=1), "in_the_future"), (date(2024, 1, 1), "period_not_allowed")):
        with pytest.raises(Refused) as refused:
            check_since(since, DAY)
        assert refused.value.reason.code == code


@given(DAYS)
def test_quarters_follow_each_other_without_a_gap(on):
    last = Quarter.last_finished(on)
    assert last.last < on <= last.after.last
    assert last.after.first == last.last + timedelta(days=1)
    assert last.before.after == last
    assert Quarter.of(last.key) == last
    last.check_finished(on)
    with pytest.raises(Refused):
        last.after.check_finished(on)


@pytest.mark.parametrize("given", ["", "2026", "2026-5", "2026-0", "26-1", "2026-1-1", "0000-1", "9999-4", "٢٠٢٦-1"])
def test_what_is_no_quarter_is_not_found(given):
    with pytest.raises(NotFound):
        Quarter.of(given)


def good(case_id: int, what: str, days_ago: int = 0) -> Good:
    return Good(case_id, what, DAY - timedelta(days=days_ago))


def test_three_are_celebrated_the_best_first_and_each_case_once():
    found = [
        good(1, "moved_forward"), good(1, "job_started", 9), good(2, "job_kept", 2), good(3, "job_kept", 1),
        good(4, "goal_reached"),
    ]  # fmt: skip
    assert to_celebrate(found) == [good(1, "job_started", 9), good(3, "job_kept", 1), good(2, "job_kept", 2)]
    assert to_celebrate([]) == []


def signal(case_id: int, what: str, days_ago: int) -> Signal:
    return Signal(case_id, what, DAY - timedelta(days=days_ago))


def test_three_are_discussed_where_most_stands_still_and_for_longest():
    found = [
        signal(1, "over_guide", 90), signal(2, "over_guide", 5), signal(2, "no_contact", 20),
        signal(3, "no_contact", 100), signal(4, "information_missing", 4),
    ]  # fmt: skip
    chosen = to_discuss(found)
    assert [case_id for case_id, _ in chosen] == [2, 3, 1]
    assert [one.what for one in chosen[0][1]] == ["no_contact", "over_guide"]


@given(st.lists(st.builds(good, st.integers(1, 6), st.sampled_from(CELEBRATED), st.integers(0, 28))), st.randoms())
def test_the_choice_does_not_depend_on_the_order_in_which_things_are_found(found, chance):
    shuffled = list(found)
    chance.shuffle(shuffled)
    assert to_celebrate(shuffled) == to_celebrate(found)
    signals = [Signal(one.case_id, SIGNALS[len(one.what) % len(SIGNALS)], one.on) for one in found]
    moved = list(signals)
    chance.shuffle(moved)
    assert [case for case, _ in to_discuss(moved)] == [case for case, _ in to_discuss(signals)]
