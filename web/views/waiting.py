"""Waiting for somebody, pausing, and putting life in order first."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from se_engine.actions.cases import end_sort_first, sort_first
from se_engine.actions.waiting import end_waiting, pause, renew_pause, resume, start_waiting
from web.addresses import CASE
from web.auth import actor
from web.case_forms import case_form
from web.forms.cases import DayForm, PauseForm, RenewForm, WaitingForm
from web.session import session

blueprint = Blueprint("waiting", __name__, url_prefix=CASE)
BOTH = ["GET", "POST"]


@blueprint.route("/waiting", methods=BOTH)
def start(case_id: int) -> ResponseReturnValue:
    form = WaitingForm()
    return case_form(
        case_id,
        form,
        lambda: start_waiting(
            session(),
            actor(),
            case_id,
            seen_version=form.seen(),
            waiting_for=form.waiting_for.data,
            on=form.happened_on.data,
            next_on=form.next_on.data,
            note=form.note.data or "",
        ),
        title=gettext("We wait"),
        lead=gettext("Days we wait are counted apart from our own. A new waiting ends the one before."),
        submit=gettext("Record the waiting"),
        said=gettext("The waiting is recorded."),
    )


@blueprint.route("/waiting/end", methods=BOTH)
def end(case_id: int) -> ResponseReturnValue:
    form = DayForm()
    return case_form(
        case_id,
        form,
        lambda: end_waiting(session(), actor(), case_id, seen_version=form.seen(), on=form.happened_on.data),
        title=gettext("The waiting is over"),
        submit=gettext("End the waiting"),
        said=gettext("The waiting is over."),
    )


@blueprint.route("/pause", methods=BOTH)
def rest(case_id: int) -> ResponseReturnValue:
    form = PauseForm()
    return case_form(
        case_id,
        form,
        lambda: pause(
            session(),
            actor(),
            case_id,
            seen_version=form.seen(),
            reason=form.reason.data,
            on=form.happened_on.data,
            contact_on=form.contact_on.data,
            note=form.note.data or "",
        ),
        title=gettext("Pause"),
        submit=gettext("Pause the case"),
        said=gettext("The case is paused. The clock stands still."),
    )


@blueprint.route("/pause/renew", methods=BOTH)
def renew(case_id: int) -> ResponseReturnValue:
    form = RenewForm()
    return case_form(
        case_id,
        form,
        lambda: renew_pause(
            session(),
            actor(),
            case_id,
            seen_version=form.seen(),
            on=form.happened_on.data,
            contact_on=form.contact_on.data,
            note=form.note.data or "",
        ),
        title=gettext("Renew the pause"),
        lead=gettext("The third renewal without contact is told to the supervisor."),
        submit=gettext("Renew the pause"),
        said=gettext("The pause is renewed."),
    )


@blueprint.route("/resume", methods=BOTH)
def go_on(case_id: int) -> ResponseReturnValue:
    form = DayForm()
    return case_form(
        case_id,
        form,
        lambda: resume(session(), actor(), case_id, seen_version=form.seen(), on=form.happened_on.data),
        title=gettext("End the pause"),
        submit=gettext("End the pause"),
        said=gettext("The case goes on, and so does the clock."),
    )


@blueprint.route("/sort-first", methods=BOTH)
def order_life(case_id: int) -> ResponseReturnValue:
    form = DayForm()
    return case_form(
        case_id,
        form,
        lambda: sort_first(session(), actor(), case_id, seen_version=form.seen(), on=form.happened_on.data),
        title=gettext("Put life in order first"),
        lead=gettext("Housing, debt, childcare: this is work. The clock runs, without guide time."),
        submit=gettext("Begin"),
        said=gettext("Life comes first now. The guide time rests."),
    )


@blueprint.route("/sort-first/end", methods=BOTH)
def life_in_order(case_id: int) -> ResponseReturnValue:
    form = DayForm()
    return case_form(
        case_id,
        form,
        lambda: end_sort_first(session(), actor(), case_id, seen_version=form.seen(), on=form.happened_on.data),
        title=gettext("Life is in order"),
        submit=gettext("Done putting life in order"),
        said=gettext("The guide time runs again."),
    )
