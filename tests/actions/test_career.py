"""Steps, education, tests, recognition and goals: what follows from each, and what is refused."""

from __future__ import annotations

from datetime import timedelta

import pytest

from se_engine.actions.career import record_step, void_step
from se_engine.actions.education import add_education, change_education, void_education
from se_engine.actions.jobs import start_job
from se_engine.actions.language_goals import end_language_goal, set_language_goal
from se_engine.actions.language_tests import record_test, void_test
from se_engine.actions.languages import record_levels
from se_engine.actions.qualifications import add_qualification, record_recognition, void_qualification
from se_engine.actions.record import record_field
from se_engine.queries.career import career_page
from se_engine.queries.facts import facts_of
from se_engine.queries.headings import process_of
from se_engine.queries.levels import newest_levels
from se_engine.rules.errors import NotFound, Refused, Stale
from tests.support.people import EMPLOYER, OPENED, TODAY
from tests.support.statements import statements

TOMORROW = TODAY + timedelta(days=1)
SKILLS = ("listening", "reading", "speaking", "writing")


@pytest.fixture
def jo(people):
    return people.jo


@pytest.fixture
def page(session, jo, case):
    return lambda: career_page(session, jo, case.id)


def abroad(session, case) -> bool:
    return "education_abroad" in facts_of(session, case, process_of(case)).conditions


def test_a_test_gives_her_a_level_in_each_skill_it_was_passed_in(session, jo, case, page):
    record_test(session, jo, case.id, kind="norwegian_test", taken_on=TOMORROW)
    (ahead,) = page().tests
    assert (ahead.on, ahead.told) == (TOMORROW, False)
    taken = TODAY - timedelta(days=3)
    results = {"speaking": "B1", "reading": "A2", "writing": "not_passed"}
    record_test(session, jo, case.id, kind="norwegian_test", taken_on=taken, results=results, attempt=2)
    assert newest_levels(session, case.participant_id) == {"speaking": "B1", "reading": "A2"}
    assert {row.source for _, row in page().levels} == {"test"}
    told = page().tests[1]
    assert (told.results, told.attempt) == ({"speaking": "B1", "reading": "A2", "writing": None}, 2)


def test_a_registered_test_gets_its_result_on_its_day(session, jo, case, clock, page):
    record_test(session, jo, case.id, kind="citizenship", taken_on=TOMORROW)
    with pytest.raises(Refused, match="test_is_there"):
        record_test(session, jo, case.id, kind="citizenship", taken_on=TOMORROW)
    with pytest.raises(Refused, match="in_the_future"):
        record_test(session, jo, case.id, kind="citizenship", taken_on=TOMORROW, passed=True)
    clock.day = TOMORROW
    record_test(session, jo, case.id, kind="citizenship", taken_on=TOMORROW, passed=True)
    assert [(test.passed, test.told) for test in page().tests] == [(True, True)]
    with pytest.raises(Refused, match="test_has_no_skills"):
        record_test(session, jo, case.id, kind="citizenship", taken_on=TODAY, results={"speaking": "A2"})


def test_a_test_that_was_taken_back_leaves_no_level_behind(session, jo, case, page):
    her = case.participant_id
    record_levels(session, jo, her, levels={"speaking": "A2"}, source="teacher", happened_on=OPENED)
    wrong = record_test(session, jo, case.id, kind="norwegian_test", taken_on=OPENED, results={"speaking": "C1"})
    void_test(session, jo, case.id, wrong[0].id, why="Another person's")
    assert newest_levels(session, her) == {"speaking": None}
    assert page().tests == ()
    with pytest.raises(NotFound):
        void_test(session, jo, case.id, wrong[0].id, why="Twice")
    record_test(session, jo, case.id, kind="norwegian_test", taken_on=OPENED, results={"speaking": "B1"})
    assert newest_levels(session, her) == {"speaking": "B1"}


def test_a_level_told_after_the_test_stands_when_the_test_does_not(session, jo, case):
    her = case.participant_id
    rows = record_test(session, jo, case.id, kind="norwegian_test", taken_on=OPENED, results={"speaking": "C1"})
    record_levels(session, jo, her, levels={"speaking": "B1"}, source="teacher", happened_on=TODAY)
    void_test(session, jo, case.id, rows[0].id, why="Another person's")
    assert newest_levels(session, her) == {"speaking": "B1"}


