"""Referrals: taken in, decided about, given to somebody; opened with an owner, or kept waiting with a day."""

from datetime import timedelta

import pytest
from sqlalchemy import func, insert, select

from se_engine.actions.cases import hand_over, open_case
from se_engine.actions.referrals import accept, assign, decline, let_wait, refer_again, start, take_in
from se_engine.actions.same_persons import say_same
from se_engine.queries.capacity import capacities, capacity_of
from se_engine.queries.referrals import inbox, referral
from se_engine.queries.same_persons import linked_to, perhaps_the_same
from se_engine.records.base import plain_table
from se_engine.records.cases import Case, CaseOwner
from se_engine.records.participants import Participant
from se_engine.records.referrals import ReferralDecision
from se_engine.rules.errors import NotFound, NotPermitted, Refused, Stale
from se_engine.rules.referrals import REASON_FROM, WARN_AT
from tests.support.people import OPENED, TODAY, make_participant, make_user

DAY = timedelta(days=1)
DECIDED = {"decided_on": TODAY, "decided_by": "specialist", "seen_version": None}
ACCEPTED = {**DECIDED, "opened_on": TODAY}
WAITS = {**DECIDED, "reason": "no_capacity", "look_again_on": TODAY + 14 * DAY}
DECLINES = {**DECIDED, "reason": "own_wish", "may_return": True}


@pytest.fixture
def pat(session, people):
    return make_participant(session, people, referred_on=TODAY - 10 * DAY, referred_by="nav")


def many_cases(session, people, owner, number):
    """Copies of one case as the load of somebody, each with a participant of its own; nobody opens them."""
    case = open_case(session, owner, make_participant(session, people, actor=owner).id, opened_on=OPENED)
    for copies in range(1, number):
        pasted(
            session, Case, case.id, participant_id=pasted(session, Participant, case.participant_id, ref=f"C{copies}")
        )


def pasted(session, table, number, **changed):
    plain = plain_table(table)
    row = dict(session.execute(select(plain).where(plain.c.id == number)).mappings().one())
    del row["id"]
    return session.execute(insert(plain), {**row, **changed}).inserted_primary_key[0]


def rows(session, actor, status="new"):
    return inbox(session, actor, status=status).rows


def test_whom_nobody_has_decided_about_stands_in_the_inbox_of_the_office(session, people, pat):
    later = make_participant(session, people, given_name="Selam", referred_on=TODAY)
    unknown = make_participant(session, people, given_name="Noor")
    for actor in (people.jo, people.sam, people.max):
        assert [row.participant_id for row in rows(session, actor)] == [pat.id, later.id, unknown.id]
    first = rows(session, people.sam)[0]
    assert (first.name, first.days, first.referred_by) == ("Pat Example", 10, "nav")
    found = inbox(session, people.sam)
    assert (found.counts, found.unassigned) == ({"new": 3, "waiting": 0, "declined": 0}, 3)
    with pytest.raises(NotPermitted):
        inbox(session, people.ida)


def test_a_neighbour_office_has_an_inbox_of_its_own(session, people, pat):
    from se_engine.actions.people import add_office
    from se_engine.rules.roles import OPERATOR

    far = make_user(session, "Far", "supervisor", add_office(session, OPERATOR, "Vadsø").id)
    assert rows(session, far) == []
    with pytest.raises(NotFound):
        accept(session, far, pat.id, **ACCEPTED)


def test_a_long_inbox_is_read_page_by_page(session, people, monkeypatch):
    monkeypatch.setattr("se_engine.queries.referrals.SHOWN", 2)
    days = [None, TODAY, TODAY - DAY, TODAY, TODAY - 2 * DAY]
    made = [make_participant(session, people, referred_on=day) for day in days]
    seen, place = [], None
    while True:
        page = inbox(session, people.jo, after=place)
        seen += [row.participant_id for row in page.rows]
        place = page.after
        if place is None:
            break
    assert seen == [made[number].id for number in (4, 2, 1, 3, 0)]


def test_a_specialist_takes_one_herself(session, people, pat):
    case = accept(session, people.sam, pat.id, **ACCEPTED, template="youth_fast", owner_id=people.jo.user_id)
    assert (case.owner_id, case.template, case.opened_on) == (people.sam.user_id, "youth_fast", TODAY)
    assert (pat.decision, pat.decided_on, pat.specialist_id) == ("accepted", TODAY, people.sam.user_id)
    assert rows(session, people.max) == []
    assert [one.decision for one in referral(session, people.sam, pat.id).decisions] == ["accepted"]


