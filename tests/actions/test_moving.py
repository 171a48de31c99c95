"""Taking a move: what is written, and what is refused."""

from datetime import timedelta

import pytest
from sqlalchemy import event, select

from se_engine.actions.cases import advance
from se_engine.actions.employers import find_employer
from se_engine.actions.jobs import start_job
from se_engine.actions.tasks import record_tasks
from se_engine.actions.tracks import close_track, open_track
from se_engine.processes import get, latest
from se_engine.queries.facts import facts_of
from se_engine.queries.timelines import live_events, periods_of
from se_engine.records.cases import SupervisorRequest
from se_engine.records.tasks import TaskRecord
from se_engine.records.tracks import Track, TrackEvent
from se_engine.records.trail import TrailEntry
from se_engine.rules.errors import Blocked, NoSuchMove, NotFound, NotPermitted, Refused, Stale
from se_engine.rules.facts import TaskStatus
from se_engine.rules.roles import Role
from tests.support.answers import ORDINARY_MOVES, answer_step, estimates_levels, meets_employer
from tests.support.people import EMPLOYER, OPENED, TODAY, make_case, make_people, transaction

MOST_STATEMENTS = 10


def move(session, actor, case, trigger, **rest):
    said = {"seen_version": case.version, "happened_on": TODAY, **rest}
    return advance(session, actor, case.id, trigger, **said)


@pytest.mark.parametrize("step", ORDINARY_MOVES)
def test_a_case_comes_to_every_step_by_ordinary_moves(make_case, step):
    case = make_case(step)
    assert case.step == step


def test_a_move_writes_history_period_trail_and_the_case_together(session, people, case):
    answer_step(session, people.jo, case, OPENED)
    version = case.version
    moved = move(session, people.jo, case, "begin_profiling", happened_on=OPENED + timedelta(days=4))
    row = live_events(session, case.id)[-1]
    assert (row.kind, row.from_step, row.step, row.trigger) == ("entered", "engagement", "profiling", "begin_profiling")
    assert (row.recorded_by, row.role, row.source) == (people.jo.user_id, "job_specialist", "app")
    assert [(p.step, p.left_on, p.left_to) for p in periods_of(session, case.id)] == [
        ("engagement", OPENED + timedelta(days=4), "profiling"),
        ("profiling", None, None),
    ]
    assert (moved.step, moved.visit, moved.version) == ("profiling", 2, version + 1)
    entry = session.scalars(select(TrailEntry).where(TrailEntry.what == "entered")).one()
    assert entry.detail == "from=engagement to=profiling trigger=begin_profiling"


def test_a_fresh_case_is_told_at_least_five_things_that_are_missing_with_who_and_where(session, people, case):
    with pytest.raises(Blocked) as blocked:
        move(session, people.jo, case, "begin_profiling")
    assert len(blocked.value.reasons) >= 5
    assert all(reason.who and reason.where for reason in blocked.value.reasons)
    assert case.step == "engagement"


def test_a_move_in_the_future_is_refused(session, people, make_case):
    case = make_case("profiling")
    with pytest.raises(Refused) as refused:
        move(session, people.jo, case, "renew_agreement", happened_on=TODAY + timedelta(days=1), note="It ran out.")
    assert refused.value.reason.code == "in_the_future"


def test_a_move_before_the_step_was_entered_is_refused(session, people, make_case):
    case = make_case("profiling")
    with pytest.raises(Refused) as refused:
        move(session, people.jo, case, "renew_agreement", happened_on=OPENED, note="It ran out.")
    assert refused.value.reason.code == "before_step"


def test_a_move_of_an_ended_case_is_refused_and_says_so(session, people, make_case):
    case = make_case("ended")
    with pytest.raises(Refused) as refused:
        move(session, people.jo, case, "begin_profiling")
    assert refused.value.reason.code == "case_ended"


def test_a_move_on_a_stale_page_is_refused(session, people, make_case):
    case = make_case("profiling")
    with pytest.raises(Stale):
        move(session, people.jo, case, "renew_agreement", seen_version=case.version - 1, note="It ran out.")


def test_a_move_that_the_step_does_not_have_is_refused(session, people, case):
    with pytest.raises(NoSuchMove):
        move(session, people.jo, case, "begin_follow_up")
    with pytest.raises(NoSuchMove):
        move(session, people.jo, case, "to_follow_up")


