"""The first page: who needs what, for those who work with cases; the others are shown to theirs."""

from dataclasses import replace

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from se_engine import wording
from se_engine.queries.desk import Desk, desk_of
from se_engine.queries.worklist_search import cases_found
from se_engine.queries.worklists import Filters, Worklist, worklist
from se_engine.rules.errors import NotPermitted, Refused
from se_engine.rules.roles import ADMINISTRATION, CASEWORK, SUPERVISION, Role
from web import worklist_rows, worklists
from web.auth import actor
from web.language import language
from web.session import session

blueprint = Blueprint("worklist", __name__)
FIRST_PAGES = {**dict.fromkeys(ADMINISTRATION, "accounts.show"), Role.AUDITOR: "audits.index"}
"""Where those begin who have no worklist; the others at the numbers."""


@blueprint.get("/")
def show() -> ResponseReturnValue:
    who = actor()
    if who.role not in CASEWORK:
        return redirect(url_for(FIRST_PAGES.get(who.role, "reports.index")), 303)
    return _page(worklists.filters_from(request.args))


@blueprint.post("/search")
def search() -> ResponseReturnValue:
    """Posted, so that a name stands in no address and no log; those who were found have numbers that may."""
    if actor().role not in CASEWORK:
        raise NotPermitted()
    chosen = replace(worklists.filters_from(request.form), among=None)
    given = request.form.get("q", "")
    try:
        found = cases_found(session(), actor(), given)
    except Refused as refused:
        return _page(chosen, typed=given, nobody=wording.refusal(refused, language()))
    if found:
        return redirect(worklists.url_of(replace(chosen, among=found)), 303)
    nobody = _("No one on your list has this name or reference.") if given.strip() else _("Write a name or reference.")
    return _page(chosen, typed=given, nobody=nobody)


def _page(chosen: Filters, **more: str) -> str:
    who = actor()
    desk = desk_of(session(), who)
    place = worklists.place_from(request.args)
    found = worklist(session(), who, chosen, place=place, stands_in_for=desk.stands_in_for)
    supervises = who.role in SUPERVISION
    owners = worklists.owner_names(list(desk.colleagues)) if supervises else {}
    return render_template(
        "worklist.html",
        found=found,
        panel=worklists.panel(found, whole_office=supervises),
        saved=_saved(desk, chosen),
        query=worklists.query_of(replace(chosen, among=None)),
        chips=worklists.chips(chosen, owners),
        columns=worklist_rows.columns(chosen.status),
        groups=worklist_rows.groups(found, with_owner=supervises),
        steps=worklists.step_choices(),
        owners=owners,
        supervises=supervises,
        leaves={name: worklists.url_of(chosen, endpoint) for name, endpoint in LEAVES.items()},
        **_neighbours(found),
        **more,
    )


LEAVES = {"paper": "worklist_out.paper", "table": "worklist_out.table", "ahead": "worklist_out.ahead"}
"""The same list on paper, as a table for other programs, and as it will stand."""


def _saved(desk: Desk, chosen: Filters) -> list[dict[str, object]]:
    here = worklists.saved_query(chosen)
    return [
        {"id": number, "name": name, "url": f"/?{query}" if query else "/", "current": query == here}
        for number, name, query in desk.filters
    ]


def _neighbours(found: Worklist) -> dict[str, str | None]:
    """The pages before and after, each by the row it begins at."""

    def url(side: str, number: int) -> str:
        due_on, case_id = found.rows[number].place
        return worklists.url_of(found.filters, **{side: f"{due_on.isoformat()}.{case_id}"})

    return {
        "previous_url": url("before", 0) if found.rows and found.has_previous else None,
        "next_url": url("after", -1) if found.rows and found.has_next else None,
    }
