"""What somebody at the unit is responsible for in the action plans of audits: her own lines, wherever she stands."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from se_engine.actions.audit_plans import record_own_event
from se_engine.clock import today
from se_engine.queries.audit_plans import access_own_action, own_actions
from se_engine.queries.audit_results import framework_of
from web.addresses import ID
from web.auth import actor
from web.form_pages import form_page
from web.forms.audit_plan import ActionEventForm
from web.parts.audit_plans import plan_line, titled
from web.session import session

blueprint = Blueprint("audit_actions", __name__, url_prefix="/audits/actions")


@blueprint.get("")
def index() -> ResponseReturnValue:
    on = today(session())
    return render_template(
        "audits/actions.html",
        lines=[
            plan_line(framework_of(audit), line, on) | {"url": url_for("audit_actions.event", action_id=line.action.id)}
            for audit, line in own_actions(session(), actor())
        ],
    )


@blueprint.route(f"/<{ID}:action_id>", methods=["GET", "POST"])
def event(action_id: int) -> ResponseReturnValue:
    """What has become of it."""
    audit, line = access_own_action(session(), actor(), action_id)
    form = ActionEventForm()
    return form_page(
        form,
        lambda: record_own_event(
            session(), actor(), action_id, what=form.what.data, happened_on=form.happened_on.data,
            due_on=form.due_on.data, words=form.words.data or "",
        ),
        said=_("Saved."),
        back=(url_for("audit_actions.index"), _("Your actions after audits")),
        heading=titled(framework_of(audit), line.action.item),
        lead=line.action.words,
        action=_("Save"),
    )  # fmt: skip
