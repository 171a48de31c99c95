"""A meeting is a note before it happens: planned, moved, called off, with its interpreter."""

from dataclasses import replace
from datetime import timedelta
from urllib.parse import unquote

import pytest
from sqlalchemy import select

from se_engine.actions.contacts import record_note
from se_engine.actions.employers import find_employer
from se_engine.actions.interpreters import interpreter_outcome, order_interpreter
from se_engine.actions.languages import record_levels, set_languages
from se_engine.actions.meetings import cancel_meeting, change_meeting, keep_invitation, plan_meeting
from se_engine.actions.participants import change_facts
from se_engine.actions.partners import add_partner, record_partner_consents
from se_engine.actions.people import add_office
from se_engine.actions.record import record_field
from se_engine.database import open_database
from se_engine.queries.contacts import one_contact
from se_engine.queries.invitations import invitation_to, reach_of
from se_engine.queries.requests import requests_of
from se_engine.records.contacts import Contact
from se_engine.records.trail import TrailEntry
from se_engine.rules.contacts import Meeting, Note
from se_engine.rules.errors import NotFound, Refused, Stale
from se_engine.rules.interpreters import InterpreterOutcome, InterpreterWish
from se_engine.rules.roles import OPERATOR
from tests.support.people import TODAY

TOMORROW = TODAY + timedelta(days=1)
TALK = Meeting("participant", TOMORROW, starts_at="10:00", place="Storgata 1", agenda="The bakery.")
NEEDED = InterpreterWish("yes", language="so", dialect="Maay", not_this_person="Not the neighbour.", anonymous=True)
ORDERED = replace(NEEDED, ordered_on=TODAY, mode="phone", gender_wish="female")
NOBODY = InterpreterWish("no", not_needed_because="common_language")
SAID = "She told how it went."


@pytest.fixture
def plan(session, people, case):
    def planned(actor=None, *, interpreter=NOBODY, collision_known=False, in_case=None, **other):
        return plan_meeting(
            session, actor or people.jo, in_case or case.id, replace(TALK, **other), interpreter=interpreter,
            collision_known=collision_known,
        )  # fmt: skip

    return planned


@pytest.fixture
def on_the_day(clock):
    """Tomorrow has come."""

    def come():
        clock.day = TOMORROW

    return come


def complete(session, people, case, meeting, *, interpreter=None, **said):
    note = Note(**{"happened_on": TOMORROW, "said": SAID, **said})
    return record_note(session, people.jo, case.id, note, contact_id=meeting.id, interpreter=interpreter)


def code(call, *given, **rest):
    with pytest.raises(Refused) as refused:
        call(*given, **rest)
    return refused.value.reason.code


def test_completing_asks_only_what_was_said_and_what_comes_next(session, people, case, plan, on_the_day):
    meeting = plan(purpose="relation", minutes=30)
    on_the_day()
    complete(session, people, case, meeting, next_step="We go there.", next_on=TOMORROW + timedelta(days=7))
    line = one_contact(session, people.jo, meeting.id)
    assert (line.status, line.kind, line.channel, line.purpose) == ("held", "participant", "in_person", "relation")
    assert (line.starts_at, line.minutes, line.participant_present) == ("10:00", 30, "yes")
    assert line.words == {
        "agenda": "The bakery.", "place": "Storgata 1", "said": SAID, "next_step": "We go there.",
    }  # fmt: skip
    assert case.last_contact_on == TOMORROW


def test_a_meeting_ahead_cannot_be_done_already(session, people, case, plan):
    assert code(complete, session, people, case, plan()) == "in_the_future"


def test_a_meeting_is_told_once(session, people, case, plan, on_the_day):
    meeting = plan()
    on_the_day()
    complete(session, people, case, meeting, status="no_show", no_show="I called.")
    assert code(complete, session, people, case, meeting) == "contact_is_over"
    assert case.last_contact_on is None


