"""What auditors have opened, told to the unit."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import format_datetime, gettext

from se_engine.queries.audit_looks import AuditLook, looks_in
from se_engine.queries.audits import audit_head
from web.addresses import ID
from web.auth import actor
from web.parts.audits import of_audit
from web.session import session

blueprint = Blueprint("audit_looks", __name__, url_prefix=f"/audits/<{ID}:audit_id>/looks")


@blueprint.get("")
def show(audit_id: int) -> ResponseReturnValue:
    head = audit_head(session(), actor(), audit_id)
    found = looks_in(session(), actor(), audit_id)
    return render_template("audits/looks.html", frame=of_audit(head, "looks"), rows=[_line(look) for look in found])


def _line(look: AuditLook) -> dict[str, object]:
    case = gettext("Case %(number)s", number=look.number) if look.number else "–"
    return {
        "when": {"text": format_datetime(look.at, "medium")},
        "who": look.who or "–",
        "case": case if look.refused_at is None else "–",
        "what": gettext("Refused: outside the sample") if look.refused_at else gettext("Read"),
    }
