"""se-engine demo: invented participants, and the accounts to try them with."""

from datetime import datetime
from importlib import import_module

import click

from se_engine.cli import shell

cohorts = import_module("fixtures.demo")  # by name: strict types end with the engine


@click.group()
def demo() -> None:
    """Invented participants to try the service with."""


@demo.command()
@click.option("--cohort", "cohort", type=click.Choice(list(cohorts.COHORTS)), help="Both when left out.")
@click.option("--size", type=click.IntRange(min=1), help="How many participants.")
@click.option("--seed", type=int, default=1, show_default=True)
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The day on which they stand so; else today.")
def load(cohort: str | None, size: int | None, seed: int, as_of: datetime | None) -> None:
    """Load a cohort: the same seed gives the same people."""
    with shell.opened() as database:
        for name in [cohort] if cohort else cohorts.COHORTS:
            cohorts.load(database, name, size=size, seed=seed, as_of=as_of.date() if as_of else None, echo=shell.say)


@demo.command()
@shell.prints_data
def accounts() -> None:
    """Who can sign in, and with which password."""
    with shell.opened() as database:
        found = cohorts.accounts(database)
    shell.show(found, shell.table(found, ["email", "password", "role", "name", "office"]))
