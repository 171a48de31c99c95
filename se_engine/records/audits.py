"""The audit: its charter and team, the way it has gone, and who may open which case in it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from se_engine.records.base import Base, identity, link

THERE = text("removed_at IS NULL")


class Audit(Base):
    """One review of one office against one version of a framework, with its own process (workflows/audit)."""

    __tablename__ = "audits"
    __table_args__ = (
        CheckConstraint("kind IN ('learning', 'formal')", name="kind"),
        CheckConstraint("until_on >= from_on", name="window"),
        CheckConstraint("entered_on >= opened_on", name="order"),
        Index("ix_audits_office", "office_id", "ended_on"),
    )

    id: Mapped[int] = identity()
    office_id: Mapped[int] = link("offices.id")
    kind: Mapped[str]
    framework_name: Mapped[str]
    framework_version: Mapped[int]
    framework_digest: Mapped[str]
    """SHA-256 of the framework's file when the charter was made: a changed definition is noticed, never used."""
    process_name: Mapped[str]
    process_version: Mapped[int]
    step: Mapped[str]
    opened_on: Mapped[date]
    entered_on: Mapped[date]
    ended_on: Mapped[date | None]
    from_on: Mapped[date]
    """The window the evidence is counted in, with its last day."""
    until_on: Mapped[date]
    visit_on: Mapped[date | None]
    """The first day on site: the deadlines are counted from it."""
    visit_days: Mapped[int] = mapped_column(default=2)
    scope: Mapped[list[Any] | None]
    """The sections that are looked at; empty is all of them."""
    legal_basis: Mapped[str]
    """A code, and the words beside it."""
    legal_words: Mapped[str]
    told_how: Mapped[str]
    """How participants were told of the audit: a code."""
    told_words: Mapped[str]
    names_open: Mapped[bool] = mapped_column(default=False)
    names_words: Mapped[str | None]
    """Why auditors need to see names, where they do."""
    previous_id: Mapped[int | None] = link("audits.id")
    """The audit that this one follows up."""
    factual_due_on: Mapped[date | None]
    """Until when the unit may comment on the draft."""
    created_by: Mapped[int | None] = link("users.id")
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own declaration


class AuditEvent(Base):
    """The way an audit has gone through its steps. Append-only, like a case's history."""

    __tablename__ = "audit_events"

    id: Mapped[int] = identity()
    audit_id: Mapped[int] = link("audits.id", index=True)
    trigger: Mapped[str | None]
    """Empty: the audit was opened."""
    from_step: Mapped[str | None]
    step: Mapped[str]
    happened_on: Mapped[date]
    words: Mapped[str | None]
    open_requirements: Mapped[list[Any] | None]
    recorded_by: Mapped[int | None] = link("users.id")
    recorded_at: Mapped[datetime]
    role: Mapped[str]


class AuditMember(Base):
    """Who takes part: lead and second auditor, observer, and the contact at the unit."""

    __tablename__ = "audit_members"
    __table_args__ = (
        CheckConstraint("part IN ('lead', 'second', 'observer', 'contact')", name="part"),
        Index(
            "uq_audit_members_there", "audit_id", "user_id", unique=True, sqlite_where=THERE, postgresql_where=THERE
        ),
        Index("ix_audit_members_user", "user_id"),
    )

    id: Mapped[int] = identity()
    audit_id: Mapped[int] = link("audits.id")
    user_id: Mapped[int] = link("users.id")
    part: Mapped[str]
    added_by: Mapped[int | None] = link("users.id")
    added_at: Mapped[datetime]
    removed_by: Mapped[int | None] = link("users.id")
    removed_at: Mapped[datetime | None]


class AuditAdaptation(Base):
    """What of the framework fits otherwise here, or not at all. Append-only: the newest per item counts."""

    __tablename__ = "audit_adaptations"
    __table_args__ = (CheckConstraint("how IN ('adapted', 'not_applicable', 'as_written')", name="how"),)

    id: Mapped[int] = identity()
    audit_id: Mapped[int] = link("audits.id", index=True)
    item: Mapped[str]
    how: Mapped[str]
    words: Mapped[str]
    recorded_by: Mapped[int | None] = link("users.id")
    recorded_at: Mapped[datetime]


class AuditEvidence(Base):
    """The evidence sheet as it was when it was computed: data quality first, then every indicator. Append-only."""

    __tablename__ = "audit_evidence"

    id: Mapped[int] = identity()
    audit_id: Mapped[int] = link("audits.id", index=True)
    quality: Mapped[list[Any] | None]
    """What is missing or unlikely in the records, in figures."""
    indicators: Mapped[list[Any] | None]
    """Each as `audit indicators` gives it, with its version."""
    digest: Mapped[str]
    recorded_by: Mapped[int | None] = link("users.id")
    recorded_at: Mapped[datetime]


class AuditSample(Base):
    """A draw that anybody can repeat: the seed, the frame it was drawn from, and how the places fell. Append-only."""

    __tablename__ = "audit_samples"

    id: Mapped[int] = identity()
    audit_id: Mapped[int] = link("audits.id", index=True)
    seed: Mapped[int]
    size: Mapped[int]
    frame_size: Mapped[int]
    frame_hash: Mapped[str]
    strata: Mapped[list[Any] | None]
    """Each stratum with how many are in the frame and how many were drawn."""
    recorded_by: Mapped[int | None] = link("users.id")
    recorded_at: Mapped[datetime]


class AuditCase(Base):
    """One case that auditors may read: drawn, taken in another's place, or chosen on purpose. Append-only."""

    __tablename__ = "audit_cases"
    __table_args__ = (
        UniqueConstraint("audit_id", "number"),
        CheckConstraint("drawn IN ('random', 'replacement', 'purposive')", name="drawn"),
        Index("ix_audit_cases_case", "case_id"),
    )

    id: Mapped[int] = identity()
    audit_id: Mapped[int] = link("audits.id")
    sample_id: Mapped[int] = link("audit_samples.id", index=True)
    case_id: Mapped[int] = link("cases.id")
    number: Mapped[int]
    """What auditors call it: case 1, 2, 3 … of this audit."""
    drawn: Mapped[str]
    stratum: Mapped[list[Any] | None]
    replaces_id: Mapped[int | None] = link("audit_cases.id")
    """The case it was taken for, which nobody reads any more."""
    reason: Mapped[str | None]
    """A code, and the words beside it: for a replacement, and for a case chosen on purpose."""
    words: Mapped[str | None]
    recorded_by: Mapped[int | None] = link("users.id")
    recorded_at: Mapped[datetime]
