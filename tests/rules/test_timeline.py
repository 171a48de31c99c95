"""History makes periods: replayed or one by one, every day is counted once, on both clocks."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from se_engine.rules.calendar import calendar_days, working_days
from se_engine.rules.errors import Refused
from se_engine.rules.time import Interval as Days
from se_engine.rules.time import count
from se_engine.rules.timeline import (
    END_REASONS,
    PAUSE_REASONS,
    WAITING_FOR,
    Event,
    EventKind,
    Period,
    Timeline,
    after,
    check_words,
    in_order,
    replay,
)

STEPS = ("engagement", "profiling", "job_finding", "employer_engagement", "job_support", "follow_up")
MONDAY = date(2026, 3, 2)


def on(day: int, kind: EventKind, **rest: str) -> Event:
    return Event(kind, MONDAY + timedelta(days=day), **rest)  # type: ignore[arg-type]  # words only


OPENED = on(0, EventKind.OPENED, step="engagement")


def refusal(*events: Event) -> str:
    with pytest.raises(Refused) as refused:
        replay(events, STEPS)
    return refused.value.reason.code


# Random histories: steps back and forth, several on one day, pauses over Easter and over the end of a month.

AWKWARD = [date(2026, 3, 20), date(2026, 4, 25), date(2026, 12, 15), date(2028, 2, 20)]
KINDS = [
    EventKind.ENTERED, EventKind.ENTERED, EventKind.WAITING_STARTED, EventKind.WAITING_ENDED, EventKind.PAUSED,
    EventKind.RESUMED, EventKind.CHECKED, EventKind.JOB_STARTED, EventKind.SORT_FIRST_STARTED, EventKind.ENDED,
]  # fmt: skip


@st.composite
def histories(draw: st.DrawFn) -> list[Event]:
    """What fits of a random sequence: the rest is refused, as it would be at the screen."""
    day = draw(st.sampled_from(AWKWARD))
    events = [Event(EventKind.OPENED, day, step=STEPS[0])]
    timeline = replay(events, STEPS)
    for kind in draw(st.lists(st.sampled_from(KINDS), max_size=15)):
        day += timedelta(days=draw(st.sampled_from([0, 0, 1, 2, 5, 13])))
        event = Event(
            kind,
            day,
            step=draw(st.sampled_from(STEPS)) if kind is EventKind.ENTERED else None,
            reason=draw(st.sampled_from(PAUSE_REASONS)) if kind is EventKind.PAUSED else "work",
            waiting_for=draw(st.sampled_from(WAITING_FOR)),
        )
        try:
            timeline = after(timeline, event, STEPS)
        except Refused:
            continue
        events.append(event)
    return events


def elapsed(periods: tuple[Period, ...], until: date) -> list[tuple[int, int, int, int]]:
    """Per period and clock: what the counts add up to, beside the days between the dates."""
    found = []
    for period in periods:
        left = period.left_on or until
        pauses = [Days(p.started_on, p.ended_on) for p in period.pauses]
        waitings = [(w.reason, Days(w.started_on, w.ended_on)) for w in period.waitings]
        calendar = count(period.entered_on, left, pauses, waitings, "calendar")
        working = count(period.entered_on, left, pauses, waitings, "working")
        found.append(
            (
                calendar.own + sum(calendar.waiting.values()) + calendar.paused,
                calendar_days(period.entered_on, left),
                working.own + sum(working.waiting.values()) + working.paused,
                working_days(period.entered_on, left),
            )
        )
    return found


@given(histories())
def test_own_waiting_and_paused_make_up_the_elapsed_days_of_every_period(events: list[Event]) -> None:
    until = events[-1].happened_on + timedelta(days=40)
    for calendar, between, working, working_between in elapsed(replay(events, STEPS).periods, until):
        assert (calendar, working) == (between, working_between)


@given(histories())
def test_the_periods_of_a_case_make_up_its_whole_time(events: list[Event]) -> None:
    timeline = replay(events, STEPS)
    until = timeline.ended_on or events[-1].happened_on + timedelta(days=40)
    rows = elapsed(timeline.periods, until)
    assert sum(row[0] for row in rows) == calendar_days(timeline.opened_on, until)
    assert sum(row[2] for row in rows) == working_days(timeline.opened_on, until)


@given(histories())
def test_periods_follow_one_another_without_gap_and_without_overlap(events: list[Event]) -> None:
    timeline = replay(events, STEPS)
    for earlier, later in zip(timeline.periods, timeline.periods[1:], strict=False):
        assert (earlier.left_on, earlier.left_to) == (later.entered_on, later.step)
        assert earlier.waiting is None
        assert earlier.pause is None
    assert (timeline.current.left_on is None) is (timeline.end_reason is None)


@given(histories())
def test_one_waiting_at_a_time(events: list[Event]) -> None:
    for period in replay(events, STEPS).periods:
        assert sum(waiting.ended_on is None for waiting in period.waitings) <= 1
        for earlier, later in zip(period.waitings, period.waitings[1:], strict=False):
            assert earlier.ended_on is not None
            assert earlier.ended_on <= later.started_on


@given(histories())
def test_replayed_is_the_same_as_one_by_one(events: list[Event]) -> None:
    timeline = Timeline()
    for event in events:
        timeline = after(timeline, event, STEPS)
    assert replay(events, STEPS) == timeline


@given(histories())
def test_only_the_present_period_is_needed_to_go_on(events: list[Event]) -> None:
    """The action adds one event to the newest period alone; the whole history would say the same."""
    whole = replay(events, STEPS)
    short = Timeline((whole.current,), whole.end_reason, whole.sorting_first_since, whole.last_on)
    for kind in KINDS:
        event = Event(kind, events[-1].happened_on, "job_support", "other", "nav")
        assert outcome(whole, event) == outcome(short, event)


def outcome(timeline: Timeline, event: Event) -> tuple[Period, str] | str:
    try:
        went_on = after(timeline, event, STEPS)
    except Refused as refused:
        return refused.reason.code
    return went_on.current, went_on.status


@given(histories(), st.data())
def test_a_late_entry_counts_every_day_once_or_is_refused(events: list[Event], data: st.DataObject) -> None:
    late = data.draw(st.integers(0, len(events) - 1))
    day = events[late].happened_on + timedelta(days=data.draw(st.integers(0, 3)))
    kind = data.draw(st.sampled_from(KINDS))
    event = Event(kind, day, data.draw(st.sampled_from(STEPS)), "other", "nav")
    numbered = [*enumerate(events), (len(events), event)]
    check_total(in_order(numbered))


@given(histories(), st.data())
def test_a_correction_counts_every_day_once_or_is_refused(events: list[Event], data: st.DataObject) -> None:
    wrong = data.draw(st.integers(0, len(events) - 1))
    without = [event for number, event in enumerate(events) if number != wrong]
    moved = replace(
        events[wrong], happened_on=events[wrong].happened_on + timedelta(days=data.draw(st.integers(-4, 4)))
    )
    check_total(without)
    check_total(in_order([(n, moved if n == wrong else event) for n, event in enumerate(events)]))


def check_total(events: list[Event]) -> None:
    try:
        timeline = replay(events, STEPS)
    except Refused:
        return
    until = timeline.ended_on or events[-1].happened_on + timedelta(days=9)
    rows = elapsed(timeline.periods, until)
    assert sum(row[0] for row in rows) == calendar_days(timeline.opened_on, until)
    assert sum(row[2] for row in rows) == working_days(timeline.opened_on, until)


# One thing each.


def test_entering_a_step_ends_what_waits_and_rests_in_the_last() -> None:
    timeline = replay(
        [
            OPENED,
            on(1, EventKind.WAITING_STARTED, waiting_for="nav"),
            on(2, EventKind.PAUSED, reason="sickness"),
            on(5, EventKind.ENTERED, step="profiling"),
        ],
        STEPS,
    )
    left = timeline.periods[0]
    assert left.waitings[0].ended_on == left.pauses[0].ended_on == left.left_on == MONDAY + timedelta(days=5)
    assert (timeline.step, timeline.status) == ("profiling", "active")


def test_a_pause_is_a_status_and_a_waiting_is_not() -> None:
    waiting = replay([OPENED, on(1, EventKind.WAITING_STARTED, waiting_for="nav")], STEPS)
    assert waiting.status == "active"
    assert after(waiting, on(1, EventKind.PAUSED, reason="leave"), STEPS).status == "paused"


def test_an_ended_case_still_hears_of_its_job() -> None:
    ended = [OPENED, on(3, EventKind.ENDED, reason="work")]
    timeline = replay([*ended, on(9, EventKind.CHECKED), on(9, EventKind.JOB_ENDED, reason="mutual")], STEPS)
    assert (timeline.step, timeline.ended_on) == ("ended", MONDAY + timedelta(days=3))


def test_putting_life_in_order_first_ends_with_the_step() -> None:
    first = replay([OPENED, on(1, EventKind.SORT_FIRST_STARTED)], STEPS)
    assert first.sorting_first_since == MONDAY + timedelta(days=1)
    assert after(first, on(2, EventKind.ENTERED, step="profiling"), STEPS).sorting_first_since is None


@pytest.mark.parametrize(
    ("events", "code"),
    [
        ((), "history_empty"),
        ((on(1, EventKind.ENTERED, step="profiling"),), "not_opened"),
        ((OPENED, OPENED), "already_open"),
        ((OPENED, on(-1, EventKind.CHECKED)), "before_the_last_event"),
        ((OPENED, on(1, EventKind.ENTERED, step="retirement")), "unknown_step"),
        ((OPENED, on(1, EventKind.ENTERED, step="ended")), "unknown_step"),
        ((OPENED, on(1, EventKind.ENTERED, step="engagement")), "already_in_step"),
        ((OPENED, on(1, EventKind.WAITING_ENDED)), "nothing_to_end"),
        ((OPENED, on(1, EventKind.RESUMED)), "nothing_to_end"),
        ((OPENED, on(1, EventKind.PAUSED, reason="leave"), on(2, EventKind.PAUSED, reason="leave")), "already_paused"),
        ((OPENED, on(1, EventKind.ENDED, reason="work"), on(2, EventKind.PAUSED, reason="leave")), "case_ended"),
        ((OPENED, on(1, EventKind.ENDED, reason="work"), on(2, EventKind.ENDED, reason="work")), "case_ended"),
        ((OPENED, on(1, EventKind.SORT_FIRST_STARTED), on(2, EventKind.SORT_FIRST_STARTED)), "already_sorting_first"),
        ((OPENED, on(1, EventKind.SORT_FIRST_ENDED)), "not_sorting_first"),
    ],
)
def test_what_does_not_fit_is_refused(events: tuple[Event, ...], code: str) -> None:
    assert refusal(*events) == code


@pytest.mark.parametrize(
    ("event", "code"),
    [
        (Event(EventKind.WAITING_STARTED, MONDAY, waiting_for="godot"), "waiting_for_unknown"),
        (Event(EventKind.WAITING_STARTED, MONDAY, waiting_for="nav", next_on=date(2026, 3, 1)), "next_before_start"),
        (Event(EventKind.PAUSED, MONDAY, reason="rain"), "pause_reason_unknown"),
        (Event(EventKind.PAUSED, MONDAY, reason="leave", next_on=date(2026, 4, 2)), "contact_within_thirty_days"),
        (Event(EventKind.PAUSED, MONDAY, reason="leave", next_on=date(2026, 3, 1)), "contact_within_thirty_days"),
        (Event(EventKind.ENDED, MONDAY), "end_reason_needed"),
        (Event(EventKind.ENDED, MONDAY, reason="bored"), "end_reason_needed"),
    ],
)
def test_a_code_or_a_day_that_cannot_be_is_refused(event: Event, code: str) -> None:
    with pytest.raises(Refused) as refused:
        check_words(event)
    assert refused.value.reason.code == code


def test_every_reason_to_end_is_allowed() -> None:
    for reason in END_REASONS:
        check_words(Event(EventKind.ENDED, MONDAY, reason=reason))
