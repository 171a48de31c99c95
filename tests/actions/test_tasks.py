"""Recording what was done: twins once, one employer's for itself, nothing that must not be written."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from se_engine.actions.corrections import void_task
from se_engine.actions.tasks import record_tasks
from se_engine.processes import latest
from se_engine.queries.facts import facts_of
from se_engine.queries.texts import texts_of
from se_engine.records.employers import Employer
from se_engine.records.tasks import TaskRecord
from se_engine.records.trail import TrailEntry
from se_engine.rules.errors import NotFound, Refused
from se_engine.rules.facts import TaskStatus
from tests.support.answers import decides_what_is_told, meets_employer
from tests.support.people import OPENED, TODAY

LINE = "She told it back in her own words."


def record(session, actor, case, *keys, status=TaskStatus.DONE, **rest):
    said = {"happened_on": OPENED, "words": LINE, **rest}
    return record_tasks(session, actor, case.id, keys=keys, status=status, **said)


def facts(session, case):
    return facts_of(session, case, latest())


def code(call, *given, **rest):
    with pytest.raises(Refused) as refused:
        call(*given, **rest)
    return refused.value.reason.code


def test_one_line_is_evidence_for_several_tasks(session, people, case):
    records = record(session, people.jo, case, "T1-S3", "T1-M1", "T1-K1")
    assert [row.task for row in records] == ["T1-S3", "T1-M1", "T1-K1"]
    assert len({row.text_id for row in records}) == 1
    texts = texts_of(session, case.participant, [records[0].text_id])
    assert list(texts.values()) == [LINE]


def test_a_task_named_twice_is_recorded_once(session, people, case):
    assert len(record(session, people.jo, case, "T1-S3", "T1-S3")) == 1


def test_nobody_is_asked_twice_for_twins(session, people, case):
    record(session, people.jo, case, "T1-A06")
    assert facts(session, case).tasks["T1-S3"].status is TaskStatus.DONE


def test_a_twin_of_an_employers_task_that_is_the_cases_own_counts_for_both(session, people, case):
    record(session, people.jo, case, "T3-A10", employer="Kiwi")
    assert facts(session, case).tasks["T3-S2"].status is TaskStatus.DONE


def test_the_newest_word_counts(session, people, case):
    record(session, people.jo, case, "T1-S3", happened_on=OPENED + timedelta(days=3))
    record(session, people.jo, case, "T1-S3", happened_on=OPENED + timedelta(days=2), status=TaskStatus.NEEDS_MORE)
    assert facts(session, case).tasks["T1-S3"].status is TaskStatus.DONE
    record(session, people.jo, case, "T1-S3", happened_on=OPENED + timedelta(days=3), status=TaskStatus.NEEDS_MORE)
    assert facts(session, case).tasks["T1-S3"].status is TaskStatus.NEEDS_MORE


def test_own_words_score_and_choice_are_her_own_evidence(session, people, case):
    own, other = record(session, people.jo, case, "T1-M1", "T1-K1")
    assert (own.own_words, other.own_words) == (True, False)
    assert not record(session, people.jo, case, "T1-M1", status=TaskStatus.NOT_RELEVANT)[0].own_words


def test_an_old_employers_decision_never_closes_a_new_ones(session, people, case):
    decides_what_is_told(session, people.jo, case, OPENED, "Kiwi", "not_told")
    meets_employer(session, people.jo, case, OPENED, "Rema")
    known = facts(session, case).employers
    assert "T3-M2" not in known["Rema"].tasks
    assert (known["Kiwi"].conditions, known["Rema"].conditions) == ({"employer_not_told"}, frozenset())


def test_an_employers_name_is_one_however_it_is_spaced(session, people, case):
    record(session, people.jo, case, "T3-S1", employer="Byens  Bakeri ")
    record(session, people.jo, case, "T3-A07", employer="Byens Bakeri")
    assert session.scalars(select(Employer.name)).all() == ["Byens Bakeri"]


def test_a_value_is_kept_only_where_no_words_may_be(session, people, case):
    """No free text may slip into the column of codes."""
    assert record(session, people.jo, case, "T2-K4", words="", value="raised")[0].value == "raised"
    aside = record(session, people.jo, case, "T2-K4", words="", value="she hates it", status=TaskStatus.NOT_RELEVANT)
    assert aside[0].value is None
    assert record(session, people.jo, case, "T1-S3", value="signed by Kari Nordmann")[0].value is None


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"keys": ["T9-A01"]}, "task_unknown"),
        ({"keys": []}, "task_unknown"),
        ({"happened_on": TODAY + timedelta(days=1)}, "in_the_future"),
        ({"happened_on": OPENED - timedelta(days=1)}, "before_opening"),
        ({"words": ""}, "line_needed"),
        ({"words": "x" * 20_001}, "text_too_long"),
        ({"keys": ["T1-K5"]}, "task_is_about_staff"),
        ({"keys": ["T1-A10"]}, "closed_by_its_record"),
        ({"keys": ["T1-M5"]}, "closed_by_its_record"),
        ({"keys": ["T4-M3"], "employer": "Kiwi"}, "closed_by_its_record"),
        ({"keys": ["T3-A05"], "employer": "Kiwi", "value": "job"}, "closed_by_its_record"),
        ({"keys": ["T3-A08"], "employer": "Kiwi"}, "closed_by_its_record"),
        ({"minutes": 0}, "minutes_not_allowed"),
        ({"keys": ["T3-S1"]}, "employer_needed"),
    ],
)
def test_what_cannot_be_recorded_is_refused_and_nothing_is_kept(session, people, case, given, expected):
    said = {"keys": ["T1-S3"], "status": TaskStatus.DONE, "happened_on": OPENED, "words": LINE, **given}
    assert code(record_tasks, session, people.jo, case.id, **said) == expected
    assert session.scalars(select(TaskRecord)).all() == []


def test_nothing_is_recorded_in_an_ended_case(session, people, make_case):
    case = make_case("ended")
    assert code(record, session, people.jo, case, "T1-S3", happened_on=TODAY) == "case_ended"


def test_others_record_nothing(session, people, case):
    with pytest.raises(NotFound):
        record(session, people.sam, case, "T1-S3")


def test_the_trail_names_tasks_and_never_the_words(session, people, case):
    record(session, people.jo, case, "T1-S3", "T1-M1")
    entry = session.scalars(select(TrailEntry).where(TrailEntry.what == "task_done")).one()
    assert entry.detail == "tasks=T1-S3,T1-M1"
    assert entry.text_digest


# Contact.


def test_a_task_done_with_her_is_contact(session, people, case):
    record(session, people.jo, case, "T1-S3", happened_on=OPENED + timedelta(days=2))
    record(session, people.jo, case, "T1-M1", happened_on=OPENED + timedelta(days=1))
    assert case.last_contact_on == OPENED + timedelta(days=2)


def test_a_task_put_aside_is_no_contact(session, people, case):
    record(session, people.jo, case, "T1-K1", status=TaskStatus.NOT_RELEVANT)
    assert case.last_contact_on is None


# Taking back.


def test_what_is_taken_back_makes_the_earlier_word_count_again(session, people, case):
    record(session, people.jo, case, "T1-S3", happened_on=OPENED)
    second = record(
        session, people.jo, case, "T1-S3", happened_on=OPENED + timedelta(days=5), status=TaskStatus.NEEDS_MORE
    )[0]
    void_task(session, people.jo, case.id, second.id, why="Wrong participant.")
    assert facts(session, case).tasks["T1-S3"].status is TaskStatus.DONE
    assert case.last_contact_on == OPENED


def test_taking_back_needs_a_reason_and_happens_once(session, people, case):
    row = record(session, people.jo, case, "T1-S3")[0]
    assert code(void_task, session, people.jo, case.id, row.id, why=" ") == "reason_needed"
    void_task(session, people.jo, case.id, row.id, why="Wrong participant.")
    assert code(void_task, session, people.jo, case.id, row.id, why="Again.") == "already_voided"
    assert facts(session, case).tasks == {}
    assert case.last_contact_on is None


def test_only_what_was_recorded_in_the_case_can_be_taken_back(session, people, case, make_case):
    other = make_case()
    row = record(session, people.jo, other, "T1-S3")[0]
    with pytest.raises(NotFound):
        void_task(session, people.jo, case.id, row.id, why="Not hers.")
