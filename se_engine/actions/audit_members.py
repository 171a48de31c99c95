"""Who takes part in an audit: named and taken out by its lead, and never left without one."""

from sqlalchemy.orm import Session

from se_engine.actions.trail import write_trail
from se_engine.clock import now
from se_engine.queries.access_audits import access_as, members_of
from se_engine.records.audits import Audit, AuditMember
from se_engine.records.people import User
from se_engine.rules.audits import PARTS
from se_engine.rules.errors import NotFound, Refused
from se_engine.rules.roles import Actor, Role
from se_engine.rules.vocabulary import check_code

LEAD, SECOND, CONTACT = "lead", "second", "contact"
CONTACTS = (Role.SUPERVISOR, Role.MANAGER, Role.JOB_SPECIALIST)


def add_member(session: Session, actor: Actor, audit_id: int, *, user_id: int, part: str) -> AuditMember:
    """One more who takes part. A new lead takes over from the one before, who stays as second auditor."""
    audit = _running(session, actor, audit_id)
    check_code("part", part, PARTS)
    _check_account(session, audit, user_id, part)
    there = members_of(session, audit.id)
    if part == LEAD:
        for before in [one for one in there if one.part == LEAD and one.user_id != user_id]:
            _take_out(session, actor, before)
            _put_in(session, actor, audit, before.user_id, SECOND)
    for same in [one for one in there if one.user_id == user_id]:
        if same.part == part:
            raise Refused("is_member_already")
        if same.part == LEAD:
            raise Refused("lead_needed")
        _take_out(session, actor, same)
    return _put_in(session, actor, audit, user_id, part)


def remove_member(session: Session, actor: Actor, audit_id: int, member_id: int) -> Audit:
    audit = _running(session, actor, audit_id)
    member = next((one for one in members_of(session, audit.id) if one.id == member_id), None)
    if member is None:
        raise NotFound()
    if member.part == LEAD:
        raise Refused("lead_needed")
    _take_out(session, actor, member)
    return audit


def _running(session: Session, actor: Actor, audit_id: int) -> Audit:
    audit = access_as(session, actor, audit_id, LEAD, lock=True)
    if audit.ended_on is not None:
        raise Refused("audit_has_ended", day=audit.ended_on.isoformat())
    return audit


def _check_account(session: Session, audit: Audit, user_id: int, part: str) -> None:
    """Auditors audit; the contact works at the unit."""
    user = session.get(User, user_id)
    if user is None or not user.active:
        raise NotFound()
    if part == CONTACT:
        if user.role_of not in CONTACTS or user.office_id != audit.office_id:
            raise Refused("contact_is_of_the_unit")
    elif user.role_of is not Role.AUDITOR:
        raise Refused("only_auditors_audit")


def _put_in(session: Session, actor: Actor, audit: Audit, user_id: int, part: str) -> AuditMember:
    member = AuditMember(audit_id=audit.id, user_id=user_id, part=part, added_by=actor.user_id, added_at=now(session))
    session.add(member)
    session.flush()
    detail: dict[str, str | int | None] = {"audit": audit.id, "user": user_id, "part": part}
    write_trail(session, actor, "audit_member_added", detail=detail)
    return member


def _take_out(session: Session, actor: Actor, member: AuditMember) -> None:
    member.removed_by, member.removed_at = actor.user_id, now(session)
    session.flush()
    detail: dict[str, str | int | None] = {"audit": member.audit_id, "user": member.user_id, "part": member.part}
    write_trail(session, actor, "audit_member_removed", detail=detail)
