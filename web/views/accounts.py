"""Soon."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

blueprint = Blueprint("accounts", __name__)


@blueprint.get("/admin")
def show() -> ResponseReturnValue:
    return render_template("soon.html")
