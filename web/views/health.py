"""For whoever runs the service: whether the process lives, and whether it can answer."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from se_engine.database import current_revision, head_revision, takes_writes
from web.session import database

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def healthz() -> ResponseReturnValue:
    """Touches nothing: a slow database must not get the process restarted."""
    return {"status": "alive"}


@blueprint.get("/readyz")
def readyz() -> ResponseReturnValue:
    """Pages write too, if only to the trail: what cannot be written is not ready."""
    ready = current_revision(database()) == head_revision() and takes_writes(database())
    return {"status": "ready" if ready else "not ready"}, 200 if ready else 503
