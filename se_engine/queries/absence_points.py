"""What was said of the law's dates while she was sick, for several absences at once."""

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine.records.jobs import AbsencePoint


def points_told(session: Session, absences: Collection[int]) -> dict[int, dict[str, AbsencePoint]]:
    """Absence → point → the newest word on it."""
    told: dict[int, dict[str, AbsencePoint]] = defaultdict(dict)
    if absences:
        for row in session.scalars(
            select(AbsencePoint).where(AbsencePoint.absence_id.in_(absences)).order_by(AbsencePoint.id)
        ):
            told[row.absence_id][row.point] = row
    return told
