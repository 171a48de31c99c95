"""Other meetings at the same time: of the same specialist, or with the same participant."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from se_engine.records.contacts import Contact
from se_engine.rules.contacts import HELD, PLANNED, clock_time, overlap, span


@dataclass(frozen=True)
class Collision:
    """Another meeting that shares time; `of` says whose day it is in: specialist or participant."""

    contact_id: int
    of: str
    starts_at: str
    ends_at: str


def collisions(
    session: Session,
    on: date,
    starts_at: str | None,
    minutes: int | None,
    *,
    user_id: int | None,
    case_id: int | None,
    other_than: int | None = None,
) -> list[Collision]:
    """What stands in the way of a meeting, earliest first; nothing while it has no time."""
    if starts_at is None:
        return []
    rows = session.execute(
        select(Contact.id, Contact.user_id, Contact.case_id, Contact.starts_at, Contact.minutes)
        .where(
            Contact.happened_on == on,
            Contact.status.in_((PLANNED, HELD)),
            Contact.starts_at.is_not(None),
            or_(Contact.user_id == user_id, Contact.case_id == case_id),
            Contact.id != (other_than or 0),
        )
        .order_by(Contact.starts_at, Contact.id)
    )
    wanted, found = span(starts_at, minutes), []
    for row in rows:
        taken = span(row.starts_at, row.minutes)
        if overlap(wanted, taken):
            of = "participant" if case_id is not None and row.case_id == case_id else "specialist"
            found.append(Collision(row.id, of, row.starts_at, clock_time(taken[1])))
    return found
