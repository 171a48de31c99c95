"""Systems that may call the API, with tokens that are shown once."""

import secrets

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine.actions.sign_in import token_digest
from se_engine.actions.trail import write_trail
from se_engine.clock import now
from se_engine.records.people import User
from se_engine.records.sessions import ApiClient
from se_engine.rules.errors import NotFound, NotPermitted, Refused
from se_engine.rules.roles import ADMINISTRATION, Actor

SCOPES = ("read", "write")


def add_api_client(session: Session, actor: Actor, *, name: str, user_id: int, scopes: list[str]) -> str:
    """The token of a new client, shown once; it acts with one account's rights, narrowed to its scopes."""
    if actor.role not in ADMINISTRATION:
        raise NotPermitted()
    user = session.get(User, user_id)
    if user is None or (actor.office_id is not None and user.office_id != actor.office_id):
        raise NotFound()
    if not scopes or not set(scopes) <= set(SCOPES):
        raise Refused("scope_unknown", allowed=", ".join(SCOPES))
    token = secrets.token_urlsafe(32)
    client = ApiClient(
        name=name.strip(),
        token_digest=token_digest(token),
        scopes=" ".join(sorted(set(scopes))),
        user_id=user.id,
        created_at=now(session),
    )
    session.add(client)
    session.flush()
    write_trail(session, actor, "api_client_added", detail={"client": client.id, "account": user.id})
    return token


def client_of_token(session: Session, token: str) -> tuple[ApiClient, User]:
    row = session.execute(
        select(ApiClient, User)
        .join(User, User.id == ApiClient.user_id)
        .where(ApiClient.token_digest == token_digest(token), ApiClient.revoked_at.is_(None), User.active)
    ).first()
    if row is None:
        raise Refused("token_unknown")
    return row[0], row[1]


def revoke_api_client(session: Session, actor: Actor, client_id: int) -> None:
    client = session.get(ApiClient, client_id)
    if actor.role not in ADMINISTRATION or client is None:
        raise NotFound()
    user = session.get_one(User, client.user_id)
    if actor.office_id is not None and user.office_id != actor.office_id:
        raise NotFound()
    client.revoked_at = now(session)
    write_trail(session, actor, "api_client_revoked", detail={"client": client.id})
    session.flush()
