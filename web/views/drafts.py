"""What somebody has begun to write and not sent: her own list, and throwing one away."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from se_engine.actions.drafts import throw_away
from se_engine.rules.errors import NotPermitted
from se_engine.rules.roles import CASEWORK
from web.addresses import ID
from web.auth import actor
from web.drafts import unfinished
from web.session import session

blueprint = Blueprint("drafts", __name__, url_prefix="/drafts")


@blueprint.get("")
def show() -> ResponseReturnValue:
    if actor().role not in CASEWORK:
        raise NotPermitted()
    return render_template("drafts.html", drafts=unfinished())


@blueprint.post(f"/<{ID}:draft_id>/throw-away")
def throw(draft_id: int) -> ResponseReturnValue:
    """Back to the form, empty again, or to the list it was thrown away from."""
    form = throw_away(session(), actor(), draft_id)
    flash(gettext("The draft is thrown away."), "done")
    return redirect(form if "to_form" in request.form else url_for("drafts.show"), 303)
