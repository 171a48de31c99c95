"""A person's own account: where she is signed in, her password, her language."""

from datetime import timedelta

from flask import Blueprint, flash, make_response, redirect, render_template, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from se_engine.actions.accounts import change_own_password, end_own_session, own_account
from se_engine.queries.absences import own_absences
from se_engine.queries.accounts import own_sessions
from se_engine.queries.photos import has_photo
from se_engine.rules.roles import CASEWORK
from web.addresses import ID
from web.auth import actor, forget, person, settings
from web.form_pages import form_page
from web.forms.accounts import PasswordForm
from web.session import session

blueprint = Blueprint("account", __name__, url_prefix="/account")


@blueprint.get("")
def show() -> ResponseReturnValue:
    limits = settings()
    idle, absolute = timedelta(minutes=limits.idle_minutes), timedelta(hours=limits.session_hours)
    who = person()
    return render_template(
        "account.html",
        sessions=own_sessions(session(), actor(), idle=idle, absolute=absolute),
        this_one=who.session_id if who else None,
        limits=limits,
        own=own_account(session(), actor()),
        has_photo=has_photo(session(), actor().user_id),
        absences=own_absences(session(), actor()) if actor().role in CASEWORK else None,
    )


@blueprint.post(f"/sessions/<{ID}:session_id>/end")
def end_session(session_id: int) -> ResponseReturnValue:
    end_own_session(session(), actor(), session_id)
    flash(_("That browser is signed out."), "done")
    return redirect(url_for("account.show"), 303)


@blueprint.route("/password", methods=["GET", "POST"])
def password() -> ResponseReturnValue:
    form = PasswordForm()

    def act() -> None:
        change_own_password(session(), actor(), old=form.old.data, new=form.new.data)
        cookie.clear()

    answered = form_page(
        form, act, heading=_("Change your password"), action=_("Change it"),
        lead=_("Afterwards you are signed out everywhere, and sign in with the new one."),
        said=_("Your password has been changed. Sign in with the new one."),
        back=(url_for("account.show"), _("Your account")),
    )  # fmt: skip
    response = make_response(answered)
    if response.status_code == 303:
        forget(response)
    return response
