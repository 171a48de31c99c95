"""se-engine export: what leaves the service as a file."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from se_engine.actions.trail import write_trail
from se_engine.cli import shell
from se_engine.cli.evaluation import evaluation
from se_engine.cli.report_options import OPTIONS, option_of, question
from se_engine.clock import today
from se_engine.exchange.event_log import WRITERS, Written, write_event_log
from se_engine.exchange.report_files import OUTPUTS, report_file
from se_engine.exchange.whole_file import whole_file
from se_engine.queries.event_log import Wanted
from se_engine.queries.published_reports import published_answer
from se_engine.queries.reports import LEAVING

DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def export() -> None:
    """What leaves the service as a file."""


export.add_command(evaluation)


@export.command("event-log")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--output", type=click.Choice(list(WRITERS)), required=True)
@click.option("--office", help="By name; else every office whose cases you may open.")
@click.option("--from", "from_on", type=DAY, help="Cases opened from this day on.")
@click.option("--to", "to_on", type=DAY, help="Cases opened up to this day.")
@click.option("--as-of", type=DAY, help="Later events do not exist; today when left out.")
@shell.acts_as
@shell.prints_data
def event_log(
    *, file: Path, output: str, office: str | None, from_on: datetime | None, to_on: datetime | None,
    as_of: datetime | None, email: str | None,
) -> None:  # fmt: skip
    """The steps, waitings, pauses, jobs and checks of single cases, under pseudonyms: for process mining.

    For a supervisor's own cases, or the operator. Protected participants and those who said no to research are not
    in it, nor is what was taken back; reasons that tell of health are left out.
    """
    with shell.opened() as database, database.snapshot() as session:
        who = shell.actor(session, email)
        wanted = Wanted(_day(as_of) or today(session), office, _day(from_on), _day(to_on))
        with shell.trailing_refusals(database, who), whole_file(file) as opened:
            written = write_event_log(session, who, wanted, output, opened)
            with database.session() as own:
                write_trail(own, who, "event_log_exported", detail=_detail(wanted, output, written))
    data = {
        "cases": written.cases,
        "events": written.events,
        "protected": written.left_out.protected,
        "reserved": written.left_out.reserved,
    }
    shell.show(data, "\n".join(f"{name}: {many}" for name, many in data.items()))


def _report() -> click.Command:
    """The command with the options of every report; what leaves is published, asked for or not."""
    options = {option: values for one in LEAVING.values() for option, values in one.options.items()}

    @click.argument("name", metavar="REPORT", type=click.Choice(list(LEAVING)))
    @click.argument("file", type=click.Path(path_type=Path))
    @click.option("--output", type=click.Choice(list(OUTPUTS)), required=True)
    @shell.acts_as
    @shell.prints_data
    def command(*, name: str, file: Path, output: str, email: str | None, **given: Any) -> None:
        report, own = LEAVING[name], {option: given.pop(option) for option in options}
        asked = {option: value for option, value in own.items() if value is not None}
        with shell.reporting() as session:
            who = shell.actor(session, email)
            found = published_answer(session, who, report, question(session, **given), **asked)
        told = {"report": name, "output": output, "as_of": found["as_of"]}
        with shell.opened() as database, whole_file(file) as opened:
            opened.buffer.write(report_file(report, found, output, shell.language()))
            with database.session() as session:
                write_trail(session, who, "report_exported", detail=told)
        shell.show(told, f"{name}: {found['as_of']}")

    for option, values in options.items():
        command = option_of(option, values)(command)
    for option_of_all in reversed(OPTIONS):
        command = option_of_all(command)
    return click.command("report", help="One report as a file, in the form that may be shown to anybody.")(command)


export.add_command(_report())


def _detail(wanted: Wanted, output: str, written: Written) -> dict[str, str | int | None]:
    return {
        "output": output,
        "cases": written.cases,
        "as_of": wanted.as_of.isoformat(),
        "from": wanted.from_on.isoformat() if wanted.from_on else None,
        "to": wanted.to_on.isoformat() if wanted.to_on else None,
    }


def _day(given: datetime | None) -> date | None:
    return given.date() if given else None
