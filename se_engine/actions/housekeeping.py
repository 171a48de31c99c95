"""Taking out what has served its time – attempts to sign in, old sessions, keys of writes, drafts, sent e-mails –
and putting in what a release before this one did not write."""

from datetime import timedelta

from sqlalchemy import CursorResult, Delete, Update, case, delete, func, or_, select, update
from sqlalchemy.orm import Session

from se_engine.actions.sign_in import THROTTLE_WINDOW
from se_engine.clock import now
from se_engine.queries.stays import ENDED
from se_engine.records.cases import SEVERAL, Case, StepPeriod, Waiting
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
        _changed(session, rows)
        for rows in (
            delete(SignInAttempt).where(SignInAttempt.at < moment - THROTTLE_WINDOW),
            delete(UserSession).where(over),
            delete(DoneWrite).where(DoneWrite.recorded_at < moment - WRITES_KEPT),
            delete(Draft).where(Draft.expires_at < moment),
            delete(SentDigest).where(SentDigest.claimed_at < moment - EMAILS_KEPT),
        )
    )


def complete_stays(session: Session) -> int:
    """How many stays were left by a release that knew no end reason and no party waited for; both are put in."""
    reason = select(Case.end_reason).where(Case.id == StepPeriod.case_id).scalar_subquery()
    parties = (func.min(Waiting.waiting_for), func.max(Waiting.waiting_for))
    waited = (
        select(case((parties[0] == parties[1], parties[0]), else_=SEVERAL))
        .where(Waiting.period_id == StepPeriod.id)
        .scalar_subquery()
    )
    lacking_reason = (StepPeriod.left_to == ENDED) & StepPeriod.end_reason.is_(None)
    lacking_party = (StepPeriod.waiting_days > 0) & StepPeriod.waited_for.is_(None)
    return _changed(session, update(StepPeriod).where(lacking_reason).values(end_reason=reason)) + _changed(
        session, update(StepPeriod).where(lacking_party).values(waited_for=waited)
    )


def _changed(session: Session, rows: Delete | Update) -> int:
    result = session.execute(rows.execution_options(synchronize_session=False))
    assert isinstance(result, CursorResult)  # noqa: S101 - a delete gives no other
    return result.rowcount