def test_a_new_time_is_in_the_trail_and_the_interpreter_is_ordered_anew(session, people, case, plan):
    meeting = plan(interpreter=ORDERED)
    later = replace(TALK, happened_on=TOMORROW + timedelta(days=1), starts_at="14:00", place="The bakery")
    with pytest.raises(Stale):
        change_meeting(session, people.jo, meeting.id, later, seen_version=meeting.version + 1)
    change_meeting(session, people.jo, meeting.id, later, seen_version=meeting.version)
    line = one_contact(session, people.jo, meeting.id)
    assert (line.starts_at, line.words["place"], line.booking.status) == ("14:00", "The bakery", "needed")
    moved = session.scalars(select(TrailEntry).where(TrailEntry.what == "contact_moved")).one()
    assert "from=2026-03-17T10:00 to=2026-03-18T14:00" in moved.detail


def test_a_text_that_is_emptied_is_gone_from_the_page(session, people, plan):
    meeting = plan()
    change_meeting(session, people.jo, meeting.id, replace(TALK, agenda=""))
    assert one_contact(session, people.jo, meeting.id).words == {"place": "Storgata 1"}


def test_a_cancelled_meeting_says_by_whom_and_why(session, people, case, plan):
    meeting = plan()
    assert code(cancel_meeting, session, people.jo, meeting.id, by="participant", why=" ") == "reason_needed"
    assert code(cancel_meeting, session, people.jo, meeting.id, by="weather", why="Snow.") == "value_unknown"
    cancel_meeting(session, people.jo, meeting.id, by="participant", why="The bus did not go.")
    line = one_contact(session, people.jo, meeting.id)
    assert (line.status, line.cancelled_by) == ("cancelled", "participant")
    assert line.words["cancelled_because"] == "The bus did not go."
    assert code(complete, session, people, case, meeting) == "contact_is_over"


def test_a_meeting_with_an_employer_alone(session, people):
    bakery = find_employer(session, people.office_id, "Byens Bakeri AS").id
    visit = Meeting("employer", TOMORROW, starts_at="09:00", employer_id=bakery, purpose="relation")
    meeting = plan_meeting(session, people.jo, None, visit)
    cancel_meeting(session, people.sam, meeting.id, by="employer", why="They are short of people.")
    assert session.get(Contact, meeting.id).reason == "They are short of people."
    assert code(plan_meeting, session, people.jo, None, replace(visit, agenda="Her.")) == "words_belong_to_employer"


# Two at the same time


def test_nobody_is_at_two_places_unless_she_says_so(session, people, case, plan, make_case):
    first = plan(minutes=60)
    other = make_case(given_name="Ada")
    assert code(plan, starts_at="10:59", in_case=other.id) == "specialist_has_a_meeting"
    assert code(plan, people.max, starts_at="09:30") == "participant_has_a_meeting"
    assert plan(starts_at="11:00", in_case=other.id).id
    assert plan(starts_at="10:30", in_case=other.id, collision_known=True).id
    change_meeting(session, people.jo, first.id, replace(TALK, minutes=45), collision_known=True)


def test_a_refusal_of_a_collision_names_the_other_time(plan):
    plan()
    with pytest.raises(Refused) as refused:
        plan(starts_at="10:15")
    assert refused.value.reason.values == {"time": "10:00", "until": "11:00"}


def test_a_meeting_that_was_called_off_is_in_nobodys_way(session, people, plan):
    cancel_meeting(session, people.jo, plan().id, by="specialist", why="The bus did not go.")
    assert plan().id


# Interpreters


@pytest.fixture
def somali(session, people, case):
    change_facts(
        session, people.jo, case.participant_id, seen_version=None, interpreter_need="yes", interpreter_language="so"
    )


def test_whether_one_is_needed_is_asked_each_time(session, people, case, plan, somali, on_the_day):
    assert code(plan, interpreter=None) == "interpreter_decision_needed"
    assert plan(interpreter=None, channel="sms", starts_at=None).id
    on_the_day()
    talk = Note(happened_on=TOMORROW, kind="participant", channel="phone", said=SAID)
    assert code(record_note, session, people.jo, case.id, talk) == "interpreter_decision_needed"


