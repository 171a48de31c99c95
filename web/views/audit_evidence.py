"""The evidence sheet of an audit: data quality first, then every number, as it was computed and as it would be now."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from se_engine.actions.audit_evidence import COMPUTED_IN, compute_evidence
from se_engine.actions.trail import write_trail
from se_engine.queries.audit_evidence import Sheet, changed_since, sheet_now, sheets_of
from se_engine.queries.audits import AuditHead, audit_head
from web.audit_forms import AUDIT
from web.auth import actor
from web.numbers import whole_number
from web.parts import audits as parts
from web.parts.audit_evidence import quality_rows, sections, sheet_line
from web.session import afterwards, session

blueprint = Blueprint("audit_evidence", __name__, url_prefix=AUDIT)


@blueprint.get("/evidence")
def show(audit_id: int) -> ResponseReturnValue:
    head = audit_head(session(), actor(), audit_id)
    kept = sheets_of(session(), audit_id)
    asked = whole_number(request.args.get("sheet", ""))
    chosen = next((row for row, _ in kept if row.id == asked), kept[0][0] if kept else None)
    now = sheet_now(session(), head.audit) if chosen and _compares(head) else None
    quality, indicators = changed_since(chosen, now) if chosen and now else ({}, {})
    _note_look(head)
    return render_template(
        "audits/evidence.html",
        frame=parts.of_audit(head, "evidence"),
        chosen=chosen,
        sheets=[sheet_line(row, name, chosen) for row, name in kept],
        quality=quality_rows(chosen.quality or [], quality) if chosen else [],
        sections=sections(head, chosen, indicators) if chosen else [],
        compared=_compared(now, len(quality) + len(indicators)),
        may_compute=head.is_lead and head.audit.step in COMPUTED_IN,
        may_compare=chosen is not None and head.fault is None,
        window=parts.window(head.audit),
    )


def _compares(head: AuditHead) -> bool:
    return request.args.get("now") == "1" and head.fault is None


def _compared(now: Sheet | None, changed: int) -> str | None:
    if now is None:
        return None
    if changed:
        return gettext("Counted again just now: what would be another number today is marked.")
    return gettext("Counted again just now: every number is the same.")


def _note_look(head: AuditHead) -> None:
    """Whole numbers of an office are looked at: the trail says by whom."""
    who, audit_id = actor(), head.id
    afterwards(lambda own: write_trail(own, who, "audit_evidence_seen", detail={"audit": audit_id}))


@blueprint.post("/evidence")
def compute(audit_id: int) -> ResponseReturnValue:
    compute_evidence(session(), actor(), audit_id)
    flash(gettext("The evidence sheet is computed."), "done")
    return redirect(url_for("audit_evidence.show", audit_id=audit_id), 303)
