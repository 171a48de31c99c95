"""The doors to an audit: for its members and, on the unit's side, for those who lead the unit.

An auditor's door to a case leads through the sample of an audit of hers that stands at reading, and nowhere else.
"""

from sqlalchemy import ColumnElement, and_, exists, false, select, true
from sqlalchemy.orm import Session, aliased, joinedload

from se_engine.records.audits import Audit, AuditCase, AuditMember
from se_engine.records.cases import Case
from se_engine.rules.audits import RATERS, READING
from se_engine.rules.errors import NotFound, NotPermitted
from se_engine.rules.roles import Actor, Role


def audits_in_scope(actor: Actor) -> ColumnElement[bool]:
    """The audits this person may open, as a condition on Audit."""
    if actor.role is Role.OPERATOR:
        return true()
    member = exists().where(
        AuditMember.audit_id == Audit.id, AuditMember.user_id == actor.user_id, AuditMember.removed_at.is_(None)
    )
    if actor.role is Role.AUDITOR:
        return member
    if actor.role is Role.SUPERVISOR:
        return Audit.office_id == actor.office_id
    if actor.role in (Role.JOB_SPECIALIST, Role.MANAGER):
        return and_(Audit.office_id == actor.office_id, member)
    return false()


def access_audit(session: Session, actor: Actor, audit_id: int, *, lock: bool = False) -> Audit:
    """The audit; NotFound when there is none for this person. `lock` holds it until the transaction ends."""
    wanted = select(Audit).where(Audit.id == audit_id, audits_in_scope(actor))
    if lock:
        wanted = wanted.with_for_update(of=Audit).execution_options(populate_existing=True)
    audit = session.scalar(wanted)
    if audit is None:
        raise NotFound()
    return audit


def members_of(session: Session, audit_id: int) -> list[AuditMember]:
    """Who takes part now, the lead first."""
    there = select(AuditMember).where(AuditMember.audit_id == audit_id, AuditMember.removed_at.is_(None))
    order = {"lead": 0, "second": 1, "observer": 2, "contact": 3}
    return sorted(session.scalars(there), key=lambda one: (order[one.part], one.id))


def part_of(session: Session, actor: Actor, audit_id: int) -> str | None:
    """Her part in the audit; the operator acts as its lead."""
    if actor.role is Role.OPERATOR:
        return "lead"
    return next((one.part for one in members_of(session, audit_id) if one.user_id == actor.user_id), None)


def access_as(session: Session, actor: Actor, audit_id: int, *parts: str, lock: bool = False) -> Audit:
    """The audit, for those with one of these parts in it; NotPermitted for others who may open it."""
    audit = access_audit(session, actor, audit_id, lock=lock)
    if part_of(session, actor, audit_id) not in parts:
        raise NotPermitted("not_your_part")
    return audit


def access_as_unit(session: Session, actor: Actor, audit_id: int, *, lock: bool = False) -> Audit:
    """The audit, for the contact at the unit and the unit's supervisors: what the unit itself writes."""
    audit = access_audit(session, actor, audit_id, lock=lock)
    leads = actor.role in (Role.SUPERVISOR, Role.OPERATOR)
    if not leads and part_of(session, actor, audit_id) != "contact":
        raise NotPermitted("not_your_part")
    return audit


def access_audit_case(session: Session, actor: Actor, audit_id: int, number: int) -> tuple[Audit, AuditCase, Case]:
    """A sampled case, for an auditor who rates, while the audit stands at reading.

    NotFound for everything else: outside the sample, replaced, before the visit or after the report, protected.
    """
    audit = access_audit(session, actor, audit_id)
    reads = part_of(session, actor, audit_id) in RATERS and actor.role in (Role.AUDITOR, Role.OPERATOR)
    if not reads or audit.step not in READING:
        raise NotFound()
    chosen = sampled_case(session, audit, number)
    case = session.scalar(
        select(Case)
        .options(joinedload(Case.participant, innerjoin=True))
        .where(Case.id == chosen.case_id, Case.office_id == audit.office_id, ~Case.protected)
        .execution_options(populate_existing=True)
    )
    if case is None:
        raise NotFound()
    return audit, chosen, case


def sampled_case(session: Session, audit: Audit, number: int) -> AuditCase:
    """By the number it has in an audit that was opened before: nothing of the case itself."""
    chosen = session.scalar(select(AuditCase).where(AuditCase.audit_id == audit.id, AuditCase.number == number))
    if chosen is None or _is_replaced(session, chosen) or _is_taken_out(session, chosen):
        raise NotFound()
    return chosen


def case_of(session: Session, case_id: int) -> Case:
    """A case of the frame of an audit that was opened before, with its participant: for words that are about her."""
    return session.scalars(
        select(Case).options(joinedload(Case.participant, innerjoin=True)).where(Case.id == case_id)
    ).one()


def _is_replaced(session: Session, chosen: AuditCase) -> bool:
    later = aliased(AuditCase)
    return session.scalar(select(later.id).where(later.replaces_id == chosen.id)) is not None


def _is_taken_out(session: Session, chosen: AuditCase) -> bool:
    """Whether it only marks that the case it stands for is read by nobody, with none in its place."""
    if chosen.replaces_id is None:
        return False
    return session.scalar(select(AuditCase.case_id).where(AuditCase.id == chosen.replaces_id)) == chosen.case_id
