"""Known, not known and known late, by the words of the decision; and the labels that follow from facts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from se_engine import follow_up_plans
from se_engine.rules.retention import (
    CHECKPOINTS,
    IN_WORK,
    NOT_IN_WORK,
    NOT_KNOWN,
    JobFacts,
    Known,
    at_week,
    last_day_in_time,
    stands,
)

PLAN = follow_up_plans.get(1)
START = date(2026, 1, 5)
ANSWERS = ("this_job", "another_job", "not_in_work", "not_known")


def after(days: int) -> date:
    return START + timedelta(days=days)


def job(*answers: tuple[int, str], ended: int | None = None) -> JobFacts:
    told = tuple((after(day), answer) for day, answer in sorted(answers))
    return JobFacts(START, None if ended is None else after(ended), told)


def known(one: JobFacts, week: int = 13) -> Known:
    return at_week(one, week, last_day_in_time(PLAN, week))


def test_an_answer_is_in_time_while_the_window_of_its_check_is_open():
    assert [last_day_in_time(PLAN, week) for week in CHECKPOINTS] == [34, 104, 195, 381]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (job(), Known(NOT_KNOWN)),
        (job((90, "this_job")), Known(NOT_KNOWN)),  # the day before week 13 is over
        (job((91, "this_job")), Known(IN_WORK)),
        (job((104, "this_job")), Known(IN_WORK)),
        (job((105, "this_job")), Known(IN_WORK, late=True)),
        (job((300, "this_job")), Known(IN_WORK, late=True)),
        (job((95, "not_in_work")), Known(NOT_IN_WORK)),
        (job((95, "another_job")), Known(NOT_IN_WORK)),
        (job((105, "not_in_work")), Known(NOT_KNOWN)),  # it says nothing of week 13
        (job((95, "not_known")), Known(NOT_KNOWN)),
        (job((95, "not_known"), (99, "this_job")), Known(IN_WORK)),
        (job((95, "not_in_work"), (120, "this_job")), Known(NOT_IN_WORK)),
        (job(ended=91), Known(IN_WORK)),
        (job(ended=90), Known(NOT_IN_WORK)),
        (job((95, "this_job"), ended=80), Known(NOT_IN_WORK)),
    ],
)
def test_what_is_known_at_week_13(facts: JobFacts, expected: Known):
    assert known(facts) == expected


JOBS = st.builds(
    lambda answers, ended: job(*answers, ended=ended),
    st.lists(st.tuples(st.integers(0, 500), st.sampled_from(ANSWERS)), max_size=6),
    st.none() | st.integers(0, 500),
)


@given(JOBS, st.sampled_from(CHECKPOINTS))
def test_it_is_in_work_only_when_somebody_said_so_or_it_ended_later(one: JobFacts, week: int):
    found = known(one, week)
    day = after(7 * week)
    said = any(on >= day and answer == "this_job" for on, answer in one.answers)
    if found.standing == IN_WORK:
        assert one.ended_on >= day if one.ended_on else said
    if one.ended_on is not None:
        assert found.standing != NOT_KNOWN
    assert found.standing == IN_WORK or not found.late


@given(JOBS, st.sampled_from(CHECKPOINTS), st.integers(0, 400))
def test_a_later_this_job_never_makes_less_known(one: JobFacts, week: int, later: int):
    told = (*one.answers, (max([START, *(on for on, _ in one.answers)]) + timedelta(days=later), "this_job"))
    more = JobFacts(START, one.ended_on, told)
    before, now = known(one, week), known(more, week)
    assert before.standing == NOT_KNOWN or before == now


def test_between_answers_the_last_word_holds_until_two_checks_are_missed():
    told = job((91, "this_job"))
    assert stands(told, after(119 + 8), PLAN) == IN_WORK
    assert stands(told, after(147 + 8), PLAN) == NOT_KNOWN
    assert stands(told, after(147 + 8), PLAN, after(118)) == IN_WORK, "known from before the first miss"
    assert stands(told, after(147 + 8), PLAN, after(119)) == NOT_KNOWN, "from the first miss on"
    assert stands(job((91, "not_in_work")), after(95), PLAN) == NOT_IN_WORK
    assert stands(job((91, "not_in_work")), after(95), PLAN, after(80)) == NOT_KNOWN
    assert stands(job(ended=91), after(91), PLAN) == IN_WORK
    assert stands(job(ended=91), after(92), PLAN) == NOT_IN_WORK


def test_a_check_that_she_left_out_is_not_a_missed_one():
    told = JobFacts(START, answers=((after(182), "this_job"),))
    assert stands(told, after(238 + 8), PLAN) == NOT_KNOWN, "weeks 30 and 34 were missed"
    assert stands(told, after(238 + 8), PLAN, dropped={"w30", "w34"}) == IN_WORK, "and here she wanted neither"
    assert stands(told, after(301 + 8), PLAN, dropped={"w30", "w34"}) == NOT_KNOWN, "then weeks 39 and 43"
