"""The unit's own assessment, written together by its supervisors and its contact until it is handed in."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from web.audit_forms import AUDIT
from web.views.audit_ratings import lock_sheet, save_one, save_sheet, sheet_page

blueprint = Blueprint("audit_self", __name__, url_prefix=f"{AUDIT}/self-assessment")


@blueprint.get("")
def show(audit_id: int) -> ResponseReturnValue:
    return sheet_page(audit_id, "self")


@blueprint.post("")
def save(audit_id: int) -> ResponseReturnValue:
    return save_sheet(audit_id, "self")


@blueprint.post("/<item>")
def row(audit_id: int, item: str) -> ResponseReturnValue:
    return save_one(audit_id, "self", item)


@blueprint.post("/lock")
def lock_own(audit_id: int) -> ResponseReturnValue:
    return lock_sheet(audit_id, "self")
