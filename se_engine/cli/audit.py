"""se-engine audit: what audits are made from, outside any single audit."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine.cli import shell
from se_engine.queries.indicators.answers import indicators as answered
from se_engine.records.offices import Office
from se_engine.rules.errors import Refused
from se_engine.wording import word

DAY = click.DateTime(["%Y-%m-%d"])
COLUMNS = ("id", "indicator", "value", "unit", "n", "numerator", "denominator", "level", "why", "cases")


@click.group()
def audit() -> None:
    """What audits are made from."""


@audit.command()
@click.option("--framework", required=True, metavar="NAME", help="se5, dimensions, ips25 … as in workflows/frameworks.")
@click.option("--version", type=int, help="Of the framework; the newest unless it is given.")
@click.option("--office", required=True, help="By name.")
@click.option("--from", "from_on", type=DAY, required=True, help="First day of the period, usually six months before.")
@click.option("--to", "to_on", type=DAY, required=True, help="Last day; what happened later does not exist.")
@shell.acts_as
@shell.prints_data
def indicators(
    framework: str, version: int | None, office: str, from_on: datetime, to_on: datetime, email: str | None
) -> None:
    """Every number of a framework for one office and period, with the level it suggests: evidence, never a rating."""
    with shell.reporting() as session:
        who = shell.actor(session, email)
        data = answered(
            session, who, framework=framework, version=version, office=_office(session, office),
            from_on=from_on.date(), to_on=to_on.date(),
        )  # fmt: skip
    shell.show(data, shell.table([_line(row) for row in data["indicators"]], COLUMNS))


def _office(session: Session, name: str) -> int:
    found = session.scalar(select(Office.id).where(Office.name == name))
    if found is None:
        raise Refused("no_such_office", office=name)
    return found


def _line(row: Mapping[str, Any]) -> dict[str, Any]:
    value = row["value"]
    shown = None if value is None else f"{100 * value:.1f} %" if row["unit"] == "share" else f"{value:g}"
    why = word("suggestion", row["why"], shell.language()) if row["why"] else ""
    return {**row, "value": shown, "level": row["suggested_level"], "why": why, "cases": len(row["cases"])}
