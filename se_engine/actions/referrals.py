"""Taking somebody in: who she is, which languages she speaks, and her case in the first step – together."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from se_engine.actions.cases import open_case
from se_engine.actions.languages import set_languages
from se_engine.actions.participants import register
from se_engine.records.cases import Case
from se_engine.rules.errors import Refused
from se_engine.rules.roles import Actor


def refer(
    session: Session,
    actor: Actor,
    office_id: int,
    *,
    ref: str,
    given_name: str,
    family_name: str,
    languages: Sequence[str],
    opened_on: date,
    owner_id: int | None = None,
    protected: bool = False,
    **facts: Any,
) -> Case:
    """A name and a language are enough; the rest comes as it becomes known."""
    if not languages:
        raise Refused("language_needed")
    participant = register(
        session,
        actor,
        office_id,
        ref=ref,
        given_name=given_name,
        family_name=family_name,
        protected=protected,
        **facts,
    )
    set_languages(session, actor, participant.id, languages)
    return open_case(session, actor, participant.id, opened_on=opened_on, owner_id=owner_id)
