"""Soon."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

blueprint = Blueprint("reports", __name__)


@blueprint.get("/reports/time-per-step")
def time_per_step() -> ResponseReturnValue:
    return render_template("soon.html")
