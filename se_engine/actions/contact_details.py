"""What her participants are told of a specialist: her telephone at work, and a picture to know her by."""

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine.actions.accounts import own_account
from se_engine.actions.trail import write_trail
from se_engine.clock import now
from se_engine.records.people import User, UserPhoto
from se_engine.rules.errors import NotFound, Refused
from se_engine.rules.pictures import cleaned
from se_engine.rules.roles import Actor

_PHONE = re.compile(r"\+?[0-9][0-9 ]{3,18}")


def change_own_phone(session: Session, actor: Actor, phone: str) -> User:
    """Empty takes it away."""
    user = own_account(session, actor)
    given = " ".join(phone.split())
    if given and not _PHONE.fullmatch(given):
        raise Refused("phone_unknown", field="phone")
    user.phone = given or None
    write_trail(session, actor, "contact_details_changed", detail={"account": user.id})
    session.flush()
    return user


def set_own_photo(session: Session, actor: Actor, data: bytes) -> UserPhoto:
    """One picture each: the one before is gone. Kept without what a camera writes beside it."""
    user = own_account(session, actor)
    media_type, picture = cleaned(data)
    photo = _own(session, user) or UserPhoto(user_id=user.id)
    photo.media_type, photo.picture, photo.recorded_at = media_type, picture, now(session)
    session.add(photo)
    write_trail(session, actor, "photo_changed", detail={"account": user.id})
    session.flush()
    return photo


def remove_own_photo(session: Session, actor: Actor) -> None:
    photo = _own(session, own_account(session, actor))
    if photo is None:
        raise NotFound()
    session.delete(photo)
    write_trail(session, actor, "photo_removed", detail={"account": actor.user_id})
    session.flush()


def _own(session: Session, user: User) -> UserPhoto | None:
    return session.scalar(select(UserPhoto).where(UserPhoto.user_id == user.id))
