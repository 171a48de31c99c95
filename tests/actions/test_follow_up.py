"""Follow-up as it is recorded: answers with evidence, her choices, scores, surveys, and what a note tells of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from se_engine.actions.absence_points import record_absence_point
from se_engine.actions.cases import advance
from se_engine.actions.checks import Answer, TopicAnswer, record_check, record_topics
from se_engine.actions.contact import recount_contact
from se_engine.actions.contact_corrections import void_contact
from se_engine.actions.contacts import record_note
from se_engine.actions.disclosures import record_disclosure
from se_engine.actions.jobs import end_job, start_job
from se_engine.actions.schedules import confirm_plan, drop_check, restore_check, wish_contact
from se_engine.actions.scores import record_scores, record_survey
from se_engine.queries.schedules import choices_of, dropped_checks, leading_job
from se_engine.queries.timelines import live_events
from se_engine.records.follow_up import Check, CheckTopic, ScheduleChoice, SurveyAnswer
from se_engine.records.jobs import WorkAbsence
from se_engine.records.tasks import TaskRecord
from se_engine.records.trail import TrailEntry
from se_engine.rules.contacts import Note
from se_engine.rules.errors import NotFound, Refused
from tests.support.people import TODAY

START = TODAY - timedelta(days=40)
SCORES = {"safe": 4, "understand": 3, "learn": 5, "belong": 2, "stay": 5}


def after(days: int) -> date:
    return START + timedelta(days=days)


@pytest.fixture
def case(make_case):
    return make_case(opened_on=START - timedelta(days=60), interpreter_need="no")


@pytest.fixture
def job(session, people, case):
    return start_job(session, people.jo, case.id, started_on=START, employer="Kiwi", paid=True, hours_per_week=30)


@pytest.fixture
def answer(session, people, case):
    def told(on: date = TODAY, **said):
        given = {"answer": "this_job", "evidence": "own_words", **said}
        return record_check(session, people.jo, case.id, happened_on=on, **given)

    return told


def code(act, *args, **rest) -> str:
    with pytest.raises(Refused) as refused:
        act(*args, **rest)
    return refused.value.reason.code


def trail(session, case) -> list[str]:
    entries = select(TrailEntry.what).where(TrailEntry.case_id == case.id).order_by(TrailEntry.id)
    return list(session.scalars(entries))


def closed(session, case) -> list[str]:
    return list(session.scalars(select(TaskRecord.task).where(TaskRecord.case_id == case.id).order_by(TaskRecord.id)))


def tell_employer(session, people, case, job, decision: str, on: date = TODAY) -> None:
    said = {"decision": decision, "by_whom": "together", "words": "Yes.", "happened_on": on}
    record_disclosure(session, people.jo, case.id, job.employer_id, **said)


def test_an_answer_is_of_the_job_that_leads_and_counts_as_contact(session, people, case, job, answer):
    assert answer().job_id == job.id
    assert case.last_contact_on == TODAY
    other = start_job(session, people.jo, case.id, started_on=TODAY, employer="Rema", paid=True, hours_per_week=31)
    assert answer().job_id == other.id
    assert answer(job_id=job.id).job_id == job.id
    job.hours_now = 31.5
    assert leading_job(session, case.id, TODAY) is job


@pytest.mark.parametrize(
    ("on", "said", "refused"),
    [
        (TODAY + timedelta(days=1), {}, "in_the_future"),
        (after(-1), {"job": True}, "answer_before_job"),
        (TODAY, {"answer": "perhaps"}, "answer_unknown"),
        (TODAY, {"evidence": None}, "evidence_unknown"),
        (TODAY, {"evidence": "gossip"}, "evidence_unknown"),
        (TODAY, {"answer": "not_in_work", "evidence": None}, "evidence_unknown"),
    ],
)
def test_an_answer_needs_a_day_that_has_come_and_how_we_know(session, case, job, answer, on, said, refused):
    given = {key: value for key, value in said.items() if key != "job"}
    assert code(answer, on, **given, **({"job_id": job.id} if "job" in said else {})) == refused
    assert session.scalars(select(Check)).all() == []


def test_nobody_knows_needs_no_evidence_and_is_no_contact(case, job, answer):
    assert answer(answer="not_known", evidence=None).evidence is None
    assert case.last_contact_on is None


def test_what_the_workplace_said_is_no_talk_with_her(session, people, case, job, answer):
    tell_employer(session, people, case, job, "told")
    met_on = case.last_contact_on
    answer(evidence="employer")
    recount_contact(session, case)
    assert case.last_contact_on == met_on
    day = answer().happened_on
    assert case.last_contact_on == day


def test_after_the_end_it_is_another_answer(session, people, case, job, answer):
    end_job(session, people.jo, case.id, job.id, ended_on=after(20), reason="mutual")
    assert code(answer, job_id=job.id) == "answer_after_job"
    assert answer(job_id=job.id, answer="not_in_work").job_id == job.id
    assert answer(after(10), job_id=job.id).happened_on == after(10)
    assert answer(answer="another_job").job_id is None


def test_the_workplace_is_asked_only_as_far_as_she_lets_it_be_told(session, people, case, job, answer):
    tell_employer(session, people, case, job, "not_told")
    assert code(answer, evidence="employer") == "workplace_not_told"
    made = answer()
    topics = (
        TopicAnswer("participant", "work", "well"),
        TopicAnswer("employer", "mastery", "to_do", "Slow at the till"),
    )
    assert code(record_topics, session, people.jo, case.id, made.id, topics=topics) == "workplace_not_told"
    tell_employer(session, people, case, job, "told")
    assert answer(evidence="employer").evidence == "employer"
    record_topics(session, people.jo, case.id, made.id, topics=topics)
    kept = session.scalars(select(CheckTopic).order_by(CheckTopic.id)).all()
    assert [(one.side, one.topic, one.state, one.text_id is not None) for one in kept] == [
        ("participant", "work", "well", False), ("employer", "mastery", "to_do", True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("topic", "refused"),
    [
        (TopicAnswer("participant", "buddy", "well"), "value_unknown"),
        (TopicAnswer("participant", "work", "bad"), "value_unknown"),
        (TopicAnswer("nav", "work", "well"), "value_unknown"),
        (TopicAnswer("participant", "work", "well", "010190 12345"), "national_number_in_text"),
    ],
)
def test_a_topic_is_one_of_the_plan(session, people, case, job, answer, topic, refused):
    made = answer()
    assert code(record_topics, session, people.jo, case.id, made.id, topics=(topic,)) == refused
    assert code(record_topics, session, people.jo, case.id, made.id, topics=()) == "topics_needed"


def test_nothing_is_added_to_a_check_once_the_case_has_ended(session, people, case, job, answer):
    made, topics = answer(), (TopicAnswer("participant", "work", "well", "She likes it."),)
    end = {"happened_on": TODAY, "note": "Gone.", "end_reason": "unknown"}
    advance(session, people.jo, case.id, "end", seen_version=None, **end)
    assert code(record_topics, session, people.jo, case.id, made.id, topics=topics) == "case_ended"


def test_a_question_of_each_dimension_belongs_to_her(session, people, case, job, answer):
    asked = (TopicAnswer("participant", "question_culture", "to_do", "Nobody eats together."),)
    (made,) = record_topics(session, people.jo, case.id, answer().id, topics=asked)
    assert made.topic == "question_culture"


def test_her_yes_closes_the_task_and_keeps_the_version_she_saw(session, people, case, job):
    made = confirm_plan(session, people.jo, case.id, job.id, happened_on=after(10), words="It is fine.")
    assert (made.choice, made.plan_version, job.plan_version) == ("confirmed", 1, 1)
    assert closed(session, case) == ["T5-A15"]
    assert "schedule_confirmed" in trail(session, case)


def test_she_leaves_out_light_checks_alone_and_in_her_words(session, people, case, job):
    def drop(point: str, words: str = "I call if I need you.", on: date = TODAY):
        return drop_check(session, people.jo, case.id, job.id, point=point, happened_on=on, words=words)

    assert code(drop, "w13") == "check_not_light"
    assert code(drop, "w99") == "check_not_light"
    assert code(drop, "w30", " ") == "choice_in_her_words"
    assert code(drop, "before") == "check_has_been"
    drop("w34")
    drop("w30")
    assert job.dropped_checks == ",w30,w34,"
    assert code(drop, "w30") == "check_dropped_already"
    restore_check(session, people.jo, case.id, job.id, point="w34", happened_on=TODAY)
    assert dropped_checks(job) == {"w30"}
    again = {"point": "w34", "happened_on": TODAY}
    assert code(restore_check, session, people.jo, case.id, job.id, **again) == "check_not_dropped"
    rows = session.scalars(select(ScheduleChoice).order_by(ScheduleChoice.id)).all()
    found = choices_of(rows, job.id)
    assert [row.choice for row in rows] == ["dropped", "dropped", "restored"]
    assert ([row.point for row in found.dropped], found.confirmed, found.more) == (["w30"], None, ())


def test_she_may_ask_for_more(session, people, case, job):
    made = wish_contact(session, people.jo, case.id, job.id, day=TODAY + timedelta(days=3), happened_on=TODAY)
    assert (made.choice, made.day) == ("more", TODAY + timedelta(days=3))
    said = {"day": TODAY, "happened_on": TODAY}
    assert code(wish_contact, session, people.jo, case.id, job.id, **said) == "wished_day_passed"


def test_there_is_no_schedule_without_pay_or_after_the_end(session, people, case, job):
    unpaid = start_job(session, people.jo, case.id, started_on=TODAY, employer="Coop", paid=False)
    assert code(confirm_plan, session, people.jo, case.id, unpaid.id, happened_on=TODAY) == "schedule_of_paid_jobs"
    end_job(session, people.jo, case.id, job.id, ended_on=TODAY, reason="mutual")
    assert code(confirm_plan, session, people.jo, case.id, job.id, happened_on=TODAY) == "job_has_ended"


def test_scores_close_the_monthly_task_in_their_order(session, people, case, job):
    made = record_scores(session, people.jo, case.id, happened_on=TODAY, words="I like it.", **SCORES)
    assert (made.job_id, made.belong, made.words_text_id is not None) == (job.id, 2, True)
    (record,) = session.scalars(select(TaskRecord)).all()
    assert (record.task, record.value, record.own_words) == ("T5-M5", "4,3,5,2,5", True)
    for wrong in (0, 6):
        said = {**SCORES, "learn": wrong}
        assert code(record_scores, session, people.jo, case.id, happened_on=TODAY, **said) == "score_needed"


def test_a_survey_is_answered_once_and_a_question_may_be_skipped(session, people, clock, case, job):
    clock.day = after(95)

    def fill(**said):
        given = {"week": 13, "language": "so", "filled_in": "with_interpreter", "answers": {"survey_1": 5}, **said}
        return record_survey(session, people.jo, case.id, job.id, happened_on=after(95), **given)

    assert code(fill, week=14) == "survey_week"
    assert code(fill, language="xx") == "language_code_unknown"
    assert code(fill, filled_in="by_boss") == "value_unknown"
    assert code(fill, answers={"survey_9": 5}) == "value_unknown"
    assert code(fill, answers={"survey_1": 6}) == "score_needed"
    assert code(fill, answers={}) == "survey_empty"
    fill(answers={"survey_1": 5, "survey_3": 2}, words="More courses.")
    kept = session.scalars(select(SurveyAnswer).order_by(SurveyAnswer.question)).all()
    assert [(one.question, one.score) for one in kept] == [("survey_1", 5), ("survey_3", 2)]
    assert code(fill) == "survey_answered"


def test_the_dates_of_the_law_are_followed_up_or_not(session, people, case, job, clock):
    sick = WorkAbsence(job_id=job.id, kind="sickness", from_on=after(5), recorded_at=clock())
    leave = WorkAbsence(job_id=job.id, kind="leave", from_on=after(5), recorded_at=clock())
    session.add_all([sick, leave])
    session.flush()
    said = {"point": "plan", "followed_up": False, "happened_on": TODAY}
    assert record_absence_point(session, people.jo, case.id, sick.id, **said).followed_up is False
    assert code(record_absence_point, session, people.jo, case.id, leave.id, **said) == "no_points_of_leave"
    wrong = {**said, "point": "diagnosis"}
    assert code(record_absence_point, session, people.jo, case.id, sick.id, **wrong) == "value_unknown"
    early = {**said, "happened_on": after(4)}
    assert code(record_absence_point, session, people.jo, case.id, sick.id, **early) == "before_absence"
    late = {**said, "happened_on": TODAY + timedelta(days=1)}
    assert code(record_absence_point, session, people.jo, case.id, sick.id, **late) == "in_the_future"


def test_what_belongs_to_another_case_is_not_there(session, people, make_case, case, job, answer, clock):
    sick = WorkAbsence(job_id=job.id, kind="sickness", from_on=after(5), recorded_at=clock())
    session.add(sick)
    session.flush()
    other, said = make_case(), {"happened_on": TODAY}
    with pytest.raises(NotFound):
        confirm_plan(session, people.jo, other.id, job.id, **said)
    with pytest.raises(NotFound):
        record_topics(session, people.jo, other.id, answer().id, topics=(TopicAnswer("participant", "work", "well"),))
    with pytest.raises(NotFound):
        record_absence_point(session, people.jo, other.id, sick.id, point="plan", followed_up=True, **said)
    with pytest.raises(NotFound):
        record_scores(session, people.sam, case.id, **said, **SCORES)


def note(**said) -> Note:
    return Note(
        **{"kind": "participant", "channel": "phone", "happened_on": TODAY, "status": "held", "said": "Fine.", **said}
    )


def test_one_note_tells_the_answer_and_takes_it_back_with_itself(session, people, case, job):
    told = Answer("this_job", "own_words")
    contact = record_note(session, people.jo, case.id, note(), answer=told)
    (made,) = session.scalars(select(Check)).all()
    assert (made.contact_id, made.job_id, made.happened_on) == (contact.id, job.id, TODAY)
    assert case.last_contact_on == TODAY
    void_contact(session, people.jo, contact.id, why="It was somebody else.")
    assert made.voided
    assert case.last_contact_on is None
    assert "checked" not in [row.kind for row in live_events(session, case.id)]


def test_a_note_of_the_workplace_alone_keeps_the_answer_and_is_no_contact_with_her(session, people, case, job):
    tell_employer(session, people, case, job, "told", on=after(1))
    said = note(kind="employer", employer_id=job.employer_id, participant_present="no")
    record_note(session, people.jo, case.id, said, answer=Answer("this_job", "employer"))
    assert session.scalars(select(Check.evidence)).all() == ["employer"]
    assert case.last_contact_on == after(1), "the day on which she decided what they may be told"


def test_a_note_with_an_answer_that_cannot_be_writes_nothing(session, people, case, job):
    before = trail(session, case)
    wrong = Answer("this_job", None)
    assert code(record_note, session, people.jo, case.id, note(), answer=wrong) == "evidence_unknown"
    assert trail(session, case) == before
