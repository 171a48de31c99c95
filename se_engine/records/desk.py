"""What lies on somebody's own desk: drafts, reminders on slips of paper, and lists worth coming back to."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped

from se_engine.records.base import Base, identity, link


class Draft(Base):
    """What somebody has typed into a form and not sent; hers alone, and gone when it is too old."""

    __tablename__ = "drafts"
    __table_args__ = (UniqueConstraint("user_id", "form"), Index("ix_drafts_expiry", "expires_at"))

    id: Mapped[int] = identity()
    user_id: Mapped[int] = link("users.id")
    form: Mapped[str]
    """The path of the form it belongs to."""
    case_id: Mapped[int | None] = link("cases.id", index=True)
    sealed_key: Mapped[bytes]
    sealed: Mapped[bytes]
    updated_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class StickyNote(Base):
    """A reminder to herself at a case: a few words, a day, or both."""

    __tablename__ = "sticky_notes"
    __table_args__ = (UniqueConstraint("case_id", "user_id"), Index("ix_sticky_notes_user", "user_id", "due_on"))

    id: Mapped[int] = identity()
    case_id: Mapped[int] = link("cases.id")
    user_id: Mapped[int] = link("users.id")
    due_on: Mapped[date | None]
    sealed: Mapped[bytes | None]
    """Under the participant's key."""
    recorded_at: Mapped[datetime]


class SavedFilter(Base):
    """A worklist somebody comes back to: a name for its address."""

    __tablename__ = "saved_filters"
    __table_args__ = (UniqueConstraint("user_id", "name"),)

    id: Mapped[int] = identity()
    user_id: Mapped[int] = link("users.id")
    name: Mapped[str]
    query: Mapped[str]
    recorded_at: Mapped[datetime]
