"""The register and the card: order, filters, paging, who sees whom, and no more statements for more employers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import event, insert, select

from se_engine.actions.employer_relations import add_agreement
from se_engine.actions.employers import add_employer, change_employer
from se_engine.actions.jobs import end_job, start_job
from se_engine.actions.participants import protect
from se_engine.actions.tracks import open_track
from se_engine.clock import now
from se_engine.queries.employer_cards import employer_card
from se_engine.queries.employers import EmployerFilters, EmployerPlace, register
from se_engine.records.contacts import Contact
from se_engine.records.employers import Employer, EmployerNote
from se_engine.records.jobs import Job
from se_engine.records.offices import Office
from se_engine.rules.errors import NotFound, NotPermitted
from tests.support.employers import track_at
from tests.support.people import TODAY, make_user


@pytest.fixture
def add(session, people):
    def add(name, **facts):
        return add_employer(session, people.jo, people.office_id, name=name, another=True, **facts)

    return add


def met(session, people, employer, days_ago, *, case=None, status="held", **more):
    """A contact with an employer, as the note of one leaves it."""
    contact = Contact(
        office_id=people.office_id, employer_id=employer.id, case_id=case.id if case else None,
        user_id=people.jo.user_id, kind="employer", channel="phone", status=status, shared=True,
        happened_on=TODAY - timedelta(days=days_ago), recorded_at=now(session), source="app", **more,
    )  # fmt: skip
    session.add(contact)
    session.flush()
    return contact


def names(session, actor, **chosen):
    return [row.name for row in register(session, actor, EmployerFilters(**chosen)).rows]


def test_what_needs_attention_comes_first_with_the_reason(session, people, add, make_case):
    quiet, silent, agreed, due, later, fresh = (
        add(name) for name in ("Quiet", "Silent", "Agreement", "Due", "Later", "A fresh one")
    )
    met(session, people, quiet, 70)
    met(session, people, silent, 20)
    met(session, people, later, 30, next_on=TODAY + timedelta(days=3))
    track_at(session, people.jo, make_case(), silent.id, began_on=TODAY - timedelta(days=40))
    add_agreement(
        session,
        people.jo,
        agreed.id,
        from_on=TODAY - timedelta(days=300),
        until_on=TODAY + timedelta(days=30),
        places=4,
    )
    change_employer(session, people.jo, due.id, seen_version=None, next_on=TODAY - timedelta(days=1))
    found = register(session, people.sam)
    assert [(row.name, row.why, row.urgency) for row in found.rows] == [
        ("Agreement", "agreement", "now"),
        ("Quiet", "quiet", "now"),
        ("Silent", "silent", "now"),
        ("Due", "next", "now"),
        ("Later", "next", "soon"),
        (fresh.name, None, "later"),
    ]
    assert found.counts == {"all": 6, "now": 4, "next": 1, "silent": 1, "agreement": 1, "quiet": 1}
    assert names(session, people.sam, show="silent") == ["Silent"]
    assert {row.name: row.participants for row in found.rows}["Silent"] == 1
    assert {row.name: (row.places, row.used) for row in found.rows}["Agreement"] == (4, 0)


def test_contact_settles_what_was_due(session, people, add):
    due = add("Due", stage="open")
    change_employer(session, people.jo, due.id, seen_version=None, next_on=TODAY - timedelta(days=3))
    assert register(session, people.jo).counts["now"] == 1
    met(session, people, due, 0, status="no_answer")
    assert register(session, people.jo).counts["now"] == 1, "nobody was reached"
    met(session, people, due, 1)
    assert register(session, people.jo).counts["now"] == 0
    change_employer(session, people.jo, due.id, seen_version=None, stage="closed")
    [row] = register(session, people.jo).rows
    assert row.day is None, "an employer that is not for now is left in peace"


def test_it_is_searched_and_narrowed(session, people, add, make_case):
    hotel = add(
        "Økern Hotell AS", org_number="974760673", industry="I", stage="open", limited_norwegian="yes", speaking="A2",
        reading="none",
    )  # fmt: skip
    shop = add("Butikken", industry="G", limited_norwegian="some_tasks", speaking="B1")
    add("Kontoret", limited_norwegian="no", experience="good")
    narrowed = {
        ("words", "økern"): ["Økern Hotell AS"],
        ("words", "ØKERN hot"): ["Økern Hotell AS"],
        ("words", "974 760"): ["Økern Hotell AS"],
        ("words", "100%"): [],
        ("words", "hot_ll"): [],
        ("norwegian", "yes"): ["Økern Hotell AS"],
        ("norwegian", "some_tasks"): ["Butikken", "Økern Hotell AS"],
        ("level", "A2"): ["Økern Hotell AS"],
        ("level", "B1"): ["Butikken", "Økern Hotell AS"],
        ("level", "A1"): [],
        ("industry", "G"): ["Butikken"],
        ("stage", "open"): ["Økern Hotell AS"],
        ("pool", True): ["Kontoret"],
        ("free", True): [],
    }
    for (field, value), wanted in narrowed.items():
        assert sorted(names(session, people.jo, **{field: value})) == wanted, (field, value)
    add_agreement(session, people.jo, shop.id, from_on=TODAY, until_on=TODAY + timedelta(days=99), places=1)
    assert names(session, people.jo, free=True) == ["Butikken"]
    start_job(session, people.jo, make_case().id, started_on=TODAY, employer="Butikken", paid=True)
    assert names(session, people.jo, free=True) == []
    assert sorted(names(session, people.jo, pool=True)) == ["Butikken", "Kontoret"]
    assert names(session, people.jo, words=hotel.name, industry="G") == []


@pytest.mark.parametrize(
    "wrong", [{"show": "x"}, {"stage": "x"}, {"level": "D1"}, {"industry": "W"}, {"norwegian": "x"}]
)
@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_an_address_nobody_gave_out_is_not_found(session, people, wrong):
    with pytest.raises(NotFound):
        register(session, people.jo, EmployerFilters(**wrong))


def test_only_casework_has_a_register_and_only_of_its_office(session, people, add):
    add("Butikken")
    with pytest.raises(NotPermitted):
        register(session, people.ida)
    away = Office(name="Vadsø", template="standard", threshold=5)
    session.add(away)
    session.flush()
    assert register(session, make_user(session, "Far", "job_specialist", away.id)).rows == []


def test_pages_lead_on_and_back_without_losing_a_row(session, people, add):
    for number in range(7):
        employer = add(f"E{number}")
        if number % 2:
            change_employer(session, people.jo, employer.id, seen_version=None, next_on=TODAY)
    everything = [row.name for row in register(session, people.jo).rows]
    seen, place = [], None
    while True:
        page = register(session, people.jo, place=place, size=3)
        seen += [row.name for row in page.rows]
        if not page.has_next:
            break
        place = EmployerPlace(*page.rows[-1].place)
    assert seen == everything
    back = register(session, people.jo, place=EmployerPlace(*page.rows[0].place, backwards=True), size=3)
    assert [row.name for row in back.rows] == everything[3:6]
    assert back.has_previous
    assert back.has_next


def many(session, people, numbers):
    """Employers by these numbers, each with a contact."""
    rows = [
        {"office_id": people.office_id, "name": f"Employer {one}", "stage": "open", "recorded_at": now(session)}
        for one in numbers
    ]
    ids = session.scalars(insert(Employer).returning(Employer.id), rows).all()
    contacts = [
        {
            "office_id": people.office_id, "employer_id": one, "kind": "employer", "channel": "phone",
            "status": "held", "happened_on": TODAY - timedelta(days=one % 90), "shared": True,
            "recorded_at": now(session), "source": "app", "version": 1,
        }
        for one in ids
    ]  # fmt: skip
    session.execute(insert(Contact.__table__), contacts)
    session.expunge_all()
    return ids[0]


def statements(session, act):
    sent = []
    connection = session.connection()

    def note(*told):
        sent.append(told[2])

    event.listen(connection, "before_cursor_execute", note)
    act()
    event.remove(connection, "before_cursor_execute", note)
    return len(sent)


def test_as_many_statements_for_500_employers_as_for_10(session, people):
    register_sent, card_sent = [], []
    for numbers in (range(10), range(10, 500)):
        employer_id = many(session, people, numbers)
        register_sent.append(statements(session, lambda: register(session, people.jo)))
        card_sent.append(statements(session, lambda card=employer_id: employer_card(session, people.jo, card)))
    assert (register_sent, card_sent) == ([2, 2], [11, 11])


def test_a_card_names_a_participant_to_nobody_who_may_not_open_her_case(session, people, add, make_case):
    bakery = add("Bakery")
    case = make_case()
    open_track(session, people.jo, case.id, opened_on=TODAY, employer_id=bakery.id)
    note = met(session, people, bakery, 1, case=case)
    session.add(
        EmployerNote(
            employer_id=bakery.id, contact_id=note.id, happened_on=note.happened_on, text="They need packers.",
            recorded_at=now(session),
        )
    )  # fmt: skip
    session.flush()
    mine, hers = (employer_card(session, actor, bakery.id) for actor in (people.jo, people.sam))
    assert [(one.name, one.case_id) for one in mine.relations] == [("Pat Example", case.id)]
    assert (hers.relations, hers.others) == ([], {"Jo": 1})
    assert [(one.text, one.case_id) for one in mine.contacts] == [("They need packers.", case.id)]
    assert [(one.text, one.case_id) for one in hers.contacts] == [("They need packers.", None)]
    protect(session, people.max, case.participant_id, readers=[people.jo.user_id], protected=True)
    hers = employer_card(session, people.sam, bakery.id)
    assert (hers.relations, hers.others, hers.contacts) == ([], {}, [])
    assert employer_card(session, people.jo, bakery.id).relations


def test_results_are_counted_and_nobody_is_named(session, people, add, make_case):
    bakery = add("Bakery")
    began = TODAY - timedelta(weeks=30)
    for weeks in (30, 10):
        job = start_job(
            session, people.jo, make_case(opened_on=began).id, started_on=began, employer="Bakery", paid=True
        )
        if weeks < 30:
            end_job(session, people.jo, job.case_id, job.id, ended_on=began + timedelta(weeks=weeks), reason="mutual")
    case = make_case()
    start_job(session, people.jo, case.id, started_on=TODAY, employer="Bakery", contract="work_training")
    start_job(session, people.jo, case.id, started_on=TODAY, employer="Bakery", paid=True)
    found = employer_card(session, people.sam, bakery.id).results
    assert (found.participants, found.placements, found.jobs, found.old_enough, found.still_there) == (3, 1, 3, 2, 1)
    session.scalars(select(Job)).all()[0].voided = True
    assert employer_card(session, people.sam, bakery.id).results.jobs == 2


def test_other_offices_of_the_municipality_are_named_with_no_more_than_a_number(session, people, add, make_case):
    add("Bakery", org_number="974760673")
    neighbour = Office(name="Lakselv nord", municipality="Porsanger", template="standard", threshold=2)
    session.add(neighbour)
    session.get_one(Office, people.office_id).municipality = "Porsanger"
    session.flush()
    far = make_user(session, "Far", "job_specialist", neighbour.id)
    theirs = add_employer(session, far, neighbour.id, name="The Bakery", org_number="974760673")
    mine = session.scalars(select(Employer).where(Employer.office_id == people.office_id)).one()
    for number, told in ((1, None), (2, 2)):
        open_track(session, far, make_case(owner=far).id, opened_on=TODAY, employer_id=theirs.id)
        [use] = employer_card(session, people.jo, mine.id).elsewhere
        assert (use.office, use.tracks, use.threshold) == ("Lakselv nord", told, 2), number
