"""What participants said to the auditors, where they agreed that it is told: their own scores and words."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from se_engine.keys import digest as text_digest
from se_engine.queries.texts import open_text
from se_engine.records.audit_ratings import AuditNote, AuditNoteItem
from se_engine.records.audits import Audit, AuditCase
from se_engine.records.participants import Participant
from se_engine.records.texts import ParticipantText

PARTICIPANT = "interview_participant"


def voices_of(session: Session, audit: Audit) -> list[dict[str, Any]]:
    """Score, items and the words; words that are sealed stay where they are, and only their place and digest are told.

    So a report that was made says the same for ever, and words that are taken away are gone from it too.
    """
    later = aliased(AuditNote)
    stands = ~select(later.id).where(later.follows_id == AuditNote.id).exists()
    rows = session.execute(
        select(AuditNote, AuditCase.number, ParticipantText.digest)
        .outerjoin(AuditCase, AuditCase.id == AuditNote.audit_case_id)
        .outerjoin(ParticipantText, ParticipantText.id == AuditNote.text_id)
        .where(AuditNote.audit_id == audit.id, AuditNote.source == PARTICIPANT, AuditNote.may_quote, stands)
        .where(~AuditNote.voided)
        .order_by(AuditNote.id)
    ).all()
    items = _items(session, [note.id for note, _, _ in rows])
    return [
        {
            "case": number,
            "score": note.score,
            "items": items.get(note.id, []),
            "words": note.words,
            "text": note.text_id,
            "text_digest": digest,
        }
        for note, number, digest in rows
    ]


def words_of(session: Session, voices: Sequence[Mapping[str, Any]]) -> list[str | None]:
    """The words of each voice as they can be read today; None for those that were taken away, or never given."""
    wanted = [one["text"] for one in voices if one.get("text")]
    rows = session.execute(
        select(ParticipantText, Participant.sealed_key)
        .join(Participant, Participant.id == ParticipantText.participant_id)
        .where(ParticipantText.id.in_(wanted))
    ).all() if wanted else ()
    opened = {text.id: _opened(session, text, sealed_key) for text, sealed_key in rows}
    return [opened.get(one["text"]) if one.get("text") else one.get("words") for one in voices]


def _opened(session: Session, text: ParticipantText, sealed_key: bytes | None) -> str | None:
    """Only words that are still those the report was made with."""
    found = open_text(session, sealed_key, text.kind, text.sealed)
    if found is None or text.salt is None or text_digest(text.salt, found) != text.digest:
        return None
    return found


def _items(session: Session, notes: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    if notes:
        rows = select(AuditNoteItem).where(AuditNoteItem.note_id.in_(notes)).order_by(AuditNoteItem.id)
        for one in session.scalars(rows):
            found.setdefault(one.note_id, []).append(one.item)
    return found
