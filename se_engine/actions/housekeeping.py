"""Taking out what has served its time: attempts to sign in, old sessions, keys of writes, drafts, sent e-mails."""

from datetime import timedelta

from sqlalchemy import CursorResult, Delete, delete, or_
from sqlalchemy.orm import Session

from se_engine.actions.sign_in import THROTTLE_WINDOW
from se_engine.clock import now
from se_engine.records.desk import Draft
from se_engine.records.idempotency import DoneWrite
from se_engine.records.people import SentDigest
from se_engine.records.sessions import SignInAttempt, UserSession

WRITES_KEPT = timedelta(days=7)
"""Nobody repeats a request later than this."""
EMAILS_KEPT = timedelta(days=90)
"""Long enough to answer why somebody got one, or none."""
FORMS_STAND_OPEN = timedelta(days=1)
"""A form may be sent after its session has ended by itself: until then it is known whose words they are."""


def clean_up(session: Session, *, session_lasts: timedelta) -> int:
    """How many rows were taken out; the trail keeps what people did."""
    moment = now(session)
    too_old = UserSession.created_at < moment - session_lasts - FORMS_STAND_OPEN
    over = or_(too_old, UserSession.revoked_at.is_not(None))
    return sum(
        _taken_out(session, rows)
        for rows in (
            delete(SignInAttempt).where(SignInAttempt.at < moment - THROTTLE_WINDOW),
            delete(UserSession).where(over),
            delete(DoneWrite).where(DoneWrite.recorded_at < moment - WRITES_KEPT),
            delete(Draft).where(Draft.expires_at < moment),
            delete(SentDigest).where(SentDigest.claimed_at < moment - EMAILS_KEPT),
        )
    )


def _taken_out(session: Session, rows: Delete) -> int:
    result = session.execute(rows.execution_options(synchronize_session=False))
    assert isinstance(result, CursorResult)  # noqa: S101 - a delete gives no other
    return result.rowcount
