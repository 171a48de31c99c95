"""Giving somebody more than she should carry is possible, with a reason that is kept."""

from sqlalchemy.orm import Session

from se_engine.queries.capacity import capacity_of
from se_engine.rules.errors import Refused
from se_engine.rules.referrals import REASON_FROM


def check_room(session: Session, user_id: int | None, why: str | None) -> None:
    """Refused when she has twenty running cases or more and nobody says why she gets another."""
    if user_id is None or (why and why.strip()):
        return
    found = capacity_of(session, user_id)
    if found is not None and found.working >= REASON_FROM:
        raise Refused("caseload_reason_needed", number=found.working, name=found.name)
