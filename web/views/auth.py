"""Signing in and out."""

import re

from flask import Blueprint, make_response, redirect, render_template, request
from flask import session as cookie
from flask.typing import ResponseReturnValue

from se_engine import wording
from se_engine.actions.accounts import end_own_session
from se_engine.actions.sign_in import prove, record_failed_sign_in, sign_in
from se_engine.rules.errors import Refused
from web.auth import forget, person, remember, settings
from web.errors import problems
from web.forms.auth import SignInForm
from web.language import language
from web.session import afterwards, database, reading, session

blueprint = Blueprint("auth", __name__)
OUR_PAGE = re.compile(r"/(?![/\\])[^\\\x00-\x1f]*")
"""One slash: two, or a slash and a backslash, lead to another host."""


@blueprint.route("/sign-in", methods=["GET", "POST"], endpoint="sign_in")
def show_sign_in() -> ResponseReturnValue:
    form = SignInForm(next=request.args.get("next"))
    if not form.validate_on_submit():
        return _page(form), 422 if form.errors else 200
    email, address = form.email.data, request.remote_addr or ""
    try:
        proof = prove(reading(), email=email, password=form.password.data, address=address)
        _, token = sign_in(session(), proof)
    except Refused as refused:
        if refused.reason.code == "sign_in_failed":
            afterwards(lambda own: record_failed_sign_in(own, email=email, address=address))
        return _page(form, problems(refused)[0]["text"]), 422 if refused.reason.code == "sign_in_failed" else 429
    cookie.clear()  # a form token from before belongs to nobody
    response = make_response(redirect(inside(form.next.data), 303))
    remember(response, token)
    return response


def _page(form: SignInForm, problem: str | None = None) -> str:
    accounts = _demo_accounts() if settings().demo else []
    return render_template("sign_in.html", form=form, problem=problem, next=form.next.data, demo_accounts=accounts)


def _demo_accounts() -> list[dict[str, str]]:
    """Shown where the settings say so, and imported only there: a real instance may lack the demo altogether."""
    from fixtures.demo import accounts

    found = accounts(database())
    return [{**account, "role_title": wording.word("role", account["role"], language())} for account in found]


def inside(wanted: str | None) -> str:
    """Only our own pages: an address elsewhere could pretend to be us."""
    return wanted if wanted and OUR_PAGE.fullmatch(wanted) else "/"


@blueprint.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    who = person()
    if who and who.session_id is not None:
        end_own_session(session(), who.actor, who.session_id)
    cookie.clear()
    response = make_response(redirect("/sign-in", 303))
    forget(response)
    return response