def test_a_backward_move_needs_a_reason(session, people, make_case):
    case = make_case("profiling")
    with pytest.raises(Refused) as refused:
        move(session, people.jo, case, "renew_agreement")
    assert refused.value.reason.code == "reason_needed"
    assert move(session, people.jo, case, "renew_agreement", note="It ran out.").step == "engagement"


@pytest.mark.parametrize("given", [None, "", "bored"])
def test_ending_needs_one_of_the_reasons(session, people, case, given):
    with pytest.raises(Refused) as refused:
        move(session, people.jo, case, "end", end_reason=given)
    assert refused.value.reason.code == "end_reason_needed"
    assert case.status == "active"


def test_an_ended_case_says_when_and_why(session, people, case):
    ended = move(session, people.jo, case, "end", end_reason="moved")
    assert (ended.step, ended.status, ended.ended_on, ended.end_reason) == ("ended", "ended", TODAY, "moved")


def test_who_decided_is_kept_apart_from_who_recorded(session, people, make_case):
    case = make_case("profiling")
    move(session, people.jo, case, "renew_agreement", note="She asked for it.", decided_by="participant")
    row = live_events(session, case.id)[-1]
    assert (row.decided_by, row.recorded_by) == ("participant", people.jo.user_id)


def test_without_a_word_the_one_who_records_has_decided(session, people, case):
    move(session, people.max, case, "end", end_reason="moved")
    assert live_events(session, case.id)[-1].decided_by == "supervisor"


def test_an_unknown_decider_is_refused(session, people, make_case):
    case = make_case("profiling")
    with pytest.raises(Refused) as refused:
        move(session, people.jo, case, "renew_agreement", note="Why not.", decided_by="neighbour")
    assert refused.value.reason.code == "decider_unknown"


@pytest.mark.parametrize("who", ["sam", "ida"])
def test_a_case_does_not_exist_for_others(session, people, case, who):
    with pytest.raises(NotFound):
        move(session, getattr(people, who), case, "end", end_reason="moved")


# Reality moves first.


def test_what_has_happened_can_be_recorded_with_a_reason_and_the_supervisor_is_told(session, people, case):
    move(session, people.jo, case, "begin_profiling_anyway", note="We began talking about jobs at once.")
    row = live_events(session, case.id)[-1]
    assert {"task_open:T1-S3", "one_task_open:T1-K1", "cell_empty:culture"} <= set(row.open_requirements)
    notice = session.scalars(select(SupervisorRequest)).one()
    assert (notice.kind, notice.trigger, notice.asked_by) == ("notice", "begin_profiling_anyway", people.jo.user_id)


def test_an_exception_needs_its_reason(session, people, case):
    with pytest.raises(Refused) as refused:
        move(session, people.jo, case, "begin_profiling_anyway")
    assert refused.value.reason.code == "reason_needed"


def test_a_supervisor_who_makes_an_exception_sends_no_notice_to_herself(session, people, case):
    move(session, people.max, case, "begin_profiling_anyway", note="They began at once.")
    assert session.scalars(select(SupervisorRequest)).all() == []
    assert live_events(session, case.id)[-1].open_requirements


def test_follow_up_that_ended_without_a_talk_says_what_was_missing(session, people, make_case):
    case = make_case("follow_up", opened_on=OPENED)
    move(session, people.jo, case, "close_follow_up_anyway", note="She has moved abroad.", end_reason="moved")
    row = live_events(session, case.id)[-1]
    assert row.open_requirements == ["closing_talk", "last_answer", "whom_to_call", "own_decision"]
    assert session.scalars(select(SupervisorRequest)).one().kind == "notice"


@pytest.mark.parametrize("step", ["engagement", "profiling", "job_finding", "employer_engagement"])
def test_a_job_that_was_found_moves_the_case_to_job_support(session, people, make_case, step):
    case = make_case(step)
    with pytest.raises(Blocked) as blocked:
        move(session, people.jo, case, "job_found")
    assert [reason.code for reason in blocked.value.reasons] == ["job_registered"]
    start_job(session, people.jo, case.id, started_on=TODAY, employer=EMPLOYER, paid=True)
    assert move(session, people.jo, case, "job_found").step == "job_support"
    assert "task_open:T4-A08" in live_events(session, case.id)[-1].open_requirements


# What a move asks for.


def test_late_is_allowed_with_a_reason(session, people, make_case):
    case = make_case("job_finding")
    answer_step(session, people.jo, case, OPENED + timedelta(days=31))
    with pytest.raises(Blocked) as blocked:
        move(session, people.jo, case, "begin_employer_engagement")
    assert [reason.code for reason in blocked.value.reasons] == ["late_with_a_reason"]
    assert move(session, people.jo, case, "begin_employer_engagement", note="Two employers withdrew.")


