"""The result of an audit: each step, the map, the items, earlier audits, and what participants said."""

from datetime import date

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from se_engine.queries.audit_result_page import result_page
from se_engine.queries.audits import audit_head
from web.audit_forms import AUDIT
from web.auth import actor
from web.parts.audit_blocks import result_blocks
from web.parts.audits import of_audit
from web.session import session

blueprint = Blueprint("audit_results", __name__, url_prefix=AUDIT)


@blueprint.get("/results")
def show(audit_id: int) -> ResponseReturnValue:
    head = audit_head(session(), actor(), audit_id)
    page = result_page(session(), actor(), audit_id, count=request.args.get("count") == "now")
    return render_template(
        "audits/results.html",
        frame=of_audit(head, "results"),
        whose=page.whose,
        blocks=result_blocks(page),
        counted_on=date.fromisoformat(page.counted_on) if page.counted_on else None,
        count_url=url_for("audit_results.show", audit_id=audit_id, count="now") if page.may_count else None,
    )