def test_a_goal_serves_a_wish_and_is_followed_by_the_next(session, jo, case, page):
    with pytest.raises(Refused, match="wish_not_there"):
        set_language_goal(session, jo, case.id, skill="speaking", level="B1", set_on=OPENED, wish=1)
    record_field(session, jo, case.participant_id, "job_wishes", "A bakery", happened_on=OPENED)
    first = set_language_goal(session, jo, case.id, skill="speaking", level="B1", set_on=OPENED, wish=1)
    other = set_language_goal(session, jo, case.id, skill="reading", level="A2", set_on=OPENED)
    with pytest.raises(Refused, match="goal_before_set"):
        set_language_goal(session, jo, case.id, skill="speaking", level="B1", set_on=TODAY, by_on=OPENED)
    second = set_language_goal(session, jo, case.id, skill="speaking", level="B2", set_on=TODAY, wish=1)
    assert (first.outcome, first.ended_on, second.follows_id) == ("changed", TODAY, first.id)
    assert [(goal.skill, goal.level) for goal in page().running_goals] == [("reading", "A2"), ("speaking", "B2")]
    record_levels(session, jo, case.participant_id, levels={"reading": "B1"}, source="teacher", happened_on=TODAY)
    assert [page().reaches(goal) for goal in page().running_goals] == [True, False]
    end_language_goal(session, jo, case.id, other.id, outcome="reached", ended_on=TODAY)
    with pytest.raises(Refused, match="goal_has_ended"):
        end_language_goal(session, jo, case.id, other.id, outcome="dropped", ended_on=TODAY)


def test_steps_stand_in_one_list_with_what_changed_in_the_jobs(session, jo, case, clock, page):
    from se_engine.records.jobs import JobChange

    started = TODAY - timedelta(days=40)
    job = start_job(session, jo, case.id, started_on=started, employer=EMPLOYER, hours_per_week=20, paid=True)
    more = JobChange(job_id=job.id, what="hours", happened_on=TODAY, number=30, recorded_at=clock())
    session.add(more)
    step = record_step(
        session,
        jo,
        case.id,
        kind="driving_licence",
        happened_on=TODAY - timedelta(days=5),
        words="Class B",
        job_id=job.id,
    )
    found = [(line.source, line.code, line.on) for line in page().steps]
    assert found == [
        ("job_change", "hours", TODAY), ("step", "driving_licence", step.happened_on),
        ("job_started", "job_started", started),
    ]  # fmt: skip
    void_step(session, jo, case.id, step.id, why="It was her sister")
    assert [line.source for line in page().steps] == ["job_change", "job_started"]
    with pytest.raises(NotFound):
        void_step(session, jo, case.id, step.id, why="Again")
    with pytest.raises(Refused, match="say_what_it_was"):
        record_step(session, jo, case.id, kind="other", happened_on=TODAY)


def test_education_is_supported_changed_and_ended(session, jo, case, page):
    begun = OPENED + timedelta(days=3)
    made = add_education(
        session, jo, case.id, level="upper_secondary", place="Nordkyn school", subject="Health care", started_on=begun,
        support="Homework help on Tuesdays",
    )  # fmt: skip
    seen = made.version
    told = {"planned_until": None, "support": "Homework help", "learned": "Evenings did not work"}
    with pytest.raises(Refused, match="say_when_it_ended"):
        change_education(session, jo, case.id, made.id, seen_version=seen, outcome="left", **told)
    with pytest.raises(Refused, match="ends_before_it_starts"):
        change_education(
            session, jo, case.id, made.id, seen_version=seen, outcome="left", ended_on=OPENED, **told
        )  # fmt: skip
    change_education(session, jo, case.id, made.id, seen_version=seen, outcome="left", ended_on=TODAY, **told)
    with pytest.raises(Stale):
        change_education(session, jo, case.id, made.id, seen_version=seen, **told)
    (shown,) = page().educations
    assert (shown.outcome, page().words[shown.learned_text_id]) == ("left", "Evenings did not work")
    void_education(session, jo, case.id, made.id, why="The wrong person")
    assert page().educations == ()


