"""se-engine worklist: who needs what, most urgent first."""

from typing import Any

import click

from se_engine.cli import shell
from se_engine.queries.worklist_rows import WorklistRow
from se_engine.queries.worklists import Filters
from se_engine.queries.worklists import worklist as find

COLUMNS = ("case", "participant_ref", "name", "step", "status", "due_on", "due_for", "urgency", "owner")


@click.command()
@click.option("--status", default="all", show_default=True, help="Which of the panel's rows.")
@click.option("--limit", type=click.IntRange(1, 1000), default=50, show_default=True)
@shell.acts_as
@shell.prints_data
def worklist(status: str, limit: int, email: str | None) -> None:
    """The running cases that need somebody, overdue first, with counts. Protected ones are only counted."""
    with shell.opened() as database, database.reading() as session:
        found = find(session, shell.actor(session, email), Filters(status=status), size=limit)
        rows = [_row(row) for row in found.rows]
    data = {
        "status": status,
        "counts": found.counts,
        "urgencies": found.urgencies,
        "protected": found.protected,
        "more": found.has_next,
        "cases": rows,
    }
    shell.show(data, shell.table(rows, COLUMNS))


def _row(row: WorklistRow) -> dict[str, Any]:
    def iso(day: Any) -> str | None:
        return day.isoformat() if day else None

    return {
        "case": row.case_id,
        "participant_ref": row.participant_ref,
        "name": row.name,
        "step": row.step,
        "status": row.status,
        "waiting_for": row.waiting_for,
        "waiting_since": iso(row.waiting_since),
        "paused_since": iso(row.paused_since),
        "opened_on": iso(row.opened_on),
        "entered_on": iso(row.entered_on),
        "due_on": iso(row.due_on),
        "due_for": row.due_for,
        "urgency": row.urgency,
        "days_in_step": row.days_in_step,
        "owner": row.owner,
    }
