"""Own + waiting + paused = elapsed, and which day is which."""

import csv
import json
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from se_engine.rules.calendar import calendar_days, is_working_day, working_days
from se_engine.rules.time import Clock, DayCounts, Interval, count

EXAMPLE = Path(__file__).parents[1] / "acceptance"
AS_OF = date(2026, 11, 1)


def november(day: int) -> date:
    return date(2026, 11, day)


def interval(start: int, end: int | None) -> Interval:
    return Interval(november(start), None if end is None else november(end))


def counted(
    pauses: Sequence[Interval] = (), waitings: Sequence[tuple[str, Interval]] = (), clock: Clock = "calendar"
) -> DayCounts:
    """A stay from the 2nd (a Monday) to the 22nd."""
    return count(november(2), november(22), pauses, waitings, clock)


def test_stay_without_waiting_or_pause_is_all_own() -> None:
    assert counted() == DayCounts(20, {}, 0)
    assert counted(clock="working") == DayCounts(14, {}, 0)


def test_waiting_and_pause_are_taken_from_the_own_days() -> None:
    assert counted([interval(4, 6)], [("nav", interval(10, 15))]) == DayCounts(13, {"nav": 5}, 2)


def test_day_both_paused_and_waiting_counts_as_paused() -> None:
    assert counted([interval(12, 14)], [("nav", interval(10, 16))]) == DayCounts(14, {"nav": 4}, 2)


def test_new_waiting_ends_the_last() -> None:
    found = counted(waitings=[("nav", interval(4, 20)), ("employer", interval(8, 10))])
    assert found.waiting == {"nav": 4, "employer": 2}


def test_later_of_two_waitings_from_the_same_day_holds() -> None:
    found = counted(waitings=[("nav", interval(4, 20)), ("employer", interval(4, 10))])
    assert found.waiting == {"employer": 6}


def test_overlapping_pauses_count_a_day_once() -> None:
    assert counted([interval(4, 10), interval(8, 12), interval(9, 10)]).paused == 8


def test_intervals_that_meet_share_no_day() -> None:
    assert counted([interval(6, 9)], [("nav", interval(3, 6)), ("nav", interval(9, 11))]) == DayCounts(
        12, {"nav": 5}, 3
    )


def test_running_interval_lasts_until_the_stay_ends() -> None:
    assert counted([interval(20, None)], [("nav", interval(18, None))]) == DayCounts(16, {"nav": 2}, 2)


def test_interval_is_cut_to_the_stay() -> None:
    long = Interval(date(2026, 1, 1), date(2027, 1, 1))
    assert counted([long]) == DayCounts(0, {}, 20)
    assert counted(waitings=[("course", long)]) == DayCounts(0, {"course": 20}, 0)


def test_waiting_without_a_counted_day_is_not_listed() -> None:
    weekend = Interval(november(6), november(8))
    assert counted(waitings=[("nav", weekend)], clock="working").waiting == {}
    assert counted(waitings=[("nav", weekend)]).waiting == {"nav": 2}


def test_observed_days_leave_out_the_paused_ones() -> None:
    found = counted([interval(4, 6)], [("nav", interval(10, 15))])
    assert (found.observed, found.elapsed) == (18, 20)


def test_stay_left_before_it_was_entered_is_an_error() -> None:
    with pytest.raises(ValueError, match="2026-11-02"):
        count(november(2), november(1), [], [], "calendar")


# Random stays round days where counting goes wrong, close together so that many fall on the same day.

AWKWARD = [date(2026, 4, 1), date(2028, 2, 28), date(2027, 12, 31), date(2026, 5, 17)]
Stay = tuple[date, date, list[Interval], list[tuple[str, Interval]]]


@st.composite
def stays(draw: st.DrawFn) -> Stay:
    middle = draw(st.sampled_from(AWKWARD))
    days = st.integers(-15, 15).map(lambda off: middle + timedelta(days=off))
    ends = st.one_of(days, st.none())
    intervals = st.builds(Interval, days, ends).filter(lambda one: one.end is None or one.start <= one.end)
    whom = st.sampled_from(["nav", "employer", "participant"])
    entered, left = sorted([draw(days), draw(days)])
    pauses = draw(st.lists(intervals, max_size=4))
    return entered, left, pauses, draw(st.lists(st.tuples(whom, intervals), max_size=4))


