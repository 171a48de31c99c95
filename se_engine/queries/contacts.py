"""The contacts of a case as they are read: newest first, in pages, with their words opened in one statement."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session, aliased

from se_engine.queries.access import access_case, access_contact, access_employer
from se_engine.queries.contact_texts import Parts, parts_of
from se_engine.queries.texts import texts_of
from se_engine.records.cases import Case
from se_engine.records.contacts import Contact, ContactTask, InterpreterBooking
from se_engine.records.employers import Employer, EmployerNote
from se_engine.records.needs import Partner
from se_engine.records.participants import Participant
from se_engine.records.people import User
from se_engine.records.tasks import TaskRecord
from se_engine.rules.contacts import PLANNED, VOIDED, is_success
from se_engine.rules.roles import Actor

AT_A_TIME = 20
Place = tuple[date, int]
"""Where a page of contacts ends: the day and the number of its last one."""


@dataclass(frozen=True)
class Booking:
    """The interpreter of a contact, with its words opened."""

    needed: str
    status: str
    not_needed_because: str | None
    language: str | None
    gender_wish: str | None
    mode: str | None
    anonymous: bool
    dialect: str | None
    not_this_person: str | None
    ordered_as: str | None
    ordered_on: date | None
    came_as: str | None
    reason: str | None
    minutes: int | None
    cost: int | None
    version: int


@dataclass(frozen=True)
class ContactLine:
    """One contact with everything that was told of it."""

    id: int
    version: int
    case_id: int | None
    employer_id: int | None
    employer: str | None
    track_id: int | None
    partner_id: int | None
    partner: str | None
    user_id: int | None
    person: str | None
    """Whose contact it is."""
    kind: str
    purpose: str | None
    channel: str
    status: str
    happened_on: date
    starts_at: str | None
    minutes: int | None
    travel_minutes: int | None
    in_field: bool | None
    participant_present: str | None
    acted: str | None
    decision_maker: bool | None
    concrete_job: str | None
    told: tuple[str, ...]
    satisfaction: int | None
    outcome: str | None
    cancelled_by: str | None
    shared: bool
    next_on: date | None
    chain_id: int | None
    recorded_by: int | None
    recorder: str | None
    recorded_at: datetime
    completed_at: datetime | None
    source: str
    words: Parts = field(default_factory=dict)
    """Part → words; None where a text was removed."""
    booking: Booking | None = None
    tasks: tuple[str, ...] = ()
    """The tasks it is evidence for, those taken back left out."""
    employer_text: str | None = None
    employer_agreed: str | None = None

    @property
    def success(self) -> bool:
        return is_success(self.status, self.participant_present)

    @property
    def planned(self) -> bool:
        return self.status == PLANNED

    @property
    def voided(self) -> bool:
        return self.status == VOIDED


@dataclass(frozen=True)
class ContactPage:
    lines: tuple[ContactLine, ...]
    before: Place | None
    """Where the next page begins; None on the last one."""


def contacts_of(
    session: Session, actor: Actor, case_id: int, *, before: Place | None = None, limit: int = AT_A_TIME
) -> ContactPage:
    """A page of a case's contacts, planned and voided ones included."""
    case = access_case(session, actor, case_id)
    query = _lines().where(Contact.case_id == case.id)
    if before is not None:
        query = query.where(tuple_(Contact.happened_on, Contact.id) < before)
    return _page(session, query, case.participant, limit)


def contacts_with(
    session: Session, actor: Actor, employer_id: int, *, before: Place | None = None, limit: int = AT_A_TIME
) -> ContactPage:
    """A page of the contacts with an employer that name no participant: those of the register."""
    employer = access_employer(session, actor, employer_id)
    query = _lines().where(Contact.employer_id == employer.id, Contact.case_id.is_(None))
    if before is not None:
        query = query.where(tuple_(Contact.happened_on, Contact.id) < before)
    return _page(session, query, None, limit)


def one_contact(session: Session, actor: Actor, contact_id: int) -> ContactLine:
    contact = access_contact(session, actor, contact_id)
    participant = access_case(session, actor, contact.case_id).participant if contact.case_id is not None else None
    return _page(session, _lines().where(Contact.id == contact.id), participant, 1).lines[0]


def every_contact(session: Session, case: Case) -> list[ContactLine]:
    """All contacts of a case, newest first, for a reader who has come through a door to it."""
    rows = session.execute(
        _lines().where(Contact.case_id == case.id).order_by(Contact.happened_on.desc(), Contact.id.desc())
    ).all()
    return lines_of(session, rows, case.participant)


