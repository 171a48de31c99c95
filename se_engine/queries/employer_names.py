"""Which employers an office already has that may be the one somebody is about to add."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine.records.employers import Employer
from se_engine.rules.employers import alike, name_words

MOST = 5


@dataclass(frozen=True)
class LikeEmployer:
    id: int
    name: str
    org_number: str | None
    same_name: bool
    same_number: bool


def like_employers(session: Session, office_id: int, name: str, number: str | None) -> list[LikeEmployer]:
    """The likeliest first: the very name, the same organisation number, then names that are alike."""
    words = name_words(name)

    def is_like(row: Any) -> bool:
        same = row.name == name or (number is not None and row.org_number == number)
        return same or (bool(words) and alike(words, name_words(row.name)))

    named = select(Employer.id, Employer.name, Employer.org_number).where(Employer.office_id == office_id)
    found = [
        LikeEmployer(row.id, row.name, row.org_number, row.name == name, bool(number) and row.org_number == number)
        for row in session.execute(named)
        if is_like(row)
    ]
    return sorted(found, key=lambda one: (not one.same_name, not one.same_number, one.name))[:MOST]
