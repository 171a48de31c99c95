"""Employers' cards: what several people change, people to talk to, agreements, and the answers to five questions."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from se_engine.actions import employer_relations as relations
from se_engine.actions.employers import add_employer, change_employer, find_employer, version_of
from se_engine.queries.employer_cards import changes_of, employer_card
from se_engine.queries.employer_feedback import feedback_due
from se_engine.records.employers import Employer
from se_engine.records.trail import TrailEntry
from se_engine.rules.errors import NotFound, NotPermitted, Refused, Stale
from tests.support.employers import BAKERY, NUMBER, employer_at_work, track_at
from tests.support.people import TODAY, make_people, transaction

GOOD = [4, 5, None, 3, 5]


@pytest.fixture
def bakery(session, people):
    return add_employer(session, people.jo, people.office_id, name=BAKERY, org_number="974 760 673", stage="new")


def change(session, actor, employer, *, seen=None, **facts):
    return change_employer(session, actor, employer.id, seen_version=seen, **{"confirmed": True, **facts})


def test_a_card_is_added_with_its_number_and_told_in_the_trail(session, people, bakery):
    assert (bakery.name, bakery.org_number, version_of(bakery)) == (BAKERY, NUMBER, 1)
    told = session.scalars(select(TrailEntry).where(TrailEntry.what == "employer_added")).one()
    assert told.detail == f"employer={bakery.id} office={people.office_id}"


@pytest.mark.parametrize("name", ["FJORDENS BAKERI", "Fjordens bakeri, avd. Nord", "Fjordnes Bakeri AS"])
def test_a_like_name_is_pointed_out_before_a_second_card_is_made(session, people, bakery, name):
    with pytest.raises(Refused, match="employer_looks_known") as refused:
        add_employer(session, people.sam, people.office_id, name=name)
    assert refused.value.reason.values["names"] == BAKERY
    assert add_employer(session, people.sam, people.office_id, name=name, another=True).id != bakery.id


def test_the_same_number_is_pointed_out_too_and_the_same_name_never_gets_a_second_card(session, people, bakery):
    with pytest.raises(Refused, match="employer_looks_known"):
        add_employer(session, people.jo, people.office_id, name="Quite another", org_number=NUMBER)
    with pytest.raises(Refused, match="employer_name_used"):
        add_employer(session, people.jo, people.office_id, name=BAKERY, another=True)


def test_a_name_typed_elsewhere_finds_the_card(session, people, bakery):
    assert find_employer(session, people.office_id, f" {BAKERY} ").id == bakery.id
    known_by_name = find_employer(session, people.office_id, "Hotellet")
    assert version_of(change(session, people.jo, known_by_name, seen=1, stage="open")) == 2


def test_every_changed_field_is_kept_with_who_changed_it(session, people, bakery):
    change(session, people.jo, bakery, seen=1, stage="open", phone="22 00 00 00", size="")
    change(session, people.sam, bakery, seen=2, stage="closed", refusal="language", phone="22 00 00 00")
    told = [(one.field, one.before, one.after, one.who) for one in changes_of(session, bakery.id)]
    assert sorted(told) == [
        ("phone", None, "22 00 00 00", "Jo"),
        ("refusal", None, "language", "Sam"),
        ("stage", "new", "open", "Jo"),
        ("stage", "open", "closed", "Sam"),
    ]
    assert change(session, people.jo, bakery, seen=3, stage="closed").version == 3, "nothing new is no change"


def test_two_who_change_different_fields_both_get_theirs(session, people, bakery):
    change(session, people.jo, bakery, seen=1, stage="open", phone=None)
    change(session, people.sam, bakery, seen=1, stage="new", phone="22 00 00 00")
    assert (bakery.stage, bakery.phone) == ("open", "22 00 00 00")


def test_a_field_that_both_changed_is_written_over_by_nobody(session, people, bakery):
    change(session, people.jo, bakery, seen=1, stage="open")
    with pytest.raises(Stale):
        change(session, people.sam, bakery, seen=1, stage="closed", phone="22 00 00 00")
    assert (bakery.stage, bakery.phone) == ("open", None)
    assert change(session, people.sam, bakery, seen=1, stage="open").version == 2, "both wrote the same"
    for seen in (0, 99):
        with pytest.raises(Stale):
            change(session, people.sam, bakery, seen=seen, stage="closed")


def test_two_at_once_lose_nothing(database, clock):
    with transaction(database, clock) as session:
        people = make_people(session)
        card = add_employer(session, people.jo, people.office_id, name=BAKERY).id
    both, told = threading.Barrier(2), []

    def write(actor, **facts):
        both.wait()
        try:
            with transaction(database, clock) as session:
                change_employer(session, actor, card, seen_version=1, confirmed=True, **facts)
        except Stale:
            told.append("stale")

    writers = [
        threading.Thread(target=write, args=(people.jo,), kwargs={"stage": "open", "busy_times": "Fridays"}),
        threading.Thread(target=write, args=(people.sam,), kwargs={"stage": "open", "phone": "22 00 00 00"}),
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    with database.reading() as session:
        kept = session.get_one(Employer, card)
        assert (kept.stage, kept.busy_times, kept.phone, kept.version) == ("open", "Fridays", "22 00 00 00", 3)
    assert told == []


def test_what_is_written_of_an_employer_tells_of_nobody(session, people, bakery, case):
    for words, code in (("Ask Pat Example first", "participant_named"), ("41019000077 is there", "national_number")):
        with pytest.raises(Refused, match=code) as refused:
            change(session, people.jo, bakery, possible_tasks=words)
        assert refused.value.reason.values["field"] == "possible_tasks"
    with pytest.raises(Refused, match="confirm_nobody_named"):
        change(session, people.jo, bakery, possible_tasks="Packing", confirmed=False)
    assert change(session, people.jo, bakery, possible_tasks="Packing").possible_tasks == "Packing"
    assert change(session, people.jo, bakery, possible_tasks="Packing", stage="open", confirmed=False).stage == "open"


def test_another_office_and_other_roles_have_no_such_card(session, people, bakery, clock):
    from se_engine.actions.people import add_office
    from se_engine.rules.roles import OPERATOR
    from tests.support.people import make_user

    far = make_user(session, "Far", "job_specialist", add_office(session, OPERATOR, "Vadsø").id)
    for nobody in (far, people.ida):
        with pytest.raises(NotFound):
            change(session, nobody, bakery, stage="open")
        with pytest.raises((NotFound, NotPermitted)):
            add_employer(session, nobody, people.office_id, name="New")
        with pytest.raises(NotFound):
            employer_card(session, nobody, bakery.id)


def test_people_come_and_go_and_the_history_remembers_them(session, people, bakery):
    kari = relations.add_person(session, people.jo, bakery.id, name=" Kari  Baker ", phone="+47 22 00 00 00")
    owner = relations.add_person(session, people.jo, bakery.id, name="Ola Owner", email="OLA@example.org", decides=True)
    assert [one.name for one in employer_card(session, people.sam, bakery.id).people] == ["Ola Owner", "Kari Baker"]
    assert owner.email == "ola@example.org"
    relations.person_left(session, people.sam, bakery.id, kari.id, left_on=TODAY)
    card = employer_card(session, people.sam, bakery.id)
    assert [one.name for one in card.people] == ["Ola Owner"]
    assert (card.changes[0].before, card.changes[0].after) == ("Kari Baker", None)
    with pytest.raises(Refused, match="person_has_left"):
        relations.person_left(session, people.sam, bakery.id, kari.id, left_on=TODAY)
    with pytest.raises(Refused, match="phone_not_allowed"):
        relations.add_person(session, people.jo, bakery.id, name="X", phone="ask")


def test_an_agreement_counts_its_places_and_ends_early(session, people, bakery, make_case):
    until = TODAY + timedelta(days=300)
    agreed = relations.add_agreement(
        session, people.jo, bakery.id, from_on=TODAY - timedelta(days=60), until_on=until, places=2
    )
    track_at(session, people.jo, make_case(), bakery.id, began_on=TODAY - timedelta(days=20))
    [shown] = employer_card(session, people.jo, bakery.id).agreements
    assert (shown.places, shown.used, shown.runs) == (2, 1, True)
    for wrong in (until + timedelta(days=1), TODAY - timedelta(days=61)):
        with pytest.raises(Refused, match="agreement_end_outside"):
            relations.end_agreement(session, people.jo, bakery.id, agreed.id, ended_on=wrong)
    relations.end_agreement(session, people.jo, bakery.id, agreed.id, ended_on=TODAY)
    assert not employer_card(session, people.jo, bakery.id).agreements[0].runs
    with pytest.raises(Refused, match="agreement_has_ended"):
        relations.end_agreement(session, people.jo, bakery.id, agreed.id, ended_on=TODAY)
    with pytest.raises(Refused, match="until_before_from"):
        relations.add_agreement(
            session, people.jo, bakery.id, from_on=TODAY, until_on=TODAY - timedelta(days=1), places=2
        )


@pytest.mark.parametrize(
    ("weeks", "asked"), [(1, []), (2, [2]), (7, [2]), (8, [8]), (20, [8]), (26, [26]), (38, [26]), (40, [])]
)
@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_an_employer_is_asked_in_weeks_2_8_and_26_and_not_for_ever(weeks, asked, session, people, make_case, clock):
    case = make_case()
    there = employer_at_work(session, people.jo, case, began_on=TODAY)
    clock.day = TODAY + timedelta(weeks=weeks)
    assert [one.week for one in feedback_due(session, people.jo)] == asked
    assert feedback_due(session, people.sam) == [], "nobody else's case"
    assert [one.week for one in feedback_due(session, people.max, employer_id=there["employer_id"])] == asked


def test_five_answers_are_given_once_for_each_week(session, people, case, clock):
    there = employer_at_work(session, people.jo, case, began_on=TODAY)
    place = (there["employer_id"], there["track_id"])
    clock.day = TODAY + timedelta(weeks=3)

    def answer(week=2, answers=GOOD, on=clock.day, **more):
        return relations.record_feedback(
            session, people.jo, *place, week, happened_on=on, answers=answers, confirmed=True, **more
        )

    assert len(feedback_due(session, people.jo)) == 1
    answer(another="yes", text="It goes well.")
    assert feedback_due(session, people.jo) == []
    [kept] = employer_card(session, people.max, there["employer_id"]).feedback
    assert (kept.week, kept.answers, kept.another, kept.text) == (2, tuple(GOOD), "yes", "It goes well.")
    for refused, code in (
        ({}, "feedback_given"), ({"week": 8, "answers": [None] * 5}, "nothing_answered"),
        ({"week": 8, "answers": [6, 1, 1, 1, 1]}, "answers_not_allowed"),
        ({"week": 8, "answers": [1]}, "answers_not_allowed"),
        ({"week": 8, "on": TODAY - timedelta(days=1)}, "before_work_began"),
        ({"week": 8, "on": clock.day + timedelta(days=1)}, "in_the_future"),
        ({"week": 8, "text": "Pat Example is kind"}, "participant_named"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=code):
            answer(**refused)
    with pytest.raises(NotFound):
        answer(week=3)
    with pytest.raises(NotFound):
        relations.record_feedback(session, people.sam, *place, 8, happened_on=clock.day, answers=GOOD)
