"""An audit as a case: opened with a charter, moved through its own process, refused when its framework changed."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from se_engine import frameworks, processes
from se_engine.actions.audit_rows import keep_window_reason, write_event
from se_engine.actions.audit_words import check_audit_words
from se_engine.actions.trail import write_trail
from se_engine.clock import now, today
from se_engine.queries.access_audits import access_as, access_audit, part_of
from se_engine.queries.audit_charter import earlier_audits, framework_of, has_ratings
from se_engine.queries.audit_facts import audit_facts, process_of_audit
from se_engine.records.audits import Audit, AuditAdaptation, AuditMember
from se_engine.records.base import write_row
from se_engine.records.offices import Office
from se_engine.rules.audit_charter import HOW, Charter, check_visit, check_whole
from se_engine.rules.audits import PROCESS, factual_check_until
from se_engine.rules.errors import NotFound, NotPermitted, Refused, Stale
from se_engine.rules.framework import Framework
from se_engine.rules.process import Move
from se_engine.rules.roles import Actor, Role
from se_engine.rules.vocabulary import check_code

OPENERS = (Role.AUDITOR, Role.OPERATOR)
CHARTER = "charter"
SENDS_DRAFT = "send_draft"
WORDS = ("legal_words", "told_words", "names_words")


def open_audit(
    session: Session, actor: Actor, office_id: int, charter: Charter, *, framework: str, version: int | None = None
) -> Audit:
    """A new audit of an office, led by the auditor who opens it; the framework stands as its file is now."""
    if actor.role not in OPENERS:
        raise NotPermitted("auditors_open_audits")
    if session.get(Office, office_id) is None:
        raise NotFound()
    chosen = _rateable(frameworks.get(framework, version) if version else frameworks.latest(framework))
    on = today(session)
    check_whole(charter, sections=tuple(chosen.section_by_key), on=on)
    _check_previous(session, office_id, charter.previous_id)
    process = processes.latest(PROCESS)
    first = process.first_step.key
    audit = Audit(
        office_id=office_id, **_pin(chosen), **_columns(charter), process_name=process.name,
        process_version=process.version, step=first, opened_on=on, entered_on=on, created_by=actor.user_id,
        created_at=now(session),
    )  # fmt: skip
    _check_words(session, audit, charter)
    session.add(audit)
    session.flush()
    keep_window_reason(session, actor, audit, charter)
    write_event(session, actor, audit.id, trigger=None, from_step=None, step=first, happened_on=on)
    if actor.user_id is not None:
        session.add(
            AuditMember(
                audit_id=audit.id, user_id=actor.user_id, part="lead", added_by=actor.user_id, added_at=now(session)
            )
        )
        session.flush()
    detail: dict[str, str | int | None] = {
        "audit": audit.id,
        "office": office_id,
        "framework": f"{chosen.name}/{chosen.version}",
    }
    write_trail(session, actor, "audit_opened", happened_on=on, detail=detail)
    return audit


def change_charter(
    session: Session,
    actor: Actor,
    audit_id: int,
    charter: Charter,
    *,
    seen_version: int | None,
    framework: str,
    version: int | None = None,
) -> Audit:
    """What the charter says from now on; the lead's to change, and only before it is sent."""
    audit = _seen(session, actor, audit_id, seen_version)
    if audit.step != CHARTER:
        raise Refused("charter_is_sent")
    if framework == audit.framework_name and version in (None, audit.framework_version):
        chosen = framework_of(audit)
    elif has_ratings(session, audit.id):
        raise Refused("framework_is_rated", name=audit.framework_name)
    else:
        chosen = _rateable(frameworks.get(framework, version) if version else frameworks.latest(framework))
    check_whole(charter, sections=tuple(chosen.section_by_key), on=today(session))
    _check_previous(session, audit.office_id, charter.previous_id, but=audit.id)
    _check_words(session, audit, charter)
    wanted = _columns(charter) | _pin(chosen)
    changed = {name: value for name, value in wanted.items() if getattr(audit, name) != value}
    told = {name: _told(name, getattr(audit, name), value) for name, value in changed.items()}
    for name, value in changed.items():
        setattr(audit, name, value)
    session.flush()
    if keep_window_reason(session, actor, audit, charter):
        told["window_words"] = "changed"
    if told:
        write_trail(session, actor, "audit_charter_changed", detail={"audit": audit.id, **told})
    return audit


def set_visit(
    session: Session, actor: Actor, audit_id: int, *, seen_version: int | None, visit_on: date | None, visit_days: int
) -> Audit:
    """The days on site, which every deadline is counted from; they may move until the visit is over."""
    audit = _seen(session, actor, audit_id, seen_version)
    steps = [step.key for step in process_of_audit(audit).steps]
    if steps.index(audit.step) > steps.index("on_site"):
        raise Refused("visit_is_over")
    check_visit(visit_on, visit_days, today(session))
    told = f"{audit.visit_on}>{visit_on}"
    audit.visit_on, audit.visit_days = visit_on, visit_days
    session.flush()
    write_trail(session, actor, "audit_visit_set", detail={"audit": audit.id, "day": told, "days": visit_days})
    return audit


