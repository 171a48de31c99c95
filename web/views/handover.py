"""Handing over: one sheet for a case, and the list of everything one person has."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from se_engine import wording
from se_engine.queries.handover import cases_to_hand_over, handover_page
from se_engine.rules.errors import NotFound
from web.addresses import CASE
from web.auth import actor
from web.language import language
from web.parts import handover
from web.parts.heading import of_case
from web.session import note_each_read, note_read, session
from web.worklists import number_from, step_title

blueprint = Blueprint("handover", __name__)


@blueprint.get(f"{CASE}/handover")
def show(case_id: int) -> ResponseReturnValue:
    page = handover_page(session(), actor(), case_id)
    note_read(page.case)
    return render_template(
        "cases/handover.html",
        frame=of_case(page, "handover"),
        page=page,
        facts=handover.facts(page),
        contacts=handover.contacts(page.contacts),
        planned=handover.contacts(page.planned),
        blocking=handover.blocking(page),
        tracks=handover.tracks(page),
        secrets=[handover.secret(found) for found in page.secrets],
        promises=[handover.promise(found) for found in page.promises],
        appointments=[
            {"area": wording.word("need_area", found.area, language()), "partner": found.partner, "on": found.on}
            for found in page.appointments
        ],
    )


@blueprint.get("/team/handover")
def of_owner() -> ResponseReturnValue:
    """All cases of one person, each with its sheet; without a number the reader's own."""
    owner = number_from(request.args.get("owner")) or actor().user_id
    if owner is None:
        raise NotFound()
    found = cases_to_hand_over(session(), actor(), owner)
    note_each_read(found.opened)
    return render_template("handover_list.html", found=found, step_title=step_title)