def test_training_names_the_track_that_is_ready(session, people, make_case):
    case = make_case("employer_engagement")
    answer_step(session, people.jo, case, TODAY)
    open_track(session, people.jo, case.id, employer="Rema", opened_on=TODAY)
    move(session, people.jo, case, "begin_job_support")
    named = session.scalars(select(TrackEvent).where(TrackEvent.trigger == "begin_job_support")).one()
    assert (session.get_one(Track, named.track_id).step, named.step) == ("match", "match")
    assert named.history_id == live_events(session, case.id)[-1].id


def test_of_several_that_are_ready_somebody_chooses(session, people, make_case):
    case = make_case("job_finding")
    for employer in (EMPLOYER, "Rema"):
        answer_step(session, people.jo, case, TODAY, employer=employer)
    move(session, people.jo, case, "begin_employer_engagement", note="Late.")
    for employer in (EMPLOYER, "Rema"):
        answer_step(session, people.jo, case, TODAY, employer=employer)
    with pytest.raises(Refused) as refused:
        move(session, people.jo, case, "begin_job_support")
    assert refused.value.reason.code == "track_needed"
    rema = find_employer(session, case.office_id, "Rema").id
    track = session.scalars(select(Track).where(Track.employer_id == rema)).one()
    move(session, people.jo, case, "begin_job_support", track_id=track.id)
    assert session.scalars(select(TrackEvent.track_id).where(TrackEvent.history_id.is_not(None))).all() == [track.id]


def test_only_what_is_recorded_with_the_named_employer_counts(session, people, make_case):
    case, other = make_case("employer_engagement"), make_case("job_finding")
    answer_step(session, people.jo, case, TODAY)
    new = open_track(session, people.jo, case.id, employer="Rema", opened_on=TODAY)
    with pytest.raises(Blocked):
        move(session, people.jo, case, "begin_job_support", track_id=new.id)
    foreign = open_track(session, people.jo, other.id, employer="Rema", opened_on=TODAY)
    with pytest.raises(NotFound):
        move(session, people.jo, case, "begin_job_support", track_id=foreign.id)


def test_working_with_an_employer_begins_where_both_said_yes(session, people, make_case):
    case = make_case("job_finding")
    answer_step(session, people.jo, case, TODAY)
    track = session.scalars(select(Track).where(Track.case_id == case.id)).one()
    close_track(session, people.jo, track.id, seen_version=None, happened_on=TODAY, reason="no_recruitment")
    with pytest.raises(Blocked) as blocked:
        move(session, people.jo, case, "begin_employer_engagement", note="Late.")
    assert [reason.code for reason in blocked.value.reasons] == ["both_said_yes"]


def test_a_meeting_in_time_needs_no_reason(session, people, make_case):
    case = make_case("job_finding")
    answer_step(session, people.jo, case, OPENED + timedelta(days=30))
    assert move(session, people.jo, case, "begin_employer_engagement").step == "employer_engagement"


def test_a_meeting_that_came_to_nothing_is_no_meeting(session, people, make_case):
    case = make_case("job_finding")
    meets_employer(session, people.jo, case, OPENED + timedelta(days=20), "Old AS")
    record_tasks(
        session, people.jo, case.id, keys=["T3-A05"], status=TaskStatus.NOT_RELEVANT, happened_on=TODAY,
        words="They never met.", employer="Old AS",
    )  # fmt: skip
    assert facts_of(session, case, get(case.process_name, case.process_version)).employer_meeting_on is None


@pytest.mark.parametrize(("age", "passes"), [(31, True), (32, False)])
def test_scores_count_for_thirty_one_days(session, people, make_case, age, passes):
    case = make_case("job_support")
    on = TODAY - timedelta(days=3)
    answer_step(session, people.jo, case, on - timedelta(days=age))
    if passes:
        assert move(session, people.jo, case, "begin_follow_up", happened_on=on).step == "follow_up"
        return
    with pytest.raises(Blocked) as blocked:
        move(session, people.jo, case, "begin_follow_up", happened_on=on)
    assert [(reason.code, reason.task) for reason in blocked.value.reasons] == [("task_too_old", "T5-M5")]


