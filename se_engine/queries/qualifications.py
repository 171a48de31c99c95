"""Competence from abroad that stands, and where the recognition of each has come."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine.records.career import Qualification, Recognition

BY_QUALIFICATIONS = frozenset({"recognition_status", "recognition_date"})
"""Fields of her record that follow from here once a qualification stands."""


def standing(session: Session, participant_id: int) -> Sequence[Qualification]:
    found = select(Qualification).where(Qualification.participant_id == participant_id, ~Qualification.voided)
    return session.scalars(found.order_by(Qualification.id)).all()


def is_source_of(session: Session, participant_id: int, field: str) -> bool:
    """Whether a field of the record is written from qualifications, and so by nobody's hand."""
    return field in BY_QUALIFICATIONS and bool(standing(session, participant_id))


def recognitions(session: Session, ids: Sequence[int]) -> Sequence[Recognition]:
    """Of these qualifications, oldest first."""
    if not ids:
        return []
    found = select(Recognition).where(Recognition.qualification_id.in_(ids))
    return session.scalars(found.order_by(Recognition.happened_on, Recognition.id)).all()


def newest_recognitions(session: Session, ids: Sequence[int]) -> dict[int, Recognition]:
    return {row.qualification_id: row for row in recognitions(session, ids)}
