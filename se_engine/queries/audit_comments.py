"""The factual check: the unit's comments on the draft, each with the auditors' newest answer."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine.records.audit_results import AuditComment
from se_engine.records.people import User

DONE = "done"
"""What stands as answer in a row by which the unit says that it has nothing more to say."""


@dataclass(frozen=True)
class Comment:
    """What the unit said, by whom, and what the auditors made of it."""

    row: AuditComment
    by: str | None
    answer: AuditComment | None
    answered_by: str | None


def comments_of(session: Session, audit_id: int) -> list[Comment]:
    """Every comment in the order in which it came; of several answers the newest."""
    named = select(AuditComment, User.name).outerjoin(User, User.id == AuditComment.recorded_by)
    rows = session.execute(named.where(AuditComment.audit_id == audit_id).order_by(AuditComment.id)).all()
    answers = {row.answers_id: (row, name) for row, name in rows if row.answers_id is not None}
    said = [(row, name) for row, name in rows if row.answers_id is None and row.answer is None]
    return [Comment(row, name, *answers.get(row.id, (None, None))) for row, name in said]


def unanswered(session: Session, audit_id: int) -> list[Comment]:
    return [comment for comment in comments_of(session, audit_id) if comment.answer is None]


def is_said_done(session: Session, audit_id: int, since: datetime | None) -> bool:
    """Whether the unit has said so in this round: a draft that is sent anew is checked anew."""
    said = select(AuditComment.id).where(
        AuditComment.audit_id == audit_id, AuditComment.answers_id.is_(None), AuditComment.answer == DONE
    )
    if since is not None:
        said = said.where(AuditComment.recorded_at >= since)
    return session.scalar(said.limit(1)) is not None
