"""Everything that was recorded about a case, what was taken back included."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from se_engine.queries.beside import beside_case
from se_engine.queries.cases import history_page
from web.addresses import CASE
from web.auth import actor
from web.parts.entries import timeline
from web.parts.heading import of_case
from web.session import note_read, session

blueprint = Blueprint("history", __name__, url_prefix=f"{CASE}/history")


@blueprint.get("")
def show(case_id: int) -> ResponseReturnValue:
    page = history_page(session(), actor(), case_id)
    note_read(page.case)
    beside = beside_case(session(), actor(), page.case)
    entries = timeline(page, page.entries, full=True, beside=beside)
    return render_template("cases/history.html", frame=of_case(page, "history"), page=page, entries=entries)
