"""Her languages, and her level of Norwegian skill by skill."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine.actions.reviews import recount_review
from se_engine.actions.trail import write_trail
from se_engine.clock import now, today
from se_engine.queries.access import access_participant
from se_engine.records.participants import (
    LanguageLevel,
    ParticipantLanguage,
)
from se_engine.rules import identity
from se_engine.rules.errors import Refused
from se_engine.rules.languages import LEVEL_SOURCES, LEVELS, SKILLS
from se_engine.rules.roles import Actor


def set_languages(session: Session, actor: Actor, participant_id: int, languages: Sequence[str]) -> None:
    """The languages she uses, first language first."""
    participant = access_participant(session, actor, participant_id)
    wanted = list(dict.fromkeys(languages))
    for code in wanted:
        identity.check_language(code)
    known = {
        row.language: row
        for row in session.scalars(
            select(ParticipantLanguage)
            .where(ParticipantLanguage.participant_id == participant.id)
            .order_by(ParticipantLanguage.ordinal)
        )
    }
    for gone in known.keys() - set(wanted):
        session.delete(known[gone])
    for ordinal, code in enumerate(wanted):
        if code in known:
            known[code].ordinal = ordinal
        else:
            session.add(ParticipantLanguage(participant_id=participant.id, language=code, ordinal=ordinal))
    if list(known) != wanted:
        detail = {"languages": ",".join(wanted)}
        write_trail(session, actor, "languages_changed", participant=participant, detail=detail)
    session.flush()


def record_levels(
    session: Session,
    actor: Actor,
    participant_id: int,
    *,
    levels: Mapping[str, str | None],
    source: str,
    happened_on: date,
) -> None:
    """Her level of Norwegian per skill on a day, and who says so; the newest counts, the older stay."""
    participant = access_participant(session, actor, participant_id)
    if source not in LEVEL_SOURCES:
        raise Refused("level_source_unknown", allowed=", ".join(LEVEL_SOURCES))
    if happened_on > today(session):
        raise Refused("in_the_future", day=happened_on.isoformat(), today=today(session).isoformat())
    for skill, level in levels.items():
        if skill not in SKILLS or (level is not None and level not in LEVELS):
            raise Refused("level_unknown", allowed=", ".join(LEVELS))
        session.add(
            LanguageLevel(
                participant_id=participant.id,
                skill=skill,
                level=level,
                source=source,
                happened_on=happened_on,
                recorded_by=actor.user_id,
                recorded_at=now(session),
            )
        )
    detail = {"levels": ",".join(f"{skill}:{level or '-'}" for skill, level in levels.items()), "source": source}
    write_trail(session, actor, "levels_recorded", participant=participant, happened_on=happened_on, detail=detail)
    recount_review(session, participant.id)
