"""The leader's page: a quarter of the office on one A4, to look at and as PDF."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from se_engine.queries.leader import LeaderPage, leader_page
from se_engine.rules.supervision import Quarter
from web.auth import actor
from web.parts import leader
from web.parts.briefs import paper_of
from web.session import reporting

blueprint = Blueprint("leader", __name__)


def _page() -> LeaderPage:
    given = request.args.get("quarter")
    return leader_page(reporting(), actor(), Quarter.of(given) if given else None)


@blueprint.get("/leader")
def show() -> ResponseReturnValue:
    page = _page()
    quarter = page.quarter
    return render_template(
        "leader.html",
        page=page,
        title=leader.title(quarter),
        office=leader.office(page),
        sentences=leader.sentences(page),
        drawing=Markup(leader.drawn(page, paper=False) or ""),  # noqa: S704 - drawn here, from worded numbers alone
        shows=leader.shows(page),
        sections=leader.sections(page),
        notes=leader.notes(page),
        paper=url_for("leader.paper", quarter=quarter.key),
        earlier=url_for("leader.show", quarter=quarter.before.key),
        later=url_for("leader.show", quarter=quarter.after.key) if page.has_next else None,
    )


@blueprint.get("/leader.pdf")
def paper() -> ResponseReturnValue:
    return paper_of(leader.leader_brief(_page()), "leader")
