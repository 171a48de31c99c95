"""Accounts as pages show them: a person's office, her own sessions, and what an administrator keeps."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine.records.offices import Office


def office_name(session: Session, office_id: int | None) -> str | None:
    return session.scalar(select(Office.name).where(Office.id == office_id)) if office_id is not None else None
