"""Keeping words apart, sealed under the participant's key; and taking one away."""

from sqlalchemy.orm import Session

from se_engine.actions.trail import write_trail
from se_engine.clock import now
from se_engine.keys import digest, new_salt
from se_engine.queries.access import access_participant
from se_engine.records.base import write_row
from se_engine.records.participants import Participant
from se_engine.records.texts import KeptText, ParticipantText
from se_engine.rules.errors import NotFound, NotPermitted, Refused
from se_engine.rules.roles import SUPERVISION, Actor
from se_engine.rules.safe_text import has_national_number

LONGEST = 20_000


def keep_text(session: Session, participant: Participant, kind: str, text: str) -> KeptText:
    """The text, sealed and written; Refused when it is longer than anyone would read, or holds a national number."""
    if len(text) > LONGEST:
        raise Refused("text_too_long", longest=LONGEST)
    if has_national_number(text):
        raise Refused("national_number_in_text", field="")  # no kind of text is made for one
    salt = new_salt()
    proof = digest(salt, text)
    number = write_row(
        session,
        ParticipantText,
        participant_id=participant.id,
        kind=kind,
        sealed=session.info["keyring"].seal(participant.sealed_key, text, name=kind),
        salt=salt,
        digest=proof,
        recorded_at=now(session),
    )
    return KeptText(number, proof)


def keep_note(session: Session, participant: Participant, kind: str, text: str | None) -> KeptText | None:
    """The same for words that may be left out."""
    return keep_text(session, participant, kind, text.strip()) if text and text.strip() else None


def redact(session: Session, actor: Actor, participant_id: int, text_id: int, *, why: str) -> ParticipantText:
    """Takes a text away for good; who wrote it, when and its digest stay, and so does the chain."""
    participant = access_participant(session, actor, participant_id)
    if actor.role not in SUPERVISION:
        raise NotPermitted()
    text = session.get(ParticipantText, text_id)
    if text is None or text.participant_id != participant.id or text.id == participant.name_id:
        raise NotFound()
    reason = keep_text(session, participant, "redaction_reason", _needed(why))
    text.sealed = text.salt = None
    text.redacted_at, text.redacted_by = now(session), actor.user_id
    write_trail(session, actor, "text_redacted", participant=participant, text=reason, detail={"redacted": text.id})
    session.flush()
    return text


def _needed(why: str) -> str:
    if not why.strip():
        raise Refused("reason_needed")
    return why.strip()
