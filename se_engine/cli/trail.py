"""se-engine trail: whether what was recorded is whole."""

from dataclasses import asdict

import click

from se_engine.cli import shell
from se_engine.queries.trail import verify as verify_trail


@click.group()
def trail() -> None:
    """Verify the trail."""


@trail.command()
@shell.prints_data
@click.pass_context
def verify(ctx: click.Context) -> None:
    """Recompute every digest and seal; exit 1, and the first entry that does not fit, when something was changed."""
    with shell.opened() as database, database.snapshot() as session:
        verdict = verify_trail(session)
    facts = asdict(verdict)
    data = {"entries": facts["entries"], "sealed": facts["sealed"], "ok": verdict.ok, "first_bad": facts["first_bad"]}
    shell.show(data, "  ".join(f"{name} {value}" for name, value in data.items()))
    ctx.exit(0 if verdict.ok else 1)
