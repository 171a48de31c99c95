"""What each employer of a case may be told: the newest decision, and the versions before it."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine.records.tracks import Disclosure


def newest_disclosure(session: Session, case_id: int, employer_id: int, *, on: date | None = None) -> Disclosure | None:
    """The decision that counts, for this case and this employer alone; `on`: the one that stood on that day."""
    decided = select(Disclosure).where(Disclosure.case_id == case_id, Disclosure.employer_id == employer_id)
    if on is not None:
        decided = decided.where(Disclosure.happened_on <= on)
    return session.scalars(decided.order_by(Disclosure.happened_on.desc(), Disclosure.id.desc()).limit(1)).first()


def disclosures_of(session: Session, case_id: int) -> dict[int, list[Disclosure]]:
    """Every version by employer, the newest first."""
    decided = select(Disclosure).where(Disclosure.case_id == case_id)
    found: dict[int, list[Disclosure]] = {}
    for version in session.scalars(decided.order_by(Disclosure.happened_on.desc(), Disclosure.id.desc())):
        found.setdefault(version.employer_id, []).append(version)
    return found
