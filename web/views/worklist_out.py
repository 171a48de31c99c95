"""What leaves the worklist's page: the shown rows on paper, all rows as a table, and the weeks ahead."""

import csv
import io
from typing import Any

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from se_engine.actions.trail import write_trail
from se_engine.exchange.spreadsheet_cells import for_spreadsheet
from se_engine.queries.worklists import ahead as weeks_ahead
from se_engine.queries.worklists import all_rows, worklist
from se_engine.rules.roles import SUPERVISION
from web import worklist_rows, worklists
from web.auth import actor
from web.session import afterwards, session

blueprint = Blueprint("worklist_out", __name__, url_prefix="/worklist")
LINES = (
    "needs_me", "follow_up", "no_contact", "over_guide", "review_due", "to_complete", "promises", "interpreter",
    "unassigned",
)  # fmt: skip
"""What may fall due while nothing is done."""


@blueprint.get("/print")
def paper() -> ResponseReturnValue:
    """Exactly the rows that were shown, without what cannot be pressed on paper."""
    chosen = worklists.filters_from(request.args)
    found = worklist(session(), actor(), chosen, place=worklists.place_from(request.args))
    _tell("worklist_printed", chosen.status, len(found.rows))
    supervises = actor().role in SUPERVISION
    return render_template(
        "worklist_print.html",
        found=found,
        title=worklists.list_title(chosen, whole_office=supervises),
        columns=worklist_rows.columns(chosen.status),
        groups=worklist_rows.groups(found, with_owner=supervises),
        back=worklists.url_of(chosen),
        count=ngettext("%(num)s person", "%(num)s people", len(found.rows)),
    )


@blueprint.get("/table.csv")
def table() -> ResponseReturnValue:
    """Every row of the list in its order, on as many pages as it has; whom the reader may not see is not in it."""
    chosen = worklists.filters_from(request.args)
    day, rows = all_rows(session(), actor(), chosen)
    _tell("worklist_exported", chosen.status, len(rows))
    columns = worklist_rows.columns(chosen.status)
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    first = (_("Case"), _("Reference"), _("Name"), _("Step"), _("Job specialist"))
    writer.writerow([*first, *(column["title"] for column in columns), _("Urgency"), _("Status")])
    urgencies = worklist_rows.urgency_titles()
    same = worklist_rows.Shown.of(chosen.status, day, with_owner=actor().role in SUPERVISION)
    for row in rows:
        shown = worklist_rows.as_row(row, same)
        told = [row.case_id, row.participant_ref, row.name, worklists.step_title(row.step), row.owner or ""]
        cells = [_text(shown["cells"].get(column["key"])) for column in columns]
        writer.writerow(for_spreadsheet([*told, *cells, urgencies[row.urgency], shown["status"]["text"]]))
    name = _("worklist.csv")
    return Response(
        "\ufeff" + written.getvalue(),
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@blueprint.get("/ahead")
def ahead() -> ResponseReturnValue:
    chosen = worklists.filters_from(request.args)
    weeks = weeks_ahead(session(), actor(), chosen)
    lines = [status for status in LINES if any(counts.get(status) for _day, counts in weeks)]
    return render_template(
        "worklist_ahead.html",
        days=[day for day, _counts in weeks],
        lines=[
            {
                "title": worklists.status_title(status),
                "cells": [
                    {"count": counts[status], "url": worklists.ahead_url(chosen, status, week)}
                    for week, (_day, counts) in enumerate(weeks)
                ],
            }
            for status in lines
        ],
        back=worklists.url_of(chosen),
    )


def _tell(what: str, status: str, rows: int) -> None:
    """Who took how many names with her."""
    who = actor()
    afterwards(lambda own: write_trail(own, who, what, detail={"status": status, "rows": rows}))


def _text(cell: Any) -> str:
    if isinstance(cell, dict):
        return " · ".join(str(part) for part in (cell.get("text"), cell.get("note")) if part)
    return "" if cell is None else str(cell)