def test_what_belongs_to_another_is_hers_or_the_supervisors(session, people, pat):
    assign(session, people.max, pat.id, people.jo.user_id, seen_version=None)
    for act, given in ((accept, ACCEPTED), (let_wait, WAITS), (decline, DECLINES)):
        with pytest.raises(NotPermitted):
            act(session, people.sam, pat.id, **given)
    case = accept(session, people.max, pat.id, **ACCEPTED)
    assert case.owner_id == people.jo.user_id, "the specialist of the referral is the owner unless another is chosen"
    with pytest.raises(NotPermitted):
        assign(session, people.jo, pat.id, people.jo.user_id, seen_version=None)


def test_waiting_ones_come_first_when_it_is_time_to_look_again(session, people, clock):
    made = [make_participant(session, people, referred_on=TODAY - number * DAY) for number in (9, 5)]
    let_wait(session, people.jo, made[0].id, **{**WAITS, "look_again_on": TODAY + 20 * DAY})
    let_wait(session, people.jo, made[1].id, **WAITS, note="They call us.")
    assert [row.participant_id for row in rows(session, people.max, "waiting")] == [made[0].id, made[1].id]
    clock.day = TODAY + 14 * DAY
    waiting = inbox(session, people.max, status="waiting")
    assert [(row.participant_id, row.due) for row in waiting.rows] == [(made[1].id, True), (made[0].id, False)]
    assert (waiting.due, waiting.counts["waiting"]) == (1, 2)
    assert referral(session, people.max, made[1].id).decisions[0].words == "They call us."


def test_a_declined_one_may_come_back(session, people, pat, clock):
    decline(session, people.max, pat.id, **DECLINES)
    (row,) = rows(session, people.jo, "declined")
    assert (row.reason, row.may_return, row.days) == ("own_wish", "yes", None)
    clock.day = TODAY + 30 * DAY
    refer_again(session, people.jo, pat.id, referred_on=TODAY + 29 * DAY, referred_by="herself")
    (row,) = rows(session, people.jo)
    assert (row.days, row.reason, row.specialist_id) == (1, None, None)
    assert [one.decision for one in referral(session, people.jo, pat.id).decisions] == ["declined"]


def test_who_was_here_before_can_be_referred_again(session, people, make_case):
    from se_engine.actions.cases import advance

    case = make_case()
    with pytest.raises(Refused, match="case_is_running"):
        refer_again(session, people.jo, case.participant_id, referred_on=TODAY, referred_by="nav")
    advance(session, people.jo, case.id, "end", seen_version=None, happened_on=TODAY - DAY, end_reason="moved")
    assert rows(session, people.jo) == []
    refer_again(session, people.jo, case.participant_id, referred_on=TODAY, referred_by="nav")
    assert [row.participant_id for row in rows(session, people.jo)] == [case.participant_id]


@pytest.mark.parametrize(
    ("act", "given", "code"),
    [
        (decline, {**DECLINES, "reason": None}, "referral_reason_needed"),
        (decline, {**DECLINES, "reason": "no_documents"}, "value_unknown"),
        (decline, {**DECLINES, "decided_by": "nobody"}, "decider_unknown"),
        (decline, {**DECLINES, "note": "Fødselsnummer 01019012480"}, "national_number_in_text"),
        (let_wait, {**WAITS, "look_again_on": None}, "look_again_needed"),
        (let_wait, {**WAITS, "look_again_on": TODAY - DAY}, "look_again_in_the_past"),
        (accept, {**ACCEPTED, "decided_on": TODAY + DAY}, "in_the_future"),
        (accept, {**ACCEPTED, "decided_on": TODAY - 11 * DAY}, "before_referral"),
        (accept, {**ACCEPTED, "opened_on": TODAY - 11 * DAY}, "before_referral"),
        (accept, {**ACCEPTED, "template": "no_such"}, "template_unknown"),
        (refer_again, {"referred_on": TODAY + DAY, "referred_by": None}, "in_the_future"),
    ],
)
def test_what_cannot_be_decided_is_refused_and_changes_nothing(session, people, pat, act, given, code):
    with pytest.raises(Refused, match=code):
        act(session, people.max, pat.id, **given)
    assert session.scalar(select(func.count()).select_from(ReferralDecision)) == 0
    assert pat.decision is None


def test_a_decision_is_no_older_than_the_last_one(session, people, pat):
    let_wait(session, people.jo, pat.id, **WAITS)
    with pytest.raises(Refused, match="before_last_decision"):
        decline(session, people.jo, pat.id, **{**DECLINES, "decided_on": TODAY - DAY})


def test_nobody_is_accepted_twice(session, people, pat):
    accept(session, people.jo, pat.id, **ACCEPTED)
    for act, given in ((accept, ACCEPTED), (let_wait, WAITS), (decline, DECLINES)):
        with pytest.raises(Refused, match="case_is_running"):
            act(session, people.jo, pat.id, **given)


