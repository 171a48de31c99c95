"""Names of those who work here."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine.records.people import User


def people_of(session: Session, ids: Iterable[int]) -> dict[int, str]:
    """Names of accounts, also of those that have been closed."""
    wanted = list(ids)
    if not wanted:
        return {}
    return {row.id: row.name for row in session.execute(select(User.id, User.name).where(User.id.in_(wanted)))}