def covers(one: Interval, day: date) -> bool:
    return one.start < day and (one.end is None or day <= one.end)


def waited_for(waitings: list[tuple[str, Interval]], day: date) -> str | None:
    """Whom the last waiting that had begun by the day was for, if it still ran."""
    begun = sorted(((one.start, place) for place, (_, one) in enumerate(waitings) if one.start < day), reverse=True)
    if not begun:
        return None
    whom, one = waitings[begun[0][1]]
    return whom if covers(one, day) else None


def day_by_day(stay: Stay, clock: Clock) -> DayCounts:
    entered, left, pauses, waitings = stay
    seen: Counter[str] = Counter()
    for number in range(1, (left - entered).days + 1):
        day = entered + timedelta(days=number)
        if clock == "working" and not is_working_day(day):
            continue
        if any(covers(pause, day) for pause in pauses):
            seen["paused"] += 1
        else:
            seen[waited_for(waitings, day) or "own"] += 1
    own, paused = seen.pop("own", 0), seen.pop("paused", 0)
    return DayCounts(own, dict(seen), paused)


@given(stays())
def test_own_waiting_and_paused_days_make_up_the_elapsed_days(stay: Stay) -> None:
    entered, left, _, _ = stay
    assert count(*stay, "calendar").elapsed == calendar_days(entered, left)
    assert count(*stay, "working").elapsed == working_days(entered, left)


@given(stays(), st.sampled_from(["calendar", "working"]))
def test_counts_are_those_found_day_by_day(stay: Stay, clock: Clock) -> None:
    assert count(*stay, clock) == day_by_day(stay, clock)


@given(stays(), st.sampled_from(["calendar", "working"]), st.data())
def test_stay_cut_in_two_counts_the_same(stay: Stay, clock: Clock, data: st.DataObject) -> None:
    """So a step change, which cuts pauses and waitings too, neither loses nor doubles a day."""
    entered, left, pauses, waitings = stay
    change = data.draw(st.dates(entered, left))
    whole = count(entered, left, pauses, waitings, clock)
    before = count(entered, change, pauses, waitings, clock)
    after = count(change, left, pauses, waitings, clock)
    assert before.own + after.own == whole.own
    assert before.paused + after.paused == whole.paused
    assert Counter(before.waiting) + Counter(after.waiting) == Counter(whole.waiting)


# The worked example.


def between(facts: list[dict[str, str]], start: str, end: str) -> list[tuple[str, Interval]]:
    """Each interval of one case between the two kinds of events, with whom it waits for."""
    found: list[tuple[str, Interval]] = []
    for fact in facts:
        if fact["event"] == start:
            found.append((fact["waiting_for"], Interval(date.fromisoformat(fact["happened_on"]), None)))
        elif fact["event"] == end:
            whom, running = found.pop()
            found.append((whom, Interval(running.start, date.fromisoformat(fact["happened_on"]))))
    return found


def until_left(intervals: list[tuple[str, Interval]], visit: dict[str, Any]) -> list[tuple[str, Interval]]:
    """A step change closes what is open; so what began before the visit is not part of it."""
    entered = date.fromisoformat(visit["entered"])
    return [(whom, one) for whom, one in intervals if one.start >= entered]


def test_visits_of_the_example_have_its_days() -> None:
    with (EXAMPLE / "history.csv").open(newline="") as file:
        history = list(csv.DictReader(file))
    for visit in json.loads((EXAMPLE / "visits.json").read_text()):
        facts = [fact for fact in history if fact["participant_ref"] == visit["ref"]]
        left = date.fromisoformat(visit["left"]) if visit["left"] else AS_OF
        pauses = [one for _, one in until_left(between(facts, "paused", "resumed"), visit)]
        waitings = until_left(between(facts, "waiting_started", "waiting_ended"), visit)
        found = count(date.fromisoformat(visit["entered"]), left, pauses, waitings, "calendar")
        assert (found.observed, found.paused, found.waiting) == (visit["days"], visit["paused"], visit["waiting"])
