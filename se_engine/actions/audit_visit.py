"""The days on site: appointments, what is missing before leaving, and the talk at the end."""

from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine.actions.audit_words import check_audit_words
from se_engine.actions.trail import write_trail
from se_engine.clock import NORWAY, now, today
from se_engine.queries.access_audits import access_as, members_of, sampled_case
from se_engine.records.audit_ratings import AuditAppointment
from se_engine.records.audits import Audit
from se_engine.rules.audit_notes import (
    CANCELLED,
    HELD,
    ORAL_FEEDBACK,
    PLANNED,
    PLANNED_IN,
    Plan,
    check_held,
    check_plan,
)
from se_engine.rules.audits import RATERS
from se_engine.rules.errors import NotFound, Refused, Stale
from se_engine.rules.roles import Actor


def plan_appointment(
    session: Session,
    actor: Actor,
    audit_id: int,
    plan: Plan,
    *,
    case_number: int | None = None,
    user_id: int | None = None,
) -> AuditAppointment:
    """A new line of the plan; with a sampled case by its number, and the auditor who goes."""
    audit = _open(session, actor, audit_id)
    row = AuditAppointment(
        audit_id=audit.id, status=PLANNED, recorded_by=actor.user_id, recorded_at=now(session),
        **_columns(session, audit, plan, case_number, user_id),
    )  # fmt: skip
    session.add(row)
    session.flush()
    _tell(session, actor, "audit_appointment_planned", row)
    return row


def change_appointment(
    session: Session,
    actor: Actor,
    audit_id: int,
    appointment_id: int,
    plan: Plan,
    *,
    seen_version: int | None,
    case_number: int | None = None,
    user_id: int | None = None,
) -> AuditAppointment:
    audit = _open(session, actor, audit_id)
    row = _planned(session, audit, appointment_id, seen_version)
    for name, value in _columns(session, audit, plan, case_number, user_id).items():
        setattr(row, name, value)
    return _changed(session, actor, row, "audit_appointment_changed")


def cancel_appointment(
    session: Session, actor: Actor, audit_id: int, appointment_id: int, *, seen_version: int | None
) -> AuditAppointment:
    """It does not take place; the line stays, so that the report can say so."""
    audit = _open(session, actor, audit_id)
    row = _planned(session, audit, appointment_id, seen_version)
    row.status = CANCELLED
    return _changed(session, actor, row, "audit_appointment_cancelled")


def hold_appointment(
    session: Session, actor: Actor, audit_id: int, appointment_id: int, *, seen_version: int | None
) -> AuditAppointment:
    """It took place; a participant's only where she had said yes to it."""
    audit = _open(session, actor, audit_id)
    row = _planned(session, audit, appointment_id, seen_version)
    check_held(row.what, row.voluntary)
    if row.on_day > today(session):
        raise Refused("in_the_future", day=row.on_day.isoformat(), today=today(session).isoformat())
    row.status = HELD
    return _changed(session, actor, row, "audit_appointment_held")


def give_oral_feedback(
    session: Session, actor: Actor, audit_id: int, *, held_on: date, words: str = ""
) -> AuditAppointment:
    """The unit has been told what was seen, without scores: the planned talk was held, or one nobody had planned."""
    audit = _open(session, actor, audit_id)
    if audit.step != "on_site":
        raise Refused("not_on_site")
    if held_on > today(session):
        raise Refused("in_the_future", day=held_on.isoformat(), today=today(session).isoformat())
    check_audit_words(session, audit, words=words)
    row = session.scalar(
        select(AuditAppointment)
        .where(AuditAppointment.audit_id == audit.id, AuditAppointment.what == ORAL_FEEDBACK)
        .where(AuditAppointment.status == PLANNED)
        .order_by(AuditAppointment.id)
        .limit(1)
    )
    if row is None:
        moment = now(session).astimezone(NORWAY).time().replace(second=0, microsecond=0)
        row = AuditAppointment(
            audit_id=audit.id, on_day=held_on, starts_at=moment, minutes=30, what=ORAL_FEEDBACK, user_id=actor.user_id,
            recorded_by=actor.user_id, recorded_at=now(session),
        )  # fmt: skip
        session.add(row)
    row.status, row.on_day, row.words = HELD, held_on, words.strip() or row.words
    return _changed(session, actor, row, "audit_oral_feedback_given")


def _open(session: Session, actor: Actor, audit_id: int) -> Audit:
    audit = access_as(session, actor, audit_id, *RATERS, lock=True)
    if audit.step not in PLANNED_IN:
        raise Refused("visit_is_over")
    return audit


def _planned(session: Session, audit: Audit, appointment_id: int, seen_version: int | None) -> AuditAppointment:
    row = session.get(AuditAppointment, appointment_id)
    if row is None or row.audit_id != audit.id:
        raise NotFound()
    if seen_version is not None and row.version != seen_version:
        raise Stale()
    if row.status != PLANNED:
        raise Refused("appointment_is_over")
    return row


def _columns(
    session: Session, audit: Audit, plan: Plan, case_number: int | None, user_id: int | None
) -> dict[str, Any]:
    check_plan(plan)
    check_audit_words(session, audit, words=plan.words)
    if user_id is not None and user_id not in {one.user_id for one in members_of(session, audit.id)}:
        raise Refused("not_in_this_audit")
    chosen = sampled_case(session, audit, case_number) if case_number is not None else None
    told = asdict(plan) | {"words": plan.words.strip() or None, "language": plan.language or None}
    return told | {"audit_case_id": chosen.id if chosen else None, "user_id": user_id}


def _changed(session: Session, actor: Actor, row: AuditAppointment, what: str) -> AuditAppointment:
    row.recorded_by, row.recorded_at = actor.user_id, now(session)
    session.flush()
    _tell(session, actor, what, row)
    return row


def _tell(session: Session, actor: Actor, what: str, row: AuditAppointment) -> None:
    detail: dict[str, str | int | None] = {"audit": row.audit_id, "appointment": row.id, "kind": row.what}
    write_trail(session, actor, what, happened_on=row.on_day, detail=detail)
