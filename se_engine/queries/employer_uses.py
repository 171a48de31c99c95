"""Which other offices of the municipality have the same employer: their names, and how much it is used there."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from se_engine.records.employers import Employer
from se_engine.records.offices import Office
from se_engine.records.tracks import Track


@dataclass(frozen=True)
class Use:
    office: str
    tracks: int | None
    """Running relations there; None when they are fewer than the office tells others."""
    threshold: int


def uses_elsewhere(session: Session, employer: Employer) -> list[Use]:
    """By organisation number, else by the very name; one statement."""
    own = select(Office.municipality).where(Office.id == employer.office_id).scalar_subquery()
    running = func.count(Track.id).label("running")
    found = session.execute(
        select(Office.name, Office.threshold, running)
        .join(Employer, Employer.office_id == Office.id)
        .outerjoin(Track, and_(Track.employer_id == Employer.id, Track.ended_on.is_(None)))
        .where(Office.id != employer.office_id, Office.municipality == own, _same(employer))
        .group_by(Office.id, Office.name, Office.threshold)
        .order_by(Office.name)
    )
    return [
        Use(
            row.name, row.running if row.running >= row.threshold else None, row.threshold
        )  # as in measures.suppression
        for row in found
    ]


def _same(employer: Employer) -> ColumnElement[bool]:
    by_name = Employer.name == employer.name
    if employer.org_number is None:
        return by_name
    return or_(Employer.org_number == employer.org_number, and_(by_name, Employer.org_number.is_(None)))
