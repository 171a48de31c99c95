"""Accounts as pages show them: a person's office, colleagues, her own sessions, and what an administrator keeps."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, true
from sqlalchemy.orm import Session

from se_engine.clock import now
from se_engine.queries.access import colleagues
from se_engine.records.offices import Office, Team
from se_engine.records.people import User
from se_engine.records.sessions import ApiClient, UserSession
from se_engine.rules.errors import NotPermitted
from se_engine.rules.roles import ADMINISTRATION, CASEWORK, Actor


def office_name(session: Session, office_id: int | None) -> str | None:
    return session.scalar(select(Office.name).where(Office.id == office_id)) if office_id is not None else None


def caseworkers(session: Session, actor: Actor) -> list[tuple[int, str]]:
    """Number and name of those in the reader's office who may own a case."""
    return [(user.id, user.name) for user in colleagues(session, actor) if user.role_of in CASEWORK]


@dataclass(frozen=True)
class SignedIn:
    """One browser a person is signed in with."""

    id: int
    created_at: datetime
    seen_at: datetime


def own_sessions(session: Session, actor: Actor, *, idle: timedelta, absolute: timedelta) -> list[SignedIn]:
    """Where she is signed in now, the latest used first."""
    moment = now(session)
    rows = session.execute(
        select(UserSession.id, UserSession.created_at, UserSession.seen_at)
        .where(
            UserSession.user_id == actor.user_id,
            UserSession.revoked_at.is_(None),
            UserSession.seen_at >= moment - idle,
            UserSession.created_at >= moment - absolute,
        )
        .order_by(UserSession.seen_at.desc(), UserSession.id.desc())
    )
    return [SignedIn(row.id, row.created_at, row.seen_at) for row in rows]


@dataclass(frozen=True)
class OfficeLine:
    id: int
    name: str
    template: str
    municipality: str | None
    teams: tuple[str, ...]


@dataclass(frozen=True)
class AccountLine:
    id: int
    name: str
    email: str
    role: str
    office: str | None
    active: bool
    invited: bool
    """Whether a password has been set: without one nobody signs in."""


@dataclass(frozen=True)
class ClientLine:
    id: int
    name: str
    scopes: tuple[str, ...]
    acts_as: str
    created_at: datetime
    revoked: bool


@dataclass(frozen=True)
class Administration:
    everywhere: bool
    """Whether she keeps every office; else her own only."""
    offices: list[OfficeLine]
    accounts: list[AccountLine]
    clients: list[ClientLine]


def administration(session: Session, actor: Actor) -> Administration:
    """What this administrator keeps: everything, or her own office's."""
    if actor.role not in ADMINISTRATION:
        raise NotPermitted()
    own = true() if actor.office_id is None else Office.id == actor.office_id
    users = true() if actor.office_id is None else User.office_id == actor.office_id
    teams = session.execute(select(Team.office_id, Team.name).order_by(Team.name)).all()
    kept = select(Office.id, Office.name, Office.template, Office.municipality)
    offices = session.execute(kept.where(own).order_by(Office.name)).all()
    accounts = session.execute(
        select(User, Office.name.label("office"))
        .outerjoin(Office, Office.id == User.office_id)
        .where(users)
        .order_by(User.active.desc(), User.name, User.id)
    ).all()
    clients = session.execute(
        select(ApiClient, User.name.label("acts_as"))
        .join(User, User.id == ApiClient.user_id)
        .where(users)
        .order_by(ApiClient.id)
    ).all()
    return Administration(
        everywhere=actor.office_id is None,
        offices=[
            OfficeLine(
                row.id, row.name, row.template, row.municipality,
                tuple(team.name for team in teams if team.office_id == row.id),
            )
            for row in offices
        ],
        accounts=[_account(row.User, row.office) for row in accounts],
        clients=[_client(row.ApiClient, row.acts_as) for row in clients],
    )


def offices_kept(session: Session, actor: Actor) -> list[tuple[int, str]]:
    """Number and name of the offices this administrator may add to."""
    own = true() if actor.office_id is None else Office.id == actor.office_id
    rows = session.execute(select(Office.id, Office.name).where(own).order_by(Office.name))
    return [(row.id, row.name) for row in rows]


def _account(user: User, office: str | None) -> AccountLine:
    return AccountLine(
        user.id, user.name, user.email, user.role, office, user.active, invited=user.password_hash is not None
    )


def _client(client: ApiClient, acts_as: str) -> ClientLine:
    scopes = tuple(client.scopes.split())
    return ClientLine(client.id, client.name, scopes, acts_as, client.created_at, client.revoked_at is not None)
