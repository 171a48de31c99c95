"""Reminders: one per person and reason, one for what a single talk settles, and words for every reason."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from se_engine import wording
from se_engine.rules.digests import DAILY, NEVER, WEEKLY, sends_on
from se_engine.rules.reminders import REASONS, Due, one_each

ON = date(2026, 3, 16)
CONTACTS = [reason for reason in REASONS if REASONS[reason].contact]


def due(reason, days_ago=0, case_id=1, place="") -> Due:
    return Due(case_id, reason, ON - timedelta(days=days_ago), place)


def test_the_oldest_of_one_reason_stands_for_it():
    found = one_each([due("decision_day", 2), due("decision_day", 5), due("decision_day", 1, case_id=2)], ON)
    assert [(one.due.case_id, one.due.on) for one in found] == [
        (1, ON - timedelta(days=5)),
        (2, ON - timedelta(days=1)),
    ]


def test_a_visit_and_a_check_are_one_reminder():
    found = one_each([due("check_due", 1), due("return_contact", 0), due("check_due", 1, case_id=2)], ON)
    assert [(one.due.case_id, one.due.reason, one.also) for one in found] == [
        (1, "return_contact", ("check_due",)), (2, "check_due", ()),
    ]  # fmt: skip
    assert found[0].due.on == ON - timedelta(days=1)


def test_a_person_with_two_cases_is_one_person():
    found = one_each([due("plan_abc"), due("plan_abc", case_id=2)], ON, person_of=lambda case_id: "she")
    assert len(found) == 1


def test_what_is_not_due_yet_is_left_out_and_late_is_said():
    assert one_each([due("check_due", -1)], ON) == []
    assert [one.late for one in one_each([due("check_due", 7)], ON)] == [False]
    assert [one.late for one in one_each([due("check_due", 8)], ON)] == [True]


@given(st.lists(st.builds(due, st.sampled_from(list(REASONS)), st.integers(-5, 40), st.integers(1, 4)), max_size=40))
def test_never_two_for_one_person_and_reason_and_none_is_lost(dues):
    found = one_each(dues, ON)
    told = [(one.due.case_id, reason) for one in found for reason in (one.due.reason, *one.also)]
    assert len(told) == len(set(told))
    assert set(told) == {(one.case_id, one.reason) for one in dues if one.on <= ON}
    assert all(sum(one.due.reason in CONTACTS for one in found if one.due.case_id == case) <= 1 for case in range(5))
    order = [(not REASONS[one.due.reason].contact, one.due.on) for one in found]
    assert order == sorted(order)


def test_every_reason_is_worded_and_no_other():
    assert set(wording.catalogue()["due"]) == set(REASONS)


def test_daily_on_working_days_only():
    monday, saturday, may_day = date(2026, 3, 16), date(2026, 3, 21), date(2026, 5, 1)
    assert [sends_on(day, DAILY, {}) for day in (monday, saturday, may_day)] == [True, False, False]
    assert not sends_on(monday, NEVER, {})


def test_never_twice_on_a_day_whatever_became_of_the_first():
    assert not sends_on(ON, DAILY, {ON: False})
    assert not sends_on(ON, DAILY, {ON: True})


def test_weekly_on_the_first_day_at_work_and_once_more_when_it_failed():
    easter_monday, tuesday, wednesday = (date(2026, 4, day) for day in (6, 7, 8))
    assert not sends_on(easter_monday, WEEKLY, {})
    assert sends_on(tuesday, WEEKLY, {})
    assert not sends_on(wednesday, WEEKLY, {tuesday: True})
    assert sends_on(wednesday, WEEKLY, {tuesday: False})
    assert not sends_on(wednesday + timedelta(days=1), WEEKLY, {tuesday: False, wednesday: False})
