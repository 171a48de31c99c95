"""What a person does with her own account: her language, her password, her sessions."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine.actions.trail import write_trail
from se_engine.clock import now
from se_engine.queries.access import actor_of
from se_engine.records.people import User
from se_engine.records.sessions import UserSession
from se_engine.rules.errors import NotFound
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
