"""Absences: who decides who stands in, what meets what, and what opens when."""

from datetime import timedelta

import pytest

from se_engine.actions.absences import agree_substitute, record_absence
from se_engine.queries.access import access_case
from se_engine.rules.errors import NotFound, NotPermitted, Refused
from tests.support.people import TODAY, make_user

TOMORROW = TODAY + timedelta(days=1)
NEXT_WEEK = TODAY + timedelta(days=7)


def code(call, *given, **rest):
    with pytest.raises(Refused) as refused:
        call(*given, **rest)
    return refused.value.reason.code


def test_who_is_away_names_somebody_who_may_own_cases(session, people):
    ada = make_user(session, "Ada", "administrator", people.office_id)
    away = {"from_on": TODAY, "until_on": TOMORROW}
    for wrong in (people.jo.user_id, ada.user_id, people.ida.user_id, 4711):
        said = {**away, "substitute_id": wrong}
        assert code(record_absence, session, people.jo, people.jo.user_id, **said) == "no_such_specialist"
    said = {"from_on": TOMORROW, "until_on": TODAY, "substitute_id": None}
    assert code(record_absence, session, people.jo, people.jo.user_id, **said) == "ends_before_it_starts"


def test_absence_is_ones_own_or_the_supervisors_to_record(session, people):
    away = {"from_on": TODAY, "until_on": TODAY, "substitute_id": None}
    with pytest.raises(NotPermitted):
        record_absence(session, people.sam, people.jo.user_id, **away)
    assert record_absence(session, people.max, people.jo.user_id, **away).recorded_by == people.max.user_id


def test_a_proposal_opens_nothing_before_a_supervisor_has_agreed(session, people, case):
    away = {"from_on": TODAY, "until_on": TOMORROW, "substitute_id": people.sam.user_id}
    absence = record_absence(session, people.jo, people.jo.user_id, **away)
    assert (absence.substitute_id, absence.proposed_id) == (None, people.sam.user_id)
    with pytest.raises(NotFound):
        access_case(session, people.sam, case.id)
    with pytest.raises(NotPermitted):
        agree_substitute(session, people.jo, absence.id, people.sam.user_id)
    agree_substitute(session, people.max, absence.id, people.sam.user_id)
    assert access_case(session, people.sam, case.id) is case
    assert absence.proposed_id is None


@pytest.mark.parametrize(("first", "last", "meets"), [(-3, -1, False), (-3, 0, True), (2, 9, True), (8, 9, False)])
def test_two_absences_of_one_person_do_not_meet(session, people, first, last, meets):
    days = {"from_on": TODAY, "until_on": NEXT_WEEK, "substitute_id": None}
    record_absence(session, people.max, people.jo.user_id, **days)
    again = {"from_on": TODAY + timedelta(days=first), "until_on": TODAY + timedelta(days=last), "substitute_id": None}
    if meets:
        assert code(record_absence, session, people.jo, people.jo.user_id, **again) == "absence_overlaps"
    else:
        assert record_absence(session, people.jo, people.jo.user_id, **again)


def test_who_is_away_herself_does_not_stand_in(session, people):
    record_absence(session, people.max, people.sam.user_id, from_on=TOMORROW, until_on=TOMORROW, substitute_id=None)
    away = {"from_on": TODAY, "until_on": NEXT_WEEK}
    sam = people.sam.user_id
    assert code(record_absence, session, people.jo, people.jo.user_id, substitute_id=sam, **away) == "substitute_away"
    absence = record_absence(session, people.jo, people.jo.user_id, substitute_id=None, **away)
    assert code(agree_substitute, session, people.max, absence.id, sam) == "substitute_away"
