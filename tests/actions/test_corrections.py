"""Taking back what was recorded wrongly, and registering late what happened before."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from se_engine.actions.cases import advance, continue_case
from se_engine.actions.checks import record_check
from se_engine.actions.corrections import void_event
from se_engine.actions.jobs import end_job, start_job
from se_engine.actions.waiting import end_waiting, pause, resume, start_waiting
from se_engine.queries.timelines import live_events, periods_of, to_event
from se_engine.records.cases import StepPeriod
from se_engine.records.follow_up import Check
from se_engine.records.history import HistoryEvent
from se_engine.records.jobs import Job
from se_engine.rules.errors import NotFound, Refused, Stale
from se_engine.rules.timeline import Event, EventKind, replay
from tests.support.people import EMPLOYER, OPENED, TODAY


def day(number):
    return OPENED + timedelta(days=number)


def move(session, people, case, trigger, number, **rest):
    return advance(
        session,
        people.max,
        case.id,
        trigger,
        seen_version=None,
        happened_on=day(number),
        note="It had happened.",
        **rest,
    )


def void(session, people, case, event, **rest):
    said = {"seen_version": case.version, "why": "A mistake.", **rest}
    return void_event(session, people.jo, case.id, event.id, **said)


def newest(session, case, kind):
    return [row for row in live_events(session, case.id) if row.kind == kind][-1]


def stays(session, case):
    return [(p.step, p.entered_on, p.left_on) for p in periods_of(session, case.id)]


def check_history_explains(session, case):
    """The present is what the history makes, and the kept counts are those of the dates."""
    steps = ["engagement", "profiling", "job_finding", "employer_engagement", "job_support", "follow_up"]
    timeline = replay([to_event(row) for row in live_events(session, case.id)], steps)
    assert tuple(periods_of(session, case.id)) == timeline.periods
    assert (case.step, case.status, case.opened_on) == (timeline.step, timeline.status, timeline.opened_on)
    for row in session.scalars(select(StepPeriod).where(StepPeriod.case_id == case.id)):
        if row.left_on is not None:
            assert row.own_days + row.waiting_days + row.paused_days == (row.left_on - row.entered_on).days


def code(call, *given, **rest):
    with pytest.raises(Refused) as refused:
        call(*given, **rest)
    return refused.value.reason.code


@pytest.fixture
def moved(session, people, case):
    """In profiling since the tenth day, after a waiting and a pause in the first step."""
    start_waiting(session, people.jo, case.id, seen_version=None, waiting_for="nav", on=day(1), next_on=day(5))
    end_waiting(session, people.jo, case.id, seen_version=None, on=day(3))
    pause(session, people.jo, case.id, seen_version=None, reason="travel", on=day(5))
    resume(session, people.jo, case.id, seen_version=None, on=day(7))
    return move(session, people, case, "begin_profiling_anyway", 10)


def test_a_wrong_move_is_taken_back_and_both_are_kept(session, people, moved):
    wrong = newest(session, moved, "entered")
    case = void(session, people, moved, wrong)
    assert (case.step, case.visit) == ("engagement", 1)
    assert stays(session, case) == [("engagement", OPENED, None)]
    rows = session.scalars(select(HistoryEvent).where(HistoryEvent.case_id == case.id)).all()
    assert [row.voids_id for row in rows if row.kind == "voided"] == [wrong.id]
    assert wrong.id in {row.id for row in rows}
    check_history_explains(session, case)


def test_a_move_gets_another_date(session, people, moved):
    wrong = newest(session, moved, "entered")
    case = void(session, people, moved, wrong, replacement=Event(EventKind.ENTERED, day(8)))
    assert stays(session, case) == [("engagement", OPENED, day(8)), ("profiling", day(8), None)]
    kept = newest(session, case, "entered")
    assert (kept.trigger, kept.from_step, kept.decided_by) == (wrong.trigger, wrong.from_step, wrong.decided_by)
    assert kept.open_requirements == wrong.open_requirements
    assert (kept.text_id, kept.stands_for) == (wrong.text_id, wrong.id)
    check_history_explains(session, case)


def test_a_pause_with_another_date_keeps_its_reason(session, people, moved):
    case = void(session, people, moved, newest(session, moved, "paused"), replacement=Event(EventKind.PAUSED, day(6)))
    resting = periods_of(session, case.id)[0].pauses
    assert [(p.reason, p.started_on, p.ended_on) for p in resting] == [("travel", day(6), day(7))]
    check_history_explains(session, case)


def test_a_replacement_is_asked_for_the_same_codes(session, people, moved):
    wrong = newest(session, moved, "paused")
    for replacement, expected in (
        (Event(EventKind.PAUSED, day(6), reason="rain"), "pause_reason_unknown"),
        (Event(EventKind.RESUMED, day(6)), "replacement_of_another_kind"),
        (Event(EventKind.PAUSED, TODAY + timedelta(days=1)), "in_the_future"),
        (Event(EventKind.PAUSED, day(8)), "nothing_to_end"),
    ):
        assert code(void, session, people, moved, wrong, replacement=replacement) == expected
    check_history_explains(session, moved)


def test_a_move_to_another_step_drops_what_the_first_left_open(session, people, moved):
    wrong = newest(session, moved, "entered")
    case = void(session, people, moved, wrong, replacement=Event(EventKind.ENTERED, day(10), step="job_support"))
    assert case.step == "job_support"
    assert newest(session, case, "entered").open_requirements is None


def test_a_replaced_event_keeps_its_place_within_the_day(session, people, case):
    """In and out of a step on one day: the first move, recorded anew, must still come first."""
    move(session, people, case, "begin_profiling_anyway", 4)
    first = newest(session, case, "entered")
    move(session, people, case, "begin_job_finding_anyway", 4)
    case = void(session, people, case, first, replacement=Event(EventKind.ENTERED, day(4)))
    assert [step for step, _, _ in stays(session, case)] == ["engagement", "profiling", "job_finding"]


def test_what_makes_the_rest_impossible_is_refused_and_nothing_is_changed(session, people, moved):
    before = stays(session, moved), session.scalar(select(func.count()).select_from(HistoryEvent))
    assert code(void, session, people, moved, newest(session, moved, "paused")) == "nothing_to_end"
    assert (stays(session, moved), session.scalar(select(func.count()).select_from(HistoryEvent))) == before
    check_history_explains(session, moved)


def test_the_opening_cannot_be_taken_back_but_dated_anew(session, people, moved):
    opened = newest(session, moved, "opened")
    assert code(void, session, people, moved, opened) == "opening_cannot_be_voided"
    earlier = void(session, people, moved, opened, replacement=Event(EventKind.OPENED, day(-3)))
    assert earlier.opened_on == day(-3)
    check_history_explains(session, earlier)
    later = Event(EventKind.OPENED, day(2), step="follow_up")
    assert code(void, session, people, moved, newest(session, moved, "opened"), replacement=later) == "not_opened"


def test_the_opening_of_a_case_in_its_first_step_is_dated_anew(session, people, case):
    opened = newest(session, case, "opened")
    moved = void(session, people, case, opened, replacement=Event(EventKind.OPENED, day(-3), step="follow_up"))
    assert (moved.step, moved.opened_on, moved.entered_on) == ("engagement", day(-3), day(-3))


def test_a_correction_needs_a_reason_the_newest_page_and_a_live_event(session, people, moved, make_case):
    wrong = newest(session, moved, "entered")
    assert code(void, session, people, moved, wrong, why="  ") == "reason_needed"
    with pytest.raises(Stale):
        void(session, people, moved, wrong, seen_version=moved.version - 1)
    void(session, people, moved, wrong)
    with pytest.raises(NotFound):
        void(session, people, moved, wrong)
    with pytest.raises(NotFound):
        void(session, people, moved, newest(session, make_case(), "opened"))


def test_others_correct_nothing(session, people, moved):
    with pytest.raises(NotFound):
        void_event(
            session, people.sam, moved.id, newest(session, moved, "entered").id, seen_version=None, why="I know better."
        )


# Ends.


def test_a_wrong_end_is_taken_back(session, people, case):
    move(session, people, case, "end", 20, end_reason="moved")
    again = void(session, people, case, newest(session, case, "ended"))
    assert (again.step, again.status, again.ended_on, again.end_reason) == ("engagement", "active", None, None)
    check_history_explains(session, again)


def test_a_wrong_end_with_another_reason(session, people, case):
    move(session, people, case, "end", 20, end_reason="moved")
    replaced = Event(EventKind.ENDED, day(21), reason="education")
    again = void(session, people, case, newest(session, case, "ended"), replacement=replaced)
    assert (again.ended_on, again.end_reason) == (day(21), "education")


def test_an_end_cannot_be_taken_back_while_a_later_case_runs(session, people, case):
    move(session, people, case, "end", 20, end_reason="moved")
    continue_case(session, people.jo, case.id, opened_on=day(30))
    assert code(void, session, people, case, newest(session, case, "ended")) == "case_is_running"


# Jobs.


def test_a_job_that_never_began_is_taken_away(session, people, case):
    job = start_job(session, people.jo, case.id, started_on=day(5), paid=True, employer=EMPLOYER)
    void(session, people, case, newest(session, case, "job_started"))
    assert session.get_one(Job, job.id).voided


def test_a_job_with_an_end_keeps_its_start(session, people, case):
    job = start_job(session, people.jo, case.id, started_on=day(5), paid=True, employer=EMPLOYER)
    end_job(session, people.jo, case.id, job.id, ended_on=day(9), reason="mutual")
    assert code(void, session, people, case, newest(session, case, "job_started")) == "job_has_more_events"
    void(session, people, case, newest(session, case, "job_ended"))
    assert session.get_one(Job, job.id).ended_on is None
    void(session, people, case, newest(session, case, "job_started"))
    assert session.get_one(Job, job.id).voided


def test_an_answer_that_was_not_given_is_no_contact(session, people, case):
    record_check(session, people.jo, case.id, happened_on=day(3), answer="not_in_work", evidence="own_words")
    made = record_check(session, people.jo, case.id, happened_on=day(9), answer="this_job", evidence="own_words")
    void(session, people, case, newest(session, case, "checked"))
    assert session.get_one(Check, made.id).voided
    assert case.last_contact_on == day(3)


def test_a_job_is_taken_back_and_recorded_anew_rather_than_replaced(session, people, case):
    start_job(session, people.jo, case.id, started_on=day(5), employer=EMPLOYER)
    started = newest(session, case, "job_started")
    replaced = Event(EventKind.JOB_STARTED, day(6))
    assert code(void, session, people, case, started, replacement=replaced) == "void_and_record_anew"


# Late registration.


def test_a_waiting_registered_late_takes_its_place(session, people, moved):
    start_waiting(session, people.jo, moved.id, seen_version=None, waiting_for="course", on=day(8), next_on=day(9))
    first, second = periods_of(session, moved.id)
    assert [(w.reason, w.started_on, w.ended_on) for w in first.waitings] == [
        ("nav", day(1), day(3)),
        ("course", day(8), day(10)),
    ]
    assert second.waitings == ()
    assert (moved.step, moved.waiting_for) == ("profiling", None)
    check_history_explains(session, moved)


def test_a_move_registered_late_takes_the_later_waiting_with_it(session, people, case):
    start_waiting(session, people.jo, case.id, seen_version=None, waiting_for="nav", on=day(8), next_on=day(9))
    moved = move(session, people, case, "begin_profiling_anyway", 4)
    assert [len(period.waitings) for period in periods_of(session, moved.id)] == [0, 1]
    assert (moved.step, moved.waiting_for) == ("profiling", "nav")
    check_history_explains(session, moved)


def test_a_late_entry_that_does_not_fit_leaves_nothing_behind(session, people, moved):
    before = session.scalar(select(func.count()).select_from(HistoryEvent))
    assert code(pause, session, people.jo, moved.id, seen_version=None, reason="leave", on=day(4)) == "already_paused"
    assert session.scalar(select(func.count()).select_from(HistoryEvent)) == before
    check_history_explains(session, moved)


def test_history_shows_when_it_happened_and_when_it_was_recorded(session, people, moved, clock):
    clock.day = TODAY + timedelta(days=3)
    start_waiting(session, people.jo, moved.id, seen_version=None, waiting_for="nav", on=day(12), next_on=day(13))
    row = newest(session, moved, "waiting_started")
    assert (row.happened_on, row.recorded_at.date()) == (day(12), TODAY + timedelta(days=3))
