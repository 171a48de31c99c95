"""se-engine db: migrate, check, back up and restore."""

from pathlib import Path

import click

from se_engine import database as databases
from se_engine import upkeep
from se_engine.cli import shell


@click.group()
def db() -> None:
    """Migrate, check, back up and restore the database."""


@db.command()
def upgrade() -> None:
    """Bring the tables to the newest migration; nothing happens when they are there."""
    with shell.opened(migrated=False) as database:
        before = databases.current_revision(database)
        url = database.url.render_as_string(hide_password=False)
    databases.upgrade(url)
    shell.say(f"{before or '–'} → {databases.head_revision()}")


@db.command()
@shell.prints_data
@click.pass_context
def check(ctx: click.Context) -> None:
    """Whether it answers, has the newest tables and is undamaged."""
    with shell.opened(migrated=False) as database:
        found = upkeep.check(database)
    shell.show(found, "\n".join(f"{name}: {value}" for name, value in found.items()))
    ctx.exit(0 if found["ok"] else 1)


@db.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Copy everything into one file while the service runs."""
    with shell.opened() as database:
        upkeep.backup(database, file)
    shell.say(f"{file}: {file.stat().st_size} bytes. Names and texts open only with the master key: keep it apart.")


@db.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Also over a database that is not empty.")
def restore(file: Path, force: bool) -> None:
    """Put a backup in the place of the database; stop the service first."""
    with shell.opened(migrated=False) as database:
        upkeep.restore(database, file, force=force)
    shell.say("restored; now run: se-engine db upgrade")