def test_the_level_from_which_nobody_is_asked_is_the_installations(session, people, case, plan):
    record_levels(
        session, people.jo, case.participant_id, happened_on=TODAY, source="test",
        levels={"listening": "B1", "speaking": "B1"},
    )  # fmt: skip
    assert code(plan, interpreter=None) == "interpreter_decision_needed"
    with open_database("sqlite://", bytes(32), interpreter_level="B1").reading() as other:
        session.info["interpreter_level"] = other.info["interpreter_level"]
    assert plan(interpreter=None).id


def test_her_language_is_known_and_her_wishes_are_sealed(session, people, plan, somali):
    line = one_contact(session, people.jo, plan(interpreter=replace(NEEDED, language=None)).id)
    assert (line.booking.language, line.booking.status) == ("so", "needed")
    assert (line.booking.dialect, line.booking.not_this_person) == ("Maay", "Not the neighbour.")
    assert line.booking.anonymous


def test_a_meeting_with_an_interpreter_is_not_told_without_her(session, people, case, plan, on_the_day):
    meeting = plan(interpreter=NEEDED)
    order_interpreter(session, people.jo, meeting.id, ORDERED)
    on_the_day()
    assert code(complete, session, people, case, meeting) == "interpreter_outcome_needed"
    came = InterpreterOutcome(minutes=45, cost=900)
    complete(session, people, case, meeting, interpreter=came, tasks=("T1-S3",))
    booking = one_contact(session, people.jo, meeting.id).booking
    assert (booking.status, booking.came_as, booking.minutes, booking.cost) == ("came", "qualified", 45, 900)
    assert (booking.mode, booking.language) == ("phone", "so")


def test_nobody_asks_for_an_interpreter_when_she_did_not_come(session, people, case, plan, on_the_day):
    meeting = plan(interpreter=ORDERED)
    on_the_day()
    assert complete(session, people, case, meeting, status="no_show", no_show="I called.").id


def test_a_child_is_never_ordered(session, people, plan):
    meeting = plan(interpreter=NEEDED)
    child = replace(NEEDED, ordered_as="child", reason="Nobody else.")
    assert code(order_interpreter, session, people.jo, meeting.id, child) == "child_must_not_interpret"
    assert code(plan, interpreter=child, starts_at="14:00") == "child_must_not_interpret"


def test_that_a_child_was_used_is_recorded_and_the_supervisor_hears_at_once(session, people, case, plan, on_the_day):
    meeting = plan(interpreter=ORDERED)
    on_the_day()
    child = InterpreterOutcome(status="did_not_come", came_as="child")
    assert code(complete, session, people, case, meeting, interpreter=child) == "child_needs_reason"
    complete(session, people, case, meeting, interpreter=replace(child, reason="It was urgent."))
    request = requests_of(session, case.id)[0]
    assert (request.kind, request.contact_id, request.answered_at) == ("child_interpreted", meeting.id, None)


def test_what_became_of_the_interpreter_can_be_put_right_later(session, people, case, plan, on_the_day):
    meeting = plan(interpreter=ORDERED)
    assert code(interpreter_outcome, session, people.jo, meeting.id, InterpreterOutcome()) == "contact_not_told_yet"
    on_the_day()
    complete(session, people, case, meeting, interpreter=InterpreterOutcome())
    relative = InterpreterOutcome(status="not_qualified", came_as="relative", reason="The interpreter left.")
    interpreter_outcome(session, people.jo, meeting.id, relative)
    booking = one_contact(session, people.jo, meeting.id).booking
    assert (booking.status, booking.reason) == ("not_qualified", "The interpreter left.")


# Invitations


@pytest.fixture
def phone(session, people, case):
    record_field(session, people.jo, case.participant_id, "phone", "+47 400 00 000", happened_on=TODAY)


