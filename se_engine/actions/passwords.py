"""Passwords: argon2id, and as slow for an account that does not exist."""

import secrets
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from se_engine.records.people import User
from se_engine.rules.errors import Refused

SHORTEST_PASSWORD = 12


@lru_cache(maxsize=1)
def _hasher() -> PasswordHasher:
    return PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def hashed(password: str) -> str:
    if len(password) < SHORTEST_PASSWORD:
        raise Refused("password_too_short", shortest=SHORTEST_PASSWORD)
    return _hasher().hash(password)


def matches(user: User | None, password: str) -> bool:
    """As slow for an account that does not exist, so that the time does not tell."""
    kept = user.password_hash if user and user.password_hash else _nobody()
    try:
        _hasher().verify(kept, password)
    except (VerifyMismatchError, InvalidHashError):
        return False
    return user is not None and user.password_hash is not None


@lru_cache(maxsize=1)
def _nobody() -> str:
    return _hasher().hash(secrets.token_urlsafe(32))


def needs_rehash(user: User) -> bool:
    """Whether the hash was made with older parameters than today's."""
    return _hasher().check_needs_rehash(user.password_hash or "")
