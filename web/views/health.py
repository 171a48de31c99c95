"""For whoever runs the service: whether the process lives, and whether it can answer."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from se_engine.database import current_revision, head_revision
from web.session import database

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def healthz() -> ResponseReturnValue:
    """Touches nothing: a slow database must not get the process restarted."""
    return {"status": "alive"}


@blueprint.get("/readyz")
def readyz() -> ResponseReturnValue:
    ready = current_revision(database()) == head_revision()
    return {"status": "ready" if ready else "not ready"}, 200 if ready else 503
