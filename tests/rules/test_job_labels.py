"""Labels are functions of facts: ordinary paid work of enough hours in enough weeks, and only what is known."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from se_engine.rules.job_labels import NO, NOT_KNOWN, YES, Definition, Worked, job_started, labels, sustained
from se_engine.rules.jobs import Stretch, Terms

ON = date(2026, 9, 7)
WEEK = timedelta(weeks=1)
LONG_AGO = ON - 60 * WEEK


def worked(hours=20, *, started_on=LONG_AGO, ended_on=None, known_until=ON, paid=True, contract="permanent", **rest):
    terms = [Stretch(started_on, ended_on, Terms(hours=hours, contract=contract))]
    return Worked(started_on, ended_on, paid, terms, known_until=known_until, **rest)


@pytest.mark.parametrize(
    ("job", "expected"),
    [
        (worked(), YES),
        (worked(13), YES),
        (worked(12.5), NO),
        (worked(paid=False), NO),
        (worked(paid=None), NO),
        (worked(contract="work_training"), NO),
        (worked(None), NOT_KNOWN),
        (worked(known_until=None), NOT_KNOWN),
        (worked(known_until=ON - 4 * WEEK), YES),
        (worked(known_until=ON - 5 * WEEK), NOT_KNOWN),
        (worked(ended_on=ON - 4 * WEEK), YES),
        (worked(ended_on=ON - 4 * WEEK - timedelta(days=1)), NO),
        (worked(started_on=ON - 26 * WEEK + timedelta(days=1)), YES),
        (worked(started_on=ON - 26 * WEEK + timedelta(days=2)), NO),
        (worked(subsidised=[(LONG_AGO, None)]), NO),
        (worked(subsidised=[(LONG_AGO, ON - 26 * WEEK)]), YES),
    ],
)
def test_sustained_is_counted_week_by_week(job, expected):
    assert sustained([job], ON).value == expected


def test_two_small_jobs_together_are_enough_and_a_gap_is_not():
    assert sustained([worked(7), worked(6)], ON).value == YES
    before = worked(ended_on=ON - 20 * WEEK)
    assert sustained([before, worked(started_on=ON - 18 * WEEK)], ON).weeks == 28
    assert sustained([before, worked(started_on=ON - 12 * WEEK)], ON).value == NO


def test_what_was_and_what_is_not_known_yet():
    label = sustained([worked(known_until=ON - 10 * WEEK)], ON)
    assert (label.value, label.weeks) == (NOT_KNOWN, 20)


def test_another_definition_counts_otherwise_and_says_which_it_is():
    stricter = Definition(2, hours=30, weeks=10, of_weeks=12)
    assert sustained([worked(20)], ON, stricter).value == NO
    found = sustained([worked(30)], ON, stricter)
    assert (found.value, found.version, found.weeks) == (YES, 2, 12)


def test_a_job_has_started_with_the_first_paid_day_whatever_came_after():
    lost = worked(started_on=ON - 5 * WEEK, ended_on=ON - 3 * WEEK)
    assert job_started([worked(paid=False), lost], ON).since == lost.started_on
    assert job_started([worked(started_on=ON + WEEK)], ON).value == NO


def test_nobody_without_a_job_is_in_any_of_them():
    assert [label.value for label in labels([], [], ON)] == [NO, NO, NO]
