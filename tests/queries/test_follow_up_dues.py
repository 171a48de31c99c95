"""What follow-up asks for: each reminder has its cause, and goes when it is done."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import true

from se_engine.actions.checks import record_check
from se_engine.actions.jobs import end_job, start_job
from se_engine.actions.schedules import confirm_plan, drop_check, wish_contact
from se_engine.actions.scores import record_scores, record_survey
from se_engine.actions.waiting import pause
from se_engine.queries.follow_up_dues import dues
from se_engine.records.jobs import AbsencePoint, JobChange, Subsidy, SubsidyStep, WorkAbsence
from tests.support.people import TODAY
from tests.support.statements import statements

START = TODAY - timedelta(days=100)


def after(days: int) -> date:
    return START + timedelta(days=days)


@pytest.fixture
def case(make_case):
    return make_case(opened_on=START - timedelta(days=60))


@pytest.fixture
def job(session, people, case):
    made = start_job(session, people.jo, case.id, started_on=START, employer="Kiwi", paid=True, hours_per_week=30)
    confirm_plan(session, people.jo, case.id, made.id, happened_on=START)
    return made


@pytest.fixture
def due(session):
    def asked(days: int, *reasons: str) -> dict[str, tuple[date, str]]:
        found = dues(session, true(), after(days))
        assert len({one.reason for one in found}) == len(found)
        return {one.reason: (one.on, one.place) for one in found if not reasons or one.reason in reasons}

    return asked


@pytest.fixture
def answered(session, people, case, clock):
    def answer(*days: int, **rest):
        for day in days:
            said = {"answer": "this_job", "evidence": "own_words", **rest}
            record_check(session, people.jo, case.id, happened_on=after(day), **said)

    return answer


SCORES = {"safe": 4, "understand": 3, "learn": 5, "belong": 2, "stay": 5}


def test_the_next_check_is_due_from_its_day_until_she_is_met(due, answered, job):
    answered(0)
    assert "check_due" not in due(1)
    assert due(2, "check_due") == {"check_due": (after(2), "notes/new")}
    assert due(50, "check_due") == {"check_due": (after(2), "notes/new")}, "it stays"
    answered(50)
    assert "check_due" not in due(56)
    assert due(70, "check_due")["check_due"][0] == after(70)


def test_a_check_left_out_is_not_asked_for_and_a_day_she_wished_is(session, people, clock, due, answered, case, job):
    clock.day = after(190)
    answered(182)
    drop_check(session, people.jo, case.id, job.id, point="w30", happened_on=after(185), words="It goes well.")
    assert "check_due" not in due(215)
    assert due(238, "check_due")["check_due"][0] == after(238)
    wish_contact(session, people.jo, case.id, job.id, day=after(200), happened_on=after(190))
    assert due(201, "check_due")["check_due"][0] == after(200)
    clock.day = after(201)
    answered(201)
    assert "check_due" not in due(230)


def test_a_contact_without_an_answer_asks_for_it(due, answered, case, job):
    case.last_contact_on = after(29)
    assert due(30, "answer_missing") == {"answer_missing": (after(29), "checks/new")}
    answered(30)
    assert "answer_missing" not in due(31)


def test_a_full_check_wants_her_scores(session, people, due, answered, case, job):
    answered(28)
    assert due(30, "content_missing") == {"content_missing": (after(25), "follow-up/scores")}
    record_scores(session, people.jo, case.id, happened_on=after(30), **SCORES)
    assert "content_missing" not in due(40)
    answered(91)
    assert due(92, "content_missing")["content_missing"][0] == after(81)


def test_the_plan_wants_her_yes_and_the_survey_her_answers(session, people, due, answered, case):
    job = start_job(session, people.jo, case.id, started_on=START, employer="Kiwi", paid=True)
    assert due(1, "plan_unconfirmed") == {"plan_unconfirmed": (START, f"follow-up/{job.id}/confirm")}
    confirm_plan(session, people.jo, case.id, job.id, happened_on=after(3))
    assert "plan_unconfirmed" not in due(4)
    assert "survey_due" not in due(90)
    assert due(91, "survey_due") == {"survey_due": (after(91), f"follow-up/{job.id}/survey/13")}
    assert "survey_due" not in due(91 + 57)
    said = {"week": 13, "language": "ar", "filled_in": "alone", "answers": {"survey_1": 5}}
    record_survey(session, people.jo, case.id, job.id, happened_on=after(95), **said)
    assert "survey_due" not in due(100)


def test_changes_at_work_ask_for_one_more_check(session, due, answered, case, job, clock):
    told = {"recorded_at": clock()}
    session.add(JobChange(job_id=job.id, what="leader", happened_on=after(30), **told))
    session.flush()
    case.last_contact_on = after(29)
    assert "event_check" not in due(36)
    assert due(37, "event_check") == {"event_check": (after(37), "notes/new")}
    case.last_contact_on = after(31)
    assert "event_check" not in due(37)
    assert "event_check" not in due(70)


@pytest.mark.parametrize(
    ("kind", "on"), [("contract_end", 60), ("probation_end", 60), ("subsidy_end", 60), ("return_from_leave", 60)]
)
def test_what_ends_is_asked_about_in_time(session, due, case, job, clock, kind, on):
    told = {"recorded_at": clock()}
    if kind == "contract_end":
        job.planned_until = after(on)
    elif kind == "probation_end":
        job.probation_until = after(on)
    elif kind == "subsidy_end":
        given = {"kind": "wage_subsidy", "decision": "granted", "from_on": after(0), "until_on": after(on)}
        subsidy = Subsidy(job_id=job.id, case_id=case.id, **given, **told)
        session.add(subsidy)
        session.flush()
        session.add(SubsidyStep(subsidy_id=subsidy.id, from_on=after(0), percent=60, **told))
    else:
        session.add(WorkAbsence(job_id=job.id, kind="leave", from_on=after(40), until_on=after(on - 1), **told))
    session.flush()
    days = {"contract_end": -42, "probation_end": -14, "subsidy_end": -28, "return_from_leave": 2}
    first = on + days[kind]
    case.last_contact_on = after(-50)
    assert "event_check" not in due(first - 1)
    assert due(first, "event_check")["event_check"][0] == after(first)


def test_the_dates_of_the_law_are_reminded_of_while_she_is_away(session, due, case, job, clock):
    absence = WorkAbsence(job_id=job.id, kind="sickness", from_on=after(0), recorded_at=clock())
    leave = WorkAbsence(job_id=job.id, kind="leave", from_on=after(0), until_on=after(300), recorded_at=clock())
    session.add_all([absence, leave])
    session.flush()
    place = f"follow-up/absences/{absence.id}"
    assert "absence_point" not in due(20)
    assert due(21, "absence_point") == {"absence_point": (after(21), place)}
    session.add(
        AbsencePoint(absence_id=absence.id, point="plan", followed_up=True, happened_on=after(22), recorded_at=clock())
    )
    session.flush()
    assert "absence_point" not in due(41)
    assert due(42, "absence_point")["absence_point"][0] == after(42)
    absence.until_on = after(48)
    assert "absence_point" not in due(60), "she was back before the day"


def test_a_pause_rests_the_checks_and_the_end_of_the_job_ends_them(session, people, due, answered, case, job):
    answered(2)
    assert "check_due" in due(60)
    said = {"seen_version": None, "reason": "travel", "contact_on": TODAY + timedelta(days=20)}
    pause(session, people.jo, case.id, on=TODAY, **said)
    assert due(100) == {}
    end_job(session, people.jo, case.id, job.id, ended_on=TODAY, reason="mutual")
    assert due(101) == {}


def test_of_two_jobs_the_one_with_most_hours_is_followed(session, people, due, case, job):
    other = start_job(session, people.jo, case.id, started_on=after(50), employer="Rema", paid=True, hours_per_week=35)
    case.last_contact_on = after(49)
    assert due(53, "check_due", "plan_unconfirmed") == {
        "check_due": (after(52), "notes/new"),
        "plan_unconfirmed": (after(50), f"follow-up/{other.id}/confirm"),
    }


def test_statements_do_not_grow_with_the_cases(session, people, make_case):
    def asked() -> int:
        with statements(session) as found:
            dues(session, true(), TODAY)
        return len(found)

    for _ in range(2):
        case = make_case(opened_on=START)
        start_job(session, people.jo, case.id, started_on=START, employer="Kiwi", paid=True)
    few = asked()
    for _ in range(5):
        case = make_case(opened_on=START)
        start_job(session, people.jo, case.id, started_on=START, employer="Kiwi", paid=True)
    assert asked() == few <= 11
