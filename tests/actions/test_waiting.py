"""Waiting for somebody, pausing, going on: dated stretches inside a stay."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from se_engine.actions.cases import advance, end_sort_first, sort_first
from se_engine.actions.checks import record_check
from se_engine.actions.waiting import end_waiting, pause, renew_pause, resume, start_waiting
from se_engine.queries.timelines import periods_of
from se_engine.records.cases import SupervisorRequest
from se_engine.rules.errors import NotFound, Refused
from se_engine.rules.timeline import PAUSE_REASONS, WAITING_FOR
from tests.support.people import OPENED, TODAY


def day(number):
    return OPENED + timedelta(days=number)


def wait(session, actor, case, **rest):
    said = {"seen_version": case.version, "waiting_for": "nav", "on": day(2), "next_on": day(9), **rest}
    return start_waiting(session, actor, case.id, **said)


def rest(session, actor, case, **said):
    return pause(session, actor, case.id, **{"seen_version": case.version, "reason": "sickness", "on": day(2), **said})


def code(call, *given, **rest):
    with pytest.raises(Refused) as refused:
        call(*given, **rest)
    return refused.value.reason.code


@pytest.mark.parametrize("whom", WAITING_FOR)
def test_we_wait_for_somebody_and_look_again_on_a_day(session, people, case, whom):
    waiting = wait(session, people.jo, case, waiting_for=whom)
    assert (waiting.waiting_for, waiting.waiting_since, waiting.next_on) == (whom, day(2), day(9))
    assert waiting.status == "active"


def test_a_new_waiting_ends_the_last(session, people, case):
    wait(session, people.jo, case)
    wait(session, people.jo, case, waiting_for="employer", on=day(5))
    first, second = periods_of(session, case.id)[0].waitings
    assert (first.reason, first.ended_on) == ("nav", day(5))
    assert (second.reason, second.ended_on) == ("employer", None)


def test_a_waiting_ends(session, people, case):
    wait(session, people.jo, case)
    end_waiting(session, people.jo, case.id, seen_version=case.version, on=day(6))
    assert (case.waiting_for, case.waiting_since, case.next_on) == (None, None, None)


def test_what_cannot_be_waited_for_is_refused(session, people, case):
    assert code(wait, session, people.jo, case, waiting_for="godot") == "waiting_for_unknown"
    assert code(wait, session, people.jo, case, next_on=day(1)) == "next_before_start"
    tomorrow = TODAY + timedelta(days=1)
    assert code(wait, session, people.jo, case, on=tomorrow, next_on=tomorrow) == "in_the_future"
    assert code(end_waiting, session, people.jo, case.id, seen_version=None, on=day(3)) == "nothing_to_end"
    assert code(wait, session, people.jo, case, on=day(-1), next_on=day(2)) == "not_opened"


@pytest.mark.parametrize("reason", PAUSE_REASONS)
def test_a_pause_stops_the_clock_until_new_contact(session, people, case, reason):
    paused = rest(session, people.jo, case, reason=reason)
    assert (paused.status, paused.pause_reason, paused.paused_since) == ("paused", reason, day(2))
    assert paused.next_on == day(32)


def test_a_pause_ends(session, people, case):
    rest(session, people.jo, case)
    resumed = resume(session, people.jo, case.id, seen_version=case.version, on=day(8))
    assert (resumed.status, resumed.pause_reason, resumed.next_on) == ("active", None, None)


def test_what_cannot_be_a_pause_is_refused(session, people, case):
    assert code(rest, session, people.jo, case, reason="rain") == "pause_reason_unknown"
    assert code(rest, session, people.jo, case, contact_on=day(33)) == "contact_within_thirty_days"
    assert code(rest, session, people.jo, case, contact_on=day(1)) == "contact_within_thirty_days"
    assert code(resume, session, people.jo, case.id, seen_version=None, on=day(3)) == "nothing_to_end"
    rest(session, people.jo, case)
    assert code(rest, session, people.jo, case, on=day(4)) == "already_paused"


def test_a_waiting_goes_on_under_a_pause_and_comes_back(session, people, case):
    wait(session, people.jo, case)
    rest(session, people.jo, case, on=day(4), contact_on=day(20))
    assert case.next_on == day(20)
    resume(session, people.jo, case.id, seen_version=None, on=day(6))
    assert (case.waiting_for, case.next_on) == ("nav", day(9))


def test_a_move_ends_both(session, people, case):
    wait(session, people.jo, case)
    rest(session, people.jo, case, on=day(4))
    advance(
        session,
        people.max,
        case.id,
        "begin_profiling_anyway",
        seen_version=None,
        happened_on=day(9),
        note="They began.",
    )
    assert (case.status, case.waiting_for, case.pause_reason) == ("active", None, None)
    assert periods_of(session, case.id)[0].pause is None


def test_an_ended_case_neither_waits_nor_rests(session, people, make_case):
    case = make_case("ended")
    assert code(wait, session, people.jo, case, on=TODAY, next_on=TODAY) == "case_ended"
    assert code(rest, session, people.jo, case, on=TODAY) == "case_ended"


def test_others_cannot_pause_the_case(session, people, case):
    with pytest.raises(NotFound):
        rest(session, people.sam, case)


# Renewing: the third time without contact the supervisor hears of it.


def renew(session, people, case, number, **rest):
    return renew_pause(
        session, people.jo, case.id, seen_version=None, on=day(number), contact_on=day(number + 30), **rest
    )


def notices(session):
    return [request.kind for request in session.scalars(select(SupervisorRequest))]


def test_the_third_renewal_without_contact_is_told_to_the_supervisor(session, people, make_case):
    case = make_case(opened_on=OPENED - timedelta(days=60))
    record_check(session, people.jo, case.id, happened_on=day(-50), answer="this_job", evidence="own_words")
    rest(session, people.jo, case, on=day(-50))
    for number in (-30, -20):
        renew(session, people, case, number)
        assert notices(session) == []
    renew(session, people, case, -10)
    assert notices(session) == ["pause_renewed"]
    assert (case.status, case.pause_reason, case.next_on) == ("paused", "sickness", day(20))


def test_contact_begins_the_count_anew(session, people, make_case):
    case = make_case(opened_on=OPENED - timedelta(days=60))
    rest(session, people.jo, case, on=day(-50))
    for number in (-40, -30):
        renew(session, people, case, number)
    record_check(session, people.jo, case.id, happened_on=day(-25), answer="this_job", evidence="own_words")
    for number in (-20, -10):
        renew(session, people, case, number)
    assert notices(session) == []


def test_a_new_pause_after_a_while_is_no_renewal(session, people, make_case):
    case = make_case(opened_on=OPENED - timedelta(days=60))
    for number in (-50, -40, -30, -20):
        rest(session, people.jo, case, on=day(number))
        resume(session, people.jo, case.id, seen_version=None, on=day(number + 5))
    assert notices(session) == []


def test_only_a_pause_can_be_renewed(session, people, case):
    assert code(renew, session, people, case, 3) == "nothing_to_end"


# Putting life in order first.


def test_putting_life_in_order_first_is_work_in_the_first_step(session, people, case):
    sort_first(session, people.jo, case.id, seen_version=case.version, on=day(1))
    assert (case.status, case.sorting_first_since) == ("active", day(1))
    end_sort_first(session, people.jo, case.id, seen_version=case.version, on=day(20))
    assert case.sorting_first_since is None


def test_life_is_put_in_order_first_only_in_the_first_step(session, people, make_case):
    case = make_case("profiling")
    assert code(sort_first, session, people.jo, case.id, seen_version=None, on=TODAY) == "only_in_first_step"
