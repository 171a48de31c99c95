"""se-engine follow-ups: what is due for whom, from the facts of the cases."""

from datetime import datetime
from typing import Any

import click

from se_engine.cli import shell
from se_engine.queries.reminders import TEAM, ReminderLine, reminders_of
from se_engine.wording import word

DAY = click.DateTime(["%Y-%m-%d"])
COLUMNS = ("due_on", "case", "participant_ref", "name", "what", "late", "owner")
EVERYTHING = 1_000_000


@click.group("follow-ups")
def follow_ups() -> None:
    """What the facts of the cases ask for."""


@follow_ups.command()
@click.option("--on", "day", type=DAY, help="As of which day; today unless it is given.")
@shell.acts_as
@shell.prints_data
def due(day: datetime | None, email: str | None) -> None:
    """What is due on a day: one line per person and reason, first those whom somebody must talk with.

    For a day to come: what will be due then, if nothing is done until then.
    """
    with shell.opened() as database, database.reading() as session:
        who = shell.actor(session, email)
        found = reminders_of(session, who, day.date() if day else None, whose=TEAM, most=EVERYTHING)
    rows = [_row(line) for line in found.lines]
    data = {"on": found.on.isoformat(), "total": found.total, "late": found.late, "follow_ups": rows}
    worded = [row | {"what": word("due", row["reason"], shell.language()), "late": _yes(row["late"])} for row in rows]
    shell.show(data, shell.table(worded, COLUMNS))


def _row(line: ReminderLine) -> dict[str, Any]:
    return {
        "case": line.case.id,
        "participant_ref": line.participant_ref,
        "name": line.name,
        "step": line.case.step,
        "reason": line.reason,
        "also": list(line.also),
        "due_on": line.on.isoformat(),
        "late": line.late,
        "owner": line.owner,
        "meeting_on": line.meeting_on.isoformat() if line.meeting_on else None,
        "path": f"/cases/{line.case.id}/{line.place}".rstrip("/"),
    }


def _yes(late: bool) -> str:
    return "!" if late else ""
