"""The schedule after job start: windows without gaps, no false alarm, and the two criteria it is made for."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from se_engine import follow_up_plans
from se_engine.rules.follow_up import (
    AHEAD,
    ANSWERED,
    DROPPED,
    DUE,
    KEPT,
    MISSED,
    PAST,
    contact_limit,
    event_point,
    next_check,
    points,
    unknown_from,
    windows,
)
from se_engine.rules.follow_up_criteria import as_long_as_needed, close_in_first_month, level_of_share, month_of

PLAN = follow_up_plans.get(1)
DAYS = [check.day for check in PLAN.checks]
LIGHT = [check.key for check in PLAN.light]
START = date(2026, 1, 5)
DATES = st.dates(date(2000, 1, 1), date(2099, 12, 31))
DROPS = st.sets(st.sampled_from(LIGHT))


def after(days: int, start: date = START) -> date:
    return start + timedelta(days=days)


def states(on: int, contacts=(), **rest) -> dict[str, str]:
    met = [after(day) for day in contacts]
    return {point.check.key: point.state for point in points(PLAN, START, after(on), contacts=met, **rest)}


def test_windows_follow_each_other_and_each_check_lies_in_its_own():
    found = windows(PLAN)
    assert [one.last + 1 for one in found[:-1]] == [one.first for one in found[1:]]
    assert all(one.first <= one.check.day <= one.last for one in found)
    assert (found[0].first, found[-1].last) == (-7, 381)


@given(DATES, st.integers(-7, 364), DROPS)
def test_kept_exactly_it_never_alarms(start: date, day: int, dropped: set[str]):
    """On whatever day the job begins and whatever light check she leaves out: nothing missed, never too long ago."""
    kept = [check.day for check in PLAN.checks if check.key not in dropped and check.day <= day]
    contacts = [after(number, start) for number in kept]
    found = points(PLAN, start, after(day, start), contacts=contacts, answers=contacts, dropped=dropped)
    assert {point.state for point in found} <= {ANSWERED, AHEAD, DROPPED}
    assert [point.on for point in found if point.state == ANSWERED] == contacts
    if contacts:
        limit = contact_limit(PLAN, day, dropped)
        assert limit is None or (after(day, start) - contacts[-1]).days <= limit
        following = next_check(PLAN, start, contacts[-1], dropped)
        assert following is None or following.day > day


def test_kept_exactly_it_gives_the_highest_level_on_both_criteria():
    assert close_in_first_month(DAYS)
    assert as_long_as_needed(DAYS)
    assert level_of_share(1.0) == 5


@pytest.mark.parametrize("key", LIGHT[1:])
def test_a_light_check_left_out_is_her_own_choice(key: str):
    day = PLAN.by_key[key].day
    others = [other for other in DAYS if other != day]
    assert not as_long_as_needed(others)
    assert as_long_as_needed(others, left_out=[day])


def test_what_the_criteria_ask_for():
    first = [-1, 2, 8, 15, 22]
    assert close_in_first_month(first)
    assert not any(close_in_first_month([day for day in first if day != without]) for without in first)
    assert [month_of(day) for day in (0, 30, 31, 182, 183, 364, 365)] == [1, 1, 2, 6, 7, 12, 13]
    assert as_long_as_needed([40, 70, 100], stopped_on=125)
    assert not as_long_as_needed([40, 100], stopped_on=125)
    assert [level_of_share(share) for share in (0, 0.249, 0.25, 0.5, 0.75, 0.899, 0.9)] == [1, 1, 2, 3, 4, 4, 5]


@given(st.lists(st.integers(-10, 400), max_size=12), st.integers(-10, 420))
def test_one_contact_keeps_one_check_and_each_check_is_in_one_state(days: list[int], on: int):
    found = points(PLAN, START, after(on), contacts=[after(day) for day in days])
    kept = [point for point in found if point.state in (KEPT, ANSWERED)]
    assert len(kept) <= len({day for day in days if day <= on})
    assert all(point.on > after(on) for point in found if point.state == AHEAD)
    assert all(point.red_from <= after(on) for point in found if point.state == MISSED)


def test_a_missed_check_is_red_after_a_week_and_stays_due_until_she_is_met():
    assert states(28)["w4"] == DUE
    assert states(35)["w4"] == DUE
    assert states(36)["w4"] == MISSED
    met = [-3, 0, 2, 7, 14, 21]
    for on in (22, 36, 60):
        following = next_check(PLAN, START, after(21))
        assert following is not None
        assert following.key == "w4", on
    assert states(60, [*met, 33])["w4"] == KEPT


def test_a_visit_between_two_checks_keeps_the_nearer_one():
    assert states(40, [34])["w4"] == KEPT
    assert states(40, [35])["w6"] == KEPT
    assert states(40, [35])["w4"] == MISSED


def test_an_answer_without_a_note_keeps_a_check_and_a_note_without_an_answer_lacks_it():
    found = states(30, [21], answers=[after(28)])
    assert (found["w3"], found["w4"]) == (KEPT, ANSWERED)
    assert states(0, [-3])["before"] == ANSWERED, "before the first day there is nothing to answer"


def test_the_checks_after_the_end_of_a_job_are_no_longer_asked_for():
    found = states(200, [0], ended_on=after(30))
    assert (found["w3"], found["w4"], found["w6"], found["w21"]) == (MISSED, PAST, PAST, PAST)


def test_a_talk_after_the_loss_keeps_no_check_of_the_job_that_is_over():
    found = states(70, [0, 2, 7, 14, 21, 26, 44, 58], ended_on=after(25))
    assert (found["w4"], found["w6"], found["w8"]) == (KEPT, PAST, PAST), "week 4 had begun, the others had not"


def test_the_next_check_leaves_out_what_she_has_left_out():
    following = [next_check(PLAN, START, after(182), dropped) for dropped in ([], ["w30"], ["w30", "w34"])]
    assert [check and check.key for check in following] == ["w30", "w34", "w39"]
    assert next_check(PLAN, START, after(364)) is None
    first = next_check(PLAN, START, None)
    assert first is not None
    assert first.key == "before"


def test_two_missed_in_a_row_and_nobody_knows():
    def unknown(on: int, contacts) -> date | None:
        return unknown_from(points(PLAN, START, after(on), contacts=[after(day) for day in contacts]))

    met = [day for day in DAYS if day <= 91]
    assert unknown(119 + 8, met) is None, "one is missed"
    assert unknown(147 + 8, met) == after(119)
    assert unknown(147 + 9, [*met, 156]) is None


@pytest.mark.parametrize(
    ("start", "week", "day"),
    [
        (date(2026, 3, 23), 1, date(2026, 3, 30)),  # summer time begins between
        (date(2026, 10, 19), 1, date(2026, 10, 26)),  # and ends
        (date(2028, 2, 1), 4, date(2028, 2, 29)),  # a leap day
        (date(2027, 3, 1), 52, date(2028, 2, 28)),
        (date(2026, 3, 9), 4, date(2026, 4, 6)),  # Easter Monday
    ],
)
def test_days_are_days_whatever_the_clock_does(start: date, week: int, day: date):
    found = {point.check.week: point for point in points(PLAN, start, start)}
    assert found[week].on == day


def test_a_check_on_a_holiday_keeps_its_day_and_names_the_next_working_day():
    found = {point.check.key: point for point in points(PLAN, date(2026, 3, 9), date(2026, 3, 9))}
    assert (found["w4"].on, found["w4"].working_day) == (date(2026, 4, 6), date(2026, 4, 7))
    assert found["w3"].working_day == found["w3"].on


def test_an_event_is_one_more_check():
    event = PLAN.event_by_key["contract_end"]

    def state(on: int, contacts=()) -> str:
        met = [after(day) for day in contacts]
        return event_point(PLAN, event, after(100), after(on), contacts=met).state

    assert [state(on) for on in (57, 58, 65, 66)] == [AHEAD, DUE, DUE, MISSED]
    assert (state(60, [43]), state(60, [44]), state(90, [80])) == (DUE, KEPT, KEPT)
