"""Who is signed in where, and the attempts to sign in that the throttle counts."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from se_engine.records.base import Base, identity, link


class UserSession(Base):
    """One signed-in browser. The cookie holds a random token; only its digest is kept here."""

    __tablename__ = "user_sessions"

    id: Mapped[int] = identity()
    token_digest: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[int] = link("users.id", index=True)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class SignInAttempt(Base):
    """A failed attempt, by digests of the account's and the network address: no address is kept."""

    __tablename__ = "sign_in_attempts"
    __table_args__ = (
        Index("ix_sign_in_attempts_account_at", "account_digest", "at"),
        Index("ix_sign_in_attempts_address_at", "address_digest", "at"),
    )

    id: Mapped[int] = identity()
    account_digest: Mapped[str]
    address_digest: Mapped[str]
    at: Mapped[datetime]


class ApiClient(Base):
    """A system that may call the API: it acts with one account's rights, narrowed to its scopes."""

    __tablename__ = "api_clients"

    id: Mapped[int] = identity()
    name: Mapped[str]
    token_digest: Mapped[str] = mapped_column(unique=True)
    scopes: Mapped[str]
    """Words separated by spaces: read, write."""
    user_id: Mapped[int] = link("users.id")
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
