"""Soon."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

blueprint = Blueprint("team", __name__)


@blueprint.get("/team")
def show() -> ResponseReturnValue:
    return render_template("soon.html")
