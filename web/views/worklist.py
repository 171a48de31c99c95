"""Soon."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

blueprint = Blueprint("worklist", __name__)


@blueprint.get("/")
def show() -> ResponseReturnValue:
    return render_template("soon.html")
