"""Importing participants: all or nothing, twice is once, and what is not known stays apart from what is not."""

from pathlib import Path

import pytest
from sqlalchemy import select

from se_engine.exchange.participants import import_participants
from se_engine.queries.texts import name_of
from se_engine.queries.trail import verify
from se_engine.records.participants import Participant
from se_engine.rules.errors import NotPermitted
from se_engine.rules.roles import Actor, Role
from se_engine.rules.text import LANGUAGES
from tests.exchange.conftest import NOW, PERSON, told

ACCEPTANCE = Path(__file__).parent.parent / "acceptance"


def counts(outcome):
    return outcome.rows, outcome.created, outcome.updated, outcome.unchanged


def test_the_acceptance_file_comes_in_once(importer):
    path = ACCEPTANCE / "participants.csv"
    assert counts(importer(import_participants, path, create=True)) == (12, 12, 0, 0)
    before = importer.count("trail_entries")
    assert counts(importer(import_participants, path, create=True)) == (12, 0, 0, 12)
    assert importer.count("participants") == 12
    assert importer.count("trail_entries") == before


def test_everything_in_a_row_is_kept(importer):
    importer.people(
        {
            "country": "SY", "arrived_year": "2023", "highest_education": "none", "decision": "accepted",
            "decided_on": "2026-01-09", "protected": "no", "team": "Team 1",
        }
    )  # fmt: skip
    with importer.database.reading() as session:
        person = session.scalars(select(Participant)).one()
        assert name_of(session, person) == "Amal Prøve"
    assert (person.ref, person.birth_year, person.sex, person.country, person.arrived_year) == (
        "P1", 1990, "female", "SY", 2023,
    )  # fmt: skip
    assert (person.highest_education, person.decision, str(person.decided_on)) == ("none", "accepted", "2026-01-09")
    assert (person.interpreter_need, person.interpreter_language, person.protected) == ("yes", "ar", False)
    assert importer.rows("SELECT language FROM participant_languages ORDER BY ordinal") == [("ar",), ("en",)]
    assert importer.rows("SELECT skill, level, source FROM language_levels ORDER BY id") == [
        ("listening", "A2", "import"),
        ("reading", "A1", "import"),
        ("speaking", "A2", "import"),
    ]
    assert importer.rows("SELECT scheme, check_result FROM scheme_memberships") == [
        ("introduction_programme", "not_checked")
    ]
    assert importer.rows("SELECT email, role, password_hash FROM users") == [("jo@example.org", "job_specialist", None)]


def test_each_row_that_changes_something_writes_one_entry(importer):
    importer.people({}, {"participant_ref": "P2"})
    importer.people({}, {"participant_ref": "P2", "sex": "male", "languages": "so", "given_name": "Ali"})
    whats = importer.rows("SELECT what, detail FROM trail_entries ORDER BY id")
    assert [what for what, _ in whats] == [
        "office_added", "account_added", "participant_registered", "participant_registered", "participant_changed",
    ]  # fmt: skip
    assert whats[2][1] == "source=import"
    assert whats[4][1] == "source=import fields=sex,name,languages"
    with importer.database.snapshot() as session:
        assert verify(session).ok


def test_no_word_of_a_name_stands_in_the_open(importer):
    importer.people({"given_name": "Zxqw"})
    assert b"Zxqw" not in importer.rows("SELECT sealed FROM participant_texts")[0][0]
    assert all("Zxqw" not in str(row) for row in importer.rows("SELECT * FROM trail_entries"))


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({"birth_year": "1991"}, "SELECT birth_year FROM participants"),
        ({"referred_on": "2026-02-03"}, "SELECT referred_on FROM participants"),
        ({"norwegian_reading": "B1"}, "SELECT level FROM language_levels WHERE skill = 'reading' ORDER BY id DESC"),
        ({"scheme": "jobbsjansen"}, "SELECT scheme FROM scheme_memberships ORDER BY id DESC"),
        ({"languages": "so"}, "SELECT language FROM participant_languages"),
        ({"interpreter_language": "so"}, "SELECT interpreter_language FROM participants"),
    ],
)
def test_a_row_with_other_values_is_updated(importer, changed, found):
    importer.people({})
    assert counts(importer.people(changed)) == (1, 0, 1, 0)
    assert str(importer.rows(found)[0][0]) == next(iter(changed.values()))
    assert counts(importer.people(changed)) == (1, 0, 0, 1)


def test_a_new_name_takes_the_place_of_the_old_and_the_old_stays_a_text(importer):
    importer.people({})
    importer.people({"family_name": "Nyprøve"})
    with importer.database.reading() as session:
        assert name_of(session, session.scalars(select(Participant)).one()) == "Amal Nyprøve"
    assert importer.count("participant_texts") == 2


def test_an_empty_cell_leaves_what_is_known(importer):
    importer.people({})
    empty = dict.fromkeys(PERSON, "") | {"participant_ref": "P1", "office": "Nord", "given_name": "Amal"}
    assert counts(importer.people(empty)) == (1, 0, 0, 1)
    assert importer.rows("SELECT birth_year FROM participants") == [(1990,)]


