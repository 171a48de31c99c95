"""The learning page of a unit: what the records say of its quality any day, and what would change it."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from se_engine.queries.audits import has_audits
from se_engine.queries.quality import lacking_cases, learning
from se_engine.queries.registration import registration
from web.auth import actor
from web.language import language
from web.parts import quality as shown
from web.reports.behind import behind
from web.session import reading, reporting
from web.worklists import number_from, step_title

blueprint = Blueprint("quality", __name__, url_prefix="/quality")


@blueprint.get("")
def show() -> ResponseReturnValue:
    asked = request.args.get("framework") or None
    page = learning(reporting(), actor(), asked, number_from(request.args.get("office")))
    office = {"office": page.office.id} if len(page.offices) > 1 else {}
    time_used = registration(reporting(), page.office.id)
    return render_template(
        "quality/show.html",
        page=page,
        about=page.framework.about.to(language()),
        frameworks=[
            {**one, "url": url_for("quality.show", framework=one["name"], **office)}
            for one in shown.titles(page.names, page.framework.name)
        ],
        is_map=page.framework.rated == "section",
        columns=shown.map_columns(page),
        rows=shown.map_rows(page),
        sections=shown.sections(page),
        registration=time_used,
        registration_lines=shown.registration_lines(time_used),
        forms=shown.form_lines(time_used),
        audits_url=url_for("audits.index") if has_audits(reading(), actor()) else None,
    )


@blueprint.get("/<framework_name>/<framework_item>")
def one(framework_name: str, framework_item: str) -> ResponseReturnValue:
    office = number_from(request.args.get("office"))
    found = lacking_cases(reporting(), actor(), framework_name, framework_item, office)
    return render_template(
        "quality/one.html",
        found=found,
        title=found.item.title.to(language()),
        back=url_for("quality.show", framework=framework_name, office=found.office.id),
        definition=shown.definition(found),
        groups=shown.groups(found),
        cases=behind(found.cases),
        step_title=step_title,
    )
