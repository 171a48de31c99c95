"""The closing talk with its end on one page, and the list of ends that still lack something."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from se_engine.actions.closing import Talk, close, report_end
from se_engine.queries.access import access_case
from se_engine.queries.closing import ClosingPage, closing_page
from se_engine.queries.closings import ends_lacking
from se_engine.rules.employers import phone
from se_engine.rules.roles import SUPERVISION
from web.addresses import CASE
from web.auth import actor
from web.case_forms import case_form, case_url
from web.drafts import drafted
from web.forms.closing import NOT_ASKED, ClosingForm
from web.forms.reminders import ReportedForm
from web.parts.closing import end_row, question, talk_facts
from web.session import reading, session

blueprint = Blueprint("closings", __name__)
BOTH = ["GET", "POST"]


@blueprint.get("/closings")
def show() -> ResponseReturnValue:
    found = ends_lacking(session(), actor())
    return render_template(
        "closings.html",
        rows=[end_row(line) for line in found.lines],
        more=found.more,
        supervises=actor().role in SUPERVISION,
    )


@blueprint.route(f"{CASE}/closing", methods=BOTH)
@drafted(_l("Closing talk"))
def talk(case_id: int) -> ResponseReturnValue:
    page = closing_page(reading(), actor(), case_id)
    form = ClosingForm()
    form.fit(page)
    return case_form(
        case_id,
        form,
        lambda: close(
            session(), actor(), case_id, _talk(form, page), seen_version=form.seen(),
            job_id=page.job.id if page.job else None, trigger=page.trigger if form.ends else None,
            end_reason=form.end_reason.data if form.ends else None, kept=bool(form.kept.data),
        ),
        title=gettext("Closing talk"),
        lead=gettext("One question, the participant’s own decision, and who is there from now on."),
        submit=gettext("Record the talk"),
        then=lambda _talk: case_url(case_id),
        said=gettext("The closing talk is recorded."),
        template="cases/closing.html",
        languages_offered=True,
        page=page,
        question=question(page),
        talk=talk_facts(page.talk) if page.talk else None,
    )  # fmt: skip


def _talk(form: ClosingForm, page: ClosingPage) -> Talk:
    if (form.phone.data or "").strip():
        phone(form.phone.data)
    return Talk(
        happened_on=form.happened_on.data,
        last_answer=NOT_ASKED if form.confirmed.data == NOT_ASKED else page.answer,
        language=form.language.data or "",
        decision=form.decision.data or "",
        whom_to_call=form.whom_to_call,
        natural_support=form.natural_support.data or "",
        plan=form.plan.data or "",
        present=tuple(form.present.data or ()),
        ask_later=form.ask_later.truth,
    )


@blueprint.route(f"{CASE}/reported", methods=BOTH)
def reported(case_id: int) -> ResponseReturnValue:
    access_case(reading(), actor(), case_id)
    form = ReportedForm()
    return case_form(
        case_id,
        form,
        lambda: report_end(session(), actor(), case_id, reported_on=form.reported_on.data),
        title=gettext("The end is reported"),
        lead=gettext("The register is told there, not here. This keeps that it was done."),
        submit=gettext("Mark as reported"),
        then=lambda _report: url_for("closings.show"),
        said=gettext("Marked as reported."),
    )