def test_no_interpreter_is_an_answer_and_empty_is_none(importer):
    importer.people({"interpreter_language": "none"}, {"participant_ref": "P2", "interpreter_language": ""})
    found = importer.rows("SELECT interpreter_need, interpreter_language FROM participants ORDER BY ref")
    assert found == [("no", None), (None, None)]


def test_a_protected_participant_is_seen_by_the_specialist_the_file_names(importer):
    importer.people({"protected": "yes"}, {"participant_ref": "P2"})
    assert importer.rows("SELECT participant_id, protected FROM participants p JOIN named_readers n "
                         "ON n.participant_id = p.id") == [(1, True)]  # fmt: skip
    importer.people({"participant_ref": "P2", "protected": "yes"})
    assert importer.count("named_readers") == 2


def test_a_running_case_goes_to_the_specialist_now_named(importer):
    importer.people({})
    importer.history({"event": "opened", "happened_on": "2026-01-05"})
    before = importer.rows("SELECT owner_id FROM cases")
    importer.people({"job_specialist": "kim@example.org"})
    [(owner,)] = importer.rows("SELECT owner_id FROM cases")
    assert (owner,) not in before
    assert (owner, "kim@example.org") in importer.rows("SELECT id, email FROM users")
    assert importer.count("case_owners") == 2


def test_without_create_what_is_not_there_is_a_fault(importer):
    outcome = importer.people({}, create=False)
    assert told(outcome) == [(2, "office", "no_such_office")]
    importer.people({})
    outcome = importer.people({"job_specialist": "kim@example.org", "team": "Team 9"}, create=False)
    assert told(outcome) == [(2, "team", "no_such_team"), (2, "job_specialist", "no_such_account")]


def test_a_specialist_of_another_office_is_a_fault(importer):
    outcome = importer.people({}, {"office": "Sør"})
    assert told(outcome) == [(3, "job_specialist", "no_such_specialist")]
    assert importer.count("offices") == 0


def test_the_same_reference_may_stand_at_two_offices_but_once_at_each(importer):
    assert importer.people({}, {"office": "Sør", "job_specialist": ""}).ok
    assert told(importer.people({}, {"birth_year": "1991"})) == [(3, "participant_ref", "row_repeated")]


BAD_CELLS = [
    ("participant_ref", "", "cell_needed"),
    ("participant_ref", "01017012345", "national_number_as_ref"),
    ("participant_ref", "a b", "ref_not_allowed"),
    ("birth_year", "19x1", "year_not_allowed"),
    ("birth_year", "1871", "year_not_allowed"),
    ("sex", "woman", "value_unknown"),
    ("languages", "ar;klingon", "language_code_unknown"),
    ("interpreter_language", "arabic", "language_code_unknown"),
    ("norwegian_speaking", "A3", "level_unknown"),
    ("scheme", "praksis", "scheme_unknown"),
    ("office", "", "cell_needed"),
    ("job_specialist", "jo", "email_not_allowed"),
    ("referred_on", "2.1.2026", "date_unknown"),
    ("referred_on", "2026-02-30", "date_unknown"),
    ("referred_on", "0206-02-03", "date_unknown"),
    ("referred_on", "2026-11-22", "in_the_future"),
    ("country", "XX", "country_unknown"),
    ("arrived_year", "2027", "year_not_allowed"),
    ("highest_education", "phd", "value_unknown"),
    ("decision", "yes", "value_unknown"),
    ("decided_on", "20260102", "date_unknown"),
    ("protected", "maybe", "value_unknown"),
]


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("column", "value", "code"), BAD_CELLS)
def test_a_bad_cell_is_named_with_what_is_allowed(importer, column, value, code):
    outcome = importer.people({column: value})
    assert told(outcome) == [(2, column, code)]
    for language in LANGUAGES:
        assert outcome.faults[0].text(language)


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_somebody_without_a_name_is_a_fault(importer):
    assert told(importer.people({"given_name": "", "family_name": " "})) == [(2, "given_name", "name_needed")]


def test_three_bad_cells_in_two_hundred_rows_write_nothing(importer):
    rows = [{"participant_ref": f"P{number}"} for number in range(200)]
    rows[4]["birth_year"] = "19x1"
    rows[90]["sex"] = "?"
    rows[199]["referred_on"] = "i går"
    outcome = importer.people(*rows)
    assert told(outcome) == [
        (6, "birth_year", "year_not_allowed"), (92, "sex", "value_unknown"), (201, "referred_on", "date_unknown"),
    ]  # fmt: skip
    assert counts(outcome) == (200, 0, 0, 0)
    assert [importer.count(table) for table in ("participants", "offices", "users", "trail_entries")] == [0, 0, 0, 0]


def test_semicolons_between_cells_leave_spaces_between_languages(importer, write):
    path = write([{"languages": "ar en", "scheme": "jobbsjansen nav_follow_up"}], PERSON, delimiter=";")
    assert importer(import_participants, path, create=True).ok
    assert importer.count("participant_languages") == 2
    assert importer.count("scheme_memberships") == 2


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_only_the_operator_imports(session, write):
    session.info["clock"] = lambda: NOW
    with pytest.raises(NotPermitted):
        import_participants(session, Actor(1, Role.SUPERVISOR, 1), write([{}], PERSON))
