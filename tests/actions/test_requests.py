"""Ask the supervisor: the question stands until she answers, and an answer opens one move in one stay."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from se_engine.actions.cases import advance
from se_engine.actions.requests import answer_request, ask_supervisor
from se_engine.queries.timelines import live_events
from se_engine.records.cases import SupervisorRequest
from se_engine.rules.errors import Blocked, NoSuchMove, NotFound, NotPermitted, Refused
from tests.support.answers import done
from tests.support.people import OPENED, TODAY


def ask(session, actor, case, kind="exception", **rest):
    said = {"why": "She begins on Monday.", "trigger": "begin_profiling", **rest}
    return ask_supervisor(session, actor, case.id, kind, **said)


def move(session, people, case, trigger="begin_profiling", **rest):
    return advance(session, people.jo, case.id, trigger, **{"seen_version": None, "happened_on": TODAY, **rest})


def code(call, *given, **rest):
    with pytest.raises(Refused) as refused:
        call(*given, **rest)
    return refused.value.reason.code


def test_a_granted_exception_opens_the_ordinary_move_and_what_was_open_is_kept(session, people, case):
    request = ask(session, people.jo, case)
    with pytest.raises(Blocked):
        move(session, people, case)
    answer_request(session, people.max, request.id, "granted", why="The employer cannot wait.")
    assert move(session, people, case).step == "profiling"
    row = live_events(session, case.id)[-1]
    assert row.trigger == "begin_profiling"
    assert "task_open:T1-A14" in row.open_requirements


def test_a_declined_exception_opens_nothing(session, people, case):
    request = ask(session, people.jo, case)
    answer_request(session, people.max, request.id, "declined", why="Ask her for consent first.")
    with pytest.raises(Blocked):
        move(session, people, case)


def test_a_granted_exception_is_for_this_stay_only(session, people, case):
    request = ask(session, people.jo, case)
    answer_request(session, people.max, request.id, "granted", why="This once.")
    move(session, people, case)
    move(session, people, case, "renew_agreement", note="It ran out.")
    with pytest.raises(Blocked):
        move(session, people, case)


def test_an_excused_cell_opens_only_the_cell(session, people, case):
    for key in ("T1-S3", "T1-M1"):
        done(session, people.jo, case, OPENED, key)
    request = ask(session, people.jo, case, "empty_cell")
    answer_request(session, people.max, request.id, "granted", why="Culture comes with the employer.")
    with pytest.raises(Blocked) as blocked:
        move(session, people, case)
    codes = [reason.code for reason in blocked.value.reasons]
    assert "cell_empty" not in codes
    assert "one_task_open" in codes


@pytest.mark.parametrize("kind", ["end_cause", "hidden_note", "change_of_owner"])
def test_other_questions_open_no_move(session, people, case, kind):
    request = ask(session, people.jo, case, kind)
    assert request.trigger is None
    answer_request(session, people.max, request.id, "granted", why="Yes.")
    with pytest.raises(Blocked):
        move(session, people, case)


def test_an_exception_names_a_move_of_the_step(session, people, case):
    for trigger in (None, "begin_follow_up", "fly"):
        with pytest.raises(NoSuchMove):
            ask(session, people.jo, case, trigger=trigger)


def test_what_cannot_be_asked_is_refused(session, people, case):
    assert code(ask, session, people.jo, case, "holiday") == "question_unknown"
    assert code(ask, session, people.jo, case, "notice") == "question_unknown"
    assert code(ask, session, people.jo, case, why="  ") == "reason_needed"
    with pytest.raises(NotFound):
        ask(session, people.sam, case)


def test_who_answers_and_how(session, people, case):
    request = ask(session, people.jo, case)
    with pytest.raises(NotPermitted):
        answer_request(session, people.jo, request.id, "granted", why="I say so.")
    with pytest.raises(NotFound):
        answer_request(session, people.ida, request.id, "granted", why="I say so.")
    with pytest.raises(NotFound):
        answer_request(session, people.max, 4711, "granted", why="I say so.")
    assert code(answer_request, session, people.max, request.id, "maybe", why="Hm.") == "answer_unknown"
    assert code(answer_request, session, people.max, request.id, "seen") == "answer_unknown"
    assert code(answer_request, session, people.max, request.id, "granted") == "reason_needed"
    answer_request(session, people.max, request.id, "granted", why="Yes.")
    assert code(answer_request, session, people.max, request.id, "declined", why="No.") == "already_answered"


def test_a_notice_is_seen(session, people, case):
    move(session, people, case, "begin_profiling_anyway", note="It had begun.", happened_on=TODAY - timedelta(days=1))
    notice = session.scalars(select(SupervisorRequest)).one()
    assert code(answer_request, session, people.max, notice.id, "granted", why="Yes.") == "answer_unknown"
    assert answer_request(session, people.max, notice.id, "seen").answer == "seen"
