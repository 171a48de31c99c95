"""The days on site: the plan day by day, what is still missing, and what was found, in words and without scores."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from se_engine.clock import today
from se_engine.queries.access_audits import access_as, access_audit, members_of, part_of
from se_engine.queries.audit_charter import framework_of
from se_engine.queries.audit_missing import (
    MissingLine,
    caps_in_force,
    handled_caps,
    missing_lines,
    open_missing,
    with_caps_left,
)
from se_engine.queries.audit_notes import NoteLine, notes_page
from se_engine.queries.audit_ratings import measured_of, newest_evidence, newest_ratings, notes_by_key, rateable_of
from se_engine.queries.people import people_of
from se_engine.records.audit_ratings import AuditAppointment, AuditRating
from se_engine.records.audits import Audit, AuditCase
from se_engine.rules.audit_notes import CANCELLED, HELD, ORAL_FEEDBACK, PLANNED_IN
from se_engine.rules.audit_ratings import NOT_RATED
from se_engine.rules.audits import RATERS
from se_engine.rules.errors import NotFound
from se_engine.rules.framework import Cap, Framework, Rateable
from se_engine.rules.roles import Actor


@dataclass(frozen=True)
class PlannedLine:
    appointment: AuditAppointment
    number: int | None
    """Of the sampled case."""
    who: str | None
    """Which auditor."""

    @property
    def id(self) -> int:
        return self.appointment.id


@dataclass(frozen=True)
class VisitPage:
    audit: Audit
    days: Mapping[date, tuple[PlannedLine, ...]]
    """What stands, by day and hour; cancelled lines last."""
    writes: bool
    today: date
    feedback: PlannedLine | None
    """The talk at the end, where it was held."""
    auditors: tuple[tuple[int, str], ...]
    open_points: int
    """Of the missing list, for those who work on it while it is worked on; else nought."""

    def line(self, appointment_id: int) -> PlannedLine:
        for lines in self.days.values():
            for line in lines:
                if line.id == appointment_id:
                    return line
        raise NotFound()


def visit_page(session: Session, actor: Actor, audit_id: int) -> VisitPage:
    """For everybody who takes part, and the unit, which has to make room for it; the raters plan."""
    audit = access_audit(session, actor, audit_id)
    rows = session.scalars(
        select(AuditAppointment)
        .where(AuditAppointment.audit_id == audit.id)
        .order_by(AuditAppointment.on_day, AuditAppointment.starts_at, AuditAppointment.id)
    ).all()
    numbers = {
        row.id: row.number
        for row in session.execute(select(AuditCase.id, AuditCase.number).where(AuditCase.audit_id == audit.id))
    }
    members = [one for one in members_of(session, audit.id) if one.part != "contact"]
    names = people_of(session, {one.user_id for one in members} | {row.user_id for row in rows if row.user_id})
    lines = [PlannedLine(row, numbers.get(row.audit_case_id or 0), names.get(row.user_id or 0)) for row in rows]
    ordered = sorted(lines, key=lambda line: line.appointment.status == CANCELLED)
    days = {
        day: tuple(line for line in ordered if line.appointment.on_day == day)
        for day in sorted({r.on_day for r in rows})
    }
    rates = part_of(session, actor, audit.id) in RATERS
    return VisitPage(
        audit=audit,
        days=dict(sorted(days.items())),
        writes=audit.step in PLANNED_IN and rates,
        today=today(session),
        feedback=next((line for line in lines if _is_held_feedback(line.appointment)), None),
        auditors=tuple((one.user_id, names[one.user_id]) for one in members),
        open_points=len(open_missing(session, audit)) if rates and audit.step == "on_site" else 0,
    )


def _is_held_feedback(row: AuditAppointment) -> bool:
    return row.what == ORAL_FEEDBACK and row.status == HELD


def oral_feedback_given(session: Session, audit: Audit) -> bool:
    held = (AuditAppointment.what == ORAL_FEEDBACK, AuditAppointment.status == HELD)
    return bool(session.scalar(select(exists().where(AuditAppointment.audit_id == audit.id, *held))))


@dataclass(frozen=True)
class MissingPage:
    audit: Audit
    framework: Framework
    lines: tuple[MissingLine, ...]
    not_rated: tuple[Rateable, ...]
    """What the reader herself gave NR; what others gave is theirs until all are locked."""
    caps: tuple[Cap, ...]
    handled: Mapping[str, str]
    who: Mapping[int, str]
    writes: bool

    @property
    def open(self) -> tuple[MissingLine, ...]:
        return tuple(line for line in self.lines if line.settled is None)

    @property
    def settled(self) -> tuple[MissingLine, ...]:
        return tuple(line for line in self.lines if line.settled is not None)


def missing_page(session: Session, actor: Actor, audit_id: int) -> MissingPage:
    audit = access_as(session, actor, audit_id, *RATERS)
    framework = framework_of(audit)
    lines = missing_lines(session, audit)
    handled = handled_caps(session, audit.id)
    measured = measured_of(newest_evidence(session, audit.id))
    own = _own(session, actor, audit)
    return MissingPage(
        audit=audit,
        framework=framework,
        lines=tuple(lines),
        not_rated=tuple(one for one in rateable_of(audit, framework) if _is_nr(own.get(one.key))),
        caps=tuple(caps_in_force(with_caps_left(framework, handled), measured)),
        handled={item: row.words for item, row in handled.items()},
        who=people_of(session, {line.by for line in lines if line.by}),
        writes=audit.step == "on_site",
    )


def _own(session: Session, actor: Actor, audit: Audit) -> Mapping[str, AuditRating]:
    return newest_ratings(session, audit.id, "own", of=[actor.user_id]).get(actor.user_id, {})


def _is_nr(row: AuditRating | None) -> bool:
    return row is not None and row.code == NOT_RATED


@dataclass(frozen=True)
class Finding:
    """One item as it is told of at the end of the visit: never with a level, and nothing from a single case."""

    rated: Rateable
    seen: tuple[NoteLine, ...]
    advice: str
    """What the reader has written as a recommendation so far."""


@dataclass(frozen=True)
class FeedbackPage:
    visit: VisitPage
    framework: Framework
    findings: tuple[Finding, ...]


def feedback_page(session: Session, actor: Actor, audit_id: int) -> FeedbackPage:
    """What the auditor may tell the unit before she leaves."""
    audit = access_as(session, actor, audit_id, *RATERS)
    framework = framework_of(audit)
    rated = rateable_of(audit, framework)
    told = {line.id: line for line in notes_page(session, actor, audit_id).notes if line.number is None}
    tags = [(line.note, item) for line in told.values() for item in line.items]
    notes = notes_by_key(tags, rated)
    own = _own(session, actor, audit)
    findings = []
    for one in rated:
        advice = own[one.key].recommendation if one.key in own else None
        seen = tuple(told[note.id] for note in notes.get(one.key, ()))
        if seen or advice:
            findings.append(Finding(one, seen, advice or ""))
    return FeedbackPage(visit_page(session, actor, audit_id), framework, tuple(findings))
