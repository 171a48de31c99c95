"""Jobs: what is asked about, what changes, who pays, who is away, and what was said at the end."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from se_engine.actions.disclosures import record_disclosure
from se_engine.actions.job_changes import change_job, void_change
from se_engine.actions.job_loss import offer_new_search
from se_engine.actions.job_words import record_job_words
from se_engine.actions.jobs import Ahead, end_job, start_job
from se_engine.actions.subsidies import add_step, apply_for_subsidy, decide_subsidy, end_subsidy, void_subsidy
from se_engine.actions.tasks import closed_by
from se_engine.actions.work_absences import end_work_absence, record_work_absence, void_work_absence
from se_engine.queries.job_pages import jobs_page
from se_engine.queries.texts import texts_of
from se_engine.records.jobs import Job, JobChange, JobText, SubsidyStep
from se_engine.records.tasks import TaskRecord
from se_engine.records.trail import TrailEntry
from se_engine.rules.errors import NotFound, Refused
from tests.support.people import EMPLOYER, OPENED, TODAY

DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)


def started(session, people, case, **rest):
    said = {"started_on": OPENED, "employer": EMPLOYER, "paid": True, "hours_per_week": 20, "contract": "permanent"}
    return start_job(session, people.jo, case.id, **{**said, **rest})


def changed(session, people, job, what, **rest):
    return change_job(session, people.jo, job.id, what=what, **{"happened_on": OPENED + WEEK, **rest})


def refusal(call, *given, **rest):
    with pytest.raises(Refused) as refused:
        call(*given, **rest)
    reason = refused.value.reason
    return reason.code, reason.values.get("field")


def answers(session, case, task):
    rows = select(TaskRecord).where(TaskRecord.case_id == case.id, TaskRecord.task == task)
    return [(row.happened_on, row.value) for row in session.scalars(rows)]


def trail(session):
    return list(session.scalars(select(TrailEntry.what)))


@pytest.fixture
def job(session, people, case):
    return started(session, people, case)


# What a job must be.


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"employer": " "}, ("job_needs_employer", "employer")),
        ({"occupation_code": "9999"}, ("occupation_unknown", "occupation_code")),
        ({"ahead": Ahead(planned_until=OPENED - DAY)}, ("before_job_start", "planned_until")),
        ({"ahead": Ahead(probation_until=OPENED - DAY)}, ("before_job_start", "probation_until")),
        (
            {"contract": "work_training", "paid": False, "ahead": Ahead(planned_until=OPENED + 100 * WEEK)},
            ("placement_too_long", "planned_until"),
        ),
    ],
)
def test_what_is_no_job_is_said_at_its_field(session, people, case, given, expected):
    assert refusal(started, session, people, case, **given) == expected
    assert session.scalars(select(Job)).all() == []


def test_only_freelance_work_has_no_employer(session, people, case):
    assert started(session, people, case, employer="", contract="freelance").employer_id is None


def test_a_placement_that_lasts_long_may_stand(session, people, case):
    long = {"contract": "work_training", "paid": False, "ahead": Ahead(planned_until=OPENED + 100 * WEEK)}
    assert started(session, people, case, **long, kept=("length",)).planned_until == OPENED + 100 * WEEK


def test_two_full_time_jobs_are_asked_about_and_may_stand(session, people, case):
    started(session, people, case, hours_per_week=37.5)
    second = {"employer": "Kiwi", "started_on": OPENED + WEEK, "hours_per_week": 35}
    assert refusal(started, session, people, case, **second)[0] == "full_time_jobs_overlap"
    part = started(session, people, case, **{**second, "hours_per_week": 15})
    assert refusal(changed, session, people, part, "hours", number=37.5)[0] == "full_time_jobs_overlap"
    assert session.scalars(select(JobChange)).all() == []
    assert changed(session, people, part, "hours", number=37.5, kept=("overlap",)).number == 37.5


def test_a_placement_becomes_a_job_that_follows_it(session, people, case):
    unpaid = {"paid": False, "contract": "work_training", "hours_per_week": 30}
    placement = started(session, people, case, **unpaid, ahead=Ahead(decision_on=OPENED + 4 * WEEK))
    assert answers(session, case, "T4-A12") == [(OPENED, (OPENED + 4 * WEEK).isoformat())]
    to_job = {"contract": "permanent", "happened_on": OPENED}
    assert refusal(changed, session, people, placement, "contract", code=to_job["contract"])[0] == (
        "placement_is_a_job_of_its_own"
    )
    hired = started(
        session, people, case, employer="", started_on=OPENED + 4 * WEEK, hours_per_week=37.5, follows_id=placement.id
    )
    assert (hired.employer_id, hired.follows_id) == (placement.employer_id, placement.id)
    assert (placement.ended_on, placement.end_reason) == (OPENED + 4 * WEEK - DAY, "term_ended")
    elsewhere = {"employer": "Kiwi", "started_on": OPENED + 5 * WEEK, "follows_id": placement.id}
    assert refusal(started, session, people, case, **elsewhere) == ("follows_elsewhere", "follows")


# What changes.


@pytest.mark.parametrize(
    ("what", "given", "expected"),
    [
        ("hours", {}, ("change_needs_value", "number")),
        ("hours", {"number": 61}, ("hours_not_allowed", None)),
        ("position", {"number": 120}, ("position_not_allowed", "number")),
        ("contract", {"code": "handshake"}, ("contract_unknown", None)),
        ("occupation", {"code": "12"}, ("occupation_unknown", "code")),
        ("leader", {"words": " "}, ("change_needs_words", "words")),
        ("mood", {}, ("value_unknown", "what")),
        ("planned_until", {"day": OPENED - DAY}, ("before_job_start", "day")),
        ("hours", {"number": 30, "happened_on": OPENED - DAY}, ("before_job_start", "happened_on")),
        ("hours", {"number": 30, "happened_on": TODAY + DAY}, ("in_the_future", None)),
    ],
)
def test_what_is_no_change_is_said_at_its_field(session, people, job, what, given, expected):
    assert refusal(changed, session, people, job, what, **given) == expected
    assert session.scalars(select(JobChange)).all() == []


def test_lists_know_the_hours_of_today_and_late_entries_take_their_place(session, people, case, job):
    assert job.hours_now is None
    more = changed(session, people, job, "hours", number=30, happened_on=OPENED + 4 * WEEK)
    changed(session, people, job, "hours", number=25, happened_on=OPENED + WEEK)
    assert job.hours_now == 30
    void_change(session, people.jo, job.id, more.id, why="It was somebody else.")
    assert job.hours_now == 25
    again = (void_change, session, people.jo, job.id, more.id)
    assert refusal(*again, why="x")[0] == "already_voided"
    story = jobs_page(session, people.jo, case.id).story(job.id)
    assert [(one.from_on, one.terms.hours) for one in story.stretches] == [(OPENED, 20), (OPENED + WEEK, 25)]
    assert [change.id for change in story.voided] == [more.id]


def test_a_change_after_the_end_belongs_nowhere_and_one_before_does(session, people, case, job):
    end_job(session, people.jo, case.id, job.id, ended_on=OPENED + 5 * WEEK, reason="mutual")
    late = {"number": 30, "happened_on": OPENED + 6 * WEEK}
    assert refusal(changed, session, people, job, "hours", **late) == ("after_job_end", "happened_on")
    assert changed(session, people, job, "hours", number=30).id


def test_words_about_a_change_are_sealed_and_looked_at(session, people, case, job):
    assert refusal(changed, session, people, job, "tasks", words="Ny sykdom, diagnose.")[0] == "words_to_look_at"
    made = changed(session, people, job, "tasks", words="More baking, less washing.")
    assert texts_of(session, case.participant, [made.text_id]) == {made.text_id: "More baking, less washing."}


def test_a_contract_that_is_seen_closes_the_task_only_where_the_employer_is_not_told(session, people, case, job):
    changed(session, people, job, "written")
    assert answers(session, case, "T4-A08") == []
    record_disclosure(
        session, people.jo, case.id, job.employer_id, decision="not_told", by_whom="participant",
        words="They need not know.", happened_on=OPENED + WEEK,
    )  # fmt: skip
    changed(session, people, job, "written", happened_on=OPENED + 2 * WEEK)
    assert answers(session, case, "T4-A08") == [(OPENED + 2 * WEEK, "ordinary")]


def test_a_change_taken_back_opens_its_task_again(session, people, case, job):
    first = changed(session, people, job, "decision_on", happened_on=OPENED, day=OPENED + 4 * WEEK)
    later = changed(session, people, job, "decision_on", happened_on=OPENED + WEEK, day=OPENED + 8 * WEEK)
    void_change(session, people.jo, job.id, later.id, why="They have not moved it.")
    (record,) = closed_by(session, case, "decision_date", job.employer_id)
    assert (record.happened_on, record.value) == (OPENED, (OPENED + 4 * WEEK).isoformat())
    void_change(session, people.jo, job.id, first.id, why="No day is set.")
    assert closed_by(session, case, "decision_date", job.employer_id) == []


# The end.


def test_the_end_says_who_why_and_in_whose_words(session, people, case, job):
    words = {"her_words": "The bus was too early.", "employer_words": ""}
    refused = refusal(
        end_job, session, people.jo, case.id, job.id, ended_on=TODAY, reason="participant", cause="rain", words=words
    )
    assert refused == ("value_unknown", "cause")
    assert job.ended_on is None
    end_job(session, people.jo, case.id, job.id, ended_on=TODAY, reason="participant", cause="travel", words=words)
    assert (job.end_reason, job.end_cause) == ("participant", "travel")
    more = {"her_words": "The bus was too early.", "worked_her": "I liked the bread.", "plan_b": "A shop near home."}
    record_job_words(session, people.jo, job.id, more)
    kept = session.scalars(select(JobText).order_by(JobText.id)).all()
    assert [row.part for row in kept] == ["her_words", "worked_her", "plan_b"]
    assert refusal(record_job_words, session, people.jo, job.id, {"gossip": "x"}) == ("value_unknown", "part")


def test_a_new_search_is_offered_after_the_end_and_she_answers(session, people, case, job):
    offer = (offer_new_search, session, people.jo, job.id)
    assert refusal(*offer, offered_on=TODAY, answer="yes")[0] == "job_still_runs"
    end_job(session, people.jo, case.id, job.id, ended_on=TODAY - WEEK, reason="employer")
    assert refusal(*offer, offered_on=TODAY, answer="perhaps") == ("value_unknown", "answer")
    assert refusal(*offer, offered_on=TODAY + DAY, answer="yes")[0] == "in_the_future"
    offer_new_search(session, people.jo, job.id, offered_on=TODAY - DAY, answer="later", words="I must rest first.")
    offer_new_search(session, people.jo, job.id, offered_on=TODAY, answer="yes")
    searches = jobs_page(session, people.jo, case.id).story(job.id).searches
    assert [one.answer for one in searches] == ["later", "yes"]
    assert "new_search_offered" in trail(session)


# Subsidies.


def test_nav_decides_and_the_steps_follow(session, people, case, job):
    asked = apply_for_subsidy(session, people.jo, job.id, kind="wage_subsidy", applied_on=OPENED)
    assert answers(session, case, "T4-A06") == []
    early = {"decision": "granted", "decided_on": OPENED - DAY, "from_on": OPENED}
    assert refusal(decide_subsidy, session, people.jo, asked.id, **early) == ("decided_before_applied", "decided_on")
    whole = {"decision": "granted", "decided_on": OPENED + DAY}
    assert refusal(decide_subsidy, session, people.jo, asked.id, **whole) == ("first_day_needed", "from_on")
    days = {**whole, "from_on": OPENED, "until_on": OPENED + 52 * WEEK}
    outside = {OPENED: 60, OPENED + 53 * WEEK: 50}
    assert refusal(decide_subsidy, session, people.jo, asked.id, **days, steps=outside)[0] == "outside_the_subsidy"
    assert session.scalars(select(SubsidyStep)).all() == []
    decide_subsidy(session, people.jo, asked.id, **days, steps={OPENED + 26 * WEEK: 50, OPENED: 60})
    assert job.subsidy
    assert answers(session, case, "T4-A06") == [(OPENED + DAY, None)]
    assert refusal(decide_subsidy, session, people.jo, asked.id, **days)[0] == "subsidy_is_decided"
    add_step(session, people.jo, asked.id, from_on=OPENED + 26 * WEEK, percent=55)
    end_subsidy(session, people.jo, asked.id, until_on=OPENED + 40 * WEEK)
    ((subsidy, steps),) = jobs_page(session, people.jo, case.id).story(job.id).subsidies
    assert subsidy.until_on == OPENED + 40 * WEEK
    assert [(step.from_on, step.percent) for step in steps] == [(OPENED, 60), (OPENED + 26 * WEEK, 55)]
    void_subsidy(session, people.jo, asked.id, why="Another participant.")
    assert jobs_page(session, people.jo, case.id).story(job.id).subsidies == ()
    with pytest.raises(NotFound):
        end_subsidy(session, people.jo, asked.id, until_on=OPENED)


def test_a_declined_subsidy_has_no_days_and_no_steps(session, people, job):
    asked = apply_for_subsidy(session, people.jo, job.id, kind="mentor", applied_on=OPENED)
    decide_subsidy(session, people.jo, asked.id, decision="declined", decided_on=TODAY, from_on=OPENED)
    assert (asked.from_on, asked.decision, job.subsidy) == (None, "declined", None)
    assert refusal(add_step, session, people.jo, asked.id, from_on=OPENED, percent=50)[0] == "subsidy_not_granted"


# Away.


def test_days_away_are_days_and_nothing_else(session, people, case, job):
    away = (record_work_absence, session, people.jo, job.id)
    assert refusal(*away, kind="sickness", from_on=OPENED - DAY) == ("before_job_start", "from_on")
    assert refusal(*away, kind="sickness", from_on=TODAY + DAY)[0] == "in_the_future"
    assert refusal(*away, kind="weather", from_on=TODAY) == ("value_unknown", "kind")
    sick = record_work_absence(session, people.jo, job.id, kind="sickness", from_on=OPENED + WEEK)
    assert refusal(*away, kind="leave", from_on=TODAY) == ("already_away", "from_on")
    assert refusal(end_work_absence, session, people.jo, sick.id, until_on=OPENED) == ("until_before_from", "until_on")
    end_work_absence(session, people.jo, sick.id, until_on=OPENED + 2 * WEEK)
    leave = record_work_absence(session, people.jo, job.id, kind="leave", from_on=TODAY + WEEK)
    void_work_absence(session, people.jo, leave.id, why="Wrong job.")
    assert [one.id for one in jobs_page(session, people.jo, case.id).story(job.id).absences] == [sick.id]
    told = session.scalars(select(TrailEntry.detail).where(TrailEntry.what.like("work_absence%"))).all()
    assert not any("sickness" in (detail or "") for detail in told)


def test_nothing_of_a_job_is_there_for_others(session, people, job):
    for call, rest in (
        (change_job, {"what": "hours", "number": 30, "happened_on": TODAY}),
        (record_job_words, {"words": {"plan_b": "x"}}),
        (apply_for_subsidy, {"kind": "mentor", "applied_on": TODAY}),
        (record_work_absence, {"kind": "leave", "from_on": TODAY}),
        (offer_new_search, {"offered_on": TODAY, "answer": "yes"}),
    ):
        with pytest.raises(NotFound):
            call(session, people.sam, job.id, **rest)
