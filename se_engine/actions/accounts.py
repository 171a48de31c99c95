"""A person's own account – language, password, sessions – and what an administrator does with those of others."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine.actions.passwords import hashed
from se_engine.actions.people import change_password, deactivate
from se_engine.actions.sign_in import end_sessions
from se_engine.actions.trail import write_trail
from se_engine.clock import now
from se_engine.queries.access import access_user, actor_of
from se_engine.records.people import User
from se_engine.records.sessions import UserSession
from se_engine.rules.errors import NotFound, Refused
from se_engine.rules.roles import Actor


def own_account(session: Session, actor: Actor) -> User:
    user = session.get(User, actor.user_id)
    if user is None:
        raise NotFound()
    return user


def choose_language(session: Session, actor: Actor, language: str) -> None:
    own_account(session, actor).language = language
    session.flush()


def end_own_session(session: Session, actor: Actor, session_id: int) -> None:
    """Signs one of her browsers out; another's session is not there for her."""
    kept = session.scalar(select(UserSession).where(UserSession.id == session_id, UserSession.user_id == actor.user_id))
    if kept is None:
        raise NotFound()
    kept.revoked_at = kept.revoked_at or now(session)
    write_trail(session, actor_of(own_account(session, actor)), "signed_out", detail={"session": session_id})
    session.flush()


def change_own_password(session: Session, actor: Actor, *, old: str, new: str) -> None:
    """Signs her out everywhere: whoever knew the old one is out as well."""
    change_password(session, own_account(session, actor), old=old, new=new)


def invite(session: Session, actor: Actor, user_id: int, *, password: str) -> User:
    """Gives an account its first password, or a new one to somebody who has lost hers; ends what is signed in."""
    user = access_user(session, actor, user_id)
    user.password_hash = hashed(password)
    end_sessions(session, user.id)
    write_trail(session, actor, "password_set", detail={"account": user.id})
    session.flush()
    return user


def close_account(session: Session, actor: Actor, user_id: int) -> User:
    """She can no longer sign in; what she has recorded stays hers."""
    user = access_user(session, actor, user_id)
    if user.id == actor.user_id:
        raise Refused("own_account")
    deactivate(session, actor, user)
    return user
