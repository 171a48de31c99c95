"""What career and language ask for: each due begins on its day and is gone with the fact that answers it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import true

from se_engine.actions.goals import set_goal
from se_engine.actions.jobs import start_job
from se_engine.actions.language_tests import record_test
from se_engine.actions.languages import record_levels
from se_engine.actions.qualifications import add_qualification, record_recognition
from se_engine.actions.record import record_field
from se_engine.actions.tasks import close_by_fact, record_tasks
from se_engine.actions.tracks import close_track, open_track
from se_engine.actions.waiting import pause
from se_engine.queries.career_dues import dues
from se_engine.queries.career_goals import goal_reviews
from se_engine.records.cases import Case
from se_engine.records.jobs import Job
from se_engine.rules.career import in_education, recognition_due, summed_up
from se_engine.rules.facts import TaskStatus
from se_engine.rules.reminders import REASONS
from tests.support.people import EMPLOYER, OPENED, TODAY
from tests.support.statements import statements


def day(number):
    return OPENED + timedelta(days=number)


@pytest.fixture
def due(session, case):
    """due("plan_abc", day): since when, or None."""

    def asked(reason, on=TODAY, of=case):
        session.flush()
        found = [one for one in dues(session, Case.id == of.id, on) if one.reason == reason]
        assert len(found) <= 1
        return found[0].on if found else None

    return asked


@pytest.fixture
def done(session, people, case):
    def answer(key, on=OPENED, **rest):
        record_tasks(
            session, people.jo, case.id, keys=[key], status=TaskStatus.DONE, happened_on=on, words="Talked.", **rest
        )

    return answer


def test_plan_a_b_and_c_by_day_thirty_or_the_first_no(session, people, case, due, done):
    assert (due("plan_abc", day(29)), due("plan_abc", day(30))) == (None, day(30))
    track = open_track(session, people.jo, case.id, employer=EMPLOYER, opened_on=day(3))
    assert due("plan_abc", day(29)) is None
    close_track(
        session, people.jo, track.id, seen_version=None, reason="no_time", happened_on=day(9), decided_by="employer"
    )
    assert due("plan_abc", day(9)) == day(9)
    close_by_fact(session, people.jo, case, "plan_abc", happened_on=TODAY)
    assert due("plan_abc") is None


def test_a_cv_is_due_once_an_employer_is_on_the_list(session, people, case, due, done):
    assert due("cv_missing") is None
    open_track(session, people.jo, case.id, employer=EMPLOYER, opened_on=day(3))
    assert due("cv_missing", day(3)) == day(3)
    done("T2-A16")
    assert due("cv_missing") is None


def test_recognition_is_clarified_by_day_sixty_and_asked_after(session, people, case, due, done):
    assert due("education_abroad") is None
    made = add_qualification(session, people.jo, case.id, words="Nurse", status="needed", happened_on=OPENED)
    assert (due("education_abroad", day(59)), due("education_abroad", day(60))) == (None, day(60))
    assert due("recognition_due") == day(30)
    record_recognition(session, people.jo, case.id, made.id, status="applied", happened_on=day(35))
    assert due("recognition_due") is None
    assert due("recognition_due", day(155)) == day(155)
    record_recognition(session, people.jo, case.id, made.id, status="granted", happened_on=day(60), words="As a nurse")
    assert (due("recognition_due", day(400)), due("education_abroad", day(400))) == (None, None)


def test_the_economy_talk_comes_before_the_first_paid_day(session, people, case, due, done):
    start_job(session, people.jo, case.id, started_on=day(20), employer=EMPLOYER, paid=False)
    assert due("economy_talk") is None
    start_job(session, people.jo, case.id, started_on=day(40), employer=EMPLOYER, paid=True, hours_per_week=20)
    assert due("economy_talk") == day(39)
    done("T2-A09")
    assert due("economy_talk") is None


def test_safety_is_gone_through_on_day_one_of_each_workplace(session, people, case, due, done):
    job = start_job(session, people.jo, case.id, started_on=day(40), employer=EMPLOYER, paid=True, hours_per_week=20)
    assert due("work_safety") == day(40)
    done("T4-A11", employer="Another AS", on=day(40))
    assert due("work_safety") == day(40)
    done("T4-A11", employer=EMPLOYER, on=day(40))
    assert due("work_safety") is None
    session.get(Job, job.id).employer_id = None
    assert due("work_safety") is None


def test_what_prepares_a_beginning_is_no_longer_asked_for_long_after_it(session, people, case, due):
    start_job(session, people.jo, case.id, started_on=day(1), employer=EMPLOYER, paid=True)
    for reason in ("economy_talk", "work_safety"):
        since = due(reason, day(3))
        assert due(reason, since + timedelta(days=60)) == since
        assert due(reason, since + timedelta(days=61)) is None


def test_levels_are_looked_at_every_three_months_in_step_five(session, people, make_case, due):
    case = make_case("job_support")
    assert due("level_due", of=case) is None
    told = {"levels": dict.fromkeys(("listening", "reading", "writing"), "A2"), "source": "teacher"}
    record_levels(session, people.jo, case.participant_id, happened_on=TODAY, **told)
    speaking = day(60)
    record_levels(
        session, people.jo, case.participant_id, levels={"speaking": "A2"}, source="teacher", happened_on=speaking
    )
    assert due("level_due", speaking + timedelta(days=92), of=case) is None
    assert due("level_due", speaking + timedelta(days=93), of=case) == speaking + timedelta(days=93)
    record_levels(session, people.jo, case.participant_id, levels={"speaking": None}, source="test", happened_on=TODAY)
    assert due("level_due", of=case) == case.entered_on


def test_a_test_is_told_of_a_week_ahead_and_of_its_result_after(session, people, case, due, clock):
    on = TODAY + timedelta(days=10)
    record_test(session, people.jo, case.id, kind="norwegian_test", taken_on=on)
    week = on - timedelta(days=7)
    assert (due("test_due", week - timedelta(days=1)), due("test_due", week)) == (None, week)
    after = on + timedelta(days=1)
    assert (due("test_due", after), due("test_result", after)) == (None, after)
    clock.day = after
    record_test(session, people.jo, case.id, kind="norwegian_test", taken_on=on, results={"speaking": "not_passed"})
    assert due("test_result", after) is None


def test_a_permit_is_told_of_only_where_its_day_is_recorded(session, people, case, due):
    assert due("permit_expiry") is None
    until = TODAY + timedelta(days=90)
    record_field(
        session, people.jo, case.participant_id, "permit_expiry", until.isoformat(), happened_on=OPENED
    )  # fmt: skip
    assert due("permit_expiry") == TODAY
    record_field(session, people.jo, case.participant_id, "permit_expiry", "", happened_on=TODAY)
    assert due("permit_expiry") is None


def test_a_career_goal_is_looked_at_after_half_a_year_in_the_job(session, people, make_case, due):
    case = make_case(opened_on=TODAY - timedelta(days=400))
    began = TODAY - timedelta(days=190)
    start_job(session, people.jo, case.id, started_on=began, employer=EMPLOYER, paid=True, hours_per_week=20)
    goal = {"kind": "work_or_education", "words": "More hours"}
    set_goal(session, people.jo, case.id, set_on=began - timedelta(days=1), **goal)
    assert due("career_step", of=case) == began + timedelta(days=183)
    assert [(one.since, one.reviewed_on) for one in goal_reviews(session, true(), TODAY)] == [(began, None)]
    assert goal_reviews(session, true(), began + timedelta(days=182)) == []
    set_goal(session, people.jo, case.id, set_on=TODAY, **goal)
    assert due("career_step", of=case) is None
    assert [one.reviewed_on for one in goal_reviews(session, true(), TODAY)] == [TODAY]


def test_nothing_is_due_while_she_has_paused(session, people, case):
    assert dues(session, true(), TODAY)
    pause(
        session, people.jo, case.id, reason="travel", seen_version=None, on=TODAY, contact_on=TODAY + timedelta(days=9)
    )
    assert dues(session, true(), TODAY) == []


def test_as_many_statements_for_many_cases_and_every_reason_is_known(session, people, make_case, case):
    tell(session, people, case)
    with statements(session) as one:
        first = dues(session, true(), TODAY + timedelta(days=200))
    for number in range(4):
        tell(session, people, make_case(given_name=f"P{number}"))
    with statements(session) as many:
        every = dues(session, true(), TODAY + timedelta(days=200))
    assert len(one) == len(many)
    assert len(every) == 5 * len(first)
    assert {due.reason for due in every} <= set(REASONS)


def tell(session, people, case):
    start_job(session, people.jo, case.id, started_on=day(20), employer=EMPLOYER, paid=True, hours_per_week=20)
    record_test(session, people.jo, case.id, kind="other", taken_on=TODAY)
    add_qualification(session, people.jo, case.id, words="Nurse", status="needed", happened_on=OPENED)


def test_of_several_qualifications_what_is_still_to_be_done_counts():
    assert summed_up([]) is None
    assert summed_up(["not_needed", "granted", "applied"]) == "applied"
    assert summed_up(["granted", "not_needed"]) == "granted"
    assert recognition_due("granted", OPENED) is None


@pytest.mark.parametrize(
    ("level", "started", "ended", "counts"),
    [
        ("upper_secondary", 0, None, True), ("upper_secondary", 1, None, False), ("university", -9, -1, False),
        ("university", -9, 0, True), ("primary", -9, None, False), ("labour_market_course", -9, None, False),
    ],
)  # fmt: skip
def test_the_label_education_counts_upper_secondary_and_above(level, started, ended, counts):
    from types import SimpleNamespace

    until = None if ended is None else TODAY + timedelta(days=ended)
    one = SimpleNamespace(level=level, started_on=TODAY + timedelta(days=started), ended_on=until)
    assert in_education([one], TODAY) is counts
