"""The pages of reports read from the replica where there is one, and all other pages go on when it does not answer."""

import pytest
from sqlalchemy import event

from se_engine.actions.people import add_office
from se_engine.database import open_database
from se_engine.rules.roles import OPERATOR
from tests.support.cleaned import TEMPLATE
from tests.support.databases import MASTER_KEY

REPORT = "/reports/time-per-step"
NAME = "replica_of_pages"


@pytest.fixture
def replica(migrated_cluster, app):
    """A copy that takes no writes, with the office under another name; what is sent to it."""
    database = open_database(migrated_cluster.create(NAME, template=TEMPLATE), MASTER_KEY)
    with database.session() as session:
        add_office(session, OPERATOR, "Speilkontor")
    migrated_cluster.alter(NAME, "SET default_transaction_read_only = on")
    database.sent = []
    event.listen(database.engine, "before_cursor_execute", lambda *given: database.sent.append(given[2]))
    app.extensions["se_report_database"] = database
    yield database
    database.dispose()
    migrated_cluster.drop(NAME)


@pytest.mark.parametrize("engine_name", ["postgresql"], indirect=True)
def test_reports_are_read_there_and_nothing_else(office, visit, replica, migrated_cluster):
    max_ = visit("max")
    max_.page("/")
    assert replica.sent == []
    max_.page(REPORT)
    assert any("step_periods" in statement for statement in replica.sent)
    assert not any("users" in statement or "sessions" in statement for statement in replica.sent)
    migrated_cluster.alter(NAME, "ALLOW_CONNECTIONS false")
    assert (max_.get(REPORT).status_code, max_.get("/").status_code) == (503, 200)
