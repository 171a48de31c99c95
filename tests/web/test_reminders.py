"""What is due, for the one who is to do it: own cases, those one stands in for, the team's; and nothing twice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.support.people import TODAY, make_case, transaction
from tests.support.statements import statements

DUE = "Registrer hvorfor forløpet ble avsluttet"


def ended(session, people, owner, name: str, days_ago: int = 3):
    from se_engine.actions.cases import advance

    case = make_case(session, people, owner=owner, given_name=name)
    advance(
        session, owner, case.id, "end", seen_version=None, happened_on=TODAY - timedelta(days=days_ago), note="Gone.",
        end_reason="unknown",
    )  # fmt: skip
    return case


@pytest.fixture
def cases(office, noon):
    """One of Jo's and one of Sam's, each with something due."""
    with transaction(office.database, noon) as session:
        hers = ended(session, office.people, office.people.jo, "Hanna")
        other = ended(session, office.people, office.people.sam, "Selam")
    return hers, other


def test_her_own_and_no_others(visit, cases):
    page = visit("jo").page("/reminders")
    assert DUE in page.text
    assert "Hanna" in page.text
    assert "Selam" not in page.text
    assert any(link.startswith(f"/cases/{cases[0].id}/history/") for link in page.links)


def test_those_she_stands_in_for_are_named(office, noon, visit, cases):
    from se_engine.actions.absences import record_absence

    people = office.people
    with transaction(office.database, noon) as session:
        days = {"from_on": TODAY, "until_on": TODAY}
        record_absence(session, people.max, people.sam.user_id, **days, substitute_id=people.jo.user_id)
    page = visit("jo").page("/reminders")
    assert "Selam" in page.text
    assert "du er vikar for Sam" in page.text


def test_the_supervisor_sees_the_team_or_her_own(visit, cases):
    max_ = visit("max")
    assert {"Hanna", "Selam"} <= set(max_.page("/reminders").text.split())
    assert "Hanna" not in max_.page("/reminders?whose=own").text
    assert "Selam" not in visit("jo").page("/reminders?whose=team").text


def test_the_day_begins_with_what_is_due(visit, cases):
    jo = visit("jo")
    page = jo.page("/today")
    assert DUE in page.text
    assert "/reminders" in page.links
    assert DUE not in jo.page(f"/today?on={TODAY + timedelta(days=1)}").text


def test_a_protected_participant_is_there_for_those_who_are_named(office, noon, visit, cases):
    from se_engine.actions.participants import protect

    people = office.people
    with transaction(office.database, noon) as session:
        readers = [people.jo.user_id, people.max.user_id]
        protect(session, people.max, cases[1].participant_id, readers=readers, protected=True)
    assert "Selam" not in visit("sam").page("/reminders").text
    assert "Selam" in visit("max").page("/reminders").text


def test_as_many_statements_for_many_as_for_one(office, noon, cases):
    from se_engine.queries.reminders import TEAM, reminders_of

    counts = []
    for more in (0, 8):
        with transaction(office.database, noon) as session:
            for number in range(more):
                ended(session, office.people, office.people.jo, f"More{number}")
            session.flush()
            session.connection()  # SQLite's BEGIN is none of the query's
            with statements(session) as sent:
                found = reminders_of(session, office.people.max, whose=TEAM)
            counts.append((len(found.lines), len(sent)))
    assert counts[1][0] == counts[0][0] + 8
    assert counts[1][1] == counts[0][1]


def test_a_linked_case_does_not_double_what_the_first_asks_for(office, noon, visit, cases):
    from se_engine.actions.cases import advance, continue_case
    from se_engine.queries.reminders import reminders_of

    with transaction(office.database, noon) as session:
        linked = continue_case(session, office.people.jo, cases[0].id, opened_on=TODAY)
        advance(
            session, office.people.jo, linked.id, "end", seen_version=None, happened_on=TODAY, note="Gone again.",
            end_reason="unknown",
        )  # fmt: skip
        found = reminders_of(session, office.people.jo)
    assert [line.reason for line in found.lines].count("end_reason_missing") == 1