def _page(session: Session, query: Any, participant: Participant | None, limit: int) -> ContactPage:
    ordered = query.order_by(Contact.happened_on.desc(), Contact.id.desc()).limit(limit + 1)
    rows = session.execute(ordered).all()
    lines = lines_of(session, rows[:limit], participant)
    last = lines[-1] if len(rows) > limit else None
    return ContactPage(tuple(lines), (last.happened_on, last.id) if last else None)


def _lines() -> Any:
    """A contact beside its interpreter, its employer's name and the people it names."""
    recorder = aliased(User)
    return (
        select(Contact, InterpreterBooking, Employer.name, User.name, recorder.name, Partner.name)
        .outerjoin(InterpreterBooking, InterpreterBooking.contact_id == Contact.id)
        .outerjoin(Employer, Employer.id == Contact.employer_id)
        .outerjoin(Partner, Partner.id == Contact.partner_id)
        .outerjoin(User, User.id == Contact.user_id)
        .outerjoin(recorder, recorder.id == Contact.recorded_by)
    )


def lines_of(session: Session, rows: Sequence[Any], participant: Participant | None) -> list[ContactLine]:
    """The rows of `_lines` with words, evidence and the workplace's notes: four statements, however many."""
    ids = [contact.id for contact, *_ in rows]
    words = parts_of(session, ids) if participant is not None else {}
    notes = _employer_notes(session, ids)
    tasks = _tasks(session, ids) if participant is not None else {}
    opened = _booking_words(session, participant, [booking for _, booking, *_ in rows if booking])
    return [
        _line(contact, employer, partner, person, recorder, booking, words, opened, tasks, notes)
        for contact, booking, employer, person, recorder, partner in rows
    ]


def _line(
    contact: Contact,
    employer: str | None,
    partner: str | None,
    person: str | None,
    recorder: str | None,
    booking: InterpreterBooking | None,
    words: Mapping[int, Parts],
    opened: Mapping[int, str | None],
    tasks: Mapping[int, list[str]],
    notes: Mapping[int, EmployerNote],
) -> ContactLine:
    same = {name: getattr(contact, name) for name in _SAME}
    note = notes.get(contact.id)
    return ContactLine(
        **same,
        employer=employer,
        partner=partner,
        person=person,
        recorder=recorder,
        told=tuple((contact.told or "").split(",")) if contact.told else (),
        words=words.get(contact.id, {}),
        booking=_booking(booking, opened) if booking else None,
        tasks=tuple(tasks.get(contact.id, ())),
        employer_text=note.text if note else None,
        employer_agreed=note.agreed if note else None,
    )


_SAME = (
    "id", "version", "case_id", "employer_id", "track_id", "partner_id", "user_id", "kind", "purpose", "channel",
    "status", "happened_on", "starts_at", "minutes", "travel_minutes", "in_field", "participant_present", "acted",
    "decision_maker", "concrete_job", "satisfaction", "outcome", "cancelled_by", "shared", "next_on", "chain_id",
    "recorded_by", "recorded_at", "completed_at", "source",
)  # fmt: skip


def _booking(booking: InterpreterBooking, opened: Mapping[int, str | None]) -> Booking:
    dialect, _, not_this = (opened.get(booking.wishes_text_id or 0) or "").partition("\n")
    same = {name: getattr(booking, name) for name in _SAME_BOOKING}
    reason = opened.get(booking.reason_text_id or 0)
    return Booking(**same, dialect=dialect or None, not_this_person=not_this or None, reason=reason)


_SAME_BOOKING = (
    "needed", "status", "not_needed_because", "language", "gender_wish", "mode", "anonymous", "ordered_as",
    "ordered_on", "came_as", "minutes", "cost", "version",
)  # fmt: skip


def _booking_words(
    session: Session, participant: Participant | None, bookings: Sequence[InterpreterBooking]
) -> dict[int, str | None]:
    ids = {text_id for booking in bookings for text_id in (booking.wishes_text_id, booking.reason_text_id) if text_id}
    return texts_of(session, participant, sorted(ids)) if participant is not None else {}


def _employer_notes(session: Session, ids: Sequence[int]) -> dict[int, EmployerNote]:
    notes = session.scalars(select(EmployerNote).where(EmployerNote.contact_id.in_(ids), ~EmployerNote.voided))
    return {note.contact_id: note for note in notes if note.contact_id is not None}


def _tasks(session: Session, ids: Sequence[int]) -> dict[int, list[str]]:
    void = aliased(TaskRecord)
    rows = session.execute(
        select(ContactTask.contact_id, TaskRecord.task)
        .join(TaskRecord, TaskRecord.id == ContactTask.task_record_id)
        .outerjoin(void, void.voids_id == TaskRecord.id)
        .where(ContactTask.contact_id.in_(ids), void.id.is_(None))
        .order_by(TaskRecord.id)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for row in rows:
        found[row.contact_id].append(row.task)
    return found
