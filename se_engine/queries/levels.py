"""Her newest level of Norwegian in each skill."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine.records.participants import LanguageLevel


def newest_levels(session: Session, participant_id: int) -> dict[str, str | None]:
    """By skill; a skill that was asked for and is not known is None."""
    wanted = select(LanguageLevel.skill, LanguageLevel.level).where(LanguageLevel.participant_id == participant_id)
    rows = session.execute(wanted.order_by(LanguageLevel.happened_on, LanguageLevel.id))
    return {row.skill: row.level for row in rows}
