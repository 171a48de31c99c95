"""Who sees whom: role, office, team and assignment, and names for those who are protected."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from se_engine.actions.absences import record_absence
from se_engine.actions.cases import advance, open_case
from se_engine.actions.participants import change_facts, protect
from se_engine.actions.people import add_office, add_team
from se_engine.queries.access import (
    access_case,
    access_office,
    access_participant,
    access_user,
    cases_in_scope,
    colleagues,
    may_open_every_case,
    offices_for_reports,
    protected_cases,
)
from se_engine.queries.reminders import reminders_of
from se_engine.records.cases import Case
from se_engine.rules.errors import NotFound, NotPermitted
from se_engine.rules.roles import OPERATOR
from tests.support.people import TODAY, make_case, make_participant, make_user


@pytest.fixture
def cast(session, people):
    """Everybody there is, by a word that says who."""
    elsewhere = add_office(session, OPERATOR, "Elsewhere").id
    return {
        "Jo, who owns the case": people.jo,
        "Sam, a colleague": people.sam,
        "Max, the supervisor": people.max,
        "Ida, the auditor": people.ida,
        "an administrator": make_user(session, "Ada", "administrator", people.office_id),
        "an administrator of all offices": make_user(session, "Ann", "administrator", None),
        "a manager": make_user(session, "Mia", "manager", people.office_id),
        "a supervisor elsewhere": make_user(session, "Eva", "supervisor", elsewhere),
        "a specialist elsewhere": make_user(session, "Tor", "job_specialist", elsewhere),
        "the operator": OPERATOR,
    }


def sees(access, session, cast, number):
    """Who comes through the door."""
    found = set()
    for who, actor in cast.items():
        try:
            access(session, actor, number)
        except NotFound:
            continue
        found.add(who)
    return found


def listed(session, cast, case):
    return {
        who
        for who, actor in cast.items()
        if case.id in session.scalars(select(Case.id).where(cases_in_scope(actor, TODAY))).all()
    }


def test_a_case_is_open_to_its_owner_the_supervisor_and_the_operator(session, people, case, cast):
    expected = {"Jo, who owns the case", "Max, the supervisor", "the operator"}
    assert sees(access_case, session, cast, case.id) == expected
    assert sees(access_participant, session, cast, case.participant_id) == expected


def test_lists_and_doors_agree(session, people, case, cast):
    assert listed(session, cast, case) == sees(access_case, session, cast, case.id)
    protect(session, people.max, case.participant_id, readers=[], protected=True)
    assert listed(session, cast, case) == sees(access_case, session, cast, case.id)


def test_a_case_that_is_not_there_is_answered_alike(session, people, case, cast):
    assert sees(access_case, session, cast, 4711) == set()
    assert sees(access_participant, session, cast, 4711) == set()


def test_a_participant_without_a_case_is_open_to_the_casework_of_her_office(session, people, cast):
    participant = make_participant(session, people)
    assert sees(access_participant, session, cast, participant.id) == {
        "Jo, who owns the case",
        "Sam, a colleague",
        "Max, the supervisor",
        "the operator",
    }


def test_a_protected_participant_exists_for_those_named_and_for_nobody_by_role(session, people, case, cast):
    protect(session, people.max, case.participant_id, readers=[people.sam.user_id], protected=True)
    # Sam is named and does not own the case; Jo owns it and is not named; Max decided, and is named with it.
    assert sees(access_case, session, cast, case.id) == {"Max, the supervisor", "the operator"}
    protect(session, people.max, case.participant_id, readers=[people.jo.user_id], protected=True)
    assert sees(access_case, session, cast, case.id) == {
        "Jo, who owns the case",
        "Max, the supervisor",
        "the operator",
    }


def test_a_protected_participant_without_a_case_is_open_to_those_named(session, people, cast):
    participant = make_participant(session, people, protected=True)
    assert sees(access_participant, session, cast, participant.id) == {"Jo, who owns the case", "the operator"}


def test_protected_cases_are_counted_for_the_others_of_the_office(session, people, case, cast):
    protect(session, people.max, case.participant_id, readers=[people.jo.user_id], protected=True)
    counted = {
        who
        for who, actor in cast.items()
        if session.scalars(select(Case.id).where(protected_cases(actor, TODAY))).all()
    }
    assert counted == {"Sam, a colleague"}


# Standing in.


@pytest.mark.parametrize(
    ("first", "last", "sees_it"), [(0, 0, True), (-3, 0, True), (0, 3, True), (-3, -1, False), (1, 3, False)]
)
def test_a_substitute_sees_the_cases_while_the_owner_is_away(session, people, case, first, last, sees_it):
    days = {"from_on": TODAY + timedelta(days=first), "until_on": TODAY + timedelta(days=last)}
    record_absence(session, people.max, people.jo.user_id, substitute_id=people.sam.user_id, **days)
    found = sees(access_case, session, {"Sam": people.sam, "Jo": people.jo}, case.id)
    assert found == ({"Sam", "Jo"} if sees_it else {"Jo"})


def test_a_substitute_is_not_named_for_the_protected(session, people, case):
    record_absence(
        session, people.max, people.jo.user_id, from_on=TODAY, until_on=TODAY, substitute_id=people.sam.user_id
    )
    protect(session, people.max, case.participant_id, readers=[people.jo.user_id], protected=True)
    assert sees(access_case, session, {"Sam": people.sam}, case.id) == set()


@pytest.mark.parametrize(("first", "last"), [(-3, -1), (1, 3)])
def test_another_day_asked_for_opens_nothing_that_today_does_not(session, people, first, last):
    case = make_case(session, people, opened_on=TODAY - timedelta(days=30))
    end = {"happened_on": TODAY - timedelta(days=10), "note": "Gone.", "end_reason": "unknown"}
    advance(session, people.jo, case.id, "end", seen_version=None, **end)
    days = {"from_on": TODAY + timedelta(days=first), "until_on": TODAY + timedelta(days=last)}
    record_absence(session, people.max, people.jo.user_id, substitute_id=people.sam.user_id, **days)
    asked = TODAY + timedelta(days=first)
    assert {line.case.id for line in reminders_of(session, people.jo, asked).lines} == {case.id}
    assert not reminders_of(session, people.sam, asked).lines


def test_a_supervisor_may_stand_in_for_a_specialist(session, people, case):
    record_absence(
        session, people.max, people.jo.user_id, from_on=TODAY, until_on=TODAY, substitute_id=people.max.user_id
    )
    assert sees(access_case, session, {"Max": people.max}, case.id) == {"Max"}


# Teams.


@pytest.fixture
def teams(session, people):
    north = add_team(session, OPERATOR, people.office_id, "North").id
    south = add_team(session, OPERATOR, people.office_id, "South").id
    return {
        "north": make_user(session, "Nora", "supervisor", people.office_id, team_id=north),
        "south": make_user(session, "Siri", "supervisor", people.office_id, team_id=south),
        "office": people.max,
    }


def test_a_teams_supervisor_sees_her_team(session, people, case, teams):
    change_facts(session, people.jo, case.participant_id, seen_version=None, team_id=teams["north"].team_id)
    assert sees(access_case, session, teams, case.id) == {"north", "office"}


def test_a_supervisor_sees_the_case_she_owns_herself(session, people, teams):
    participant = make_participant(session, people)
    own = open_case(session, people.max, participant.id, opened_on=TODAY, owner_id=teams["south"].user_id)
    assert sees(access_case, session, teams, own.id) == {"south", "office"}


def test_whom_a_team_registers_belongs_to_the_team(session, people, teams):
    own = make_case(session, people, owner=teams["south"])
    assert own.team_id == teams["south"].team_id
    assert sees(access_case, session, teams, own.id) == {"south", "office"}


def test_a_supervisor_stands_in_for_another(session, people, case, teams):
    change_facts(session, people.jo, case.participant_id, seen_version=None, team_id=teams["north"].team_id)
    record_absence(
        session,
        teams["north"],
        teams["north"].user_id,
        from_on=TODAY,
        until_on=TODAY,
        substitute_id=teams["south"].user_id,
    )
    assert sees(access_case, session, teams, case.id) == {"north", "south", "office"}


# Offices, accounts and numbers.


def test_an_office_is_open_to_those_who_work_there(session, people, cast):
    assert sees(access_office, session, cast, people.office_id) == set(cast) - {
        "a supervisor elsewhere",
        "a specialist elsewhere",
        "Ida, the auditor",
    }


def test_accounts_are_kept_by_administrators(session, people, cast):
    assert sees(access_user, session, cast, people.jo.user_id) == {
        "an administrator",
        "an administrator of all offices",
        "the operator",
    }
    elsewhere = cast["a specialist elsewhere"].user_id
    assert sees(access_user, session, cast, elsewhere) == {"an administrator of all offices", "the operator"}


def test_colleagues_are_those_of_the_office(session, people, cast):
    assert [user.name for user in colleagues(session, people.jo)] == ["Ada", "Jo", "Max", "Mia", "Sam"]


def test_who_reads_the_numbers_of_which_office(session, people, cast):
    def offices(who):
        try:
            return [office.name for office in offices_for_reports(session, cast[who])]
        except NotPermitted:
            return None

    both, own = ["Elsewhere", "Lakselv"], ["Lakselv"]
    assert {who: offices(who) for who in cast} == {
        "Jo, who owns the case": own,
        "Sam, a colleague": own,
        "Max, the supervisor": own,
        "Ida, the auditor": both,
        "an administrator": None,
        "an administrator of all offices": None,
        "a manager": own,
        "a supervisor elsewhere": ["Elsewhere"],
        "a specialist elsewhere": ["Elsewhere"],
        "the operator": both,
    }


def test_small_numbers_are_hidden_from_all_who_cannot_open_the_cases(session, people, cast):
    found = {who for who, actor in cast.items() if may_open_every_case(actor, people.office_id)}
    assert found == {"Max, the supervisor", "the operator"}
