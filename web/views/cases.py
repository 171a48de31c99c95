"""The page of a case, handing it over, and carrying on after it has ended."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from se_engine.actions.cases import continue_case, hand_over
from se_engine.queries.access import access_case
from se_engine.queries.beside import beside_case
from se_engine.queries.capacity import capacities
from se_engine.queries.cases import case_page
from se_engine.queries.continuing import carried
from se_engine.rules.errors import NotPermitted
from se_engine.rules.roles import SUPERVISION
from web.addresses import CASE
from web.auth import actor
from web.case_forms import case_form, case_url
from web.forms.cases import ContinueForm, HandOverForm
from web.parts.actions import likely, others
from web.parts.capacity import owner_choices, owner_hints
from web.parts.continuing import carried_facts
from web.parts.entries import timeline
from web.parts.heading import ahead, of_case, step_short, strip
from web.parts.jobs import job_lines
from web.parts.moves import five_by_three, moves, step_bar
from web.parts.requests import request_lines
from web.parts.tasks import groups
from web.parts.tracks import short
from web.session import note_read, reading, session

blueprint = Blueprint("cases", __name__, url_prefix=CASE)


@blueprint.get("")
def show(case_id: int) -> ResponseReturnValue:
    page = case_page(session(), actor(), case_id, step=request.args.get("step"))
    note_read(page.case)
    beside = beside_case(session(), actor(), page.case)
    return render_template(
        "cases/show.html",
        frame=of_case(page, "case"),
        page=page,
        person=strip(page),
        steps=step_bar(page),
        ahead=ahead(page),
        map=five_by_three(page),
        moves=moves(page),
        groups=groups(page, page.groups, case_id=page.id),
        shown_step=step_short(page.shown_step),
        entries=timeline(page, page.entries, beside=beside),
        sticky=beside.sticky,
        jobs=job_lines(page.jobs),
        tracks=short(page.id, page.tracks),
        requests=request_lines(page),
        likely=likely(page),
        others=others(page),
    )


@blueprint.get("/record")
def record(case_id: int) -> ResponseReturnValue:
    """Reasons point to the case; the record stands with the participant."""
    case = access_case(session(), actor(), case_id)
    return redirect(url_for("participants.show", participant_id=case.participant_id))


@blueprint.route("/owner", methods=["GET", "POST"])
def give(case_id: int) -> ResponseReturnValue:
    access_case(reading(), actor(), case_id)
    if actor().role not in SUPERVISION:
        raise NotPermitted("ask_supervisor")
    form, staff = HandOverForm(), capacities(reading(), actor())
    form.fit(owner_choices(staff))
    return case_form(
        case_id,
        form,
        lambda: hand_over(
            session(), actor(), case_id, form.owner.data, seen_version=form.seen(), note=form.note.data or ""
        ),
        title=gettext("Hand the case over"),
        submit=gettext("Hand over"),
        said=gettext("The case is handed over."),
        template="cases/hand_over.html",
        hints=owner_hints(staff),
    )


@blueprint.route("/continue", methods=["GET", "POST"])
def carry_on(case_id: int) -> ResponseReturnValue:
    form = ContinueForm()
    return case_form(
        case_id,
        form,
        lambda: continue_case(session(), actor(), case_id, opened_on=form.opened_on.data),
        title=gettext("Carry on in a new case"),
        lead=gettext("A new case, linked to the one that ended. Nothing that is known has to be asked again."),
        submit=gettext("Open a new case"),
        then=lambda case: case_url(case.id),
        said=gettext("The new case is open."),
        template="cases/continue.html",
        facts=carried_facts(carried(reading(), actor(), case_id)),
    )
