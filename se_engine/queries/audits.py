"""Audits as pages show them: the list, the head that every page has, and the overview with the way on."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine import frameworks
from se_engine.clock import today
from se_engine.queries.access_audits import access_audit, audits_in_scope, members_of
from se_engine.queries.audit_facts import audit_facts, process_of_audit
from se_engine.queries.audit_plans import PLANNED_IN, plan_of
from se_engine.queries.standing import Stand
from se_engine.records.audits import Audit, AuditEvent, AuditMember
from se_engine.records.offices import Office
from se_engine.records.people import User
from se_engine.rules.audits import deadlines
from se_engine.rules.errors import InvalidDefinition, Refused
from se_engine.rules.framework import Framework
from se_engine.rules.process import Move, Option, Process
from se_engine.rules.roles import Actor, Role


@dataclass(frozen=True)
class Member:
    row: AuditMember
    name: str
    role: str


@dataclass(frozen=True)
class AuditHead:
    """An audit with its office, its framework and who asks: what every page of it needs."""

    audit: Audit
    office: str
    process: Process
    framework: Framework | None
    """None where the file of it is gone or cannot be read."""
    fault: Refused | None
    """Set where the framework is another than the audit was begun with: nothing goes on until it is put right."""
    members: tuple[Member, ...]
    actor: Actor
    today: date

    @property
    def id(self) -> int:
        return self.audit.id

    @property
    def part(self) -> str | None:
        if self.actor.role is Role.OPERATOR:
            return "lead"
        return next((one.row.part for one in self.members if one.row.user_id == self.actor.user_id), None)

    @property
    def is_unit(self) -> bool:
        return self.actor.role is Role.SUPERVISOR or self.part == "contact"

    @property
    def is_lead(self) -> bool:
        return self.part == "lead"

    @property
    def ended(self) -> bool:
        return self.audit.ended_on is not None


@dataclass(frozen=True)
class Deadline:
    step: str
    due_on: date
    late: bool
    """Past, and the audit has not come beyond this step."""
    done: bool


@dataclass(frozen=True)
class AuditPage:
    """The overview."""

    head: AuditHead
    stands: tuple[Stand, ...]
    options: tuple[Option, ...]
    """Every move from here that this reader may take."""
    others_next: Option | None
    """The ordinary way on, where it is for others to take."""
    deadlines: tuple[Deadline, ...]
    events: tuple[tuple[AuditEvent, str | None], ...]
    """Newest first, each with who recorded it."""
    previous: Audit | None
    later: Audit | None


@dataclass(frozen=True)
class AuditLine:
    """One audit of a list, and what its next step lacks."""

    head: AuditHead
    next: Option | None
    late: tuple[Deadline, ...]
    late_actions: int
    """Lines of its action plan whose day has passed."""


def has_audits(session: Session, actor: Actor) -> bool:
    """Whether there is any audit this person may open."""
    return session.scalar(select(Audit.id).where(audits_in_scope(actor)).limit(1)) is not None


def audits_of(session: Session, actor: Actor) -> list[AuditLine]:
    """Those this person may open: running ones first, the one that has stood longest at the top."""
    found = session.scalars(select(Audit).where(audits_in_scope(actor)).order_by(Audit.entered_on, Audit.id)).all()
    running = [audit for audit in found if audit.ended_on is None]
    ended = sorted((audit for audit in found if audit.ended_on is not None), key=lambda one: str(one.ended_on))
    return [_line(session, actor, audit) for audit in (*running, *reversed(ended))]


def audit_head(session: Session, actor: Actor, audit_id: int) -> AuditHead:
    return _head(session, actor, access_audit(session, actor, audit_id))


def audit_page(session: Session, actor: Actor, audit_id: int) -> AuditPage:
    head = audit_head(session, actor, audit_id)
    options = _options(session, head)
    events = _events(session, audit_id)
    permitted = tuple(option for option in options if may_move(head, option.move))
    ordinary = next((option for option in options if option.move.kind in ("forward", "end")), None)
    seen = select(Audit).where(audits_in_scope(actor))
    return AuditPage(
        head=head,
        stands=stands_of(head, [event for event, _ in events]),
        options=permitted,
        others_next=None if ordinary in permitted else ordinary,
        deadlines=deadlines_of(head),
        events=events,
        previous=session.scalar(seen.where(Audit.id == head.audit.previous_id)),
        later=session.scalar(seen.where(Audit.previous_id == head.id).order_by(Audit.id).limit(1)),
    )


def may_move(head: AuditHead, move: Move) -> bool:
    """As actions/audits.py decides it."""
    if head.actor.role is Role.OPERATOR:
        return True
    if head.is_unit:
        return Role.SUPERVISOR in move.roles
    return head.is_lead and Role.AUDITOR in move.roles


def deadlines_of(head: AuditHead) -> tuple[Deadline, ...]:
    """The days by which each step is to be done, once the first day on site is known."""
    audit, order = head.audit, [step.key for step in head.process.steps]
    due = deadlines(audit.visit_on, audit.visit_days) if audit.visit_on else {}
    if audit.factual_due_on:
        due["factual_check"] = audit.factual_due_on
    here = order.index(audit.step)
    return tuple(
        Deadline(step, due[step], late=due[step] < head.today and place >= here, done=place < here)
        for place, step in enumerate(order)
        if step in due
    )


def stands_of(head: AuditHead, events: Sequence[AuditEvent]) -> tuple[Stand, ...]:
    """Each step with how often the audit has stood there, and whether it stands there now."""
    visits = Counter(event.step for event in events)
    order = [step.key for step in head.process.steps]
    furthest = max(order.index(step) for step in visits if not head.process.step_by_key[step].final)
    audit = head.audit
    return tuple(
        Stand(
            step,
            "now" if step.key == audit.step else _state(visits[step.key], place <= furthest or head.ended),
            visits[step.key],
            0,
            audit.entered_on if step.key == audit.step else None,
        )
        for place, step in enumerate(head.process.steps)
    )


def _state(visits: int, passed: bool) -> str:
    if visits:
        return "done"
    return "skipped" if passed else "remaining"


def _options(session: Session, head: AuditHead) -> tuple[Option, ...]:
    return head.process.options(head.audit.step, audit_facts(session, head.audit))


def _line(session: Session, actor: Actor, audit: Audit) -> AuditLine:
    head = _head(session, actor, audit)
    options = _options(session, head) if not head.ended else ()
    ordinary = next((option for option in options if option.move.kind in ("forward", "end")), None)
    late = () if head.ended else tuple(one for one in deadlines_of(head) if one.late)
    plan = plan_of(session, audit.id) if audit.step in PLANNED_IN else ()
    return AuditLine(head, ordinary, late, sum(one.late(head.today) for one in plan))


def _head(session: Session, actor: Actor, audit: Audit) -> AuditHead:
    framework, fault = _framework(audit)
    there = members_of(session, audit.id)
    users = {user.id: user for user in session.scalars(select(User).where(User.id.in_([m.user_id for m in there])))}
    return AuditHead(
        audit=audit,
        office=session.scalar(select(Office.name).where(Office.id == audit.office_id)) or "",
        process=process_of_audit(audit),
        framework=framework,
        fault=fault,
        members=tuple(Member(one, users[one.user_id].name, users[one.user_id].role) for one in there),
        actor=actor,
        today=today(session),
    )


def _framework(audit: Audit) -> tuple[Framework | None, Refused | None]:
    """What is read even where the file has changed since, so that nothing of the audit is out of sight."""
    name, version = audit.framework_name, audit.framework_version
    try:
        return frameworks.pinned(name, version, audit.framework_digest), None
    except Refused as refused:
        fault = refused
    except InvalidDefinition:
        return None, Refused("framework_changed", name=name, version=version)
    try:
        return frameworks.get(name, version), fault
    except (Refused, InvalidDefinition):
        return None, fault


def _events(session: Session, audit_id: int) -> tuple[tuple[AuditEvent, str | None], ...]:
    rows = session.execute(
        select(AuditEvent, User.name)
        .outerjoin(User, User.id == AuditEvent.recorded_by)
        .where(AuditEvent.audit_id == audit_id)
        .order_by(AuditEvent.id.desc())
    )
    return tuple((event, name) for event, name in rows)
