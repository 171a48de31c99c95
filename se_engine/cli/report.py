"""se-engine report: numbers about the service."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import click

from se_engine.cli import shell
from se_engine.cli.report_options import OPTIONS, option_of, question
from se_engine.cli.saved_reports import saved
from se_engine.queries.reports import REPORTS, Report, answer

HELP = {
    "time-per-step": "How long people stay in each step before they leave for another.",
    "flow": "How many stood in each step, day by day.",
    "caseload": "How many cases each specialist has, against the norm.",
    "outcomes": "Why cases ended, how soon, and how many are still open.",
    "retention": "How many are in their jobs after 4, 13, 26 and 52 weeks, and of how many nobody knows.",
    "effort": "Hours and contacts in the first days of a case, and what came later: together, not because of it.",
    "going-back": "Where cases went back to an earlier step, by which move and who decided.",
    "field-work": "Days to the first meeting with an employer, time out of the office, attempts without success.",
}
Data = dict[str, Any]
Rows = Callable[[Mapping[str, Any]], Iterator[Data]]


@click.group()
def report() -> None:
    """Numbers about the service."""


def _command(one: Report) -> click.Command:
    """The command of one report, with the options of every report and its own."""

    @shell.acts_as
    @shell.prints_data
    def command(*, email: str | None, **given: Any) -> None:
        own = {option: value for option in one.options if (value := given.pop(option)) is not None}
        with shell.reporting() as session:
            data = answer(one, session, shell.actor(session, email), question(session, **given), **own)
        shell.show(data, _text(one, data))

    for option, values in one.options.items():
        command = option_of(option, values)(command)
    for option_of_all in reversed(OPTIONS):
        command = option_of_all(command)
    return click.command(one.name, help=HELP.get(one.name, ""))(command)


for _one in REPORTS.values():
    report.add_command(_command(_one))
report.add_command(saved)


def _text(one: Report, data: Data) -> str:
    """A table, or one under the name of each group."""
    data = dict(one.tabled(data))
    heading = f"published as of {data['as_of']}\n" if data.get("published") else ""
    if "groups" not in data:
        return heading + _block(one, data, data)
    return heading + "\n\n".join(f"{group['group']}\n{_block(one, data, group)}" for group in data["groups"])


def _block(one: Report, data: Data, block: Data) -> str:
    if block.get("suppressed"):
        return "too few to be shown"
    columns = [column for name in one.columns for column in (data["steps"] if name == "steps" else (name,))]
    rows = [_flat(row) for row in block[one.rows]]
    table = shell.table([{column: row.get(column) for column in columns} for row in rows], columns)
    beside = [f"{name}: {_said(block[name])}" for name in BESIDE.get(one.name, ()) if name in block]
    return "\n".join([table, *beside])


BESIDE = {
    "caseload": ("sum", "unassigned", "protected"),
    "outcomes": ("total", "still_open", "still_open_at_horizon"),
    "retention": ("which",),
}
"""What is printed under the table."""


def _flat(row: Data) -> Data:
    return row | row["steps"] if isinstance(row.get("steps"), dict) else row


def _said(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {_said(one)}" for name, one in value.items() if name != "suppressed") or "–"
    return "–" if value is None else str(value)
