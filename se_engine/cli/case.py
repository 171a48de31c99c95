"""se-engine case: show a case, its moves with what each still lacks, and take one."""

from datetime import date, datetime
from typing import Any

import click

from se_engine.actions import cases
from se_engine.actions.history import process_of
from se_engine.actions.trail import write_trail
from se_engine.cli import shell
from se_engine.queries.case_data import case_data, case_named, moves_data
from se_engine.rules.timeline import END_REASONS

DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def case() -> None:
    """Show a case, its moves, and take one. CASE is its number or OFFICE/PARTICIPANT_REF."""


@case.command()
@click.argument("name", metavar="CASE")
@shell.acts_as
@shell.prints_data
def show(name: str, email: str | None) -> None:
    """Where the case stands."""
    with shell.opened() as database:
        with database.reading() as session:
            who = shell.actor(session, email)
            with shell.trailing_refusals(database, who):
                found = case_named(session, who, name)
            data = case_data(session, found)
        with database.session() as session:
            write_trail(session, who, "case_read", case=found)
        shell.show(data, _lines(data))


@case.command()
@click.argument("name", metavar="CASE")
@shell.acts_as
@shell.prints_data
def moves(name: str, email: str | None) -> None:
    """Every move from here: allowed, or what is missing, who can mend it and where."""
    with shell.opened() as database:
        with database.reading() as session:
            who = shell.actor(session, email)
            with shell.trailing_refusals(database, who):
                found = case_named(session, who, name)
            data = moves_data(session, who, found, shell.language())
        with database.session() as session:
            write_trail(session, who, "case_read", case=found)
        shell.show(data, "\n".join(_move_lines(data)))


@case.command()
@click.argument("name", metavar="CASE")
@click.argument("trigger")
@click.option("--on", "happened_on", type=DAY, required=True, help="The day it happened.")
@click.option("--note", default="", help="Why; needed for a move back and for an exception.")
@click.option("--reason", type=click.Choice(END_REASONS), help="Why the case ends, for a move that ends it.")
@click.option("--decided-by", type=click.Choice(cases.DECIDERS), help="Who decided.")
@shell.acts_as
@shell.prints_data
@click.pass_context
def move(
    ctx: click.Context,
    name: str,
    trigger: str,
    happened_on: datetime,
    note: str,
    reason: str | None,
    decided_by: str | None,
    email: str | None,
) -> None:
    """Take a move, or be told everything that is missing."""
    with shell.opened() as database:
        with database.reading() as session:
            who = shell.actor(session, email)
            with shell.trailing_refusals(database, who):
                found = case_named(session, who, name)
        ctx.meta.update(process=process_of(found), case=found.id, trigger=trigger)
        with shell.trailing_refusals(database, who, found), database.session() as session:
            moved = cases.advance(
                session, who, found.id, trigger, seen_version=None, happened_on=_date(happened_on), note=note,
                decided_by=decided_by, end_reason=reason,
            )  # fmt: skip
            data = case_data(session, moved)
        shell.show(data, _lines(data))


def _date(given: datetime) -> date:
    return given.date()


def _lines(data: dict[str, Any]) -> str:
    return "\n".join(f"{name}: {value if value is not None else '–'}" for name, value in data.items())


def _move_lines(data: list[dict[str, Any]]) -> list[str]:
    lines = []
    for found in data:
        lines.append(f"{'+' if found['allowed'] else '-'} {found['trigger']} → {found['to']}")
        for reason in found["reasons"]:
            who = ", ".join(reason["who"])
            lines.append(f"    {reason['text']}  [{who}: {reason['where']}]")
    return lines
