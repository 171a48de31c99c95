"""What is recorded stays: the databases themselves refuse to change or delete it."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from se_engine.actions.cases import advance
from se_engine.actions.record import record_field
from se_engine.actions.sealing import seal_batch
from tests.support.people import OPENED, TODAY, make_case, make_people, transaction

KEPT = ["history", "task_records", "consents", "language_levels", "field_values", "case_owners", "trail_entries"]


@pytest.fixture
def filled(database, clock):
    with transaction(database, clock) as session:
        people = make_people(session)
        case = make_case(session, people, "follow_up")
        record_field(session, people.jo, case.participant_id, "literacy_mother_tongue", "no", happened_on=OPENED)
        advance(
            session, people.jo, case.id, "search_again", seen_version=None, happened_on=TODAY, note="She wants more."
        )
    return database


def run(database, statement):
    with database.engine.begin() as connection:
        return connection.execute(text(statement)).rowcount


@pytest.mark.parametrize("table", [*KEPT, "participant_texts"])
def test_nothing_recorded_is_deleted(filled, table):
    with pytest.raises(DBAPIError, match="what is recorded stays"):
        run(filled, f"DELETE FROM {table}")  # noqa: S608 - the tables above


@pytest.mark.parametrize("table", KEPT)
def test_nothing_recorded_is_changed(filled, table):
    with filled.session() as session:
        seal_batch(session)
    column = "recorded_at"
    with pytest.raises(DBAPIError, match="what is recorded stays"):
        run(filled, f"UPDATE {table} SET {column} = {column}")  # noqa: S608 - the tables above


@pytest.mark.parametrize("change", ["what = 'nothing'", "id = -id", "user_id = NULL", "digest = ''"])
def test_an_entry_of_the_trail_is_only_ever_sealed(filled, change):
    with pytest.raises(DBAPIError, match="what is recorded stays"):
        run(filled, f"UPDATE trail_entries SET {change}")  # noqa: S608 - the changes above


def test_an_entry_is_sealed_once(filled):
    with filled.session() as session:
        seal_batch(session)
    with pytest.raises(DBAPIError, match="what is recorded stays"):
        run(filled, "UPDATE trail_entries SET position = NULL")


@pytest.mark.parametrize("change", ["sealed = salt", "digest = 'x', sealed = NULL, salt = NULL", "kind = 'name'"])
def test_a_text_is_never_written_over(filled, change):
    with pytest.raises(DBAPIError, match="what is recorded stays"):
        run(filled, f"UPDATE participant_texts SET {change}")  # noqa: S608 - the changes above


def test_a_text_may_be_taken_away(filled):
    assert run(filled, "UPDATE participant_texts SET sealed = NULL, salt = NULL, redacted_at = recorded_at")
