"""What auditors see, hear and conclude: appointments, notes, ratings, and what was missing before they left."""

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from se_engine.records.base import Base, identity, link


class AuditAppointment(Base):
    """One line of the plan for the days on site. The newest version stands; each change is told in the trail."""

    __tablename__ = "audit_appointments"
    __table_args__ = (
        CheckConstraint("minutes BETWEEN 5 AND 600", name="minutes"),
        Index("ix_audit_appointments_audit", "audit_id", "on_day", "starts_at"),
    )

    id: Mapped[int] = identity()
    audit_id: Mapped[int] = link("audits.id")
    on_day: Mapped[date]
    starts_at: Mapped[time]
    minutes: Mapped[int]
    what: Mapped[str]
    """An interview, an observation, reading, the talk at the end: a code."""
    audit_case_id: Mapped[int | None] = link("audit_cases.id")
    user_id: Mapped[int | None] = link("users.id")
    """Which auditor."""
    words: Mapped[str | None]
    """Where, and with whom by role: never a participant's name."""
    voluntary: Mapped[bool | None]
    """Whether she who is interviewed has said yes of her own will."""
    language: Mapped[str | None]
    interpreter: Mapped[str | None]
    """not_needed, needed, ordered or came: a participant's interpreter is paid."""
    status: Mapped[str] = mapped_column(default="planned")
    """planned, held or cancelled."""
    recorded_by: Mapped[int | None] = link("users.id")
    recorded_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own declaration


class AuditNote(Base):
    """What one source said or showed. Append-only; a corrected note follows the one it corrects."""

    __tablename__ = "audit_notes"
    __table_args__ = (Index("ix_audit_notes_audit", "audit_id", "id"), Index("ix_audit_notes_case", "audit_case_id"))

    id: Mapped[int] = identity()
    audit_id: Mapped[int] = link("audits.id")
    follows_id: Mapped[int | None] = link("audit_notes.id", index=True)
    """The note it takes the place of."""
    voided: Mapped[bool] = mapped_column(default=False)
    """Whether this row takes the one it follows away, with the reason in its words."""
    source: Mapped[str]
    """Interview, observation, case or document: a code."""
    appointment_id: Mapped[int | None] = link("audit_appointments.id")
    audit_case_id: Mapped[int | None] = link("audit_cases.id")
    happened_on: Mapped[date]
    language: Mapped[str | None]
    interpreter: Mapped[str | None]
    may_quote: Mapped[bool] = mapped_column(default=False)
    """Whether the participant agreed that her words and scores stand in the report."""
    score: Mapped[int | None]
    """Her own, from 1 to 5, where she gave one."""
    words: Mapped[str | None]
    text_id: Mapped[int | None] = link("participant_texts.id")
    """In the place of `words` where it is about a sampled case: sealed under the participant's key."""
    recorded_by: Mapped[int | None] = link("users.id")
    recorded_at: Mapped[datetime]


class AuditNoteItem(Base):
    """An item that a note is tagged with. Append-only, written with the note."""

    __tablename__ = "audit_note_items"
    __table_args__ = (UniqueConstraint("note_id", "item"),)

    id: Mapped[int] = identity()
    note_id: Mapped[int] = link("audit_notes.id")
    item: Mapped[str]


class AuditRating(Base):
    """One person's word on one item. Append-only: the newest of a rater in a stage counts, all are kept."""

    __tablename__ = "audit_ratings"
    __table_args__ = (
        CheckConstraint("stage IN ('self', 'own', 'consensus')", name="stage"),
        CheckConstraint("code IS NULL OR (code IN ('NR', 'NA') AND level IS NULL)", name="code"),
        Index("ix_audit_ratings_item", "audit_id", "stage", "user_id", "item", "id"),
    )

    id: Mapped[int] = identity()
    audit_id: Mapped[int] = link("audits.id")
    stage: Mapped[str]
    """self: the unit's own; own: one auditor's before anybody compared; consensus: what they agreed on."""
    item: Mapped[str]
    user_id: Mapped[int | None] = link("users.id")
    level: Mapped[int | None]
    code: Mapped[str | None]
    """NR not rated, NA not applicable by adaptation."""
    rationale: Mapped[str | None]
    recommendation: Mapped[str | None]
    adapted: Mapped[bool] = mapped_column(default=False)
    finished: Mapped[bool] = mapped_column(default=False)
    notes: Mapped[list[Any] | None]
    """The ids of the notes it refers to."""
    computed: Mapped[list[Any] | None]
    """What stood beside the item when it was rated: value, n, window and suggested level. Never copied into `level`."""
    follows_id: Mapped[int | None] = link("audit_ratings.id")
    """The row its writer had in front of her: so a text by somebody else is never written over unseen."""
    recorded_by: Mapped[int | None] = link("users.id")
    recorded_at: Mapped[datetime]


class AuditLock(Base):
    """From here on somebody's ratings of a stage stand. Append-only."""

    __tablename__ = "audit_locks"
    __table_args__ = (UniqueConstraint("audit_id", "stage", "user_id"),)

    id: Mapped[int] = identity()
    audit_id: Mapped[int] = link("audits.id")
    stage: Mapped[str]
    user_id: Mapped[int] = link("users.id")
    locked_at: Mapped[datetime]


class AuditMissing(Base):
    """Something to be found out before leaving. Append-only; a row that settles another names it."""

    __tablename__ = "audit_missing"

    id: Mapped[int] = identity()
    audit_id: Mapped[int] = link("audits.id", index=True)
    item: Mapped[str | None]
    words: Mapped[str]
    settles_id: Mapped[int | None] = link("audit_missing.id", index=True)
    recorded_by: Mapped[int | None] = link("users.id")
    recorded_at: Mapped[datetime]
