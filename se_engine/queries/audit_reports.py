"""The reports of an audit: drafts and finals as they were made, who has signed, and whether that is enough."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from se_engine.queries.access_audits import access_audit, members_of, part_of
from se_engine.queries.audit_results import BEFORE_THE_DRAFT
from se_engine.records.audit_results import AuditReport, AuditSignature
from se_engine.records.audits import Audit, AuditEvent
from se_engine.records.people import User
from se_engine.rules.audits import RATERS
from se_engine.rules.errors import NotFound
from se_engine.rules.roles import Actor, Role

DRAFT, FINAL = "draft", "final"
MADE_IN: Mapping[str, tuple[str, ...]] = {DRAFT: ("agreement", "factual_check"), FINAL: ("report",)}
"""The steps of the audit in which each is made."""


@dataclass(frozen=True)
class Signed:
    user_id: int
    name: str
    signed_at: datetime


@dataclass(frozen=True)
class ReportLine:
    report: AuditReport
    made_by: str
    signed: tuple[Signed, ...]
    wanting: tuple[str, ...]
    """Names of the auditors who have not signed it; empty for a draft."""


def reports_for(session: Session, actor: Actor, audit_id: int) -> tuple[Audit, list[ReportLine]]:
    """The newest first. The unit sees none before the draft is sent."""
    audit = access_audit(session, actor, audit_id)
    if not _may_read(actor, audit):
        return audit, []
    rows = select(AuditReport).where(AuditReport.audit_id == audit.id).order_by(AuditReport.id.desc())
    return audit, [_line(session, one) for one in session.scalars(rows)]


def access_report(session: Session, actor: Actor, audit_id: int, report_id: int) -> tuple[Audit, AuditReport]:
    """One report of an audit; NotFound for others, and for the unit before the draft is sent."""
    audit = access_audit(session, actor, audit_id)
    report = session.get(AuditReport, report_id)
    if report is None or report.audit_id != audit.id or not _may_read(actor, audit):
        raise NotFound()
    return audit, report


def report_line(session: Session, report: AuditReport) -> ReportLine:
    return _line(session, report)


def may_make(session: Session, actor: Actor, audit: Audit, kind: str) -> bool:
    return audit.step in MADE_IN[kind] and part_of(session, actor, audit.id) in RATERS


def draft_made(session: Session, audit: Audit) -> bool:
    """A draft of what was agreed last: one from before the consensus was taken up again does not count."""
    return newest_report(session, audit, DRAFT) is not None


def report_signed(session: Session, audit: Audit) -> bool:
    """The newest final report is signed by every auditor who rates."""
    final = newest_report(session, audit, FINAL)
    return final is not None and not _wanting(session, final)


def newest_report(session: Session, audit: Audit, kind: str) -> AuditReport | None:
    """The newest of a kind that was made since the ratings were last open."""
    rows = select(AuditReport).where(AuditReport.audit_id == audit.id, AuditReport.kind == kind)
    since = session.scalar(
        select(func.max(AuditEvent.recorded_at)).where(
            AuditEvent.audit_id == audit.id, AuditEvent.step == MADE_IN[kind][0]
        )
    )
    if since is not None:
        rows = rows.where(AuditReport.recorded_at >= since)
    return session.scalar(rows.order_by(AuditReport.id.desc()).limit(1))


def handed_over(session: Session, audit_id: int) -> AuditEvent | None:
    """When the signed report was handed over."""
    rows = select(AuditEvent).where(AuditEvent.audit_id == audit_id, AuditEvent.trigger == "hand_over_report")
    return session.scalar(rows.order_by(AuditEvent.id.desc()).limit(1))


def _may_read(actor: Actor, audit: Audit) -> bool:
    return actor.role in (Role.AUDITOR, Role.OPERATOR) or audit.step not in BEFORE_THE_DRAFT


def _line(session: Session, report: AuditReport) -> ReportLine:
    made_by = session.scalar(select(User.name).where(User.id == report.recorded_by)) or ""
    rows = session.execute(
        select(AuditSignature.user_id, User.name, AuditSignature.signed_at)
        .join(User, User.id == AuditSignature.user_id)
        .where(AuditSignature.report_id == report.id)
        .order_by(AuditSignature.id)
    )
    signed = tuple(Signed(*row) for row in rows)
    return ReportLine(report, made_by, signed, _wanting(session, report) if report.kind == FINAL else ())


def _wanting(session: Session, report: AuditReport) -> tuple[str, ...]:
    """Auditors who rate and have not signed these very bytes."""
    signed = set(
        session.scalars(
            select(AuditSignature.user_id).where(
                AuditSignature.report_id == report.id, AuditSignature.digest == report.digest
            )
        )
    )
    raters = [one.user_id for one in members_of(session, report.audit_id) if one.part in RATERS]
    missing = [user for user in raters if user not in signed]
    return tuple(session.scalars(select(User.name).where(User.id.in_(missing)).order_by(User.name))) if missing else ()
