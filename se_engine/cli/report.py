"""se-engine report: numbers about the service."""

from datetime import date, datetime
from typing import Any

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine.cli import shell
from se_engine.clock import today
from se_engine.queries import retention as retained
from se_engine.queries.reports import VISITS
from se_engine.queries.reports import time_per_step as measure
from se_engine.queries.stays import GROUPINGS
from se_engine.records.offices import Office
from se_engine.rules.errors import Refused
from se_engine.rules.time import CLOCKS, Clock

DAY = click.DateTime(["%Y-%m-%d"])
COLUMNS = ("step", "visits", "completed", "open", "median", "quartile_1", "quartile_3", "own_days_mean",
           "waiting_days_mean", "paused_days_mean")  # fmt: skip
RETENTION = ("week", "total", "in_work", "not_in_work", "not_known", "late")


@click.group()
def report() -> None:
    """Numbers about the service."""


@report.command("time-per-step")
@click.option("--office", help="By name; else every office whose numbers you may see.")
@click.option("--from", "from_on", type=DAY, help="Visits entered from this day on.")
@click.option("--to", "to_on", type=DAY, help="Visits entered up to this day.")
@click.option("--as-of", type=DAY, help="Later events do not exist; today when left out.")
@click.option("--by", type=click.Choice(list(GROUPINGS)))
@click.option("--visits", type=click.Choice(VISITS), default="all", show_default=True)
@click.option("--clock", type=click.Choice(list(CLOCKS)), default="calendar", show_default=True)
@click.option("--horizon", type=int, default=365, show_default=True, metavar="DAYS")
@click.option("--threshold", type=int, help="Steps with fewer visits are hidden; else the office's own.")
@shell.acts_as
@shell.prints_data
def time_per_step(
    office: str | None,
    from_on: datetime | None,
    to_on: datetime | None,
    as_of: datetime | None,
    by: str | None,
    visits: str,
    clock: Clock,
    horizon: int,
    threshold: int | None,
    email: str | None,
) -> None:
    """How long people stay in each step before they leave for another."""
    with shell.opened() as database, database.reading() as session:
        data = measure(
            session,
            shell.actor(session, email),
            office=_office(session, office) if office else None,
            from_on=_day(from_on),
            to_on=_day(to_on),
            as_of=_day(as_of) or today(session),
            clock=clock,
            visits=visits,
            horizon=horizon,
            threshold=threshold,
            by=by,
        )
    shell.show(data, _text(data))


@report.command("retention")
@click.option("--office", help="By name; else every office whose numbers you may see.")
@click.option("--from", "from_on", type=DAY, help="Jobs that began from this day on.")
@click.option("--to", "to_on", type=DAY, help="Jobs that began up to this day.")
@click.option("--as-of", type=DAY, help="Later facts do not exist; today when left out.")
@click.option("--by", type=click.Choice(retained.GROUPINGS))
@click.option("--which", type=click.Choice(retained.WHICH), help="The first job of each participant, or any job.")
@click.option("--visits", type=click.Choice(VISITS), help="The same in the words of other reports: first, or all.")
@click.option("--threshold", type=int, help="Checkpoints with fewer jobs are hidden; else the office's own.")
@shell.acts_as
@shell.prints_data
def retention(
    office: str | None,
    from_on: datetime | None,
    to_on: datetime | None,
    as_of: datetime | None,
    by: str | None,
    which: str | None,
    visits: str | None,
    threshold: int | None,
    email: str | None,
) -> None:
    """How many are in their jobs after 4, 13, 26 and 52 weeks, and of how many nobody knows."""
    chosen = which or (retained.FIRST if visits == "first" else retained.ANY)
    with shell.opened() as database, database.reading() as session:
        data = retained.retention(
            session,
            shell.actor(session, email),
            office=_office(session, office) if office else None,
            from_on=_day(from_on),
            to_on=_day(to_on),
            as_of=_day(as_of) or today(session),
            which=chosen,
            threshold=threshold,
            by=by,
        )
    groups = data["groups"] if by else [{"group": f"{chosen} job", "checkpoints": data["checkpoints"]}]
    shell.show(data, "\n\n".join(f"{group['group']}\n{_checkpoints(group['checkpoints'])}" for group in groups))


def _checkpoints(blocks: list[dict[str, Any]]) -> str:
    return shell.table([{column: block.get(column) for column in RETENTION} for block in blocks], RETENTION)


def _office(session: Session, name: str) -> int:
    found = session.scalar(select(Office.id).where(Office.name == name))
    if found is None:
        raise Refused("no_such_office", office=name)
    return found


def _day(given: datetime | None) -> date | None:
    return given.date() if given else None


def _text(data: dict[str, Any]) -> str:
    if "groups" not in data:
        return _steps(data["steps"])
    return "\n\n".join(f"{group['group']}\n{_steps(group['steps'])}" for group in data["groups"])


def _steps(steps: list[dict[str, Any]]) -> str:
    return shell.table([{column: step.get(column) for column in COLUMNS} for step in steps], COLUMNS)
