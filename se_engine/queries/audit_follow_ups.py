"""What the indicators say each quarter after an audit, beside what they said in it; no level is given any more."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from se_engine.clock import today
from se_engine.measures.publication import publication_days
from se_engine.queries.access_audits import access_audit
from se_engine.queries.audit_comparison import indicator_rows
from se_engine.queries.audit_ratings import computed_of, newest_evidence
from se_engine.queries.audit_reports import handed_over
from se_engine.queries.audit_results import framework_of
from se_engine.queries.indicators.evidence import Window
from se_engine.records.audit_results import AuditFollowUp
from se_engine.records.audits import Audit, AuditEvent
from se_engine.rules.audit_charter import first_day, months_of
from se_engine.rules.framework import Item
from se_engine.rules.roles import Actor

FOLLOWED_IN = ("action_plan", "follow_up")
"""From the hand-over until the audit is ended."""
LEAST_BEFORE = timedelta(days=30)
"""Between the hand-over of the report and the first quarter's end that says anything about what came of it."""


@dataclass(frozen=True)
class Trend:
    """One item: what the audit found, and each quarter since."""

    item: Item
    in_audit: Mapping[str, Any] | None
    since: tuple[Mapping[str, Any] | None, ...]


@dataclass(frozen=True)
class FollowUp:
    audit: Audit
    days: tuple[date, ...]
    trends: tuple[Trend, ...]


def follow_up_days(handed_over: date, until: date) -> list[date]:
    """The quarters' ends at which indicators are counted again: long enough after the hand-over, and gone by."""
    first = handed_over + LEAST_BEFORE
    return [day for day in publication_days(first, until - timedelta(days=1)) if day >= first]


def due_follow_ups(session: Session) -> list[tuple[int, date]]:
    """Audits and the quarters' ends that they have not been followed up at, the earliest first."""
    on = today(session)
    over = (
        select(AuditEvent.audit_id, func.max(AuditEvent.happened_on).label("on"))
        .where(AuditEvent.trigger == "hand_over_report")
        .group_by(AuditEvent.audit_id)
        .subquery()
    )
    rows = session.execute(
        select(Audit.id, over.c.on).join(over, over.c.audit_id == Audit.id).where(Audit.step.in_(FOLLOWED_IN))
    ).all()
    kept = select(AuditFollowUp.audit_id, AuditFollowUp.on_day).where(
        AuditFollowUp.audit_id.in_([audit for audit, _ in rows])
    )
    done = {(audit, day) for audit, day in session.execute(kept)}
    wanted = [(audit, day) for audit, handed in rows for day in follow_up_days(handed, on)]
    return sorted((one for one in wanted if one not in done), key=lambda one: (one[1], one[0]))


def indicators_again(session: Session, audit_id: int, day: date) -> list[dict[str, Any]]:
    """The framework's numbers in a window as long as the audit's that ends on the day."""
    audit = session.get_one(Audit, audit_id)
    from_on = first_day(day, months_of(audit.from_on, audit.until_on))
    return indicator_rows(session, framework_of(audit), Window((audit.office_id,), from_on, day))


def follow_up_for(session: Session, actor: Actor, audit_id: int) -> FollowUp:
    """For the unit and the auditors."""
    audit = access_audit(session, actor, audit_id)
    kept = session.scalars(
        select(AuditFollowUp).where(AuditFollowUp.audit_id == audit.id).order_by(AuditFollowUp.on_day)
    ).all()
    in_audit = computed_of(newest_evidence(session, audit.id))
    since = [{str(row["id"]): row for row in one.indicators or []} for one in kept]
    items = [item for item in framework_of(audit).items if item.measure is not None]
    return FollowUp(
        audit,
        tuple(one.on_day for one in kept),
        tuple(Trend(item, in_audit.get(item.key), tuple(one.get(item.key) for one in since)) for item in items),
    )


def next_follow_up(session: Session, audit: Audit) -> date | None:
    """The first quarter's end that comes, once the report has been handed over."""
    handed = handed_over(session, audit.id)
    if handed is None or audit.step not in FOLLOWED_IN:
        return None
    on = today(session)
    coming = follow_up_days(handed.happened_on, date(on.year + 1, on.month, 1))
    return next((day for day in coming if day >= on), None)
