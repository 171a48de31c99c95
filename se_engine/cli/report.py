"""se-engine report: numbers about the service."""

from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from typing import Any

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine.cli import shell
from se_engine.clock import today
from se_engine.queries import retention as retained
from se_engine.queries import time_per_step as stepwise
from se_engine.queries.report_groups import GROUPINGS
from se_engine.queries.report_questions import HORIZON, VISITS, Question
from se_engine.records.offices import Office
from se_engine.rules.errors import Refused
from se_engine.rules.roles import Actor
from se_engine.rules.time import CLOCKS

DAY = click.DateTime(["%Y-%m-%d"])
COLUMNS = ("step", "visits", "completed", "open", "median", "quartile_1", "quartile_3", "own_days_mean",
           "waiting_days_mean", "paused_days_mean")  # fmt: skip
RETENTION = ("week", "total", "in_work", "not_in_work", "not_known", "late")

OPTIONS = (
    click.option("--office", help="By name; else every office whose numbers you may see."),
    click.option("--from", "from_on", type=DAY, help="Entered, opened or begun from this day on."),
    click.option("--to", "to_on", type=DAY, help="Entered, opened or begun up to this day."),
    click.option("--as-of", type=DAY, help="Later events do not exist; today when left out."),
    click.option("--by", type=click.Choice(GROUPINGS)),
    click.option("--group", help="With --by: this group alone."),
    click.option("--visits", type=click.Choice(VISITS), default="all", show_default=True),
    click.option("--clock", type=click.Choice(list(CLOCKS)), default="calendar", show_default=True),
    click.option("--horizon", type=int, default=HORIZON, show_default=True, metavar="DAYS"),
    click.option("--threshold", type=int, help="Blocks with fewer are hidden; else the office's own number."),
)
Answer = Callable[[Session, Actor, Question], dict[str, Any]]


@click.group()
def report() -> None:
    """Numbers about the service."""


def asks(command: Callable[..., None]) -> Callable[..., None]:
    """Gives a command the options of every report, gathered in `answer`: a function that asks the question."""

    @wraps(command)
    def with_options(
        *, office: str | None, from_on: datetime | None, to_on: datetime | None, as_of: datetime | None,
        email: str | None, **given: Any,
    ) -> None:  # fmt: skip
        question = {name: given.pop(name) for name in ("by", "group", "visits", "clock", "horizon", "threshold")}

        def answer(numbers: Answer) -> dict[str, Any]:
            with shell.opened() as database, database.reading() as session:
                asked = Question(
                    as_of=_day(as_of) or today(session), office=_office(session, office) if office else None,
                    from_on=_day(from_on), to_on=_day(to_on), **question,
                )  # fmt: skip
                return numbers(session, shell.actor(session, email), asked)

        command(answer, visits=question["visits"], **given)

    for option in reversed(OPTIONS):
        with_options = option(with_options)
    return shell.acts_as(shell.prints_data(with_options))


@report.command("time-per-step")
@asks
def time_per_step(answer: Callable[[Answer], dict[str, Any]], visits: str) -> None:
    """How long people stay in each step before they leave for another."""
    data = answer(stepwise.time_per_step)
    shell.show(data, _grouped(data, "steps", COLUMNS))


@report.command("retention")
@click.option("--which", type=click.Choice(retained.WHICH), help="The first job of each participant, or any job.")
@asks
def retention(answer: Callable[[Answer], dict[str, Any]], visits: str, which: str | None) -> None:
    """How many are in their jobs after 4, 13, 26 and 52 weeks, and of how many nobody knows."""
    chosen = which or (retained.FIRST if visits == "first" else retained.ANY)
    data = answer(lambda *asked: retained.retention(*asked, which=chosen))
    text = _grouped(data, "checkpoints", RETENTION)
    shell.show(data, text if "groups" in data else f"{chosen} job\n{text}")


def _office(session: Session, name: str) -> int:
    found = session.scalar(select(Office.id).where(Office.name == name))
    if found is None:
        raise Refused("no_such_office", office=name)
    return found


def _day(given: datetime | None) -> date | None:
    return given.date() if given else None


def _grouped(data: dict[str, Any], rows: str, columns: tuple[str, ...]) -> str:
    """A table, or one under the name of each group."""
    if "groups" not in data:
        return _table(data[rows], columns)
    return "\n\n".join(f"{group['group']}\n{_table(group[rows], columns)}" for group in data["groups"])


def _table(rows: list[dict[str, Any]], columns: tuple[str, ...]) -> str:
    return shell.table([{column: row.get(column) for column in columns} for row in rows], columns)
