"""Her newest level of Norwegian in each skill."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine.records.participants import LanguageLevel


class LevelRow(NamedTuple):
    """Who says so, since when, and the level; None: asked for and not known."""

    source: str
    on: date
    level: str | None


def newest_levels(session: Session, participant_id: int) -> dict[str, str | None]:
    """By skill; a skill that was asked for and is not known is None."""
    return {skill: row.level for skill, row in newest_rows(session, participant_id).items()}


def newest_rows(session: Session, participant_id: int) -> dict[str, LevelRow]:
    return dict(level_rows(session, participant_id))


def level_rows(session: Session, participant_id: int) -> list[tuple[str, LevelRow]]:
    """Everything that was said of her levels, oldest first, the one that counts last."""
    wanted = select(LanguageLevel.skill, LanguageLevel.source, LanguageLevel.happened_on, LanguageLevel.level).where(
        LanguageLevel.participant_id == participant_id
    )
    rows = session.execute(wanted.order_by(LanguageLevel.happened_on, LanguageLevel.id))
    return [(row.skill, LevelRow(row.source, row.happened_on, row.level)) for row in rows]
