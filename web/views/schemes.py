"""Schemes the participant takes part in, and a supervisor's approval where the conditions are not met."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from se_engine.actions.schemes import approve_scheme, join_scheme
from se_engine.queries.access import access_participant
from se_engine.rules.errors import NotPermitted
from se_engine.rules.roles import SUPERVISION
from web.addresses import ID, PARTICIPANT
from web.auth import actor
from web.forms.cases import ReasonForm
from web.forms.participants import SchemeForm
from web.record_forms import record_form
from web.session import reading, session

blueprint = Blueprint("schemes", __name__, url_prefix=f"{PARTICIPANT}/schemes")
BOTH = ["GET", "POST"]


@blueprint.route("", methods=BOTH)
def join(participant_id: int) -> ResponseReturnValue:
    form = SchemeForm()
    return record_form(
        participant_id,
        form,
        lambda: join_scheme(
            session(),
            actor(),
            participant_id,
            form.scheme.data,
            from_on=form.from_on.data,
            until_on=form.until_on.data,
            check_result=form.check_result.data,
        ),
        title=gettext("Add a scheme"),
        submit=gettext("Add the scheme"),
        said=gettext("The scheme is recorded."),
    )


@blueprint.route(f"/<{ID}:membership_id>/approve", methods=BOTH)
def approve(participant_id: int, membership_id: int) -> ResponseReturnValue:
    access_participant(reading(), actor(), participant_id)
    if actor().role not in SUPERVISION:
        raise NotPermitted("ask_supervisor")
    form = ReasonForm()
    return record_form(
        participant_id,
        form,
        lambda: approve_scheme(session(), actor(), participant_id, membership_id, why=form.why.data or ""),
        title=gettext("Approve taking part"),
        lead=gettext("The conditions are not met. Your approval and your reason are kept."),
        submit=gettext("Approve"),
        said=gettext("Taking part is approved."),
    )
