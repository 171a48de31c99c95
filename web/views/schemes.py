"""Schemes the participant takes part in, what their rules say, and a supervisor's approval where they say no."""

from datetime import date
from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from se_engine.actions.schemes import approve_scheme, check_scheme, join_scheme
from se_engine.clock import today
from se_engine.queries.access import access_participant
from se_engine.queries.participants import record_page
from se_engine.queries.scheme_facts import Asked, asked_of
from se_engine.rules.errors import NotPermitted
from se_engine.rules.roles import SUPERVISION
from se_engine.rules.schemes import Check
from web.addresses import ID, PARTICIPANT
from web.auth import actor
from web.forms.cases import ReasonForm
from web.forms.participants import SchemeForm
from web.forms.schemes import answers_in, scheme_form
from web.parts import record as record_parts
from web.parts import schemes as parts
from web.record_forms import back_url, record_form
from web.session import reading, session

blueprint = Blueprint("schemes", __name__, url_prefix=f"{PARTICIPANT}/schemes")
BOTH = ["GET", "POST"]


@blueprint.route("", methods=BOTH)
def join(participant_id: int) -> ResponseReturnValue:
    form = SchemeForm()

    def then(membership: Any) -> str:
        """To the check, where nobody has made one and there are rules to check by."""
        began: date = membership.from_on or today(session())
        if membership.check_result != "not_checked":
            return back_url(participant_id)
        check_at = record_parts.check_url(participant_id, membership.id, membership.scheme, began)
        return check_at or back_url(participant_id)

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
        then=then,
    )


@blueprint.route(f"/<{ID}:membership_id>/check", methods=BOTH)
def check(participant_id: int, membership_id: int) -> ResponseReturnValue:
    """Asks what the record does not know. The answers are used for this page and kept nowhere."""
    asked = asked_of(reading(), actor(), participant_id, membership_id)
    form = scheme_form(asked.questions)
    if request.method == "POST" and form.validate_on_submit():
        answers = answers_in(form, asked.questions)
        return _reasons(asked, check_scheme(session(), actor(), participant_id, membership_id, answers=answers))
    return record_form(
        participant_id,
        form,
        lambda: None,
        title=parts.check_title(asked),
        lead=gettext(
            "Only what the record does not know is asked. The answers are not kept, only what follows from them."
        ),
        submit=gettext("Check the conditions"),
        said="",
        template="participants/scheme_check.html",
        known=parts.known(asked),
    )


def _reasons(asked: Asked, made: Check) -> str:
    page = record_page(session(), actor(), asked.membership.participant_id)
    return render_template(
        "participants/scheme_reasons.html",
        frame=record_parts.of_participant(page, ""),
        page=page,
        title=parts.check_title(asked),
        result=parts.result(made, approved=asked.membership.check_result == "approved"),
        reasons=parts.reasons(made),
        membership_id=asked.membership.id,
        not_met=made.result == "not_met" and asked.membership.check_result != "approved",
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
