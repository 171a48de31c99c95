"""Occupation of states that may be entered again, against exact fractions and against what it contains."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from se_engine.measures.survival import Stay, competing, multi_state, multi_state_from_counts, product_limit
from tests.measures.reference import Interval, occupation_at

STATES = ["profiling", "job_finding", "ended"]

# Four people: one goes back once, one ends from there, one comes late and one is not seen further.
BACK_AND_FORTH = [
    [(1, 0, 2, "job_finding"), (1, 2, 4, "profiling"), (1, 4, 6, "job_finding"), (1, 6, 9, None)],
    [(2, 0, 3, "job_finding"), (2, 3, 6, "ended")],
    [(3, 1, 4, "ended")],
    [(4, 0, 3, None)],
]


def flat(histories: list[list[Interval]]) -> list[Interval]:
    return [interval for history in histories for interval in history]


@pytest.mark.parametrize(
    ("day", "shares"),
    [
        (1, (1, 0, 0)),
        # Four at risk in profiling, one of whom leaves it.
        (2, (Fraction(3, 4), Fraction(1, 4), 0)),
        # Of three, one goes on; who is censored that day was at risk.
        (3, (Fraction(1, 2), Fraction(1, 2), 0)),
        # The one left in profiling ends, and one of two in job finding goes back: both on one day.
        (4, (Fraction(1, 4), Fraction(1, 4), Fraction(1, 2))),
        (5, (Fraction(1, 4), Fraction(1, 4), Fraction(1, 2))),
        (6, (0, Fraction(1, 4), Fraction(3, 4))),
        (400, (0, Fraction(1, 4), Fraction(3, 4))),
    ],
)
def test_going_back_and_coming_late_equal_the_sum_by_hand(day: int, shares: tuple[Fraction, ...]) -> None:
    assert multi_state(flat(BACK_AND_FORTH), STATES).at(day) == pytest.approx(shares, abs=1e-15)


def test_at_risk_is_told_state_by_state() -> None:
    rows = multi_state(flat(BACK_AND_FORTH), STATES).rows
    assert [(row.day, row.at_risk) for row in rows] == [
        (2, (4, 0, 0)),
        (3, (3, 1, 0)),
        (4, (1, 2, 0)),
        (6, (1, 1, 0)),
    ]


def test_two_changes_on_one_day_are_one() -> None:
    twice = [(1, 0, 5, "job_finding"), (1, 5, 5, "ended"), (2, 0, 9, None)]
    once = [(1, 0, 5, "ended"), (2, 0, 9, None)]
    assert multi_state(twice, STATES) == multi_state(once, STATES)


def test_there_and_back_on_one_day_is_no_change() -> None:
    back = [(1, 0, 5, "job_finding"), (1, 5, 5, "profiling"), (1, 5, 8, "ended"), (2, 0, 9, None)]
    stayed = [(1, 0, 8, "ended"), (2, 0, 9, None)]
    assert multi_state(back, STATES) == multi_state(stayed, STATES)


def test_what_happened_on_the_first_day_was_never_at_risk() -> None:
    moved_at_once = [(1, 0, 0, "job_finding"), (1, 0, 4, "ended"), (2, 0, 6, "job_finding")]
    found = multi_state(moved_at_once, STATES)
    assert [(row.day, row.at_risk) for row in found.rows] == [(4, (1, 1, 0)), (6, (1, 0, 0))]
    assert found.at(5) == (1, 0, 0)


def test_who_is_watched_from_the_start_is_at_risk_on_day_nought() -> None:
    assert multi_state([(1, -1, 0, "ended"), (2, -1, 3, None)], STATES).at(0) == (0.5, 0, 0.5)


def test_state_that_everybody_leaves_holds_nobody() -> None:
    assert multi_state([(who, 0, 7, "ended") for who in range(3)], STATES).at(7) == (0, 0, 1)


def test_nobody_stays_where_everyone_begins() -> None:
    found = multi_state([], STATES)
    assert (found.at(10), found.rows, found.last_day) == ((1, 0, 0), (), None)


@pytest.mark.parametrize(
    "intervals",
    [
        [(1, 5, 4, None)],
        [(1, 0, 4, "elsewhere")],
        [(1, 0, 4, None), (1, 4, 6, "ended")],
        [(1, 0, 4, "job_finding"), (1, 3, 6, "ended")],
    ],
    ids=["backwards", "no such state", "after the last", "overlapping"],
)
def test_intervals_that_cannot_be_are_an_error(intervals: list[Interval]) -> None:
    with pytest.raises(ValueError, match=r"1|elsewhere"):
        multi_state(intervals, STATES)


def test_stays_and_states_that_cannot_be_are_an_error() -> None:
    with pytest.raises(ValueError, match="stays"):
        multi_state_from_counts([Stay("profiling", 0, 4, None, -1)], STATES)
    with pytest.raises(ValueError, match="among"):
        multi_state_from_counts([Stay("elsewhere", 0, 4, None)], STATES)
    with pytest.raises(ValueError, match="twice"):
        multi_state([], ["profiling", "profiling"])
    with pytest.raises(ValueError, match="begin"):
        multi_state([], [])


@st.composite
def histories(draw: st.DrawFn) -> list[list[Interval]]:
    """Up to six people, some late, some with a gap, who go on, go back, stay put and may not be seen to the end."""
    people = []
    for subject in range(draw(st.integers(0, 6))):
        day, history = draw(st.integers(-1, 4)), []
        for lasting, gap, entered in draw(st.lists(steps, max_size=4)):
            history.append((subject, day, day + lasting, entered))
            day += lasting + gap
        if draw(st.booleans()):
            history.append((subject, day, day + draw(st.integers(0, 3)), None))
        people.append(history)
    return people


steps = st.tuples(st.integers(0, 4), st.sampled_from([0, 0, 0, 2]), st.sampled_from(STATES))


@settings(max_examples=500)
@given(histories(), st.integers(0, 18))
def test_occupation_equals_a_matrix_for_each_day_in_exact_fractions(people: list[list[Interval]], day: int) -> None:
    shares = multi_state(flat(people), STATES).at(day)
    assert shares == pytest.approx([float(share) for share in occupation_at(people, STATES, day)], abs=1e-12)
    assert sum(shares) == pytest.approx(1, abs=1e-12)


late = st.integers(-1, 6).flatmap(
    lambda entry: st.tuples(st.just(entry), st.integers(max(entry, 0), 12), st.integers(0, 2))
)


@settings(max_examples=50)
@given(st.lists(late, max_size=10), st.integers(0, 14))
def test_two_states_are_the_product_limit_with_delayed_entry(people: list[tuple[int, int, int]], day: int) -> None:
    curve = product_limit(
        [until for _, until, _ in people], [why > 0 for *_, why in people], entry=[since for since, *_ in people]
    )
    still_in = next((row.survival for row in reversed(curve.rows) if row.day <= day), 1.0)
    intervals = [(who, since, until, "out" if why else None) for who, (since, until, why) in enumerate(people)]
    assert multi_state(intervals, ["in", "out"]).at(day) == pytest.approx((still_in, 1 - still_in), abs=1e-12)


@settings(max_examples=50)
@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 2)), max_size=10), st.integers(0, 14))
def test_states_that_are_not_left_are_competing_outcomes(people: list[tuple[int, int]], day: int) -> None:
    incidence = competing([until for until, _ in people], [why for _, why in people])
    intervals = [(who, -1, until, why or None) for who, (until, why) in enumerate(people)]
    shares = (incidence.still_in(day), incidence.at(1, day), incidence.at(2, day))
    assert multi_state(intervals, [0, 1, 2]).at(day) == pytest.approx(shares, abs=1e-12)
