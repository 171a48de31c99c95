"""Remembering which writes were done under which key, in the transaction of the write itself."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine.clock import now
from se_engine.records.idempotency import DoneWrite
from se_engine.rules.errors import Refused


def answer_of(session: Session, who: str, key: str, request_digest: str) -> DoneWrite | None:
    """The write this key was used for; Refused when that was another one."""
    done = session.scalar(select(DoneWrite).where(DoneWrite.who == who, DoneWrite.key == key))
    if done is not None and done.request_digest != request_digest:
        raise Refused("key_used_for_another")
    return done


def claim(session: Session, who: str, key: str, request_digest: str) -> DoneWrite:
    """Takes the key; Stale when somebody was faster. Goes with the transaction if the write is refused."""
    claimed = DoneWrite(who=who, key=key, request_digest=request_digest, status=0, recorded_at=now(session))
    session.add(claimed)
    session.flush()
    return claimed


def keep_answer(
    session: Session, claimed: DoneWrite, *, status: int, location: str | None = None, body: str | None = None
) -> None:
    claimed.status, claimed.location, claimed.body = status, location, body
    session.flush()
