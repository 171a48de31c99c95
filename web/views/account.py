"""Soon."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

blueprint = Blueprint("account", __name__)


@blueprint.get("/account")
def show() -> ResponseReturnValue:
    return render_template("soon.html")
