"""The action plan of an audit: its lines, and what becomes of each. Nothing of it is changed or taken away."""

from datetime import date

from sqlalchemy.orm import Session

from se_engine.actions.audit_words import check_audit_words
from se_engine.actions.trail import write_trail
from se_engine.clock import now, today
from se_engine.queries.access_audits import access_audit, part_of
from se_engine.queries.audit_plans import PLANNED_IN, PlanLine, access_action, access_own_action, possible_owners
from se_engine.queries.audit_results import framework_of
from se_engine.records.audit_results import AuditAction, AuditActionEvent
from se_engine.records.audits import Audit
from se_engine.rules.audit_results import ACTION_EVENTS, BEGUN, GIVEN_UP, MOVED, REOPENED
from se_engine.rules.audits import RATERS
from se_engine.rules.errors import NotPermitted, Refused
from se_engine.rules.roles import Actor, Role
from se_engine.rules.vocabulary import check_code

LONGEST = 2_000


def add_action(
    session: Session,
    actor: Actor,
    audit_id: int,
    *,
    item: str,
    words: str,
    owner_id: int,
    due_on: date,
    expected_level: int | None = None,
    evidence: str = "",
    evidence_words: str = "",
) -> AuditAction:
    """One line: what is done about an item, by whom, until when, and the evidence that will show it."""
    audit = _access(session, actor, audit_id)
    _check_item(audit, item, expected_level, evidence)
    _check_owner(session, audit, owner_id)
    if due_on < today(session):
        raise Refused("due_day_gone", day=due_on.isoformat())
    if not words.strip():
        raise Refused("action_words_needed", field="words")
    if not (evidence or evidence_words.strip()):
        raise Refused("evidence_of_action_needed", field="evidence_words")
    _check_words(session, audit, words=words, evidence_words=evidence_words)
    action = AuditAction(
        audit_id=audit.id,
        item=item,
        words=words.strip(),
        owner_id=owner_id,
        due_on=due_on,
        expected_level=expected_level,
        evidence=evidence or None,
        evidence_words=evidence_words.strip() or None,
        recorded_by=actor.user_id,
        recorded_at=now(session),
    )
    session.add(action)
    session.flush()
    write_trail(session, actor, "audit_action_planned", detail={"audit": audit.id, "action": action.id})
    return action


def record_event(
    session: Session,
    actor: Actor,
    audit_id: int,
    action_id: int,
    *,
    what: str,
    happened_on: date,
    due_on: date | None = None,
    words: str = "",
) -> AuditActionEvent:
    """Begun, done, moved to another day, given up or taken up again; with a reason where less becomes of it."""
    audit = _access(session, actor, audit_id)
    _, line = access_action(session, actor, audit.id, action_id)
    return _record(session, actor, audit, line, what=what, happened_on=happened_on, due_on=due_on, words=words)


def record_own_event(
    session: Session,
    actor: Actor,
    action_id: int,
    *,
    what: str,
    happened_on: date,
    due_on: date | None = None,
    words: str = "",
) -> AuditActionEvent:
    """The same by whoever is responsible for the line, also when she takes no part in the audit."""
    audit, line = access_own_action(session, actor, action_id)
    return _record(session, actor, audit, line, what=what, happened_on=happened_on, due_on=due_on, words=words)


def _record(
    session: Session,
    actor: Actor,
    audit: Audit,
    line: PlanLine,
    *,
    what: str,
    happened_on: date,
    due_on: date | None,
    words: str,
) -> AuditActionEvent:
    check_code("what", what, ACTION_EVENTS)
    _check_event(session, line, what, happened_on, due_on, words)
    _check_words(session, audit, words=words)
    event = AuditActionEvent(
        action_id=line.action.id,
        what=what,
        happened_on=happened_on,
        due_on=due_on if what == MOVED else None,
        words=words.strip() or None,
        recorded_by=actor.user_id,
        recorded_at=now(session),
    )
    session.add(event)
    session.flush()
    told: dict[str, str | int | None] = {"audit": audit.id, "action": line.action.id, "event": what}
    write_trail(session, actor, "audit_action_followed", happened_on=happened_on, detail=told)
    return event


def may_plan(session: Session, actor: Actor, audit: Audit) -> bool:
    """The auditors who rate, the contact at the unit and who leads it, while the plan is made and followed."""
    leads = actor.role in (Role.SUPERVISOR, Role.OPERATOR)
    return audit.step in PLANNED_IN and (leads or part_of(session, actor, audit.id) in (*RATERS, "contact"))


def _access(session: Session, actor: Actor, audit_id: int) -> Audit:
    audit = access_audit(session, actor, audit_id, lock=True)
    if audit.step not in PLANNED_IN:
        raise Refused("not_in_audit_step")
    if not may_plan(session, actor, audit):
        raise NotPermitted("not_your_part")
    return audit


def _check_item(audit: Audit, item: str, expected_level: int | None, evidence: str) -> None:
    framework = framework_of(audit)
    if item not in framework.rateable_by_key:
        raise Refused("no_such_audit_item", item=item)
    scale = framework.scale
    if expected_level is not None and not scale.lowest <= expected_level <= scale.highest:
        raise Refused("rating_out_of_scale", lowest=scale.lowest, highest=scale.highest)
    if evidence and evidence not in {measure.key for measure in framework.measures}:
        raise Refused("no_such_audit_item", item=evidence)


def _check_owner(session: Session, audit: Audit, owner_id: int) -> None:
    if owner_id not in {one.id for one in possible_owners(session, audit)}:
        raise Refused("owner_not_at_unit", field="owner")


def _check_event(
    session: Session, line: PlanLine, what: str, happened_on: date, due_on: date | None, words: str
) -> None:
    if happened_on > today(session):
        raise Refused("in_the_future", day=happened_on.isoformat(), today=today(session).isoformat())
    if what == REOPENED and not line.settled:
        raise Refused("action_not_settled")
    if what != REOPENED and line.settled:
        raise Refused("action_settled", state=line.state)
    if what == BEGUN and line.state == BEGUN:
        raise Refused("action_begun")
    if what in (MOVED, GIVEN_UP, REOPENED) and not words.strip():
        raise Refused("reason_needed")
    if what == MOVED and due_on is None:
        raise Refused("new_day_needed", field="due_on")


def _check_words(session: Session, audit: Audit, *, words: str, evidence_words: str = "") -> None:
    """A plan is about how the unit works, and names no participant."""
    if max(len(words), len(evidence_words)) > LONGEST:
        raise Refused("text_too_long", longest=LONGEST)
    check_audit_words(session, audit, words=words, evidence_words=evidence_words)
