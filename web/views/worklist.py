"""The first page: who needs what, for those who work with cases; the others are shown to theirs."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from se_engine.queries.accounts import caseworkers
from se_engine.queries.worklists import Worklist, worklist
from se_engine.rules.roles import ADMINISTRATION, CASEWORK, SUPERVISION
from web import worklists
from web.auth import actor
from web.session import session

blueprint = Blueprint("worklist", __name__)


@blueprint.get("/")
def show() -> ResponseReturnValue:
    who = actor()
    if who.role not in CASEWORK:
        return redirect(url_for("accounts.show" if who.role in ADMINISTRATION else "reports.time_per_step"), 303)
    chosen = worklists.filters_from(request.args)
    found = worklist(session(), who, chosen, place=worklists.place_from(request.args))
    supervises = who.role in SUPERVISION
    owners = worklists.owner_names(caseworkers(session(), who)) if supervises else {}
    return render_template(
        "worklist.html",
        found=found,
        panel=worklists.panel(found, whole_office=supervises),
        chips=worklists.chips(chosen, owners),
        columns=worklists.columns(chosen.status),
        groups=worklists.groups(found, with_owner=supervises),
        steps=worklists.step_choices(),
        owners=owners,
        **_neighbours(found),
    )


def _neighbours(found: Worklist) -> dict[str, str | None]:
    """The pages before and after, each by the row it begins at."""

    def url(side: str, number: int) -> str:
        due_on, case_id = found.rows[number].place
        return worklists.url_of(found.filters, **{side: f"{due_on.isoformat()}.{case_id}"})

    return {
        "previous_url": url("before", 0) if found.rows and found.has_previous else None,
        "next_url": url("after", -1) if found.rows and found.has_next else None,
    }
