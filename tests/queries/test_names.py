"""Finding people by name, whoever spelt it, and those registered twice: in the reader's scope alone."""

import pytest
from sqlalchemy import delete, select

from se_engine.actions.cases import open_case
from se_engine.actions.names import key_missing_names
from se_engine.actions.participants import protect, rename
from se_engine.queries.names import found_by_name, likely_the_same
from se_engine.records.referrals import NameKey
from se_engine.rules.errors import Refused
from tests.support.people import OPENED, make_participant


@pytest.fixture
def muhammad(session, people):
    return make_participant(session, people, given_name="Muhammad", family_name="Abdi Warsame", birth_year=1990)


def names(found):
    return [person.name for person in found]


@pytest.mark.parametrize("typed", ["Mohammed", "warsame mohamed", "محمد", "muh"])
def test_a_name_is_found_however_it_is_spelt(session, people, muhammad, typed):
    make_participant(session, people, given_name="Marta", family_name="Varsani")
    found = found_by_name(session, people.jo, typed)
    assert "Muhammad Abdi Warsame" in names(found)
    assert found[0].participant_id == muhammad.id


@pytest.mark.parametrize("typed", ["", "  -  ", "Mohammed Ali", "Ahmed", "123"])
def test_others_are_not_found(session, people, muhammad, typed):
    assert found_by_name(session, people.jo, typed) == []


def test_the_closest_comes_first_and_no_more_than_asked_for(session, people):
    for given in ("Huda", "Hadi", "Heidi"):
        make_participant(session, people, given_name=given, family_name="Berg")
    assert names(found_by_name(session, people.jo, "Heidi"))[0] == "Heidi Berg"
    assert len(found_by_name(session, people.jo, "Heidi", limit=2)) == 2


def test_what_others_may_not_open_is_not_found(session, people, muhammad):
    open_case(session, people.jo, muhammad.id, opened_on=OPENED)
    assert found_by_name(session, people.sam, "Mohammed") == []
    assert len(found_by_name(session, people.max, "Mohammed")) == 1
    assert found_by_name(session, people.ida, "Mohammed") == []
    protect(session, people.max, muhammad.id, readers=[], protected=True)
    assert len(found_by_name(session, people.max, "Mohammed")) == 1
    assert found_by_name(session, people.jo, "Mohammed") == []


@pytest.mark.parametrize(("name", "typed"), [("Mo", "Mo"), ("Åse", "åse"), ("Ia", "Ia"), ("Muhammad", "Mo")])
def test_a_name_of_one_sound_is_found_on_a_short_list(session, people, name, typed):
    made = make_participant(session, people, given_name=name, family_name="Hansen")
    assert [found.participant_id for found in found_by_name(session, people.jo, typed)] == [made.id]


def test_on_a_long_list_more_letters_are_asked_for(session, people, muhammad, monkeypatch):
    make_participant(session, people, given_name="Mo", family_name="Hansen")
    monkeypatch.setattr("se_engine.queries.names.FEW", 1)
    assert names(found_by_name(session, people.jo, "Mo")) == ["Mo Hansen"]
    with pytest.raises(Refused) as refused:
        found_by_name(session, people.jo, "Ha")
    assert refused.value.reason.code == "more_letters_needed"
    assert len(found_by_name(session, people.jo, "Mo Hansen")) == 1


def test_a_new_name_takes_the_place_of_the_old(session, people, muhammad):
    rename(session, people.jo, muhammad.id, given_name="Jusuf", family_name="Warsame")
    assert found_by_name(session, people.jo, "Mohammed") == []
    assert names(found_by_name(session, people.jo, "Youssef")) == ["Jusuf Warsame"]


def test_no_part_of_a_name_stands_in_its_keys(session, muhammad):
    keys = session.scalars(select(NameKey.key)).all()
    assert keys
    assert not [key for key in keys if "mhm" in key]


def test_those_without_keys_get_them_once(session, people, muhammad):
    make_participant(session, people, given_name="…", family_name="")
    session.execute(delete(NameKey))
    assert key_missing_names(session) == 2
    assert key_missing_names(session) == 0
    assert len(found_by_name(session, people.jo, "Mohammed")) == 1


def test_who_may_be_registered_already_is_shown_or_counted(session, people, muhammad):
    make_participant(session, people, given_name="Mohammed", family_name="Omar")
    make_participant(session, people, given_name="Mohamad", family_name="Warsame", birth_year=1970)
    asked = {"birth_year": 1991}
    likely = likely_the_same(session, people.jo, people.office_id, "Mohamed Warsame", **asked)
    assert (names(likely.shown), likely.hidden) == (["Muhammad Abdi Warsame"], 0)
    open_case(session, people.jo, muhammad.id, opened_on=OPENED)
    for_sam = likely_the_same(session, people.sam, people.office_id, "Mohamed Warsame", **asked)
    assert (for_sam.shown, for_sam.hidden) == ([], 1)


def test_a_first_name_alone_is_compared_with_first_names(session, people):
    make_participant(session, people, given_name="Fatima", family_name="")
    likely = likely_the_same(session, people.jo, people.office_id, "Fatimah Noor")
    assert names(likely.shown) == ["Fatima"]
    assert not likely_the_same(session, people.jo, people.office_id, "Ahmed Noor")
