"""Keys by which a name is found without being read: written with the name, and for those who have none yet."""

from collections.abc import Iterable

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from se_engine.keys import Keyring
from se_engine.queries.texts import full_name, open_text
from se_engine.records.base import plain_table
from se_engine.records.participants import Participant
from se_engine.records.referrals import NameKey
from se_engine.records.texts import ParticipantText
from se_engine.rules.names import beginnings

NOTHING_TO_FIND = ""
"""The key of a name without a single letter: she has been looked at."""


def keys_of(keyring: Keyring, name: str) -> list[str]:
    return sorted(keyring.blind(beginning) for beginning in beginnings(name)) or [NOTHING_TO_FIND]


def key_name(session: Session, participant: Participant, name: str) -> None:
    """She is found by the name she has now, and by no earlier one."""
    session.execute(delete(NameKey).where(NameKey.participant_id == participant.id))
    _write(session, [(participant.id, participant.office_id, name)])


def key_missing_names(session: Session, *, at_most: int = 500) -> int:
    """Writes the keys of participants who have none; how many there were."""
    found = session.execute(
        select(Participant.id, Participant.office_id, Participant.sealed_key, ParticipantText.sealed)
        .join(ParticipantText, ParticipantText.id == Participant.name_id)
        .where(~exists().where(NameKey.participant_id == Participant.id))
        .order_by(Participant.id)
        .limit(at_most)
    ).all()
    opened = [
        (row.id, row.office_id, full_name(open_text(session, row.sealed_key, "name", row.sealed))) for row in found
    ]
    _write(session, opened)
    return len(found)


def _write(session: Session, named: Iterable[tuple[int, int, str]]) -> None:
    keyring: Keyring = session.info["keyring"]
    rows = [
        {"participant_id": number, "office_id": office_id, "key": key}
        for number, office_id, name in named
        for key in keys_of(keyring, name)
    ]
    if rows:
        session.connection().execute(plain_table(NameKey).insert(), rows)
