"""The part of the application below /api/v1: its checks, and its way of saying no."""

from flask import Blueprint, Response, request
from flask.blueprints import BlueprintSetupState
from werkzeug.exceptions import HTTPException, InternalServerError
from werkzeug.routing import IntegerConverter

from se_engine.rules.errors import Refused
from web.api import problems
from web.api.checks import check_request
from web.auth import is_api
from web.errors import TROUBLE

PARTICIPANT = "/participants/<id:participant_id>"
CASE = "/cases/<id:case_id>"
REFERRAL = "/referrals/<id:participant_id>"
CONTACT = "/contacts/<id:contact_id>"
EMPLOYER = "/employers/<id:employer_id>"
TRACK = "/tracks/<id:track_id>"
JOB = "/jobs/<id:job_id>"
DOCUMENT = "/documents/<id:document_id>"
LARGEST_ID = 10**18 - 1


class IdConverter(IntegerConverter):
    """An id in a path: a larger number would be a fault of the database instead of a 404.

    `int(min=, max=)` decides after the route was found, and then says 405 for every method but the first.
    """

    regex = r"[1-9][0-9]{0,17}"


def add_converter(state: BlueprintSetupState) -> None:
    state.app.url_map.converters["id"] = IdConverter


api = Blueprint("api", __name__, url_prefix="/api/v1")
api.record(add_converter)
api.before_request(check_request)
api.register_error_handler(Refused, problems.refuse)
api.register_error_handler(HTTPException, problems.refuse_http)
api.register_error_handler(InternalServerError, problems.show_fault)
for trouble in TROUBLE:
    api.register_error_handler(trouble, problems.show_trouble)


@api.before_app_request
def refuse_what_is_not_routed() -> Response | None:
    """An unknown address belongs to no blueprint, and a wrong method to none either."""
    if is_api() and isinstance(request.routing_exception, HTTPException):
        return problems.refuse_http(request.routing_exception)
    return None
