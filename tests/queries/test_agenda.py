"""One's day, the team's agenda, and the numbers nobody types."""

from datetime import timedelta

import pytest

from se_engine.actions.absences import record_absence
from se_engine.actions.cases import hand_over
from se_engine.actions.contacts import log_call, record_note
from se_engine.actions.employers import find_employer
from se_engine.actions.meetings import plan_meeting
from se_engine.actions.participants import change_facts
from se_engine.actions.people import add_team
from se_engine.queries.agenda import must_complete, own_day, team_agenda
from se_engine.queries.cases import case_page
from se_engine.queries.contact_numbers import case_numbers, field_time
from se_engine.queries.handover import handover_page
from se_engine.queries.worklists import Filters, worklist
from se_engine.rules.contacts import Meeting, Note
from se_engine.rules.errors import NotPermitted, Refused
from se_engine.rules.interpreters import InterpreterOutcome, InterpreterWish
from se_engine.rules.roles import OPERATOR
from tests.support.people import OPENED, TODAY, make_user
from tests.support.statements import statements

TOMORROW = TODAY + timedelta(days=1)
NOBODY = InterpreterWish("no", not_needed_because="common_language")
WITHOUT = InterpreterOutcome(needed="no", not_needed_because="common_language")


@pytest.fixture
def plan(session, people, case):
    def planned(actor=None, *, on=TODAY, at="10:00", in_case=None, interpreter=NOBODY, **other):
        meeting = Meeting("participant", on, starts_at=at, **other)
        return plan_meeting(
            session, actor or people.jo, (in_case or case).id, meeting, interpreter=interpreter, collision_known=True
        )

    return planned


def test_the_day_has_its_meetings_in_order_with_names_places_and_collisions(session, people, make_case, case, plan):
    ada = make_case(given_name="Ada")
    plan(at="14:00", place="Storgata 1")
    plan(at="09:00", in_case=ada)
    plan(at="09:30", minutes=30)
    plan(on=TOMORROW)
    log_call(session, people.jo, case.id, answered=True)
    day = own_day(session, people.jo, TODAY)
    shown = [(line.starts_at, line.name, line.collides) for line in day.lines]
    assert shown == [
        ("09:00", "Ada Example", True), ("09:30", "Pat Example", True), ("14:00", "Pat Example", False),
        (None, "Pat Example", False),
    ]  # fmt: skip
    assert (day.lines[2].place, day.lines[2].ends_at, day.must_complete) == ("Storgata 1", "15:00", ())
    # It is one o'clock: what was to begin at nine lacks its note.
    assert [line.over for line in day.lines] == [True, True, False, False]


def test_what_was_not_told_stays_on_the_list_until_it_is(session, people, clock, case, plan):
    meeting = plan(at="10:00")
    clock.day = TOMORROW
    day = own_day(session, people.jo, TOMORROW)
    assert ([line.id for line in day.must_complete], day.lines) == ([meeting.id], ())
    assert (must_complete(session, people.jo), must_complete(session, people.max)) == (1, 0)
    assert listed(session, people.jo, "to_complete") == [case.id]
    clock.day = TODAY + timedelta(days=4)
    assert own_day(session, people.jo, clock.day).must_complete[0].late
    record_note(
        session, people.jo, case.id, Note(TODAY, said="Late."), contact_id=meeting.id, interpreter=WITHOUT
    )  # fmt: skip
    assert must_complete(session, people.jo) == 0


def test_a_substitute_sees_the_day_of_whom_she_stands_in_for(session, people, plan):
    plan()
    assert own_day(session, people.sam, TODAY).lines == ()
    record_absence(
        session, people.max, people.jo.user_id, from_on=TODAY, until_on=TOMORROW, substitute_id=people.sam.user_id
    )
    line = own_day(session, people.sam, TODAY).lines[0]
    assert (line.person, line.standing_in, line.name) == ("Jo", True, "Pat Example")
    assert not own_day(session, people.jo, TODAY).lines[0].standing_in


def test_meetings_ahead_go_with_the_case(session, people, case, plan):
    plan()
    plan(people.max, at="12:00")
    hand_over(session, people.max, case.id, people.sam.user_id, seen_version=case.version, note="Jo moves.")
    assert [line.starts_at for line in own_day(session, people.sam, TODAY).lines] == ["10:00"]
    assert own_day(session, people.jo, TODAY).lines == ()
    assert [line.starts_at for line in own_day(session, people.max, TODAY).lines] == ["12:00"]