def test_recognition_over_time_is_the_source_of_the_field_and_of_the_condition(session, jo, case, page):
    assert not abroad(session, case)
    nurse = add_qualification(
        session, jo, case.id, words="Nurse", country="SY", level="university", years=4, documented="partly",
        status="needed", happened_on=OPENED,
    )  # fmt: skip
    baker = add_qualification(session, jo, case.id, words="Baker", status="not_needed", happened_on=OPENED)
    assert abroad(session, case)
    with pytest.raises(Refused, match="field_has_its_record"):
        record_field(session, jo, case.participant_id, "recognition_status", "granted", happened_on=TODAY)
    record_recognition(session, jo, case.id, nurse.id, status="applied", happened_on=OPENED + timedelta(days=9))
    record_recognition(session, jo, case.id, nurse.id, status="granted", happened_on=TODAY, words="As a nurse")
    (first, _second) = page().qualifications
    assert [step.status for step in first.steps] == ["needed", "applied", "granted"]
    assert field(session, case) == ("granted", TODAY.isoformat())
    facts = facts_of(session, case, process_of(case))
    assert facts.tasks["T2-A13"].status == "done"
    void_qualification(session, jo, case.id, nurse.id, why="Told twice")
    assert field(session, case) == ("none", "")
    assert not abroad(session, case)
    void_qualification(session, jo, case.id, baker.id, why="Told twice")
    record_field(session, jo, case.participant_id, "recognition_status", "needed", happened_on=TODAY)
    assert abroad(session, case)


def field(session, case) -> tuple[str, str]:
    from sqlalchemy import select

    from se_engine.records.participants import FieldValue

    rows = session.execute(
        select(FieldValue.field, FieldValue.code)
        .where(FieldValue.participant_id == case.participant_id)
        .order_by(FieldValue.id)
    )
    newest = {row.field: row.code or "" for row in rows}
    return newest["recognition_status"], newest["recognition_date"]


def test_the_page_takes_as_many_statements_for_a_long_story(session, jo, case):
    tell(session, jo, case, 1)
    with statements(session) as few:
        career_page(session, jo, case.id)
    for number in range(2, 6):
        tell(session, jo, case, number)
    with statements(session) as many:
        career_page(session, jo, case.id)
    assert len(few) == len(many)


def tell(session, jo, case, number) -> None:
    on = OPENED + timedelta(days=number)
    record_test(session, jo, case.id, kind="norwegian_test", taken_on=on, results=dict.fromkeys(SKILLS, "A2"))
    record_step(session, jo, case.id, kind="course", happened_on=on, words="First aid")
    add_education(session, jo, case.id, level="primary", place="School", subject="All", started_on=on)
    add_qualification(session, jo, case.id, words="Baker", status="needed", happened_on=on)
    set_language_goal(session, jo, case.id, skill=SKILLS[number % 4], level="B1", set_on=on, words="At the till")


def test_nobody_elses_and_nothing_in_an_ended_case(session, people, make_case, case):
    other = make_case(owner=people.sam, given_name="Ada")
    test = record_test(session, people.sam, other.id, kind="other", taken_on=TODAY)[0]
    step = record_step(session, people.sam, other.id, kind="course", happened_on=TODAY)
    made = add_qualification(session, people.sam, other.id, words="Baker", status="needed", happened_on=TODAY)
    with pytest.raises(NotFound):
        void_test(session, people.jo, case.id, test.id, why="Mine?")
    with pytest.raises(NotFound):
        void_step(session, people.jo, case.id, step.id, why="Mine?")
    with pytest.raises(NotFound):
        record_recognition(session, people.jo, case.id, made.id, status="applied", happened_on=TODAY)
    case.status, case.ended_on = "ended", TODAY
    for act in (
        lambda: record_step(session, people.jo, case.id, kind="course", happened_on=TODAY),
        lambda: record_test(session, people.jo, case.id, kind="other", taken_on=TODAY),
        lambda: add_qualification(session, people.jo, case.id, words="Baker", status="needed", happened_on=TODAY),
    ):
        with pytest.raises(Refused, match="case_ended"):
            act()
