"""Pictures of those who work in an office, for those who work there too."""

from sqlalchemy import ColumnElement, exists, select, true
from sqlalchemy.orm import Session

from se_engine.records.people import User, UserPhoto
from se_engine.rules.errors import NotFound
from se_engine.rules.roles import Actor, Role


def photo_of(session: Session, actor: Actor, user_id: int) -> UserPhoto:
    """One's own, or a colleague's; NotFound for anybody of another office."""
    colleague: ColumnElement[bool] = true()
    if actor.role is not Role.OPERATOR and user_id != actor.user_id:
        colleague = exists().where(User.id == UserPhoto.user_id, User.office_id == actor.office_id)
    found = session.scalar(select(UserPhoto).where(UserPhoto.user_id == user_id, colleague))
    if found is None:
        raise NotFound()
    return found


def has_photo(session: Session, user_id: int | None) -> bool:
    return session.scalar(select(UserPhoto.id).where(UserPhoto.user_id == user_id)) is not None