def test_the_agenda_is_the_teams_for_who_leads_it(session, people, make_case, plan):
    plan()
    plan(people.sam, in_case=make_case(owner=people.sam, given_name="Ada"), on=TOMORROW)
    bakery = find_employer(session, people.office_id, "Byens Bakeri AS").id
    plan_meeting(session, people.sam, None, Meeting("employer", TOMORROW, employer_id=bakery, starts_at="12:00"))
    agenda = team_agenda(session, people.max, TODAY, TOMORROW)
    assert [(line.person, line.name, line.employer) for line in agenda.lines] == [
        ("Jo", "Pat Example", None), ("Sam", "Ada Example", None), ("Sam", None, "Byens Bakeri AS"),
    ]  # fmt: skip
    assert not agenda.more
    hers = team_agenda(session, people.jo, TODAY, TOMORROW)
    assert [line.name for line in hers.lines] == ["Pat Example"]
    of_sam = team_agenda(session, people.max, TODAY, TOMORROW, user_id=people.sam.user_id)
    assert len(of_sam.lines) == 2
    team = add_team(session, OPERATOR, people.office_id, "North")
    north = make_user(session, "Nora", "supervisor", people.office_id, team_id=team.id)
    assert team_agenda(session, north, TODAY, TOMORROW).lines == ()
    with pytest.raises(NotPermitted):
        team_agenda(session, people.ida, TODAY, TOMORROW)
    with pytest.raises(Refused):
        team_agenda(session, people.max, TODAY, TODAY + timedelta(days=63))


def test_a_protected_person_is_on_no_agenda_of_others(session, people, make_case, plan):
    hidden = make_case(given_name="Ada", protected=True)
    plan(in_case=hidden)
    assert len(own_day(session, people.jo, TODAY).lines) == 1
    assert team_agenda(session, people.max, TODAY, TODAY).lines == ()


def test_the_days_statements_do_not_grow_with_its_meetings(session, people, plan):
    plan()
    session.flush()
    with statements(session) as one:
        own_day(session, people.jo, TODAY)
    for hour in range(11, 16):
        plan(at=f"{hour}:00", place="Storgata 1")
    session.flush()
    with statements(session) as many:
        own_day(session, people.jo, TODAY)
    assert len(one) == len(many) == 3


def test_meetings_that_lack_their_interpreter_are_found(session, people, make_case, case, plan):
    change_facts(
        session, people.jo, case.participant_id, seen_version=None, interpreter_need="yes", interpreter_language="so"
    )
    needed, ordered = InterpreterWish("yes"), InterpreterWish("yes", ordered_on=TODAY)
    plan(on=TOMORROW, interpreter=needed)
    plan(on=TOMORROW, at="12:00", interpreter=ordered)
    other = make_case(given_name="Ada", interpreter_need="yes", interpreter_language="so")
    plan(on=TOMORROW, in_case=other, interpreter=ordered)
    assert listed(session, people.jo, "interpreter") == [case.id]
    lines = own_day(session, people.jo, TOMORROW).lines
    assert sorted((line.interpreter, line.interpreter_missing) for line in lines) == [
        ("needed", True), ("ordered", False), ("ordered", False),
    ]  # fmt: skip


def test_numbers_are_counted_and_never_typed(session, people, case):
    bakery = find_employer(session, people.office_id, "Byens Bakeri AS").id
    visit = Note(
        OPENED + timedelta(days=12), "employer", "in_person", employer_id=bakery, minutes=30, travel_minutes=40
    )
    office = Note(OPENED, "participant", "in_person", minutes=60, in_field=False)
    job = Note(OPENED + timedelta(days=20), "employer", "phone", employer_id=bakery, minutes=10, concrete_job="job")
    assert case_numbers(session, case).days_to_first_employer_meeting is None
    for note in (office, visit, job):
        record_note(session, people.jo, case.id, note, interpreter=WITHOUT if note is office else None)
    for day in (1, 2):
        log_call(session, people.jo, case.id, answered=False, happened_on=OPENED + timedelta(days=day))
    numbers = case_numbers(session, case)
    assert (numbers.days_to_first_employer_meeting, numbers.without_success) == (20, 2)
    assert (numbers.minutes, numbers.travel_minutes) == (100, 40)
    mine = field_time(session, people.jo, OPENED, TODAY)
    assert (mine.field_minutes, mine.all_minutes, mine.share) == (70, 140, 0.5)
    assert field_time(session, people.sam, OPENED, TODAY).share is None
    assert field_time(session, people.max, OPENED, TODAY) == mine
    with pytest.raises(NotPermitted):
        field_time(session, people.ida, OPENED, TODAY)
    log_call(session, people.jo, case.id, answered=True)
    assert case_numbers(session, case).without_success == 0


def test_the_next_date_of_a_case_is_the_one_agreed_until_she_is_met_again(session, people, case):
    said = {"interpreter": WITHOUT}
    week = TODAY + timedelta(days=7)
    told = Note(TODAY - timedelta(days=2), "participant", "phone", next_on=week)
    record_note(session, people.jo, case.id, told, **said)
    assert next_of(session, people, case) == ("agreed", week)
    record_note(session, people.jo, case.id, Note(TODAY, "participant", "phone"), **said)
    assert next_of(session, people, case) == ("contact", TODAY + timedelta(days=14))


def listed(session, actor, status):
    return [row.case_id for row in worklist(session, actor, Filters(status=status)).rows]


def next_of(session, people, case):
    page = case_page(session, people.jo, case.id)
    sheet = handover_page(session, people.jo, case.id)
    assert page.next == sheet.next
    return page.next.kind, page.next.on
