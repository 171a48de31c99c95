"""Keeping the indicators of a quarter after an audit: once for each quarter, whoever is first."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from se_engine.actions.trail import write_trail
from se_engine.clock import now
from se_engine.records.audit_results import AuditFollowUp
from se_engine.rules.roles import OPERATOR


def keep_follow_up(session: Session, audit_id: int, day: date, indicators: Sequence[dict[str, Any]]) -> bool:
    """False when another has kept this quarter already: what was kept first stands."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    row = dialect.insert(AuditFollowUp).values(
        audit_id=audit_id, on_day=day, indicators=list(indicators), recorded_at=now(session)
    )
    kept = session.scalar(row.on_conflict_do_nothing(index_elements=["audit_id", "on_day"]).returning(AuditFollowUp.id))
    if kept is None:
        return False
    write_trail(session, OPERATOR, "audit_followed_up", happened_on=day, detail={"audit": audit_id})
    return True
