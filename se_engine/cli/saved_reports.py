"""se-engine report saved: reports kept as they were answered, and what they would say today."""

from typing import Any

import click

from se_engine.actions.saved_reports import save_report
from se_engine.cli import shell
from se_engine.cli.report_options import OPTIONS, option_of, question
from se_engine.exchange.report_tables import Mark, Table, tables
from se_engine.exchange.saved_reports import MOVED_ON, NOT_ASKED, NOT_TOLD, SAME, Since, saved_data, since_saved
from se_engine.queries.reports import LEAVING, REPORTS
from se_engine.queries.saved_reports import access_saved, saved_reports
from se_engine.records.supervision import SavedReport

COLUMNS = ("id", "name", "report", "as_of", "saved_at", "saved_by", "withdrawn_at")
SAID = {
    SAME: "today: every number is the same",
    MOVED_ON: "today: counted otherwise, by another version of the definition; not to be compared",
    NOT_TOLD: "today: told to those who may open every case behind the numbers",
    NOT_ASKED: "today: the question can no longer be asked",
}


@click.group()
def saved() -> None:
    """Reports kept as they were answered: list, show, save."""


@saved.command("list")
@shell.acts_as
@shell.prints_data
def list_saved(*, email: str | None) -> None:
    """The newest first, those that were withdrawn among them."""
    with shell.opened() as database, database.reading() as session:
        lines = [vars(line) for line in saved_reports(session, shell.actor(session, email))]
    rows = [{name: value if name == "id" else _text(value) for name, value in line.items()} for line in lines]
    shell.show({"saved": rows}, shell.table(rows, COLUMNS))


@saved.command("show")
@click.argument("number", type=int)
@click.option("--today", "compared", is_flag=True, help="Ask once more, and tell whether a number is another today.")
@shell.acts_as
@shell.prints_data
def show_saved(*, number: int, compared: bool, email: str | None) -> None:
    """One report as it was answered."""
    with shell.opened() as database, database.reading() as session:
        found = access_saved(session, shell.actor(session, email), number)
        since = None
        if compared:
            with shell.reporting() as reads:
                since = since_saved(reads, shell.actor(session, email), found)
        shell.show(saved_data(found, since), _shown(found, since))


def _save() -> click.Command:
    options = {option: values for one in LEAVING.values() for option, values in one.options.items()}

    @click.argument("report", type=click.Choice(list(LEAVING)))
    @click.option("--name", required=True, help="Of at most 80 characters; it names nobody.")
    @shell.acts_as
    @shell.prints_data
    def command(*, report: str, name: str, email: str | None, **given: Any) -> None:
        own = {option: value for option in options if (value := given.pop(option)) is not None}
        with shell.opened() as database, shell.reporting() as reads:
            who = shell.actor(reads, email)
            with shell.trailing_refusals(database, who), database.session() as session:
                asked = question(reads, **given)
                kept = save_report(session, who, name, LEAVING[report], asked, reads=reads, **own)
                told = {"saved_id": kept.id, "report": report, "as_of": kept.as_of.isoformat()}
        shell.show(told, f"{told['saved_id']}: {report}, {told['as_of']}")

    for option, values in options.items():
        command = option_of(option, values)(command)
    for option_of_all in reversed(OPTIONS):
        command = option_of_all(command)
    return click.command("save", help="Keep a report as it is answered now, in the form for everybody.")(command)


saved.add_command(_save())


def _shown(found: SavedReport, since: Since | None) -> str:
    head = f"{found.name}: {found.report}, version {found.definition_version}, as of {found.as_of}"
    report = REPORTS.get(found.report)
    shown = [_table(one) for one in tables(report, found.answer) if one.rows][:1] if report else []
    told = [SAID.get(since.code, f"today: other numbers: {len(since.changes)}")] if since else []
    changed = [
        {"where": _where(one), "number": one.column, "was": _text(one.then), "is": _text(one.today)}
        for one in (since.changes if since else ())
    ]
    return "\n".join([head, *shown, *told, *([shell.table(changed, list(changed[0]))] if changed else [])])


def _where(change: Any) -> str:
    return " ".join([change.table, *(str(value) for _, value in change.row if value is not None)])


def _table(table: Table) -> str:
    rows = [dict(zip(table.columns, map(_text, row), strict=True)) for row in table.rows]
    return shell.table(rows, table.columns)


def _text(value: Any) -> str | None:
    return None if value is None else value.value if isinstance(value, Mark) else str(value)
