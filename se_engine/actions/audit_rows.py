"""The rows behind what happens to an audit: its event, and the reason for a long window."""

from typing import Any

from sqlalchemy.orm import Session

from se_engine.clock import now
from se_engine.queries.audit_charter import adaptations_of
from se_engine.records.audits import Audit, AuditAdaptation, AuditEvent
from se_engine.records.base import write_row
from se_engine.rules.audit_charter import ORDINARY_WINDOW, WINDOW, Charter
from se_engine.rules.roles import Actor


def write_event(session: Session, actor: Actor, audit_id: int, **told: Any) -> int:
    """One row of the audit's history, beside who recorded it and when."""
    return write_row(
        session, AuditEvent, audit_id=audit_id, recorded_by=actor.user_id, recorded_at=now(session),
        role=actor.role.value, **{"words": None, "open_requirements": None, **told},
    )  # fmt: skip


def keep_window_reason(session: Session, actor: Actor, audit: Audit, charter: Charter) -> bool:
    """Why the window is longer than usual stands among the adaptations; whether that is new."""
    standing = adaptations_of(session, audit.id).get(WINDOW)
    longer = charter.months != ORDINARY_WINDOW
    words = charter.window_words.strip() if longer else "–"
    if (standing.words if standing else None) == (words if longer else None):
        return False
    write_row(
        session, AuditAdaptation, audit_id=audit.id, item=WINDOW, how="adapted" if longer else "as_written",
        words=words, recorded_by=actor.user_id, recorded_at=now(session),
    )  # fmt: skip
    return True