def test_an_invitation_is_in_both_languages_with_a_link_for_a_message(session, people, case, plan, phone):
    set_languages(session, people.jo, case.participant_id, ["so", "en"])
    meeting = plan(interpreter=ORDERED)
    invitation = invitation_to(session, people.jo, meeting.id)
    assert "tirsdag 17. mars klokka 10:00" in invitation.text_nb
    assert "Storgata 1" in invitation.text_nb
    assert "tolk" in invitation.text_nb
    assert invitation.language == "so"
    assert "Talaado 17 Maarso saacadda 10:00" in invitation.text_other
    assert invitation.sms_uri.startswith("sms:+4740000000?body=")
    assert unquote(invitation.sms_uri.partition("=")[2]) == invitation.text
    keep_invitation(session, people.jo, meeting.id, invitation.text)
    assert one_contact(session, people.jo, meeting.id).words["invitation"] == invitation.text


def test_a_language_that_nobody_has_written_is_not_made_up(session, people, case, plan):
    set_languages(session, people.jo, case.participant_id, ["ti"])
    invitation = invitation_to(session, people.jo, plan().id)
    assert (invitation.text_other, invitation.language, invitation.sms_uri) == (None, None, None)


def test_who_wants_no_messages_gets_none(session, people, case, plan, phone):
    record_field(session, people.jo, case.participant_id, "sms_reservation", "yes", happened_on=TODAY)
    record_field(session, people.jo, case.participant_id, "no_show_contact", "Her sister", happened_on=TODAY)
    assert invitation_to(session, people.jo, plan().id).sms_uri is None
    reach = reach_of(session, case.participant)
    assert (reach.phone, reach.text_messages, reach.no_show_contact) == ("+47 400 00 000", False, "Her sister")


def test_a_letter_has_no_invitation(session, people, plan):
    assert code(invitation_to, session, people.jo, plan(channel="letter").id) == "no_invitation"


# With a partner


@pytest.fixture
def nav(session, people):
    return add_partner(session, people.jo, people.office_id, name="NAV Lakselv", kind="nav").id


def says_yes(session, people, case, partner_id):
    record_partner_consents(
        session, people.jo, case.id, partner_id, answers={"meetings": "yes"}, happened_on=TODAY, language="so"
    )


def test_a_cooperation_meeting_waits_for_her_yes_to_the_partner(session, people, case, plan, nav, on_the_day):
    assert code(plan, kind="nav", interpreter=None, partner_id=nav) == "partner_consent_needed"
    assert code(plan, partner_id=nav) == "partner_not_of_this_kind"
    says_yes(session, people, case, nav)
    meeting = plan(kind="nav", interpreter=None, partner_id=nav)
    on_the_day()
    complete(session, people, case, meeting, participant_present="no")
    assert one_contact(session, people.jo, meeting.id).partner == "NAV Lakselv"
    assert requests_of(session, case.id) == []


def test_a_partner_met_without_her_yes_has_a_reason_and_the_supervisor_hears(
    session, people, case, plan, nav, on_the_day
):
    meeting = plan(kind="nav", interpreter=None, partner_id=nav, told_because="They asked for us today.")
    change_meeting(
        session, people.jo, meeting.id,
        replace(TALK, kind="nav", partner_id=nav, told_because="They asked for us today.", starts_at="11:00"),
    )  # fmt: skip
    kinds = [request.kind for request in requests_of(session, case.id)]
    assert kinds == ["partner_without_consent"]
    on_the_day()
    assert code(complete, session, people, case, meeting, participant_present="no") == "partner_consent_needed"
    complete(session, people, case, meeting, participant_present="no", told_because="They asked for us.")
    assert {request.kind for request in requests_of(session, case.id)} == {"partner_without_consent", "told_too_much"}


def test_a_partner_of_another_office_is_not_there(session, plan):
    away = add_office(session, OPERATOR, "Vadsø")
    far = add_partner(session, OPERATOR, away.id, name="NAV Vadsø", kind="nav").id
    with pytest.raises(NotFound):
        plan(kind="nav", interpreter=None, partner_id=far)
