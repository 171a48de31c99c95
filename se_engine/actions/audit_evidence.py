"""Computing the evidence sheet of an audit: frozen as it was counted, beside every one before."""

from sqlalchemy.orm import Session

from se_engine.actions.trail import write_trail
from se_engine.clock import now, today
from se_engine.queries.access_audits import access_as
from se_engine.queries.audit_evidence import sheet_now
from se_engine.records.audits import AuditEvidence
from se_engine.records.base import write_row
from se_engine.rules.errors import Refused
from se_engine.rules.roles import Actor

COMPUTED_IN = ("evidence", "sample", "on_site", "rating")
"""Until the ratings are compared: what was entered late is counted, what was rated is not moved under the raters."""


def compute_evidence(session: Session, actor: Actor, audit_id: int) -> int:
    """The number of the new sheet; the lead's to compute, once the window is over."""
    audit = access_as(session, actor, audit_id, "lead", lock=True)
    if audit.step not in COMPUTED_IN:
        raise Refused("evidence_not_now")
    if audit.until_on >= today(session):
        raise Refused("window_not_over", day=audit.until_on.isoformat())
    sheet = sheet_now(session, audit)
    number = write_row(
        session, AuditEvidence, audit_id=audit.id, quality=sheet.quality, indicators=sheet.indicators,
        digest=sheet.digest, recorded_by=actor.user_id, recorded_at=now(session),
    )  # fmt: skip
    write_trail(session, actor, "audit_evidence_computed", detail={"audit": audit.id, "sheet": number})
    return number
