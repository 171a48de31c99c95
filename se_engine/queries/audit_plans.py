"""The action plan of an audit: its lines with what has become of them, for the unit and the auditors."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from se_engine.queries.access_audits import access_audit
from se_engine.records.audit_results import AuditAction, AuditActionEvent
from se_engine.records.audits import Audit
from se_engine.records.people import User
from se_engine.rules.audit_results import MOVED, SETTLED, state_of
from se_engine.rules.errors import NotFound, NotPermitted
from se_engine.rules.roles import Actor, Role

PLANNED_IN = ("report", "action_plan", "follow_up")
"""The steps of an audit in which its plan is made and changed."""
OWNERS = (Role.JOB_SPECIALIST, Role.SUPERVISOR, Role.MANAGER)
"""Who may be responsible for a line: somebody at the unit."""


@dataclass(frozen=True)
class PlanLine:
    """One line of the plan as it stands today."""

    action: AuditAction
    owner: str
    state: str
    due_on: date
    """As it was moved to last."""
    events: tuple[AuditActionEvent, ...]
    who: tuple[str, ...]
    """Who recorded each event."""

    @property
    def settled(self) -> bool:
        return self.state in SETTLED

    def late(self, on: date) -> bool:
        return not self.settled and self.due_on < on


def plan_of(session: Session, audit_id: int) -> list[PlanLine]:
    """Every line, in the order of the days they are due; no check of who asks."""
    rows = session.execute(
        select(AuditAction, User.name)
        .join(User, User.id == AuditAction.owner_id)
        .where(AuditAction.audit_id == audit_id)
        .order_by(AuditAction.id)
    ).all()
    events = _events(session, [action.id for action, _ in rows])
    lines = [_line(action, name, events.get(action.id, ())) for action, name in rows]
    return sorted(lines, key=lambda one: (one.settled, one.due_on, one.action.id))


def plan_for(session: Session, actor: Actor, audit_id: int) -> tuple[Audit, list[PlanLine]]:
    audit = access_audit(session, actor, audit_id)
    return audit, plan_of(session, audit.id)


def access_action(session: Session, actor: Actor, audit_id: int, action_id: int) -> tuple[Audit, PlanLine]:
    audit, lines = plan_for(session, actor, audit_id)
    found = next((one for one in lines if one.action.id == action_id), None)
    if found is None:
        raise NotFound()
    return audit, found


def own_actions(session: Session, actor: Actor) -> list[tuple[Audit, PlanLine]]:
    """Her lines of plans that are still followed, those that are settled last; NotPermitted for who can own none."""
    if actor.role not in OWNERS:
        raise NotPermitted()
    rows = session.execute(
        select(AuditAction, Audit)
        .join(Audit, Audit.id == AuditAction.audit_id)
        .where(AuditAction.owner_id == actor.user_id, Audit.office_id == actor.office_id, Audit.step.in_(PLANNED_IN))
        .order_by(AuditAction.id)
    ).all()
    events = _events(session, [action.id for action, _ in rows])
    lines = [(audit, _line(action, actor.name, events.get(action.id, ()))) for action, audit in rows]
    return sorted(lines, key=lambda one: (one[1].settled, one[1].due_on, one[1].action.id))


def access_own_action(session: Session, actor: Actor, action_id: int) -> tuple[Audit, PlanLine]:
    """A line that she owns, whether or not she takes part in the audit."""
    found = next((one for one in own_actions(session, actor) if one[1].action.id == action_id), None)
    if found is None:
        raise NotFound()
    return found


def action_plan_made(session: Session, audit: Audit) -> bool:
    return bool(session.scalar(select(exists().where(AuditAction.audit_id == audit.id))))


def actions_settled(session: Session, audit: Audit) -> bool:
    """Whether every line is done or given up."""
    return all(one.settled for one in plan_of(session, audit.id))


def possible_owners(session: Session, audit: Audit) -> list[User]:
    """Who works at the unit: somebody there owns what is to be done."""
    there = select(User).where(User.office_id == audit.office_id, User.active, User.role.in_(OWNERS))
    return list(session.scalars(there.order_by(User.name, User.id)))


def due_actions(session: Session, actor: Actor, until: date) -> list[PlanLine]:
    """Her own lines that are not settled and fall due by a day, the earliest first."""
    if actor.user_id is None or actor.role not in OWNERS:
        return []
    return [line for _, line in own_actions(session, actor) if not line.settled and line.due_on <= until]


def _events(session: Session, actions: Sequence[int]) -> dict[int, list[tuple[AuditActionEvent, str]]]:
    found: dict[int, list[tuple[AuditActionEvent, str]]] = {}
    if not actions:
        return found
    rows = session.execute(
        select(AuditActionEvent, User.name)
        .outerjoin(User, User.id == AuditActionEvent.recorded_by)
        .where(AuditActionEvent.action_id.in_(actions))
        .order_by(AuditActionEvent.id)
    )
    for event, name in rows:
        found.setdefault(event.action_id, []).append((event, name or ""))
    return found


def _line(action: AuditAction, owner: str, told: Sequence[tuple[AuditActionEvent, str]]) -> PlanLine:
    events = [event for event, _ in told]
    moved = [event.due_on for event in events if event.what == MOVED and event.due_on]
    return PlanLine(
        action,
        owner,
        state_of([event.what for event in events]),
        moved[-1] if moved else action.due_on,
        tuple(events),
        tuple(name for _, name in told),
    )
