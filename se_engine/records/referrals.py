"""What was decided about a referral, who looks like whom, and keys by which a name is found without being read."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped

from se_engine.records.base import Base, identity, link


class ReferralDecision(Base):
    """accepted, waiting or declined. Append-only: the newest counts, and stands on the participant."""

    __tablename__ = "referral_decisions"

    id: Mapped[int] = identity()
    participant_id: Mapped[int] = link("participants.id", index=True)
    decision: Mapped[str]
    reason: Mapped[str | None]
    """A code; needed for waiting and declined."""
    decided_on: Mapped[date]
    decided_by: Mapped[str]
    """participant, specialist, supervisor or referrer: apart from who recorded it."""
    may_return: Mapped[str | None]
    """yes or no: whether she may come back without a new referral."""
    look_again_on: Mapped[date | None]
    text_id: Mapped[int | None] = link("participant_texts.id")
    recorded_by: Mapped[int | None] = link("users.id")
    recorded_at: Mapped[datetime]


class SamePerson(Base):
    """Two registrations that somebody says are, or are not, the same person. Linked, never merged."""

    __tablename__ = "same_persons"
    __table_args__ = (UniqueConstraint("participant_id", "other_id"),)

    id: Mapped[int] = identity()
    participant_id: Mapped[int] = link("participants.id")
    """The lower of the two numbers."""
    other_id: Mapped[int] = link("participants.id", index=True)
    same: Mapped[bool]
    recorded_by: Mapped[int | None] = link("users.id")
    recorded_at: Mapped[datetime]


class NameKey(Base):
    """A keyed digest of the beginning of how a part of her name sounds: found by, never read back into a name."""

    __tablename__ = "name_keys"
    __table_args__ = (
        UniqueConstraint("participant_id", "key"),
        Index("ix_name_keys_key", "office_id", "key"),
    )

    id: Mapped[int] = identity()
    participant_id: Mapped[int] = link("participants.id")
    office_id: Mapped[int] = link("offices.id")
    key: Mapped[str]


class TemplateChange(Base):
    """Which start package a case follows, from when. Append-only; the newest stands on the case."""

    __tablename__ = "template_changes"

    id: Mapped[int] = identity()
    case_id: Mapped[int] = link("cases.id", index=True)
    template: Mapped[str]
    before: Mapped[str]
    happened_on: Mapped[date]
    text_id: Mapped[int | None] = link("participant_texts.id")
    recorded_by: Mapped[int | None] = link("users.id")
    recorded_at: Mapped[datetime]
