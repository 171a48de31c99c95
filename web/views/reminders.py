"""What is due for the reader, from the facts of her cases; a supervisor may look at the team's."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from se_engine.queries.reminders import OWN, TEAM, reminders_of
from se_engine.rules.roles import SUPERVISION
from web.auth import actor
from web.parts.reminders import by_person
from web.session import session

blueprint = Blueprint("reminders", __name__)


@blueprint.get("/reminders")
def show() -> ResponseReturnValue:
    supervises = actor().role in SUPERVISION
    whose = request.args.get("whose", TEAM if supervises else OWN)
    team = supervises and whose == TEAM
    found = reminders_of(session(), actor(), whose=TEAM if team else OWN)
    return render_template(
        "reminders.html",
        found=found,
        persons=by_person(found.lines, with_owner=team),
        pages=_pages(team) if supervises else [],
    )


def _pages(team: bool) -> list[dict[str, object]]:
    return [
        {"label": _("The team’s"), "url": url_for("reminders.show"), "current": team},
        {"label": _("Your own"), "url": url_for("reminders.show", whose=OWN), "current": not team},
    ]
