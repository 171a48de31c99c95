"""What the guards may know of one audit: its step, and what holds in it by now."""

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from se_engine import processes
from se_engine.clock import today
from se_engine.queries.access_audits import members_of
from se_engine.queries.audit_agreement import open_consensus
from se_engine.queries.audit_comments import is_said_done, unanswered
from se_engine.queries.audit_missing import open_missing
from se_engine.queries.audit_plans import action_plan_made, actions_settled
from se_engine.queries.audit_ratings import locked
from se_engine.queries.audit_reports import draft_made, report_signed
from se_engine.records.audit_ratings import AuditAppointment
from se_engine.records.audits import Audit, AuditCase, AuditEvent, AuditEvidence
from se_engine.rules.audit_charter import is_complete
from se_engine.rules.facts import CaseFacts
from se_engine.rules.process import Process

Holds = Callable[[Session, Audit], bool]


def process_of_audit(audit: Audit) -> Process:
    return processes.get(audit.process_name, audit.process_version)


def audit_facts(session: Session, audit: Audit) -> CaseFacts:
    """The audit as the guards see it. Only what a move from its step may ask for is looked up."""
    asked = _asked(process_of_audit(audit), audit.step)
    return CaseFacts(
        step=audit.step,
        today=today(session),
        opened_on=audit.opened_on,
        entered_on=audit.entered_on,
        holds=frozenset(guard for guard in asked if HOLDS[guard](session, audit)),
    )


def _asked(process: Process, step: str) -> set[str]:
    """The guards of the moves from here, and of the ordinary moves to where those lead: an exception keeps them."""
    targets = {move.to for move in process.moves_from(step)}
    moves = [move for move in process.moves if move.to in targets]
    return {requirement.guard for move in moves for requirement in move.requires if requirement.guard}


def entered_at(session: Session, audit: Audit, step: str) -> datetime | None:
    """When the audit came to a step the last time: what was made before that is of an earlier round."""
    newest = select(AuditEvent.recorded_at).where(AuditEvent.audit_id == audit.id, AuditEvent.step == step)
    return session.scalar(newest.order_by(AuditEvent.id.desc()).limit(1))


def _there(session: Session, *conditions: ColumnElement[bool]) -> bool:
    return bool(session.scalar(select(exists().where(*conditions))))


def charter_complete(session: Session, audit: Audit) -> bool:
    return is_complete(
        legal_basis=audit.legal_basis, legal_words=audit.legal_words, told_how=audit.told_how,
        told_words=audit.told_words,
    )  # fmt: skip


def auditors_named(session: Session, audit: Audit) -> bool:
    """A lead, and in a formal audit somebody who rates beside her."""
    parts = {member.part for member in members_of(session, audit.id)}
    return "lead" in parts and (audit.kind != "formal" or "second" in parts)


def contact_named(session: Session, audit: Audit) -> bool:
    return any(member.part == "contact" for member in members_of(session, audit.id))


def self_assessment_locked(session: Session, audit: Audit) -> bool:
    return locked(session, audit, "self")


def evidence_computed(session: Session, audit: Audit) -> bool:
    """Since the charter was last changed: a window or framework of before is no evidence."""
    since = entered_at(session, audit, "charter")
    made = [AuditEvidence.audit_id == audit.id]
    return _there(session, *made, *([AuditEvidence.recorded_at >= since] if since else []))


def sample_drawn(session: Session, audit: Audit) -> bool:
    return _there(session, AuditCase.audit_id == audit.id)


def visit_planned(session: Session, audit: Audit) -> bool:
    planned = (AuditAppointment.audit_id == audit.id, AuditAppointment.status != "cancelled")
    return audit.visit_on is not None and _there(session, *planned)


def missing_settled(session: Session, audit: Audit) -> bool:
    return not open_missing(session, audit)


def oral_feedback_given(session: Session, audit: Audit) -> bool:
    given = (AuditAppointment.what == "oral_feedback", AuditAppointment.status == "held")
    return _there(session, AuditAppointment.audit_id == audit.id, *given)


def ratings_locked(session: Session, audit: Audit) -> bool:
    """Everybody who rates has locked her own."""
    return locked(session, audit, "own")


def consensus_reached(session: Session, audit: Audit) -> bool:
    return not open_consensus(session, audit)


def factual_check_over(session: Session, audit: Audit) -> bool:
    """The unit has said that it is done, or its days are over."""
    passed = audit.factual_due_on is not None and today(session) > audit.factual_due_on
    return passed or is_said_done(session, audit.id, entered_at(session, audit, "factual_check"))


def comments_answered(session: Session, audit: Audit) -> bool:
    return not unanswered(session, audit.id)


HOLDS: Mapping[str, Holds] = {
    "charter_complete": charter_complete,
    "auditors_named": auditors_named,
    "contact_named": contact_named,
    "self_assessment_locked": self_assessment_locked,
    "evidence_computed": evidence_computed,
    "sample_drawn": sample_drawn,
    "visit_planned": visit_planned,
    "missing_settled": missing_settled,
    "oral_feedback_given": oral_feedback_given,
    "ratings_locked": ratings_locked,
    "consensus_reached": consensus_reached,
    "draft_made": draft_made,
    "factual_check_over": factual_check_over,
    "comments_answered": comments_answered,
    "report_signed": report_signed,
    "action_plan_made": action_plan_made,
    "actions_settled": actions_settled,
}
"""Each guard with the one question behind it."""
