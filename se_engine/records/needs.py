"""Needs outside work: appointments and who is responsible, never diagnoses; partners, commitments and problems."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from se_engine.records.base import Base, identity, link


class Need(Base):
    """Something outside work that must be in place, as an appointment with whoever is responsible for it."""

    __tablename__ = "needs"
    __table_args__ = (Index("ix_needs_case", "case_id", "status"),)

    id: Mapped[int] = identity()
    case_id: Mapped[int] = link("cases.id")
    area: Mapped[str]
    """housing, economy, debt, childcare, permit, health_contact, family, transport, digital or other."""
    partner_id: Mapped[int | None] = link("partners.id")
    """The responsible service."""
    sort_first: Mapped[bool] = mapped_column(default=False)
    rank: Mapped[int | None]
    status: Mapped[str]
    """open, appointed, in_place or not_needed."""
    appointment_on: Mapped[date | None]
    noted_on: Mapped[date]
    ended_on: Mapped[date | None]
    text_id: Mapped[int | None] = link("participant_texts.id")
    recorded_by: Mapped[int | None] = link("users.id")
    recorded_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own declaration


class Partner(Base):
    """A service or organisation that the office works with."""

    __tablename__ = "partners"
    __table_args__ = (UniqueConstraint("office_id", "name"),)

    id: Mapped[int] = identity()
    office_id: Mapped[int] = link("offices.id")
    name: Mapped[str]
    kind: Mapped[str]
    """nav, municipality, school, health, voluntary, housing, trade_union or other."""
    phone: Mapped[str | None]
    email: Mapped[str | None]
    ended_on: Mapped[date | None]
    """Since when the office works with it no more."""
    recorded_by: Mapped[int | None] = link("users.id")
    recorded_at: Mapped[datetime]


class PartnerConsent(Base):
    """What may be talked about with one partner. Append-only: the newest per partner and topic counts."""

    __tablename__ = "partner_consents"
    __table_args__ = (Index("ix_partner_consents_case", "case_id", "partner_id", "topic"),)

    id: Mapped[int] = identity()
    case_id: Mapped[int] = link("cases.id")
    partner_id: Mapped[int] = link("partners.id")
    topic: Mapped[str]
    """meetings, plan, progress, language, adaptations or practical."""
    answer: Mapped[str]
    """yes, no or withdrawn."""
    language: Mapped[str | None]
    happened_on: Mapped[date]
    valid_until: Mapped[date | None]
    recorded_by: Mapped[int | None] = link("users.id")
    recorded_at: Mapped[datetime]


class Commitment(Base):
    """What somebody promised at a cooperation meeting, by when."""

    __tablename__ = "commitments"
    __table_args__ = (Index("ix_commitments_case", "case_id", "done_on", "due_on"),)

    id: Mapped[int] = identity()
    case_id: Mapped[int] = link("cases.id")
    contact_id: Mapped[int | None] = link("contacts.id")
    who: Mapped[str]
    """participant, specialist, employer, partner or other."""
    partner_id: Mapped[int | None] = link("partners.id")
    text_id: Mapped[int] = link("participant_texts.id")
    made_on: Mapped[date]
    due_on: Mapped[date | None]
    done_on: Mapped[date | None]
    dropped_on: Mapped[date | None]
    end_text_id: Mapped[int | None] = link("participant_texts.id")
    """Why it was dropped."""
    recorded_by: Mapped[int | None] = link("users.id")
    recorded_at: Mapped[datetime]


class Problem(Base):
    """Something that went wrong for her or between services: opened, tagged, closed with what solved it."""

    __tablename__ = "problems"
    __table_args__ = (Index("ix_problems_case", "case_id", "closed_on"),)

    id: Mapped[int] = identity()
    case_id: Mapped[int] = link("cases.id")
    track_id: Mapped[int | None] = link("tracks.id")
    tag: Mapped[str]
    """information, agreement, language, norms, attendance, tasks, cooperation, practical or other."""
    brought_by: Mapped[str]
    """participant, employer, partner or specialist."""
    opened_on: Mapped[date]
    answer_by: Mapped[date | None]
    """For a problem an employer brought: within one working day unless something else is agreed."""
    text_id: Mapped[int] = link("participant_texts.id")
    closed_on: Mapped[date | None]
    solution_text_id: Mapped[int | None] = link("participant_texts.id")
    recorded_by: Mapped[int | None] = link("users.id")
    recorded_at: Mapped[datetime]
