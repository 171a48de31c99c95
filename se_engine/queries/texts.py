"""Opening sealed texts for a reader who has come through the door."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine.keys import KeyMissing
from se_engine.records.participants import Participant
from se_engine.records.texts import ParticipantText


def open_text(session: Session, sealed_key: bytes | None, kind: str, sealed: bytes | None) -> str | None:
    """The words; None when they were redacted or the participant erased."""
    if sealed is None:
        return None
    try:
        opened: str = session.info["keyring"].open(sealed_key, sealed, name=kind)
    except KeyMissing:
        return None
    return opened


def texts_of(session: Session, participant: Participant, ids: list[int]) -> dict[int, str | None]:
    """Text by id, all in one statement; None for redacted ones."""
    if not ids:
        return {}
    rows = session.execute(
        select(ParticipantText.id, ParticipantText.kind, ParticipantText.sealed).where(
            ParticipantText.id.in_(ids), ParticipantText.participant_id == participant.id
        )
    )
    return {row.id: open_text(session, participant.sealed_key, row.kind, row.sealed) for row in rows}


def split_name(opened: str | None) -> tuple[str, str]:
    """Given and family name; they are kept as one text, a line each."""
    given, _, family = (opened or "\n").partition("\n")
    return given, family


def full_name(opened: str | None) -> str:
    return " ".join(part for part in split_name(opened) if part) or "–"


def name_of(session: Session, participant: Participant) -> str:
    texts = texts_of(session, participant, [participant.name_id] if participant.name_id else [])
    return full_name(next(iter(texts.values()), None))
