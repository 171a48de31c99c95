"""se-engine import: participants and their history from CSV files, all of a file or nothing."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import click
from sqlalchemy.orm import Session

from se_engine.cli import shell
from se_engine.exchange.contacts import import_contacts
from se_engine.exchange.employers import import_employers
from se_engine.exchange.history import import_history
from se_engine.exchange.outcome import Outcome, Progress
from se_engine.exchange.participants import import_participants
from se_engine.rules.roles import OPERATOR

LONG = 5_000
"""From so many lines on a bar shows how far the import has come."""

FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
DRY_RUN = click.option("--dry-run", is_flag=True, help="Check everything and say what would be done; write nothing.")


@click.group("import")
def import_() -> None:
    """Import from CSV: UTF-8, a header, ; or , between cells. One bad row, and nothing is written."""


@import_.command()
@FILE
@click.option("--create", is_flag=True, help="Add offices, teams and job specialists that are not there.")
@DRY_RUN
@shell.prints_data
@click.pass_context
def participants(ctx: click.Context, file: Path, create: bool, dry_run: bool) -> None:
    """Import participants.csv. An empty cell leaves what is known."""
    _import(ctx, partial(import_participants, actor=OPERATOR, path=file, create=create), dry_run)


@import_.command()
@FILE
@DRY_RUN
@shell.prints_data
@click.pass_context
def history(ctx: click.Context, file: Path, dry_run: bool) -> None:
    """Import history.csv, in order of date, then of the file. It may continue an earlier file."""
    _import(ctx, partial(import_history, actor=OPERATOR, path=file), dry_run)


@import_.command()
@FILE
@DRY_RUN
@shell.prints_data
@click.pass_context
def contacts(ctx: click.Context, file: Path, dry_run: bool) -> None:
    """Import contacts.csv: meetings, calls and messages. An empty cell leaves what is known."""
    _import(ctx, partial(import_contacts, actor=OPERATOR, path=file), dry_run)


@import_.command()
@FILE
@DRY_RUN
@shell.prints_data
@click.pass_context
def employers(ctx: click.Context, file: Path, dry_run: bool) -> None:
    """Import employers.csv, known by organisation number, else by name. An empty cell leaves what is known."""
    _import(ctx, partial(import_employers, actor=OPERATOR, path=file), dry_run)


def _import(ctx: click.Context, importing: Callable[..., Outcome], dry_run: bool) -> None:
    with shell.opened() as database, _bar() as progress, database.session() as session:
        outcome = _in(session, importing, progress, dry_run)
    shell.show(outcome.as_data(shell.language()), _summary(outcome))
    for line in _fault_lines(outcome):
        shell.say(line)
    ctx.exit(0 if outcome.ok else 1)


def _in(session: Session, importing: Callable[..., Outcome], progress: Progress, dry_run: bool) -> Outcome:
    outcome = importing(session, progress=progress)
    if dry_run or not outcome.ok:
        session.rollback()
    return outcome


def _summary(outcome: Outcome) -> str:
    return "  ".join(f"{name} {getattr(outcome, name)}" for name in ("rows", "created", "updated", "unchanged"))


def _fault_lines(outcome: Outcome) -> Iterator[str]:
    for fault in outcome.faults:
        place = f"{fault.line}: {fault.column} " if fault.column else f"{fault.line}: "
        yield f"{place}«{fault.value}» – {fault.text(shell.language())}"


@contextmanager
def _bar() -> Iterator[Progress]:
    """A bar on standard error once the file is known to be long."""
    bars: list[Any] = []

    def progress(done: int, of: int) -> None:
        if not bars and of > LONG:
            bars.append(click.progressbar(length=of, file=sys.stderr))
            bars[0].__enter__()
        if bars:
            bars[0].update(done - bars[0].pos)

    try:
        yield progress
    finally:
        for bar in bars:
            bar.finish()
            bar.render_finish()
