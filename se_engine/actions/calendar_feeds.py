"""The address at which a calendar program reads one's calendar: made, shown once, revoked, and looked up."""

import secrets

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from se_engine.actions.sign_in import ATTEMPTS_PER_ADDRESS, THROTTLE_WINDOW, token_digest
from se_engine.actions.trail import write_trail
from se_engine.clock import now
from se_engine.queries.access import actor_of
from se_engine.records.people import CalendarFeed, User
from se_engine.records.sessions import SignInAttempt
from se_engine.rules.errors import NotFound, NotPermitted, Refused
from se_engine.rules.roles import CASEWORK, Actor

KNOCKS = "calendar feed"
"""What wrong secrets are counted under, apart from sign-ins: an old address in a phone must lock nobody out."""


def make_feed(session: Session, actor: Actor) -> str:
    """The secret of a new address; nothing else knows it, and the one before no longer works."""
    if actor.role not in CASEWORK or actor.user_id is None:
        raise NotPermitted()
    _end(session, actor)
    secret = secrets.token_urlsafe(32)
    session.add(CalendarFeed(user_id=actor.user_id, digest=token_digest(secret), created_at=now(session)))
    write_trail(session, actor, "calendar_feed_made")
    session.flush()
    return secret


def revoke_feed(session: Session, actor: Actor) -> None:
    """From the next request on the address is nothing."""
    if actor.role not in CASEWORK:
        raise NotPermitted()
    if _end(session, actor):
        write_trail(session, actor, "calendar_feed_revoked")
    session.flush()


def _end(session: Session, actor: Actor) -> bool:
    running = CalendarFeed.user_id == actor.user_id, CalendarFeed.revoked_at.is_(None)
    ended = session.execute(
        update(CalendarFeed).where(*running).values(revoked_at=now(session)).returning(CalendarFeed.id)
    )
    return bool(ended.all())


def owner_of_feed(session: Session, secret: str, *, address: str) -> Actor:
    """Whose calendar a secret opens; NotFound for a wrong or revoked one, which the caller then counts.

    Refused when too many wrong ones came from one address lately.
    """
    wrong = select(func.count()).where(
        SignInAttempt.account_digest == token_digest(KNOCKS),
        SignInAttempt.address_digest == _place(address),
        SignInAttempt.at > now(session) - THROTTLE_WINDOW,
    )
    if (session.scalar(wrong) or 0) >= ATTEMPTS_PER_ADDRESS:
        raise Refused("too_many_attempts", minutes=int(THROTTLE_WINDOW.total_seconds() // 60))
    user = session.scalar(
        select(User)
        .join(CalendarFeed, CalendarFeed.user_id == User.id)
        .where(CalendarFeed.digest == token_digest(secret), CalendarFeed.revoked_at.is_(None), User.active)
    )
    if user is None or user.role_of not in CASEWORK:
        raise NotFound()
    return actor_of(user)


def count_wrong_secret(session: Session, *, address: str) -> None:
    """In a transaction of its own, as a failed sign-in."""
    session.add(SignInAttempt(account_digest=token_digest(KNOCKS), address_digest=_place(address), at=now(session)))
    session.flush()


def _place(address: str) -> str:
    return token_digest(f"{KNOCKS} {address}")
