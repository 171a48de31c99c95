"""Choosing a language, signed in or not."""

from flask import Blueprint, make_response, redirect, request
from flask.typing import ResponseReturnValue

from se_engine.actions.accounts import choose_language
from web.auth import person
from web.language import checked_language, remember_language
from web.session import session
from web.views.auth import inside

blueprint = Blueprint("preferences", __name__, url_prefix="/preferences")


@blueprint.post("/language", endpoint="choose_language")
def choose() -> ResponseReturnValue:
    chosen = checked_language(request.form.get("language"))
    who = person()
    if who:
        choose_language(session(), who.actor, chosen)
    response = make_response(redirect(inside(request.form.get("next")), 303))
    remember_language(response, chosen)
    return response
