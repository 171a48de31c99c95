"""Two people at the same record at once: the later is told so, and nothing of the earlier is lost."""

from concurrent.futures import ThreadPoolExecutor, wait
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from se_engine.actions.cases import advance, open_case
from se_engine.actions.corrections import void_event
from se_engine.actions.documents import start_document
from se_engine.actions.employers import find_employer
from se_engine.actions.jobs import start_job
from se_engine.actions.scores import record_survey
from se_engine.actions.tasks import record_tasks
from se_engine.actions.waiting import end_waiting, start_waiting
from se_engine.clock import Clock as EngineClock
from se_engine.queries.timelines import live_events, periods_of
from se_engine.records.cases import Case
from se_engine.records.employers import Employer
from se_engine.records.history import HistoryEvent, UntoldChange
from se_engine.records.tasks import TaskRecord
from se_engine.rules.errors import Refused, Stale
from se_engine.rules.facts import TaskStatus
from tests.support.people import OPENED, TODAY, make_case, make_participant, make_people, transaction

ONLY_POSTGRESQL = pytest.mark.parametrize("engine_name", ["postgresql"], indirect=True)
"""SQLite begins to write one after the other: there the second already sees what the first has done."""


@pytest.fixture
def office(database, clock):
    with transaction(database, clock) as session:
        return make_people(session)


@pytest.fixture
def case_id(database, clock, office):
    with transaction(database, clock) as session:
        return make_case(session, office).id


def test_a_page_that_was_changed_since_it_was_opened_is_stale(database, clock: EngineClock, office, case_id):
    with transaction(database, clock) as session:
        seen = session.get_one(Case, case_id).version
        start_waiting(session, office.jo, case_id, seen_version=seen, waiting_for="nav", on=OPENED, next_on=OPENED)
    with pytest.raises(Stale), transaction(database, clock) as session:
        end_waiting(session, office.jo, case_id, seen_version=seen, on=OPENED)


@ONLY_POSTGRESQL
def test_of_two_moves_at_once_the_later_is_stale(database, clock, office, case_id):
    with transaction(database, clock) as late:
        read = late.get_one(Case, case_id)
        with transaction(database, clock) as early:
            _end(early, office, case_id)
        with pytest.raises(Stale):
            start_waiting(late, office.jo, read.id, seen_version=None, waiting_for="nav", on=TODAY, next_on=TODAY)
        late.rollback()


@ONLY_POSTGRESQL
def test_a_correction_that_changes_nothing_of_the_present_is_stale_too(database, clock, office, case_id):
    """Its periods are written anew from the events it has read: another's move must not be among the missing."""
    with transaction(database, clock) as session:
        start_waiting(session, office.jo, case_id, seen_version=None, waiting_for="nav", on=OPENED, next_on=OPENED)
        end_waiting(session, office.jo, case_id, seen_version=None, on=OPENED + timedelta(days=3))
        ended = live_events(session, case_id)[-1].id
        start_waiting(session, office.jo, case_id, seen_version=None, waiting_for="nav", on=TODAY, next_on=TODAY)
    with transaction(database, clock) as late:
        read = late.get_one(Case, case_id)
        with transaction(database, clock) as early:
            _end(early, office, case_id)
        with pytest.raises(Stale):
            void_event(late, office.jo, read.id, ended, seen_version=None, why="It went on.")
        late.rollback()
    with transaction(database, clock) as session:
        assert [period.left_to for period in periods_of(session, case_id)] == ["ended"]


@ONLY_POSTGRESQL
def test_of_two_who_open_a_case_at_once_the_later_is_stale(database, clock, office):
    with transaction(database, clock) as session:
        participant_id = make_participant(session, office).id
    with transaction(database, clock) as early, ThreadPoolExecutor(1) as other:
        open_case(early, office.jo, participant_id, opened_on=OPENED)
        later = other.submit(_open, database, clock, office, participant_id)
        early.commit()
        with pytest.raises((Stale, Refused)):
            later.result()


def test_two_who_name_the_same_new_employer_at_once_have_one(database, clock, office):
    def name_it(_: int) -> int:
        with transaction(database, clock) as session:
            return find_employer(session, office.office_id, "Byens  Bakeri").id

    with ThreadPoolExecutor(8) as writers:
        assert len(set(writers.map(name_it, range(8)))) == 1
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Employer)) == 1


def test_eight_who_write_at_once_lose_nothing(database, clock, office, case_id):
    """Each tries again when told that somebody was first, as a person would."""

    def write(number: int) -> None:
        for _ in range(40):
            try:
                with transaction(database, clock) as session:
                    case = session.get_one(Case, case_id)
                    on = OPENED + timedelta(days=number)
                    start_waiting(
                        session, office.jo, case_id, seen_version=case.version, waiting_for="nav", on=on, next_on=on
                    )
                    record_tasks(
                        session, office.jo, case_id, keys=["T1-S3"], status=TaskStatus.DONE, happened_on=on, words="Yes"
                    )
                    return
            except Stale:
                continue
        raise AssertionError("never had its turn")

    with ThreadPoolExecutor(8) as writers:
        list(writers.map(write, range(8)))
    with database.reading() as session:
        assert len(periods_of(session, case_id)[0].waitings) == 8
        kinds = session.scalars(select(HistoryEvent.kind).where(HistoryEvent.case_id == case_id)).all()
        assert kinds.count("waiting_started") == 8
        assert session.scalar(select(func.count()).select_from(TaskRecord)) == 8


@ONLY_POSTGRESQL
@pytest.mark.parametrize(("kind", "code"), [("document", "document_exists"), ("survey", "survey_answered")])
def test_of_two_who_write_what_there_is_once_at_the_same_time_the_later_is_refused(
    database, clock, office, case_id, kind, code
):
    with transaction(database, clock) as session:
        job_id = start_job(session, office.jo, case_id, started_on=OPENED, employer="Kiwi", paid=True).id
    said = {"week": 13, "language": "so", "filled_in": "alone", "answers": {"survey_1": 5}, "happened_on": TODAY}

    def write(session) -> None:
        if kind == "survey":
            record_survey(session, office.jo, case_id, job_id, **said)
        else:
            start_document(session, office.jo, case_id, "vocational_profile", {}, happened_on=TODAY)

    def late() -> None:
        with transaction(database, clock) as session:
            write(session)

    with ThreadPoolExecutor(1) as other:
        with transaction(database, clock) as early:
            write(early)
            told = other.submit(late)
            wait([told], timeout=1)
        with pytest.raises(Refused) as refused:
            told.result(timeout=20)
    assert refused.value.reason.code == code


def test_a_step_changed_without_history_is_a_fault_of_the_program(session, case):
    case.step = "profiling"
    with pytest.raises(UntoldChange):
        session.flush()


def test_one_history_row_tells_of_one_change(session, people, case):
    _end(session, people, case.id)
    case.step = "profiling"
    with pytest.raises(UntoldChange):
        session.flush()


def _end(session, office, case_id):
    advance(session, office.jo, case_id, "end", seen_version=None, happened_on=TODAY, end_reason="moved")


def _open(database, clock, office, participant_id):
    with transaction(database, clock) as session:
        open_case(session, office.jo, participant_id, opened_on=OPENED)
