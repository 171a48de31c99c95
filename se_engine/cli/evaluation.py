"""se-engine export evaluation: rows of single participants for an evaluation, under pseudonyms and made coarse."""

from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path

import click

from se_engine.actions.evaluation import note_export
from se_engine.cli import shell
from se_engine.clock import today
from se_engine.exchange.evaluation import WHYS, Why, export
from se_engine.queries.evaluation import Wanted

DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.argument("target", metavar="DIR|FILE.zip", type=click.Path(path_type=Path))
@click.option("--purpose", type=click.Choice(WHYS), required=True, help="What it is for; the trail keeps it.")
@click.option("--reference", required=True, help="Case number of the agreement; the trail keeps it.")
@click.option("--office", help="By name; else every office whose cases you may open.")
@click.option("--from", "from_on", type=DAY, help="Entered from this day on.")
@click.option("--to", "to_on", type=DAY, help="Entered up to this day.")
@click.option("--as-of", type=DAY, help="Later events do not exist; today when left out.")
@click.option("--only-yes", is_flag=True, help="Only those who said yes to research.")
@shell.acts_as
@shell.prints_data
def evaluation(
    *, target: Path, purpose: str, reference: str, office: str | None, from_on: datetime | None,
    to_on: datetime | None, as_of: datetime | None, only_yes: bool, email: str | None,
) -> None:  # fmt: skip
    """Participants, stays, contacts, tasks, jobs, checks and outcomes as CSV with a dictionary.

    For the operator, and for a supervisor within what she may open: rows of single persons are for nobody else.
    Protected participants and those who said no to research are left out and counted.
    """
    with shell.opened() as database:
        with database.snapshot() as session:
            who = shell.actor(session, email)
            wanted = Wanted(_day(as_of) or today(session), office, _day(from_on), _day(to_on), only_yes)
            with shell.trailing_refusals(database, who):
                draft = export(session, who, wanted, Why(purpose, reference), target)
        try:
            with database.session() as own:
                note_export(
                    own, who, draft.cases, purpose=purpose, reference=reference, participants=draft.made.participants
                )
            draft.publish()
        finally:
            draft.discard()
    data = asdict(draft.made)
    told = {"participants": draft.made.participants, **draft.made.rows, **draft.made.left_out}
    shell.show(data, "\n".join(f"{name}: {many}" for name, many in told.items()))


def _day(given: datetime | None) -> date | None:
    return given.date() if given else None
