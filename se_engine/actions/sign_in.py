"""Signing in and out: sessions on the server, and a throttle that remembers what was refused."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from se_engine.actions.passwords import hashed, matches, needs_rehash
from se_engine.actions.trail import write_trail
from se_engine.clock import now
from se_engine.queries.access import actor_of
from se_engine.records.people import User
from se_engine.records.sessions import SignInAttempt, UserSession
from se_engine.rules.errors import Refused

THROTTLE_WINDOW = timedelta(minutes=15)
ATTEMPTS_PER_ACCOUNT = 5
ATTEMPTS_PER_ADDRESS = 50


@dataclass(frozen=True)
class Proof:
    """That somebody knew the password of an account."""

    user_id: int
    new_hash: str | None
    """The same password under today's parameters, where the kept hash was made with older ones."""


def prove(session: Session, *, email: str, password: str, address: str) -> Proof:
    """Refused, with one answer for every way to be wrong. Only reads: the hash is slow and must hold nobody's lock.

    The caller writes a refusal down with `record_failed_sign_in`.
    """
    account, place = token_digest(email.strip().lower()), token_digest(address)
    since = now(session) - THROTTLE_WINDOW
    if _attempts(session, SignInAttempt.account_digest == account, since) >= ATTEMPTS_PER_ACCOUNT:
        raise Refused("too_many_attempts", minutes=int(THROTTLE_WINDOW.total_seconds() // 60))
    if _attempts(session, SignInAttempt.address_digest == place, since) >= ATTEMPTS_PER_ADDRESS:
        raise Refused("too_many_attempts", minutes=int(THROTTLE_WINDOW.total_seconds() // 60))
    user = session.scalar(select(User).where(User.email == email.strip().lower(), User.active))
    if not matches(user, password) or user is None:
        raise Refused("sign_in_failed")
    return Proof(user.id, hashed(password) if needs_rehash(user) else None)


def sign_in(session: Session, proof: Proof) -> tuple[User, str]:
    """The account and the token of its new session."""
    user = session.get(User, proof.user_id)
    if user is None or not user.active:  # closed since the password was looked at
        raise Refused("sign_in_failed")
    if proof.new_hash:
        user.password_hash = proof.new_hash
    token = secrets.token_urlsafe(32)
    moment = now(session)
    session.add(UserSession(token_digest=token_digest(token), user_id=user.id, created_at=moment, seen_at=moment))
    write_trail(session, actor_of(user), "signed_in")
    session.flush()
    return user, token


def _attempts(session: Session, condition: object, since: datetime) -> int:
    found = select(func.count()).select_from(SignInAttempt).where(condition, SignInAttempt.at > since)  # type: ignore[arg-type]
    return session.scalar(found) or 0


def record_failed_sign_in(session: Session, *, email: str, address: str) -> None:
    """In a transaction of its own, so that the throttle remembers what was refused."""
    session.add(
        SignInAttempt(
            account_digest=token_digest(email.strip().lower()), address_digest=token_digest(address), at=now(session)
        )
    )
    session.flush()


def token_digest(value: str) -> str:
    return sha256(value.encode()).hexdigest()


def user_of_token(session: Session, token: str, *, idle: timedelta, absolute: timedelta) -> tuple[User, UserSession]:
    """The signed-in account; Refused when the session was revoked, has rested too long or is too old."""
    row = session.execute(
        select(User, UserSession)
        .join(UserSession, UserSession.user_id == User.id)
        .where(UserSession.token_digest == token_digest(token), User.active)
    ).first()
    if row is None:
        raise Refused("signed_out")
    user, signed_in = row
    moment = now(session)
    if signed_in.revoked_at or moment - signed_in.seen_at > idle or moment - signed_in.created_at > absolute:
        raise Refused("signed_out")
    return user, signed_in


def user_of_ended(session: Session, token: str) -> User | None:
    """Whose session it was, when it has ended by itself. It opens nothing; what she was writing is still hers."""
    return session.scalar(
        select(User)
        .join(UserSession, UserSession.user_id == User.id)
        .where(UserSession.token_digest == token_digest(token), UserSession.revoked_at.is_(None), User.active)
    )


def touch_session(session: Session, session_id: int) -> None:
    session.execute(update(UserSession).where(UserSession.id == session_id).values(seen_at=now(session)))


def sign_out(session: Session, user: User, session_id: int) -> None:
    _revoke(session, UserSession.id == session_id)
    write_trail(session, actor_of(user), "signed_out")
    session.flush()


def end_sessions(session: Session, user_id: int) -> None:
    """Signs a person out everywhere."""
    _revoke(session, UserSession.user_id == user_id)


def _revoke(session: Session, condition: object) -> None:
    session.execute(
        update(UserSession).where(condition, UserSession.revoked_at.is_(None)).values(revoked_at=now(session))  # type: ignore[arg-type]
    )