def adapt(session: Session, actor: Actor, audit_id: int, *, item: str, how: str, words: str) -> int:
    """What of the framework fits otherwise here, or not at all: agreed in the charter, with the reason."""
    audit = access_as(session, actor, audit_id, "lead", lock=True)
    if audit.step != CHARTER:
        raise Refused("charter_is_sent")
    check_code("how", how, HOW)
    framework = framework_of(audit)
    known = {*framework.rateable_by_key, *framework.item_by_key}
    if item not in known:
        raise NotFound()
    if not words.strip():
        raise Refused("adaptation_needs_words")
    check_audit_words(session, audit, words=words)
    row = write_row(
        session, AuditAdaptation, audit_id=audit.id, item=item, how=how, words=words.strip(),
        recorded_by=actor.user_id, recorded_at=now(session),
    )  # fmt: skip
    write_trail(session, actor, "audit_adapted", detail={"audit": audit.id, "item": item, "how": how})
    return row


def move_audit(
    session: Session,
    actor: Actor,
    audit_id: int,
    trigger: str,
    *,
    seen_version: int | None,
    happened_on: date | None = None,
    words: str = "",
) -> Audit:
    """Takes a move of the audit's process; NoSuchMove, NotPermitted, Blocked, Stale or Refused as a case's do."""
    audit = access_audit(session, actor, audit_id, lock=True)
    _check_seen(audit, seen_version)
    process, on = process_of_audit(audit), happened_on or today(session)
    mover = mover_role(session, actor, audit, process.move(audit.step, trigger))
    if trigger != "break_off":
        framework_of(audit)
    facts = audit_facts(session, audit)
    move = process.decide(audit.step, trigger, mover, facts)
    _check_move_day(session, audit, on)
    if move.needs_reason and not words.strip():
        raise Refused("reason_needed")
    check_audit_words(session, audit, words=words)
    waived = process.waived(move, facts) if move.kind == "exception" else ()
    _take(session, actor, audit, move, on, words=words.strip(), waived=[reason.code for reason in waived])
    return audit


def mover_role(session: Session, actor: Actor, audit: Audit, move: Move) -> Role:
    """As whom she moves it: the lead as auditor, the contact and the supervisor as the unit; nobody else."""
    part = part_of(session, actor, audit.id)
    unit = part == "contact" or actor.role is Role.SUPERVISOR
    if actor.role is Role.OPERATOR:
        return Role.OPERATOR
    if unit and Role.SUPERVISOR in move.roles:
        return Role.SUPERVISOR
    if part == "lead" and Role.AUDITOR in move.roles:
        return Role.AUDITOR
    raise NotPermitted("not_your_part")


def _take(session: Session, actor: Actor, audit: Audit, move: Move, on: date, *, words: str, waived: list[str]) -> None:
    origin = audit.step
    write_event(
        session, actor, audit.id, trigger=move.trigger, from_step=origin, step=move.to, happened_on=on,
        words=words or None, open_requirements=waived or None,
    )  # fmt: skip
    audit.step, audit.entered_on = move.to, on
    if move.trigger == SENDS_DRAFT:
        # From the day it is recorded: a draft that is sent with an earlier date leaves the unit its ten days.
        audit.factual_due_on = factual_check_until(today(session))
    if process_of_audit(audit).step_by_key[move.to].final:
        audit.ended_on = on
    session.flush()
    detail: dict[str, str | int | None] = {"audit": audit.id, "from": origin, "to": move.to, "trigger": move.trigger}
    write_trail(session, actor, "audit_moved", happened_on=on, detail=detail)


def _seen(session: Session, actor: Actor, audit_id: int, seen_version: int | None) -> Audit:
    audit = access_as(session, actor, audit_id, "lead", lock=True)
    _check_seen(audit, seen_version)
    return audit


def _check_seen(audit: Audit, seen_version: int | None) -> None:
    if seen_version is not None and audit.version != seen_version:
        raise Stale()


def _check_move_day(session: Session, audit: Audit, on: date) -> None:
    if on > today(session):
        raise Refused("in_the_future", day=on.isoformat(), today=today(session).isoformat())
    if on < audit.entered_on:
        raise Refused("before_audit_step", day=on.isoformat(), entered=audit.entered_on.isoformat())


def _rateable(framework: Framework) -> Framework:
    if framework.is_structure_only or not framework.rateable:
        raise Refused("framework_has_nothing_to_rate", name=framework.name)
    return framework


def _check_previous(session: Session, office_id: int, previous_id: int | None, *, but: int | None = None) -> None:
    if previous_id is not None and previous_id not in [one.id for one in earlier_audits(session, office_id, but=but)]:
        raise NotFound()


def _check_words(session: Session, audit: Audit, charter: Charter) -> None:
    check_audit_words(
        session, audit, legal_words=charter.legal_words, told_words=charter.told_words,
        names_words=charter.names_words, window_words=charter.window_words,
    )  # fmt: skip


def _pin(framework: Framework) -> dict[str, Any]:
    return {
        "framework_name": framework.name,
        "framework_version": framework.version,
        "framework_digest": frameworks.checksum(framework.name, framework.version),
    }


def _columns(charter: Charter) -> dict[str, Any]:
    return {
        "kind": charter.kind,
        "from_on": charter.from_on,
        "until_on": charter.until_on,
        "visit_on": charter.visit_on,
        "visit_days": charter.visit_days,
        "scope": list(charter.scope) or None,
        "legal_basis": charter.legal_basis,
        "legal_words": charter.legal_words.strip(),
        "told_how": charter.told_how,
        "told_words": charter.told_words.strip(),
        "names_open": charter.names_open,
        "names_words": charter.names_words.strip() or None,
        "previous_id": charter.previous_id,
    }


def _told(name: str, before: object, after: object) -> str:
    """What the trail keeps of a change: codes and days, and of words only that they were changed."""
    if name in WORDS or name == "framework_digest":
        return "changed"
    return f"{_short(before)}>{_short(after)}"


def _short(value: object) -> str:
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)
