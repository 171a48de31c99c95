"""Names, reasons and free text, apart from everything that only counts and dates.

Each text is sealed under its participant's key. History and trail point here and keep only a salted digest,
so a text can be taken away while who, when and why stay, and the chain of the trail stays whole.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Mapped

from se_engine.records.base import Base, identity, link


class ParticipantText(Base):
    """`sealed` and `salt` are empty once the text has been redacted."""

    __tablename__ = "participant_texts"

    id: Mapped[int] = identity()
    participant_id: Mapped[int] = link("participants.id", index=True)
    kind: Mapped[str]
    """name, reason, evidence, field …"""
    sealed: Mapped[bytes | None]
    salt: Mapped[bytes | None]
    digest: Mapped[str]
    recorded_at: Mapped[datetime]
    redacted_at: Mapped[datetime | None]
    redacted_by: Mapped[int | None] = link("users.id")


@dataclass(frozen=True)
class KeptText:
    """What other rows may know of a text: where it lies, and its digest."""

    id: int
    digest: str
