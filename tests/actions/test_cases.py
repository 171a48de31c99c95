"""Opening a case, giving it to somebody, carrying it on after it has ended."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from se_engine.actions.cases import advance, continue_case, hand_over, open_case
from se_engine.actions.participants import protect
from se_engine.actions.people import deactivate
from se_engine.processes import latest
from se_engine.queries.facts import facts_of
from se_engine.queries.timelines import live_events
from se_engine.records.cases import Case, CaseOwner
from se_engine.records.people import User
from se_engine.rules.errors import NotFound, NotPermitted, Refused, Stale
from se_engine.rules.roles import OPERATOR
from tests.support.people import OPENED, TODAY, make_participant, make_user


def code(call, *given, **rest):
    with pytest.raises(Refused) as refused:
        call(*given, **rest)
    return refused.value.reason.code


def end(session, actor, case, **rest):
    said = {"seen_version": None, "happened_on": TODAY, "end_reason": "moved", **rest}
    return advance(session, actor, case.id, "end", **said)


def owners(session, case):
    return session.scalars(select(CaseOwner.user_id).where(CaseOwner.case_id == case.id).order_by(CaseOwner.id)).all()


def test_a_case_opens_in_the_first_step_of_the_newest_process(session, people, case):
    assert (case.step, case.status, case.visit, case.opened_on) == ("engagement", "active", 1, OPENED)
    assert (case.process_name, case.process_version) == ("supported_employment", latest().version)
    assert [(row.kind, row.step) for row in live_events(session, case.id)] == [("opened", "engagement")]


def test_who_opens_a_case_owns_it(session, people, case):
    assert case.owner_id == people.jo.user_id
    assert owners(session, case) == [people.jo.user_id]


def test_a_supervisor_may_open_a_case_for_nobody_yet(session, people):
    participant = make_participant(session, people)
    case = open_case(session, people.max, participant.id, opened_on=OPENED)
    assert case.owner_id is None


def test_a_participant_has_one_case_at_a_time(session, people, case):
    assert code(open_case, session, people.jo, case.participant_id, opened_on=TODAY) == "case_is_running"


def test_a_case_begins_today_or_before_and_after_the_last(session, people, case):
    participant = make_participant(session, people)
    tomorrow = TODAY + timedelta(days=1)
    assert code(open_case, session, people.jo, participant.id, opened_on=tomorrow) == "in_the_future"
    end(session, people.jo, case)
    yesterday = TODAY - timedelta(days=1)
    assert code(open_case, session, people.jo, case.participant_id, opened_on=yesterday) == "before_the_last_event"


def test_a_course_that_the_process_does_not_have_is_refused(session, people):
    participant = make_participant(session, people)
    given = {"opened_on": OPENED, "template": "sprint"}
    assert code(open_case, session, people.jo, participant.id, **given) == "template_unknown"


@pytest.mark.parametrize("who", ["ida"])
def test_those_without_cases_open_none(session, people, who):
    participant = make_participant(session, people)
    with pytest.raises(NotFound):
        open_case(session, getattr(people, who), participant.id, opened_on=OPENED)


def test_a_case_is_given_to_somebody_who_may_own_it(session, people, make_case):
    case = make_case()
    other_office = make_user(session, "Kim", "administrator", people.office_id)
    for wrong in (people.ida.user_id, other_office.user_id, 4711):
        said = {"seen_version": case.version, "note": ""}
        assert code(hand_over, session, people.max, case.id, wrong, **said) == "no_such_specialist"


# Handing over.


def test_a_supervisor_hands_a_case_over_and_the_list_keeps_both(session, people, case):
    hand_over(session, people.max, case.id, people.sam.user_id, seen_version=case.version, note="Jo is on leave.")
    assert case.owner_id == people.sam.user_id
    assert owners(session, case) == [people.jo.user_id, people.sam.user_id]
    assert end(session, people.sam, case).status == "ended"
    with pytest.raises(NotFound):
        end(session, people.jo, case)


def test_a_specialist_asks_the_supervisor_instead(session, people, case):
    with pytest.raises(NotPermitted) as refused:
        hand_over(session, people.jo, case.id, people.sam.user_id, seen_version=case.version, note="")
    assert refused.value.reason.code == "ask_supervisor"


def test_a_stale_page_hands_nothing_over(session, people, case):
    with pytest.raises(Stale):
        hand_over(session, people.max, case.id, people.sam.user_id, seen_version=case.version - 1, note="")


def test_a_protected_participants_case_goes_only_to_somebody_named(session, people, case):
    protect(session, people.max, case.participant_id, readers=[people.jo.user_id], protected=True)
    said = {"seen_version": None, "note": ""}
    assert code(hand_over, session, people.max, case.id, people.sam.user_id, **said) == "owner_must_be_named"
    protect(session, people.max, case.participant_id, readers=[people.sam.user_id], protected=True)
    assert hand_over(session, people.max, case.id, people.sam.user_id, **said).owner_id == people.sam.user_id


# Carrying on.


def test_an_ended_case_goes_on_in_a_linked_one_with_what_is_hers(session, people, make_case):
    ended = make_case("ended", template="lorenskog")
    again = continue_case(session, people.jo, ended.id, opened_on=TODAY)
    assert (again.previous_id, again.step, again.owner_id) == (ended.id, "engagement", people.jo.user_id)
    assert again.template == "lorenskog"
    known = facts_of(session, again, latest())
    assert {"T1-A10", "T1-S1", "T2-S1"} <= known.tasks.keys()
    assert "T1-A14" not in known.tasks


@pytest.mark.parametrize(("days", "passes"), [(365, True), (366, False)])
def test_a_case_goes_on_within_twelve_months(session, people, make_case, clock, days, passes):
    case = end(session, people.jo, make_case())
    clock.day = opened_on = TODAY + timedelta(days=days)
    if passes:
        assert continue_case(session, people.jo, case.id, opened_on=opened_on)
    else:
        assert code(continue_case, session, people.jo, case.id, opened_on=opened_on) == "too_late_to_continue"


def test_a_running_case_needs_no_other(session, people, case):
    assert code(continue_case, session, people.jo, case.id, opened_on=TODAY) == "case_is_running"


def test_a_case_does_not_go_on_before_it_ended(session, people, case):
    end(session, people.jo, case)
    yesterday = TODAY - timedelta(days=1)
    assert code(continue_case, session, people.jo, case.id, opened_on=yesterday) == "before_the_last_event"


def test_a_case_goes_on_when_its_specialist_has_left(session, people, case):
    end(session, people.jo, case)
    deactivate(session, OPERATOR, session.get_one(User, people.jo.user_id))
    assert continue_case(session, people.max, case.id, opened_on=TODAY).owner_id is None


def test_a_case_that_has_ended_gives_room_for_one_more(session, people, case):
    end(session, people.jo, case)
    continue_case(session, people.jo, case.id, opened_on=TODAY)
    running = session.scalars(select(Case.status).where(Case.participant_id == case.participant_id)).all()
    assert sorted(running) == ["active", "ended"]
