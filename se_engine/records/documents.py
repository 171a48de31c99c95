"""Agreements, plans and reports: what they say, version by version, and who approved, signed or commented which."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from se_engine.records.base import Base, identity, link


class Document(Base):
    """One agreement, plan or report of a case; its kinds and their fields stand in workflows/documents.

    An agreement with a workplace names the employer, and the job once there is one.
    """

    __tablename__ = "documents"
    __table_args__ = (Index("ix_documents_case", "case_id", "kind"),)

    id: Mapped[int] = identity()
    case_id: Mapped[int] = link("cases.id")
    kind: Mapped[str]
    employer_id: Mapped[int | None] = link("employers.id", index=True)
    job_id: Mapped[int | None] = link("jobs.id")
    from_on: Mapped[date | None]
    """The period of a report."""
    until_on: Mapped[date | None]
    opened_on: Mapped[date]
    closed_on: Mapped[date | None]
    """No longer in force: replaced, or its time is over."""
    recorded_by: Mapped[int | None] = link("users.id")
    recorded_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own declaration


class DocumentVersion(Base):
    """What a document says from one saving to the next, sealed as one text. Append-only."""

    __tablename__ = "document_versions"
    __table_args__ = (UniqueConstraint("document_id", "number"),)

    id: Mapped[int] = identity()
    document_id: Mapped[int] = link("documents.id")
    number: Mapped[int]
    definition_version: Mapped[int]
    text_id: Mapped[int] = link("participant_texts.id")
    """Its content as JSON: field key → words, or a list of rows."""
    complete: Mapped[bool]
    """Every field that signing asks for is filled in."""
    happened_on: Mapped[date]
    recorded_by: Mapped[int | None] = link("users.id")
    recorded_at: Mapped[datetime]


class DocumentEvent(Base):
    """Something that happened to one version: it was approved, signed, explained, shared, commented. Append-only.

    An approval belongs to its version, so a new version has none.
    """

    __tablename__ = "document_events"
    __table_args__ = (Index("ix_document_events_document", "document_id", "what"),)

    id: Mapped[int] = identity()
    document_id: Mapped[int] = link("documents.id")
    version_id: Mapped[int] = link("document_versions.id")
    what: Mapped[str]
    """A code of rules.documents.EVENTS: approved, signed, explained, shared, commented, printed or withdrawn."""
    party: Mapped[str | None]
    """participant, specialist, employer, guardian or supervisor."""
    happened_on: Mapped[date]
    deadline_on: Mapped[date | None]
    """By when she may comment on what was shared."""
    form: Mapped[str | None]
    """paper, oral or on_screen."""
    language: Mapped[str | None]
    """The language it was read or explained in."""
    interpreter: Mapped[str | None]
    """yes or no."""
    teach_back: Mapped[bool | None]
    """She told it back in her own words."""
    on_behalf: Mapped[bool] = mapped_column(default=False)
    """Somebody else spoke for her; the text says why."""
    text_id: Mapped[int | None] = link("participant_texts.id")
    voids_id: Mapped[int | None] = link("document_events.id")
    recorded_by: Mapped[int | None] = link("users.id")
    recorded_at: Mapped[datetime]


class Rung(Base):
    """One task on the ladder of a workplace training plan."""

    __tablename__ = "rungs"
    __table_args__ = (Index("ix_rungs_case", "case_id", "employer_id"),)

    id: Mapped[int] = identity()
    case_id: Mapped[int] = link("cases.id")
    employer_id: Mapped[int] = link("employers.id")
    step: Mapped[int]
    """1 safe basic tasks … 5 tasks with responsibility."""
    ordinal: Mapped[int]
    """Its place within the step."""
    added_on: Mapped[date]
    task_text_id: Mapped[int] = link("participant_texts.id")
    teacher_text_id: Mapped[int | None] = link("participant_texts.id")
    method: Mapped[str | None]
    """show, together, alone or explain."""
    adaptation_text_id: Mapped[int | None] = link("participant_texts.id")
    safety_text_id: Mapped[int | None] = link("participant_texts.id")
    starts_on: Mapped[date | None]
    removed_on: Mapped[date | None]
    removed_text_id: Mapped[int | None] = link("participant_texts.id")
    """Why it was taken off the ladder."""
    recorded_by: Mapped[int | None] = link("users.id")
    recorded_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own declaration


class RungMastery(Base):
    """Somebody says that she masters the task: herself, the buddy, the specialist. Append-only."""

    __tablename__ = "rung_masteries"

    id: Mapped[int] = identity()
    rung_id: Mapped[int] = link("rungs.id", index=True)
    says: Mapped[str]
    """participant, buddy or specialist."""
    mastered: Mapped[bool]
    happened_on: Mapped[date]
    recorded_by: Mapped[int | None] = link("users.id")
    recorded_at: Mapped[datetime]


class RungWord(Base):
    """A word or phrase the task needs: Norwegian, and what she calls it."""

    __tablename__ = "rung_words"

    id: Mapped[int] = identity()
    rung_id: Mapped[int] = link("rungs.id", index=True)
    text_id: Mapped[int] = link("participant_texts.id")
    own_text_id: Mapped[int | None] = link("participant_texts.id")
    learned_on: Mapped[date | None]
    recorded_by: Mapped[int | None] = link("users.id")
    recorded_at: Mapped[datetime]


class StepDownPhase(Base):
    """From a day on so many days may pass between two contacts in step 5. Append-only: the newest version counts."""

    __tablename__ = "step_down_phases"
    __table_args__ = (Index("ix_step_down_phases_case", "case_id", "from_on"),)

    id: Mapped[int] = identity()
    case_id: Mapped[int] = link("cases.id")
    version_id: Mapped[int] = link("document_versions.id", index=True)
    from_on: Mapped[date]
    days_between: Mapped[int]
