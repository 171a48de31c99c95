"""Accounts, offices and teams, and the facts about staff."""

from datetime import timedelta

import pytest

from se_engine.actions.people import add_office, add_team, add_user, deactivate
from se_engine.actions.staff import record_group_supervision, record_share
from se_engine.records.people import User
from se_engine.rules.errors import NotFound, NotPermitted, Refused
from se_engine.rules.roles import OPERATOR
from tests.support.people import TODAY, make_user

TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def ada(session, people):
    """The administrator of Jo's office."""
    return make_user(session, "Ada", "administrator", people.office_id)


def code(call, *given, **rest):
    with pytest.raises(Refused) as refused:
        call(*given, **rest)
    return refused.value.reason.code


def account(session, actor, people, **rest):
    said = {"email": "new@example.org", "name": "New", "role": "job_specialist", "office_id": people.office_id, **rest}
    return add_user(session, actor, **said)


def test_an_administrator_adds_the_accounts_of_her_office(session, people, ada):
    made = account(session, ada, people, email=" NEW@example.org ")
    assert (made.email, made.password_hash, made.active) == ("new@example.org", None, True)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"role": "operator"}, "role_unknown"),
        ({"role": "king"}, "role_unknown"),
        ({"email": "nobody"}, "email_not_allowed"),
        ({"email": "JO@example.org"}, "email_not_allowed"),
        ({"office_id": None}, "office_needed"),
        ({"office_id": None, "role": "administrator"}, "not_permitted"),
        ({"office_id": None, "role": "auditor"}, "not_permitted"),
        ({"office_id": 4711}, "not_found"),
        ({"team_id": 4711}, "no_such_team"),
        ({"password": "short"}, "password_too_short"),
    ],
)
def test_what_is_no_account_of_hers_is_refused(session, people, ada, given, expected):
    assert code(account, session, ada, people, **given) == expected


def test_a_team_of_another_office_is_no_team_here(session, people, ada):
    elsewhere = add_office(session, OPERATOR, "Elsewhere")
    team = add_team(session, OPERATOR, elsewhere.id, "North")
    assert code(account, session, ada, people, team_id=team.id) == "no_such_team"


@pytest.mark.parametrize("who", ["jo", "max", "ida"])
def test_accounts_offices_and_teams_are_the_administrators(session, people, who):
    actor = getattr(people, who)
    for act, given in (
        (add_office, {"name": "Third"}),
        (account, {"people": people}),
        (deactivate, {"user": session.get_one(User, people.sam.user_id)}),
    ):
        with pytest.raises((NotPermitted, NotFound)):
            act(session, actor, **given)


def test_a_name_is_used_once(session, people, ada):
    assert code(add_office, session, OPERATOR, " Lakselv ") == "office_exists"
    assert code(add_office, session, OPERATOR, "Third", template="sprint") == "template_unknown"
    add_team(session, ada, people.office_id, "North")
    assert code(add_team, session, ada, people.office_id, " North ") == "team_exists"
    assert code(add_team, session, ada, people.office_id, " ") == "team_exists"


def test_shares_of_full_time_are_the_supervisors(session, people):
    said = {"percent": 100, "se_percent": 60, "from_on": TODAY, "until_on": None}
    with pytest.raises(NotPermitted):
        record_share(session, people.jo, people.jo.user_id, **said)
    assert record_share(session, people.max, people.jo.user_id, **said).se_percent == 60
    share = (record_share, session, people.max, people.jo.user_id)
    assert code(*share, **{**said, "percent": 101}) == "percent_not_allowed"
    assert code(*share, **{**said, "until_on": TODAY - timedelta(days=1)}) == "ends_before_it_starts"


def test_group_supervision_is_held_for_a_time_that_can_be_by_a_supervisor(session, people):
    said = {"held_on": TODAY, "minutes": 60, "attended": [people.jo.user_id, people.jo.user_id, people.sam.user_id]}
    hold = (record_group_supervision, session, people.max, people.office_id)
    assert record_group_supervision(session, people.max, people.office_id, **said).minutes == 60
    assert code(*hold, **{**said, "minutes": -5}) == "minutes_not_allowed"
    assert code(*hold, **{**said, "held_on": TOMORROW}) == "in_the_future"
    assert code(*hold, **{**said, "attended": [people.ida.user_id]}) == "not_found"
    with pytest.raises(NotPermitted):
        record_group_supervision(session, people.jo, people.office_id, **said)
