"""What comes of an audit: the unit's comments, reports and signatures, the action plan and its follow-up."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import JSON

from se_engine.records.base import Base, identity, link


class AuditComment(Base):
    """The unit's word on the draft, or the auditors' answer to it. Append-only."""

    __tablename__ = "audit_comments"

    id: Mapped[int] = identity()
    audit_id: Mapped[int] = link("audits.id", index=True)
    item: Mapped[str | None]
    words: Mapped[str]
    answers_id: Mapped[int | None] = link("audit_comments.id", index=True)
    answer: Mapped[str | None]
    """Where it answers: changed, kept or explained."""
    recorded_by: Mapped[int | None] = link("users.id")
    recorded_at: Mapped[datetime]


class AuditReport(Base):
    """A report as it was made: everything it prints, frozen. Append-only; a later one stands beside it."""

    __tablename__ = "audit_reports"
    __table_args__ = (CheckConstraint("kind IN ('draft', 'final')", name="kind"),)

    id: Mapped[int] = identity()
    audit_id: Mapped[int] = link("audits.id", index=True)
    kind: Mapped[str]
    content: Mapped[dict[str, Any]] = mapped_column(JSON(none_as_null=True))
    """The whole report as data; it is worded when it is printed."""
    digest: Mapped[str]
    """SHA-256 of the content: a signature is under this."""
    recorded_by: Mapped[int | None] = link("users.id")
    recorded_at: Mapped[datetime]


class AuditSignature(Base):
    """An auditor signs a final report. Append-only."""

    __tablename__ = "audit_signatures"
    __table_args__ = (UniqueConstraint("report_id", "user_id"),)

    id: Mapped[int] = identity()
    report_id: Mapped[int] = link("audit_reports.id")
    user_id: Mapped[int] = link("users.id")
    digest: Mapped[str]
    signed_at: Mapped[datetime]


class AuditAction(Base):
    """One line of the action plan: what is done about an item, by whom, until when, and what will show it."""

    __tablename__ = "audit_actions"
    __table_args__ = (
        Index("ix_audit_actions_audit", "audit_id", "due_on"),
        Index("ix_audit_actions_owner", "owner_id"),
    )

    id: Mapped[int] = identity()
    audit_id: Mapped[int] = link("audits.id")
    item: Mapped[str]
    words: Mapped[str]
    owner_id: Mapped[int] = link("users.id")
    due_on: Mapped[date]
    expected_level: Mapped[int | None]
    evidence: Mapped[str | None]
    """The indicator that will show it, or empty: then the words below say what will."""
    evidence_words: Mapped[str | None]
    recorded_by: Mapped[int | None] = link("users.id")
    recorded_at: Mapped[datetime]


class AuditActionEvent(Base):
    """What has become of a line of the plan. Append-only: the newest counts."""

    __tablename__ = "audit_action_events"
    __table_args__ = (CheckConstraint("what IN ('begun', 'done', 'moved', 'given_up', 'reopened')", name="what"),)

    id: Mapped[int] = identity()
    action_id: Mapped[int] = link("audit_actions.id", index=True)
    what: Mapped[str]
    happened_on: Mapped[date]
    due_on: Mapped[date | None]
    """The new date, where it was moved."""
    words: Mapped[str | None]
    recorded_by: Mapped[int | None] = link("users.id")
    recorded_at: Mapped[datetime]


class AuditFollowUp(Base):
    """The indicators a quarter later, computed again without any rating. Append-only."""

    __tablename__ = "audit_follow_ups"
    __table_args__ = (UniqueConstraint("audit_id", "on_day"),)

    id: Mapped[int] = identity()
    audit_id: Mapped[int] = link("audits.id")
    on_day: Mapped[date]
    indicators: Mapped[list[Any] | None]
    recorded_at: Mapped[datetime]


class AuditCorrection(Base):
    """An error in an audit that has ended: said in a later one and rated rightly from then on. Append-only."""

    __tablename__ = "audit_corrections"

    id: Mapped[int] = identity()
    audit_id: Mapped[int] = link("audits.id", index=True)
    """The audit with the error, which stays as it was."""
    found_in_id: Mapped[int | None] = link("audits.id")
    item: Mapped[str]
    words: Mapped[str]
    recorded_by: Mapped[int | None] = link("users.id")
    recorded_at: Mapped[datetime]
