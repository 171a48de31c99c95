"""Soon."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

blueprint = Blueprint("about", __name__)


@blueprint.get("/about")
def show() -> ResponseReturnValue:
    return render_template("soon.html")
