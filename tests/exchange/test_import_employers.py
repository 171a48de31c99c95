"""Importing employers: all or nothing, twice is once, known by number and by name, and nobody named in the texts."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from se_engine.actions.employer_relations import person_left
from se_engine.actions.participants import register
from se_engine.actions.people import add_office
from se_engine.exchange.employer_cells import COLUMNS
from se_engine.exchange.employers import import_employers
from se_engine.queries.employer_cards import changes_of
from se_engine.queries.trail import verify
from se_engine.records.employers import Employer, EmployerPerson
from se_engine.rules.errors import NotPermitted
from se_engine.rules.roles import OPERATOR, Actor, Role
from se_engine.rules.text import LANGUAGES
from tests.exchange.conftest import NOW, told

ROW = {
    "office": "Nord", "name": "Byens Bakeri AS", "org_number": "974 760 673", "industry": "10.710",
    "municipality": "Lørenskog", "stage": "open", "limited_norwegian": "some_tasks", "listening": "A2",
    "reading": "A1", "speaking": "A2", "writing": "none", "collective_agreement": "yes",
    "contact_name": "Kari Baker", "contact_phone": "+47 22 00 00 00", "contact_email": "Kari@example.org",
    "preferred_form": "visit", "preferred_time": "after 14", "possible_tasks": "Packing, cleaning",
}  # fmt: skip
OTHER = {"name": "Hotellet", "org_number": "923 609 016", "contact_name": "Ola Host"}


def counts(outcome):
    return outcome.rows, outcome.created, outcome.updated, outcome.unchanged


@pytest.fixture
def employers(importer, write):
    """Imports these rows into the office Nord, each like ROW but for what it says."""
    with importer.database.session() as session:
        session.info["clock"] = lambda: NOW
        add_office(session, OPERATOR, "Nord")

    def employers(*rows, like=ROW, **more):
        return importer(import_employers, write(rows, like, **more))

    return employers


def test_everything_in_a_row_is_kept_and_told(employers, importer):
    assert counts(employers({}, OTHER)) == (2, 2, 0, 0)
    with importer.database.snapshot() as session:
        card = session.scalars(select(Employer).where(Employer.name == ROW["name"])).one()
        person = session.scalars(select(EmployerPerson).where(EmployerPerson.employer_id == card.id)).one()
        assert verify(session).ok
    kept = {name: getattr(card, name) for name in ROW if hasattr(card, name)}
    plain = {name: value for name, value in ROW.items() if name in kept}
    assert kept == {**plain, "org_number": "974760673", "industry": "C"}
    assert (person.name, person.phone, person.email) == ("Kari Baker", "+47 22 00 00 00", "kari@example.org")
    entries = importer.rows("SELECT what, detail FROM trail_entries WHERE what LIKE 'employer%' ORDER BY id")
    assert entries == [("employer_added", f"source=import employer={number}") for number in (1, 2)]


def test_the_same_file_twice_changes_nothing_the_second_time(employers, importer):
    employers({}, OTHER)
    before = importer.count("trail_entries"), importer.count("employer_changes")
    assert counts(employers({}, OTHER)) == (2, 0, 0, 2)
    assert (importer.count("trail_entries"), importer.count("employer_changes")) == before


def test_a_row_with_other_values_changes_the_card_and_its_history_says_so(employers, importer):
    employers({})
    outcome = employers({"name": "Bakeriet", "stage": "closed", "contact_phone": "22 11 11 11", "reading": ""})
    assert counts(outcome) == (1, 0, 1, 0)
    with importer.database.reading() as session:
        card = session.scalars(select(Employer)).one()
        changes = [(one.field, one.before, one.after) for one in changes_of(session, card.id, since=1)]
    assert (card.name, card.stage, card.reading, card.version) == ("Bakeriet", "closed", "A1", 2)
    assert sorted(changes) == [
        ("name", "Byens Bakeri AS", "Bakeriet"),
        ("person", "Kari Baker, +47 22 00 00 00, kari@example.org", "Kari Baker, 22 11 11 11, kari@example.org"),
        ("stage", "open", "closed"),
    ]


def test_without_a_number_it_is_known_by_its_name_and_gets_the_number_later(employers, importer):
    only_name = {"office": "Nord", "name": "Hotellet"}
    assert counts(employers({}, like=only_name)) == (1, 1, 0, 0)
    assert counts(employers({"org_number": "923609016"}, like=only_name)) == (1, 0, 1, 0)
    assert counts(employers({}, like=only_name)) == (1, 0, 0, 1)
    assert importer.rows("SELECT name, org_number FROM employers") == [("Hotellet", "923609016")]


def test_somebody_who_has_left_is_somebody_new_when_she_comes_back(employers, importer):
    employers({})
    with importer.database.session() as session:
        session.info["clock"] = lambda: NOW
        person = session.scalars(select(EmployerPerson)).one()
        person_left(session, OPERATOR, person.employer_id, person.id, left_on=NOW.date())
    assert counts(employers({})) == (1, 0, 1, 0)
    assert importer.count("employer_people") == 2


BAD = [
    ({"office": "Sør"}, "office", "no_such_office"),
    ({"office": ""}, "office", "cell_needed"),
    ({"name": ""}, "name", "cell_needed"),
    ({"name": "x" * 201}, "name", "text_too_long"),
    ({"org_number": "974760674"}, "org_number", "org_number_check_digit"),
    ({"org_number": "1"}, "org_number", "org_number_length"),
    ({"industry": "W"}, "industry", "value_unknown"),
    ({"stage": "old"}, "stage", "value_unknown"),
    ({"limited_norwegian": "ja"}, "limited_norwegian", "value_unknown"),
    ({"speaking": "D1"}, "speaking", "value_unknown"),
    ({"contact_phone": "ask"}, "contact_phone", "phone_not_allowed"),
    ({"contact_email": "kari"}, "contact_email", "email_not_allowed"),
    ({"contact_name": ""}, "contact_name", "cell_needed"),
    ({"needs": "mentor gold"}, "needs", "value_unknown"),
    ({"next_on": "1.2.2027"}, "next_on", "date_unknown"),
    ({"possible_tasks": "Ask 410190 00077"}, "possible_tasks", "national_number_in_text"),
]


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("row", "column", "code"), BAD)
def test_a_bad_cell_is_named_and_nothing_is_written(employers, importer, row, column, code):
    outcome = employers(OTHER, row)
    assert told(outcome) == [(3, column, code)]
    assert all(outcome.faults[0].text(language) for language in LANGUAGES)
    assert importer.count("employers") == 0


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_two_rows_for_one_employer_and_names_of_others_are_faults(employers, importer):
    assert told(employers({}, {"name": "Bakeriet"})) == [(3, "name", "row_repeated")]
    employers({}, OTHER)
    assert told(employers({"name": "Hotellet"})) == [(2, "name", "employer_name_used")]
    assert told(employers({"org_number": "889640782"})) == [(2, "name", "employer_name_used")]
    assert importer.count("employers") == 2


def test_a_text_that_names_a_participant_is_a_fault_that_does_not_repeat_her(employers, importer):
    with importer.database.session() as session:
        session.info["clock"] = lambda: NOW
        office_id = 1
        register(session, OPERATOR, office_id, ref="P1", given_name="Amal", family_name="Prøvesen")
    outcome = employers(OTHER, {"possible_tasks": "Tasks like those of Amal Prøvesen"})
    assert told(outcome) == [(3, "possible_tasks", "participant_named")]
    assert "Amal" not in str(outcome.as_data("en"))


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_every_fact_of_the_card_has_a_column(employers, importer):
    from se_engine.rules.employers import FACTS

    assert set(FACTS) <= set(COLUMNS)
    rest = {
        "size": "5_19", "source": "fair", "refusal": "no_tasks", "address": "Storgata 1", "phone": "22 00 00 00",
        "safety_delegate": "no", "language_mentor": "yes", "experience": "mixed", "experience_words": "It took time.",
        "needs": "wage_subsidy mentor", "busy_times": "Fridays", "next_on": "2027-02-01",
    }  # fmt: skip
    assert counts(employers(rest, delimiter=";")) == (1, 1, 0, 0)
    assert counts(employers(rest, delimiter=";")) == (1, 0, 0, 1)
    assert importer.rows("SELECT needs, next_on FROM employers") == [("wage_subsidy,mentor", "2027-02-01")]


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_only_the_operator_imports(session, write):
    with pytest.raises(NotPermitted):
        import_employers(session, Actor(1, Role.SUPERVISOR, 1), write([{}], ROW))
