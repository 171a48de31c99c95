"""One worker of the killed office: moves its share of the cases and says after each commit that it is done.

Run as `python -m tests.journeys.mover URL DAY SPECIALIST CASE…`; what it printed has been acknowledged.
"""

import sys
from datetime import date

from se_engine.actions.cases import advance
from se_engine.database import open_database
from se_engine.queries.access import actor_of
from se_engine.records.people import User
from se_engine.rules.errors import Stale
from tests.support.databases import MASTER_KEY
from tests.support.people import Clock, transaction


def main(url: str, day: str, specialist: str, *cases: str) -> None:
    database, clock = open_database(url, MASTER_KEY), Clock(date.fromisoformat(day))
    for case_id in cases:
        try:
            with transaction(database, clock) as session:
                jo = actor_of(session.get_one(User, int(specialist)))
                advance(
                    session, jo, int(case_id), "begin_profiling_anyway", seen_version=None, happened_on=clock.day,
                    note="They had begun.",
                )  # fmt: skip
        except Stale:
            continue
        print(case_id, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
