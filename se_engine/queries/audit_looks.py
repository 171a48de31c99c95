"""What auditors have opened in an audit, and what they were refused: for the unit, from the trail."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from se_engine.queries.access_audits import access_as_unit
from se_engine.queries.people import people_of
from se_engine.records.audits import Audit, AuditCase, AuditMember
from se_engine.records.trail import TrailEntry
from se_engine.rules.audits import RATERS
from se_engine.rules.roles import Actor

READ, REFUSED = "audit_case_read", "refused"
OUTSIDE = ("code=not_found ", "code=not_permitted ")
"""A form that was sent back with a mistake in it is no attempt at anything."""
NEWEST = 500


@dataclass(frozen=True)
class AuditLook:
    """One look at a sampled case by its number and its case, or one that was refused."""

    at: datetime
    who: str | None
    number: int | None
    case_id: int | None
    refused_at: str | None = None
    """The page that was refused."""


def looks_in(session: Session, actor: Actor, audit_id: int) -> tuple[AuditLook, ...]:
    """The newest first; for the unit's supervisors and its contact."""
    audit = access_as_unit(session, actor, audit_id)
    sampled = session.scalars(select(AuditCase).where(AuditCase.audit_id == audit.id))
    numbers = {row.case_id: row.number for row in sampled}
    raters = set(
        session.scalars(
            select(AuditMember.user_id).where(AuditMember.audit_id == audit.id, AuditMember.part.in_(RATERS))
        )
    )
    entries = session.scalars(
        select(TrailEntry)
        .where(
            TrailEntry.user_id.in_(raters),
            TrailEntry.recorded_at >= _since(audit),
            or_(
                and_(TrailEntry.what == READ, TrailEntry.detail.startswith(f"audit={audit.id} ")),
                and_(TrailEntry.what == REFUSED, or_(*map(TrailEntry.detail.startswith, OUTSIDE))),
            ),
        )
        .order_by(TrailEntry.id.desc())
        .limit(NEWEST)
    ).all()
    people = people_of(session, raters)
    return tuple(_look(entry, people, numbers) for entry in entries)


def _since(audit: Audit) -> str:
    return audit.created_at.isoformat(timespec="microseconds")


def _look(entry: TrailEntry, people: dict[int, str], numbers: dict[int, int]) -> AuditLook:
    detail = dict(part.split("=", 1) for part in (entry.detail or "").split(" ") if "=" in part)
    return AuditLook(
        at=datetime.fromisoformat(entry.recorded_at),
        who=people.get(entry.user_id or 0),
        number=numbers.get(entry.case_id or 0),
        case_id=entry.case_id,
        refused_at=detail.get("at") if entry.what == REFUSED else None,
    )
