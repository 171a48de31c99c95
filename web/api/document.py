"""The OpenAPI document."""

from flask import Response, jsonify

from web.api import describing
from web.api.blueprint import api


@api.get("/openapi.json")
def openapi() -> Response:
    return jsonify(describing.document())
