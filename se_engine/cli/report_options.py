"""What every report may be asked on the command line."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine.clock import today
from se_engine.queries.report_groups import GROUPINGS
from se_engine.queries.report_questions import COMPARISONS, HORIZON, VISITS, Question
from se_engine.records.offices import Office
from se_engine.rules.errors import Refused
from se_engine.rules.time import CLOCKS

DAY = click.DateTime(["%Y-%m-%d"])
OPTIONS = (
    click.option("--office", help="By name; else every office whose numbers you may see."),
    click.option("--from", "from_on", type=DAY, help="Entered, opened or begun from this day on; of flow, the first."),
    click.option("--to", "to_on", type=DAY, help="Entered, opened or begun up to this day; of flow, the last."),
    click.option("--as-of", type=DAY, help="Later events do not exist; today when left out."),
    click.option("--by", type=click.Choice(GROUPINGS)),
    click.option("--group", help="With --by: this group alone."),
    click.option("--visits", type=click.Choice(VISITS), default="all", show_default=True),
    click.option("--clock", type=click.Choice(list(CLOCKS)), default="calendar", show_default=True),
    click.option("--horizon", type=int, default=HORIZON, show_default=True, metavar="DAYS"),
    click.option("--threshold", type=int, help="Blocks with fewer are hidden; else the office's own number."),
    click.option("--compare", type=click.Choice(COMPARISONS), help="Beside the same days so much earlier."),
    click.option("--published", "publish", is_flag=True, help="As for readers who may not open the cases."),
)


def question(
    session: Session, *, office: str | None, from_on: datetime | None, to_on: datetime | None,
    as_of: datetime | None, **given: Any,
) -> Question:  # fmt: skip
    """What OPTIONS ask."""
    return Question(
        as_of=_day(as_of) or today(session), office=_office(session, office) if office else None,
        from_on=_day(from_on), to_on=_day(to_on), **given,
    )  # fmt: skip


def option_of(name: str, values: tuple[str, ...]) -> Callable[..., Any]:
    """What a report may be asked of its own; where no values are named, the report says what there is."""
    return click.option(f"--{name}", type=click.Choice(values) if values else str)


def _office(session: Session, name: str) -> int:
    found = session.scalar(select(Office.id).where(Office.name == name))
    if found is None:
        raise Refused("no_such_office", office=name)
    return found


def _day(given: datetime | None) -> date | None:
    return given.date() if given else None
