"""Employers: the card, the people to talk to, agreements, notes on them, and what they answer when we ask.

Nothing here may tell of a participant: the texts are readable to the whole office.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from se_engine.records.base import Base, identity, link


class Employer(Base):
    """The newest word on an employer; what it said before stands in EmployerChange."""

    __tablename__ = "employers"
    __table_args__ = (UniqueConstraint("office_id", "name"),)

    id: Mapped[int] = identity()
    office_id: Mapped[int] = link("offices.id")
    name: Mapped[str]
    org_number: Mapped[str | None]
    """Nine digits, checked."""
    industry: Mapped[str | None]
    """The letter of its section in NACE Rev. 2.1 (SN2025)."""
    size: Mapped[str | None]
    address: Mapped[str | None]
    phone: Mapped[str | None]
    municipality: Mapped[str | None]
    stage: Mapped[str | None]
    """new, explored, open or closed; empty: only the name is known."""
    refusal: Mapped[str | None]
    """Why it takes nobody in for the time being: a code of rules.employers.REFUSALS."""
    source: Mapped[str | None]
    collective_agreement: Mapped[str | None]
    """yes or no; empty: not known. The same below."""
    safety_delegate: Mapped[str | None]
    limited_norwegian: Mapped[str | None]
    """yes, some_tasks or no."""
    listening: Mapped[str | None]
    """The level of Norwegian asked for, A1–C2 or none; the same for the other skills."""
    reading: Mapped[str | None]
    speaking: Mapped[str | None]
    writing: Mapped[str | None]
    language_mentor: Mapped[str | None]
    experience: Mapped[str | None]
    """good, mixed or bad."""
    needs: Mapped[str | None]
    """Codes with commas between."""
    preferred_form: Mapped[str | None]
    preferred_time: Mapped[str | None]
    busy_times: Mapped[str | None]
    possible_tasks: Mapped[str | None]
    experience_words: Mapped[str | None]
    next_on: Mapped[date | None]
    recorded_at: Mapped[datetime]
    version: Mapped[int | None]
    """Counts the changes of the card; empty is as good as 1. Kept by actions.employers, not by the mapper."""


class EmployerChange(Base):
    """One changed field of an employer's card: from what, to what, by whom. Append-only."""

    __tablename__ = "employer_changes"

    id: Mapped[int] = identity()
    employer_id: Mapped[int] = link("employers.id", index=True)
    person_id: Mapped[int | None] = link("employer_people.id")
    """Of somebody to talk to there: the field then begins with `person`."""
    field: Mapped[str]
    before: Mapped[str | None]
    after: Mapped[str | None]
    version: Mapped[int]
    """The version of the card that this change made: what was seen earlier can be told from what came later."""
    recorded_by: Mapped[int | None] = link("users.id")
    recorded_at: Mapped[datetime]


class EmployerPerson(Base):
    """Somebody at the employer to talk to. Business contact details; removed when no longer right."""

    __tablename__ = "employer_people"

    id: Mapped[int] = identity()
    employer_id: Mapped[int] = link("employers.id", index=True)
    name: Mapped[str]
    function: Mapped[str | None]
    phone: Mapped[str | None]
    email: Mapped[str | None]
    preferred_form: Mapped[str | None]
    preferred_time: Mapped[str | None]
    decides: Mapped[bool] = mapped_column(default=False)
    left_on: Mapped[date | None]
    recorded_by: Mapped[int | None] = link("users.id")
    recorded_at: Mapped[datetime]


class FrameworkAgreement(Base):
    """A standing agreement with an employer: how many places a year, from–to."""

    __tablename__ = "framework_agreements"
    __table_args__ = (CheckConstraint("until_on >= from_on", name="order"),)

    id: Mapped[int] = identity()
    employer_id: Mapped[int] = link("employers.id", index=True)
    from_on: Mapped[date]
    until_on: Mapped[date]
    places: Mapped[int]
    tasks: Mapped[str | None]
    ended_on: Mapped[date | None]
    """Before its time."""
    recorded_by: Mapped[int | None] = link("users.id")
    recorded_at: Mapped[datetime]


class EmployerNote(Base):
    """What was said with an employer: of the work and the workplace, never of a participant."""

    __tablename__ = "employer_notes"
    __table_args__ = (Index("ix_employer_notes_employer", "employer_id", "happened_on"),)

    id: Mapped[int] = identity()
    employer_id: Mapped[int] = link("employers.id")
    contact_id: Mapped[int | None] = link("contacts.id", index=True)
    happened_on: Mapped[date]
    text: Mapped[str]
    agreed: Mapped[str | None]
    voided: Mapped[bool] = mapped_column(default=False)
    recorded_by: Mapped[int | None] = link("users.id")
    recorded_at: Mapped[datetime]


class EmployerFeedback(Base):
    """Five answers of an employer at week 2, 8 or 26 of somebody's work there."""

    __tablename__ = "employer_feedback"
    __table_args__ = (UniqueConstraint("track_id", "week"),)

    id: Mapped[int] = identity()
    employer_id: Mapped[int] = link("employers.id", index=True)
    track_id: Mapped[int] = link("tracks.id")
    week: Mapped[int]
    happened_on: Mapped[date]
    answers: Mapped[list[Any]]
    """Five numbers from 1 to 5, in the order of rules.employers.QUESTIONS; null: not answered."""
    another: Mapped[str | None]
    """Would they receive another candidate: yes, no or perhaps."""
    text: Mapped[str | None]
    recorded_by: Mapped[int | None] = link("users.id")
    recorded_at: Mapped[datetime]
