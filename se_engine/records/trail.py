"""The trail: who did or read what, about whom. Append-only, sealed in a chain by `tick`.

Dates stand as ISO text: a row has the same bytes on both engines and can be verified even when damaged.
"""

from sqlalchemy import BigInteger, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from se_engine.records.base import Base, identity

UNSEALED = text("position IS NULL")


class TrailEntry(Base):
    """Ids, codes and dates only. No foreign keys: the trail must outlive what it tells of."""

    __tablename__ = "trail_entries"
    __table_args__ = (
        Index("ix_trail_entries_unsealed", "id", sqlite_where=UNSEALED, postgresql_where=UNSEALED),
        Index("ix_trail_entries_case", "case_id", "id"),
        Index("ix_trail_entries_participant", "participant_id", "id"),
    )

    id: Mapped[int] = identity()
    recorded_at: Mapped[str]
    user_id: Mapped[int | None] = mapped_column(BigInteger)
    role: Mapped[str]
    on_behalf_of: Mapped[int | None] = mapped_column(BigInteger)
    """Whose case a substitute acted on."""
    office_id: Mapped[int | None] = mapped_column(BigInteger)
    participant_id: Mapped[int | None] = mapped_column(BigInteger)
    case_id: Mapped[int | None] = mapped_column(BigInteger)
    what: Mapped[str]
    detail: Mapped[str | None]
    """Codes and ids, `key=value` separated by spaces: never names, never free text."""
    happened_on: Mapped[str | None]
    text_id: Mapped[int | None] = mapped_column(BigInteger)
    text_digest: Mapped[str | None]
    digest: Mapped[str]
    """SHA-256 of the columns above: an entry can be checked before it is sealed."""
    position: Mapped[int | None] = mapped_column(BigInteger, unique=True)
    seal: Mapped[str | None]
    """SHA-256 of the seal before and this digest: sealing binds the order."""


class TrailHead(Base):
    """How far the chain is sealed, so that a cut-off end is found."""

    __tablename__ = "trail_heads"

    id: Mapped[int] = identity()
    sealed: Mapped[int] = mapped_column(BigInteger)
    seal: Mapped[str]
