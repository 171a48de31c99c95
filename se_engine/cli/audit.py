"""se-engine audit: what audits are made from, outside any single audit."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine.cli import shell
from se_engine.queries.audit_frame import new_seed
from se_engine.queries.audit_samples import drawn_for
from se_engine.queries.indicators.answers import indicators as answered
from se_engine.queries.indicators.evidence import Window
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


@audit.command()
@click.option("--office", required=True, help="By name.")
@click.option("--from", "from_on", type=DAY, required=True, help="First day of the window.")
@click.option("--to", "to_on", type=DAY, required=True, help="Last day of the window.")
@click.option("--size", type=int, required=True, metavar="N", help="How many cases; 10 to 15 are usual.")
@click.option(
    "--seed", type=int, metavar="N", help="The same seed draws the same cases; without one a new one is made."
)
@shell.acts_as
@shell.prints_data
def sample(*, office: str, from_on: datetime, to_on: datetime, size: int, seed: int | None, email: str | None) -> None:
    """Draw cases by step, outcome and job specialist, as an audit does, and keep nothing. Auditors get no reference."""
    with shell.reporting() as session:
        who = shell.actor(session, email)
        found = session.get_one(Office, _office(session, office))
        window = Window((found.id,), from_on.date(), to_on.date())
        data = drawn_for(session, who, found, window, size=size, seed=new_seed() if seed is None else seed)
    told = [
        f"{data['size']} / {data['frame_size']}, seed {data['seed']}, {data['frame_hash']}",
        shell.table([_stratum(row) for row in data["strata"]], ("step", "outcome", "specialist", "size", "drawn")),
        *(data["cases"] or []),
    ]
    shell.show(data, "\n".join(told))


def _stratum(row: Mapping[str, Any]) -> dict[str, Any]:
    step, outcome, specialist = row["stratum"]
    return {**row, "step": step, "outcome": outcome, "specialist": specialist}


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
