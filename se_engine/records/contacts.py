"""Contacts: a meeting before it happens and the note after it, with its texts, its interpreter and its evidence."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from se_engine.records.base import Base, identity, link

PLANNED = text("status = 'planned'")
AGREED = text("next_on IS NOT NULL")


class Contact(Base):
    """One contact of any kind. While `planned` it may be moved to another time; once it is over it stays as it is.

    A mistake is voided with a reason and told anew. Without a case it is a contact with an employer alone.
    """

    __tablename__ = "contacts"
    __table_args__ = (
        UniqueConstraint("office_id", "external_ref"),
        CheckConstraint("case_id IS NOT NULL OR employer_id IS NOT NULL", name="about"),
        CheckConstraint("minutes IS NULL OR minutes > 0", name="minutes"),
        CheckConstraint("travel_minutes IS NULL OR travel_minutes >= 0", name="travel"),
        Index("ix_contacts_case", "case_id", "happened_on", "id"),
        Index("ix_contacts_employer", "employer_id", "happened_on"),
        Index(  # the register asks for the last contact of every employer of an office
            "ix_contacts_register", "office_id", "employer_id", "status", "happened_on", "next_on",
            sqlite_where=text("employer_id IS NOT NULL"), postgresql_where=text("employer_id IS NOT NULL"),
        ),
        Index("ix_contacts_calendar", "user_id", "status", "happened_on"),
        Index("ix_contacts_office", "office_id", "status", "happened_on"),
        Index("ix_contacts_planned", "case_id", "happened_on", sqlite_where=PLANNED, postgresql_where=PLANNED),
        Index("ix_contacts_agreed", "case_id", "happened_on", sqlite_where=AGREED, postgresql_where=AGREED),
    )

    id: Mapped[int] = identity()
    office_id: Mapped[int] = link("offices.id")
    case_id: Mapped[int | None] = link("cases.id")
    employer_id: Mapped[int | None] = link("employers.id")
    track_id: Mapped[int | None] = link("tracks.id")
    partner_id: Mapped[int | None] = link("partners.id")
    """The service a meeting with others is with: NAV, a school, the health service."""
    user_id: Mapped[int | None] = link("users.id")
    """Whose meeting it is; who wrote it down is `recorded_by`."""
    kind: Mapped[str]
    """participant, employer, three_way, nav, teacher, health, family or other."""
    purpose: Mapped[str | None]
    channel: Mapped[str]
    """in_person, phone, video, sms, email or letter."""
    status: Mapped[str]
    """planned, held, no_answer, no_show, cancelled or voided."""
    happened_on: Mapped[date]
    """The day it is planned for, or the day it was."""
    starts_at: Mapped[str | None]
    """Local time of day, HH:MM."""
    minutes: Mapped[int | None]
    travel_minutes: Mapped[int | None]
    in_field: Mapped[bool | None]
    """Away from the office, at a workplace or where she is."""
    participant_present: Mapped[str | None]
    """yes, no, or her_choice: she chose not to be there."""
    acted: Mapped[str | None]
    """Who acted towards the employer: participant, together or specialist."""
    decision_maker: Mapped[bool | None]
    concrete_job: Mapped[str | None]
    """job or placement: the meeting was about a concrete one (T3-A05)."""
    told: Mapped[str | None]
    """What the employer was told about her, as codes with commas between."""
    satisfaction: Mapped[int | None]
    outcome: Mapped[str | None]
    cancelled_by: Mapped[str | None]
    """participant, employer, specialist, interpreter or other."""
    reason: Mapped[str | None]
    """For a contact with an employer alone: why it was cancelled or taken back; of nobody by name."""
    shared: Mapped[bool] = mapped_column(default=True)
    """Whether she may read it; if not, a text of the part `hidden_because` says why."""
    next_on: Mapped[date | None]
    chain_id: Mapped[int | None] = link("contacts.id")
    """The contact this one follows after somebody did not come or did not answer."""
    recorded_by: Mapped[int | None] = link("users.id")
    recorded_at: Mapped[datetime]
    completed_at: Mapped[datetime | None]
    """When a planned meeting was told of; for a note written afterwards the same as `recorded_at`."""
    source: Mapped[str] = mapped_column(default="app")
    external_ref: Mapped[str | None]
    """The key of an imported contact in the system it came from."""
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own declaration


class ContactText(Base):
    """One part of what was written about a contact, sealed under the participant's key. The newest per part counts.

    The parts are those of rules.contacts.PARTS.
    """

    __tablename__ = "contact_texts"
    __table_args__ = (Index("ix_contact_texts_contact", "contact_id", "part"),)

    id: Mapped[int] = identity()
    contact_id: Mapped[int] = link("contacts.id")
    part: Mapped[str]
    text_id: Mapped[int] = link("participant_texts.id")
    recorded_by: Mapped[int | None] = link("users.id")
    recorded_at: Mapped[datetime]


class ContactTask(Base):
    """The contact is what a task's record points to: its evidence."""

    __tablename__ = "contact_tasks"
    __table_args__ = (UniqueConstraint("task_record_id"), Index("ix_contact_tasks_contact", "contact_id"))

    id: Mapped[int] = identity()
    contact_id: Mapped[int] = link("contacts.id")
    task_record_id: Mapped[int] = link("task_records.id")


class InterpreterBooking(Base):
    """The interpreter of one contact: whether one is needed – asked anew each time – and what became of it."""

    __tablename__ = "interpreter_bookings"
    __table_args__ = (
        UniqueConstraint("contact_id"),
        CheckConstraint("needed IN ('yes', 'no')", name="needed"),
    )

    id: Mapped[int] = identity()
    contact_id: Mapped[int] = link("contacts.id")
    needed: Mapped[str]
    not_needed_because: Mapped[str | None]
    language: Mapped[str | None]
    gender_wish: Mapped[str | None]
    """female or male; empty: no wish."""
    mode: Mapped[str | None]
    """present, phone or video."""
    anonymous: Mapped[bool] = mapped_column(default=False)
    """Her name is not told when the interpreter is ordered."""
    wishes_text_id: Mapped[int | None] = link("participant_texts.id")
    """Dialect, and who it must not be."""
    status: Mapped[str]
    """needed, ordered, came, did_not_come, not_qualified or not_needed."""
    ordered_as: Mapped[str | None]
    """Who is to interpret: as `came_as`, but never a child."""
    ordered_on: Mapped[date | None]
    came_as: Mapped[str | None]
    """Who interpreted: qualified, unqualified, bilingual_colleague, relative or child."""
    reason_text_id: Mapped[int | None] = link("participant_texts.id")
    """Why it was somebody who is not qualified."""
    minutes: Mapped[int | None]
    cost: Mapped[int | None]
    """Whole kroner."""
    recorded_by: Mapped[int | None] = link("users.id")
    recorded_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own declaration
