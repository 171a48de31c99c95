"""Each test has a database to itself, on both engines."""

import pytest
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.pool import NullPool


def tables(url: str) -> list[str]:
    return inspect(create_engine(url, poolclass=NullPool)).get_table_names()


def test_a_database_is_migrated(database_url):
    assert "alembic_version" in tables(database_url)


def test_an_empty_database_has_no_table(empty_database_url):
    assert tables(empty_database_url) == []


@pytest.mark.parametrize("turn", ["first", "second"])
def test_nothing_is_left_of_the_test_before(database_url, turn):
    assert "left_behind" not in tables(database_url)
    with create_engine(database_url, poolclass=NullPool).begin() as connection:
        connection.execute(text("CREATE TABLE left_behind (id INTEGER)"))


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_one_engine_can_be_asked_for(database_url):
    assert database_url.startswith("sqlite:///")
