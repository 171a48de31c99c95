"""What may be chosen in an audit: the offices, the frameworks that can be rated, and who may take part."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from se_engine import frameworks
from se_engine.queries.access_audits import members_of
from se_engine.records.audits import Audit
from se_engine.records.offices import Office
from se_engine.records.people import User
from se_engine.rules.errors import InvalidDefinition, NotPermitted
from se_engine.rules.framework import Framework
from se_engine.rules.roles import Actor, Role


def may_open(actor: Actor) -> bool:
    return actor.role in (Role.AUDITOR, Role.OPERATOR)


def offices_to_audit(session: Session, actor: Actor) -> list[tuple[int, str]]:
    if not may_open(actor):
        raise NotPermitted("auditors_open_audits")
    return [(row.id, row.name) for row in session.execute(select(Office.id, Office.name).order_by(Office.name))]


def rateable_frameworks() -> list[Framework]:
    """The newest of each that has something to rate; a file with faults is passed over."""
    found = []
    for name in frameworks.names():
        try:
            framework = frameworks.latest(name)
        except InvalidDefinition:
            continue
        if not framework.is_structure_only and framework.rateable:
            found.append(framework)
    return found


def candidates(session: Session, audit: Audit) -> list[tuple[int, str, str]]:
    """Number, name and role of auditors, and of the unit's accounts for its contact; those who take part come last."""
    roles = (Role.SUPERVISOR.value, Role.MANAGER.value, Role.JOB_SPECIALIST.value)
    of_unit = (User.office_id == audit.office_id) & User.role.in_(roles)
    found = session.scalars(
        select(User).where(User.active, or_(User.role == Role.AUDITOR.value, of_unit)).order_by(User.name, User.id)
    )
    there = {member.user_id for member in members_of(session, audit.id)}
    return [(user.id, user.name, user.role) for user in sorted(found, key=lambda user: user.id in there)]