def test_of_two_who_decide_the_second_looks_again(session, people, pat):
    seen = pat.version
    let_wait(session, people.max, pat.id, **{**WAITS, "seen_version": seen})
    with pytest.raises(Stale):
        accept(session, people.jo, pat.id, **{**ACCEPTED, "seen_version": seen})


def test_an_owner_of_another_office_or_without_an_account_is_refused(session, people, pat):
    from se_engine.actions.accounts import close_account
    from se_engine.actions.people import add_office
    from se_engine.rules.roles import OPERATOR

    far = make_user(session, "Far", "job_specialist", add_office(session, OPERATOR, "Vadsø").id)
    close_account(session, OPERATOR, people.sam.user_id)
    for owner in (far.user_id, people.sam.user_id, people.ida.user_id):
        with pytest.raises(Refused, match="no_such_specialist"):
            accept(session, people.max, pat.id, **ACCEPTED, owner_id=owner)
        with pytest.raises(Refused, match="no_such_specialist"):
            assign(session, people.max, pat.id, owner, seen_version=None)


def test_the_load_is_counted_by_what_it_costs(session, people, make_case):
    from se_engine.actions.waiting import pause

    many_cases(session, people, people.jo, WARN_AT - 1)
    make_case("follow_up", days_per_step=2)
    paused = make_case()
    pause(session, people.jo, paused.id, seen_version=None, reason="leave", on=TODAY)
    jo = capacity_of(session, people.jo.user_id)
    assert (jo.working, jo.paused, jo.follow_up, jo.free, jo.load) == (WARN_AT - 1, 1, 1, 1, "free")
    many_cases(session, people, people.jo, 1)
    assert capacity_of(session, people.jo.user_id).load == "warn"
    assert [one.name for one in capacities(session, people.max)] == ["Sam", "Jo", "Max"]


def test_from_twenty_a_reason_is_asked_and_never_more(session, people, pat):
    many_cases(session, people, people.jo, REASON_FROM)
    for act, given in ((accept, ACCEPTED), (assign, {"specialist_id": people.jo.user_id, "seen_version": None})):
        with pytest.raises(Refused, match="caseload_reason_needed"):
            act(session, people.max, pat.id, **({**given, "owner_id": people.jo.user_id} if act is accept else given))
    with pytest.raises(Refused, match="caseload_reason_needed"):
        accept(session, people.jo, pat.id, **ACCEPTED)
    case = accept(session, people.jo, pat.id, **ACCEPTED, why_owner="Speaks Tigrinya.")
    assert session.scalar(select(CaseOwner.text_id).where(CaseOwner.case_id == case.id)) is not None
    other = open_case(session, people.sam, make_participant(session, people, actor=people.sam).id, opened_on=OPENED)
    with pytest.raises(Refused, match="caseload_reason_needed"):
        hand_over(session, people.max, other.id, people.jo.user_id, seen_version=other.version, note="")
    hand_over(
        session, people.max, other.id, people.jo.user_id, seen_version=other.version, note="They know each other."
    )


def test_a_name_and_a_language_are_enough_to_be_taken_in(session, people):
    given = {"ref": "", "given_name": "Selam", "family_name": "", "languages": ["ti"]}
    waiting = take_in(session, people.jo, people.office_id, **given)
    assert [row.name for row in rows(session, people.sam)] == ["Selam"]
    assert waiting.decision is None
    begun = take_in(session, people.jo, people.office_id, **given)
    case = start(session, people.jo, begun, opened_on=TODAY)
    assert (case.owner_id, begun.decision) == (people.jo.user_id, "accepted")


def test_two_registrations_are_linked_and_never_merged(session, people, pat):
    given = {"ref": "", "given_name": "Patt", "family_name": "Eksample", "languages": ["en"]}
    other = take_in(session, people.jo, people.office_id, **given, same_as=pat.id)
    assert [one.participant_id for one in linked_to(session, people.jo, pat.id).shown] == [other.id]
    assert [one.participant_id for one in linked_to(session, people.jo, other.id).shown] == [pat.id]
    open_case(session, people.jo, pat.id, opened_on=OPENED)
    hidden = linked_to(session, people.sam, other.id)
    assert (hidden.shown, hidden.hidden) == ([], 1)
    with pytest.raises(NotFound):
        say_same(session, people.sam, other.id, pat.id, same=False)
    say_same(session, people.jo, other.id, pat.id, same=False)
    assert not linked_to(session, people.jo, pat.id)
    assert not perhaps_the_same(session, people.jo, pat.id), "what was said is not asked again"
    with pytest.raises(Refused, match="same_registration"):
        say_same(session, people.jo, pat.id, pat.id, same=True)
