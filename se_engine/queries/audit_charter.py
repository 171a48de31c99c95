"""What stands in an audit's charter beside its own row: adaptations, and the audits it may follow up."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine import frameworks
from se_engine.records.audit_ratings import AuditRating
from se_engine.records.audits import Audit, AuditAdaptation
from se_engine.rules.framework import Framework


def framework_of(audit: Audit) -> Framework:
    """The framework the audit was begun with; Refused when its file is another now."""
    return frameworks.pinned(audit.framework_name, audit.framework_version, audit.framework_digest)


def adaptations_of(session: Session, audit_id: int) -> dict[str, AuditAdaptation]:
    """Item → what stands about it; what was put back to how it is written is left out."""
    rows = select(AuditAdaptation).where(AuditAdaptation.audit_id == audit_id).order_by(AuditAdaptation.id)
    newest = {row.item: row for row in session.scalars(rows)}
    return {item: row for item, row in newest.items() if row.how != "as_written"}


def has_ratings(session: Session, audit_id: int) -> bool:
    """Whether anything has been rated by the framework it stands on."""
    return session.scalar(select(AuditRating.id).where(AuditRating.audit_id == audit_id).limit(1)) is not None


def earlier_audits(session: Session, office_id: int, *, but: int | None = None) -> list[Audit]:
    """The audits of an office that another may follow up, the newest first."""
    found = select(Audit).where(Audit.office_id == office_id).order_by(Audit.opened_on.desc(), Audit.id.desc())
    return [audit for audit in session.scalars(found) if audit.id != but]
