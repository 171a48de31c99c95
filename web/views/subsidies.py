"""Subsidies of a case, from before the job begins: applied for at a workplace, decided by NAV."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from se_engine import wording
from se_engine.actions.subsidies import apply_at_employer, decide_subsidy, void_subsidy
from se_engine.queries.subsidies import places_to_apply_for, subsidies_page, subsidy_of_case
from web.addresses import CASE, ID
from web.auth import actor
from web.case_forms import case_form
from web.forms.job_changes import DecisionForm, PlaceSubsidyForm, WhyForm
from web.language import language
from web.parts.heading import of_case
from web.parts.job_support import case_subsidy
from web.session import note_read, reading, session

blueprint = Blueprint("subsidies", __name__, url_prefix=f"{CASE}/subsidies")
BOTH = ["GET", "POST"]


@blueprint.get("")
def show(case_id: int) -> ResponseReturnValue:
    page = subsidies_page(session(), actor(), case_id)
    note_read(page.case)
    return render_template(
        "cases/subsidies.html",
        frame=of_case(page, "jobs"),
        page=page,
        subsidies=[case_subsidy(page, line) for line in page.lines],
        places=places_to_apply_for(session(), actor(), case_id),
    )


@blueprint.route("/new", methods=BOTH)
def apply(case_id: int) -> ResponseReturnValue:
    form = PlaceSubsidyForm()
    form.fit(places_to_apply_for(reading(), actor(), case_id))
    return case_form(
        case_id,
        form,
        lambda: apply_at_employer(
            session(), actor(), case_id, form.employer_id, kind=form.kind.data, applied_on=form.applied_on.data
        ),
        title=gettext("A subsidy was applied for"),
        lead=gettext("Before the job begins. NAV alone decides, and the job that begins there takes it over."),
        submit=gettext("Record the application"),
        said=gettext("The application is recorded."),
        then=lambda _: page_url(case_id),
        cancel_url=page_url(case_id),
    )


@blueprint.route(f"/<{ID}:subsidy_id>/decision", methods=BOTH)
def decide(case_id: int, subsidy_id: int) -> ResponseReturnValue:
    form = DecisionForm()
    known = subsidy_of_case(reading(), actor(), case_id, subsidy_id)
    return case_form(
        case_id,
        form,
        lambda: decide_subsidy(
            session(), actor(), subsidy_id, decision=form.decision.data, decided_on=form.decided_on.data,
            from_on=form.from_on.data, until_on=form.until_on.data, steps=form.steps,
        ),
        title=gettext("NAV’s decision"),
        lead=wording.word("subsidy", known.kind, language()),
        submit=gettext("Record the decision"),
        said=gettext("The decision is recorded."),
        then=lambda _: page_url(case_id),
        cancel_url=page_url(case_id),
        template="cases/job_form.html",
    )  # fmt: skip


@blueprint.route(f"/<{ID}:subsidy_id>/void", methods=BOTH)
def void(case_id: int, subsidy_id: int) -> ResponseReturnValue:
    form = WhyForm()
    known = subsidy_of_case(reading(), actor(), case_id, subsidy_id)
    return case_form(
        case_id,
        form,
        lambda: void_subsidy(session(), actor(), subsidy_id, why=form.why.data or ""),
        title=gettext("Take the subsidy back"),
        lead=wording.word("subsidy", known.kind, language()),
        submit=gettext("Take it back"),
        said=gettext("The subsidy is taken back."),
        then=lambda _: page_url(case_id),
        cancel_url=page_url(case_id),
        danger=True,
    )


def page_url(case_id: int) -> str:
    return str(url_for("subsidies.show", case_id=case_id))