def test_a_level_counts_for_three_months(session, people, make_case):
    case = make_case("job_support", opened_on=TODAY - timedelta(days=150))
    answer_step(session, people.jo, case, TODAY)
    with pytest.raises(Blocked) as blocked:
        move(session, people.jo, case, "begin_follow_up")
    assert [(reason.code, reason.task) for reason in blocked.value.reasons] == [("task_too_old", "T5-S4")]
    estimates_levels(session, people.jo, case, TODAY)
    assert move(session, people.jo, case, "begin_follow_up").step == "follow_up"


def test_unpaid_work_does_not_lead_to_follow_up(session, people, make_case):
    case = make_case("job_support")
    start_job(session, people.jo, case.id, started_on=TODAY, employer=EMPLOYER, paid=False)
    with pytest.raises(Blocked) as blocked:
        move(session, people.jo, case, "begin_follow_up")
    assert "paid_job" in {reason.code for reason in blocked.value.reasons}


def test_the_talk_that_closed_an_earlier_follow_up_does_not_close_this_one(session, people, make_case):
    case = make_case("follow_up")
    answer_step(session, people.jo, case, case.entered_on)
    move(session, people.jo, case, "resume_support", happened_on=TODAY - timedelta(days=2), note="Trouble at work.")
    answer_step(session, people.jo, case, TODAY - timedelta(days=1))
    move(session, people.jo, case, "begin_follow_up")
    with pytest.raises(Blocked):
        move(session, people.jo, case, "close_follow_up", end_reason="work")


def test_a_step_without_her_own_words_says_so(session, people, make_case):
    case = make_case("profiling")
    assert live_events(session, case.id)[-1].remarks is None
    move(session, people.max, case, "begin_job_finding_anyway", note="They began at once.")
    assert live_events(session, case.id)[-1].remarks == ["no_own_evidence"]


# What a move costs.


@pytest.mark.parametrize("step", ["engagement", "employer_engagement"])
def test_a_move_takes_few_statements(database, clock, record_property, step):
    """The second names its employer track besides."""
    with transaction(database, clock) as session:
        people = make_people(session)
        case = make_case(session, people, step)
        answer_step(session, people.jo, case, case.entered_on)
    statements: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *given: statements.append(given[2]))
    with transaction(database, clock) as session:
        trigger = {"engagement": "begin_profiling"}.get(step, "begin_job_support")
        advance(session, people.jo, case.id, trigger, seen_version=case.version, happened_on=TODAY)
    record_property("statements", len(statements))
    print(f"a move takes {len(statements)} statements")
    assert len(statements) <= MOST_STATEMENTS, "\n".join(statements)


def test_not_permitted_to_those_who_only_look(session, people, make_case):
    """Roles stand with each move; nobody who reaches the case lacks them, so the rule itself is asked."""
    case = make_case("profiling")
    process = latest()
    with pytest.raises(NotPermitted):
        process.decide(case.step, "renew_agreement", Role.AUDITOR, facts_of(session, case, process))


def test_the_whole_way_is_walked_on_fourteen_days_in_lorenskog(session, people, make_case):
    """Four notes, three agreements, what may be told, one rung and ordinary moves: no exception, nothing left open."""
    case = make_case("job_support", template="lorenskog", days_per_step=3)
    assert (case.entered_on - case.opened_on).days <= 14
    rows = [row for row in live_events(session, case.id) if row.kind == "entered"]
    assert [row.trigger for row in rows] == list(ORDINARY_MOVES.values())[:4]
    assert all(row.open_requirements is None for row in rows)
    closed_by = {row.task: latest().task_by_key[row.task].closed_by for row in task_rows(session, case)}
    assert {fact for fact in closed_by.values() if fact} == {
        "agreement", "profile_approval", "employer_meeting", "disclosure_decision", "match_score", "written_agreement",
        "buddy", "first_rungs",
    }  # fmt: skip
    notes = {row.text_id for row in task_rows(session, case) if not closed_by[row.task]}
    assert len(notes) == 4


def task_rows(session, case):
    return session.scalars(select(TaskRecord).where(TaskRecord.case_id == case.id)).all()


def test_the_required_set_closes_with_a_dozen_lines(session, people, make_case):
    """Half of the twenty-eight are closed by facts; each of the rest needs one line, and many share a note."""
    case = make_case("follow_up")
    answered = [row.task for row in task_rows(session, case)]
    lines = [key for key in answered if not latest().task_by_key[key].closed_by]
    assert len(lines) <= 14
    assert len(answered) - len(lines) == 11  # consents, interpreter and levels have records of their own
    assert len(set(answered)) == len(answered)
