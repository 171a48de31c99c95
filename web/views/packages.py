"""Which start package a case follows, and following another."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from se_engine.actions.templates import change_template
from se_engine.queries.access import access_case
from se_engine.queries.headings import process_of
from web.addresses import CASE
from web.auth import actor
from web.case_forms import case_form
from web.forms.referrals import TemplateForm
from web.parts.packages import package_choices
from web.session import reading, session

blueprint = Blueprint("packages", __name__, url_prefix=CASE)


@blueprint.route("/template", methods=["GET", "POST"])
def change(case_id: int) -> ResponseReturnValue:
    case, form = access_case(reading(), actor(), case_id), TemplateForm()
    form.fit(package_choices(process_of(case)), now=case.template)
    return case_form(
        case_id,
        form,
        lambda: change_template(
            session(),
            actor(),
            case_id,
            form.template.data or "",
            seen_version=form.seen(),
            happened_on=form.happened_on.data,
            why=form.why.data or "",
            kept=form.kept.data,
        ),
        title=_("Change the start package"),
        lead=_(
            "Other guide times, and other tasks first. What is answered stays answered, and no requirement changes."
        ),
        submit=_("Change"),
        said=_("The case follows another start package."),
    )
