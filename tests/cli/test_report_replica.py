"""Reports are read from a replica where there is one, and nothing is written there; on the pages it is the same."""

import itertools
import random

import pytest

from se_engine.actions.people import add_office
from se_engine.database import open_database
from se_engine.rules.roles import OPERATOR
from tests.cli.conftest import CommandLine
from tests.queries.lives import lives, write
from tests.support.cleaned import TEMPLATE
from tests.support.databases import MASTER_KEY

numbers = itertools.count(1)
REPORT = ("report", "time-per-step", "--as-of", "2026-11-01", "--threshold", "0")

pytestmark = pytest.mark.parametrize("engine_name", ["postgresql"], indirect=True)


@pytest.fixture
def replica(migrated_cluster):
    """A copy that takes no writes, as one that follows another, with forty cases that are nowhere else."""
    name = f"replica_{next(numbers)}"
    url = migrated_cluster.create(name, template=TEMPLATE)
    database = open_database(url, MASTER_KEY)
    with database.session() as session:
        office = add_office(session, OPERATOR, "Eksempelkontor").id
        write(session, lives(random.Random(8), 40, [office]))  # noqa: S311 - the same lives every time
    database.dispose()
    migrated_cluster.alter(name, "SET default_transaction_read_only = on")
    yield url
    migrated_cluster.drop(name)


def visits(answer):
    return answer["steps"][0].get("visits")


def test_the_command_line_reads_reports_there_and_writes_nothing(se, replica):
    with_replica = CommandLine({**se.environment, "SE_REPORT_DATABASE_URL": replica})
    before = visits(with_replica.json(*REPORT))
    assert before >= 40
    assert visits(se.json(*REPORT)) == 0
    with_replica.acceptance()  # every write goes to the other one: this one would refuse it
    assert (visits(se.json(*REPORT)), visits(with_replica.json(*REPORT))) == (12, before)


def test_a_replica_that_does_not_answer_or_lags_behind_is_told(se, replica, empty_database_url):
    gone = replica.replace("@/replica", "@/gone")
    for url, code in ((gone, "report_database_not_answering"), (empty_database_url, "report_database_behind")):
        lost = CommandLine({**se.environment, "SE_REPORT_DATABASE_URL": url})
        refused = lost("report", "time-per-step", "--format", "json", exits=1)
        assert f'"code": "{code}"' in refused.stdout
        assert "SE_REPORT_DATABASE_URL" in refused.stderr
        assert lost("worklist").exit_code == 0
