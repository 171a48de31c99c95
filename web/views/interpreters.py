"""The interpreter of a meeting ahead: needed, ordered in one tap; and of a contact that is over: how it went."""

from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from se_engine.actions.interpreters import interpreter_outcome, order_interpreter
from se_engine.clock import today
from se_engine.queries.contacts import Booking
from se_engine.queries.headings import case_heading
from se_engine.queries.interpreters import likely_language
from se_engine.rules.errors import NotFound, Refused
from se_engine.rules.interpreters import InterpreterWish
from web.addresses import CASE, ID
from web.auth import actor
from web.case_forms import case_form
from web.forms.interpreters import InterpreterForm, OutcomeForm, wish_data
from web.session import reading, session
from web.views.contacts import contact_of

blueprint = Blueprint("interpreters", __name__, url_prefix=CASE)
BOTH = ["GET", "POST"]


@blueprint.route(f"/meetings/<{ID}:meeting_id>/interpreter", methods=BOTH)
def wish(case_id: int, meeting_id: int) -> ResponseReturnValue:
    found = contact_of(case_id, meeting_id)
    spoken = likely_language(reading(), case_heading(reading(), actor(), case_id).case.participant)
    form = InterpreterForm(data={"language": spoken, **wish_data(found.booking)})

    def order() -> Any:
        wish = form.wish()
        if wish is None:
            raise Refused("interpreter_decision_needed")
        return order_interpreter(session(), actor(), meeting_id, wish, kept=bool(form.kept.data))

    return case_form(
        case_id,
        form,
        order,
        title=gettext("Interpreter for the meeting"),
        submit=gettext("Save"),
        then=lambda _: url_for("meetings.show", case_id=case_id, meeting_id=meeting_id),
        said=gettext("The interpreter is noted."),
        template="cases/interpreter_form.html",
        languages_offered=True,
    )


@blueprint.post(f"/meetings/<{ID}:meeting_id>/ordered")
def ordered(case_id: int, meeting_id: int) -> ResponseReturnValue:
    """One tap once the order is sent."""
    booking = contact_of(case_id, meeting_id).booking
    if booking is None:
        raise NotFound()
    order_interpreter(session(), actor(), meeting_id, _ordered_today(booking), kept=True)
    flash(gettext("The interpreter is ordered."), "done")
    return redirect(url_for("meetings.show", case_id=case_id, meeting_id=meeting_id), 303)


def _ordered_today(booking: Booking) -> InterpreterWish:
    return InterpreterWish(
        needed="yes",
        language=booking.language,
        dialect=booking.dialect or "",
        not_this_person=booking.not_this_person or "",
        gender_wish=booking.gender_wish,
        mode=booking.mode,
        anonymous=booking.anonymous,
        ordered_on=today(session()),
        ordered_as=booking.ordered_as or "qualified",
        reason=booking.reason or "",
    )


@blueprint.route(f"/contacts/<{ID}:contact_id>/interpreter", methods=BOTH)
def outcome(case_id: int, contact_id: int) -> ResponseReturnValue:
    contact_of(case_id, contact_id)
    form = OutcomeForm()
    return case_form(
        case_id,
        form,
        lambda: interpreter_outcome(session(), actor(), contact_id, form.told(), kept=bool(form.kept.data)),
        title=gettext("How it went with the interpreter"),
        submit=gettext("Record it"),
        then=lambda _: url_for("contacts.one", case_id=case_id, contact_id=contact_id),
        said=gettext("Recorded."),
        template="cases/interpreter_outcome.html",
    )
