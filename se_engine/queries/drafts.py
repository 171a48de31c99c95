"""A person's own drafts: the one of a form, and the list of what she has not finished."""

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from se_engine.clock import now, today
from se_engine.queries.access import cases_in_scope
from se_engine.queries.texts import full_name, open_text
from se_engine.records.cases import Case
from se_engine.records.desk import Draft
from se_engine.records.participants import Participant
from se_engine.records.texts import ParticipantText
from se_engine.rules.roles import Actor

SEALED_AS = "draft"
SHOWN = 50


@dataclass(frozen=True)
class KeptDraft:
    """What was typed, as name and value for every field that was sent."""

    id: int
    updated_at: datetime
    typed: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class DraftLine:
    id: int
    form: str
    updated_at: datetime
    expires_at: datetime
    name: str | None
    """The participant it is about; None for none, and for a case that is not hers any more."""
    open: bool
    """Whether she may still open what it is about."""


def draft_of(session: Session, actor: Actor, form: str) -> KeptDraft | None:
    own = select(Draft).where(Draft.user_id == actor.user_id, Draft.form == form, Draft.expires_at > now(session))
    draft = session.scalar(own)
    if draft is None:
        return None
    written = session.info["keyring"].open(draft.sealed_key, draft.sealed, name=SEALED_AS)
    return KeptDraft(draft.id, draft.updated_at, tuple((name, value) for name, value in json.loads(written)))


def own_drafts(session: Session, actor: Actor) -> list[DraftLine]:
    """Newest first, with the name of whom each is about, all in one statement."""
    hers = and_(Case.id == Draft.case_id, cases_in_scope(actor, today(session)))
    rows = session.execute(
        select(Draft, Case.id.label("case"), Participant.sealed_key, ParticipantText.sealed)
        .select_from(Draft)
        .outerjoin(Case, hers)
        .outerjoin(Participant, Participant.id == Case.participant_id)
        .outerjoin(ParticipantText, ParticipantText.id == Participant.name_id)
        .where(Draft.user_id == actor.user_id, Draft.expires_at > now(session))
        .order_by(Draft.updated_at.desc(), Draft.id.desc())
        .limit(SHOWN)
    )
    return [
        DraftLine(
            row.Draft.id,
            row.Draft.form,
            row.Draft.updated_at,
            row.Draft.expires_at,
            full_name(open_text(session, row.sealed_key, "name", row.sealed)) if row.case else None,
            open=row.Draft.case_id is None or row.case is not None,
        )
        for row in rows
    ]
