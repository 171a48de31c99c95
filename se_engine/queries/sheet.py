"""What the participant's own sheet tells: where she is, what comes and who does it, her words, and whom to ask."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from se_engine import her_language
from se_engine.queries.contact_texts import newest_parts
from se_engine.queries.plan import PlanPage, plan_page
from se_engine.queries.standing import Stand, stands_of
from se_engine.records.contacts import Contact
from se_engine.records.offices import Office
from se_engine.records.participants import ParticipantLanguage
from se_engine.records.people import User, UserPhoto
from se_engine.rules.contacts import PLANNED, TOLD
from se_engine.rules.roles import Actor

IN_HER_WORDS = ("own", "interpreted")
WISHES = ("job_wishes", "dream")


@dataclass(frozen=True)
class Appointment:
    """What comes: a meeting that is planned, or a day that was agreed, with what is to be done in `words`."""

    on: date
    channel: str | None
    """in_person, phone or video for a meeting; empty for an agreed day."""
    at: str | None
    place: str | None
    words: str | None
    person: str | None


@dataclass(frozen=True)
class OwnWords:
    words: str
    language: str | None
    on: date


@dataclass(frozen=True)
class Specialist:
    name: str
    phone: str | None
    photo: bytes | None
    photo_type: str | None


@dataclass(frozen=True)
class Sheet:
    page: PlanPage
    stands: tuple[Stand, ...]
    appointment: Appointment | None
    own: OwnWords | None
    specialist: Specialist | None
    office: str
    languages: tuple[str, ...]
    """Hers, the one she has an interpreter for first."""

    @property
    def language(self) -> str:
        """The first of hers that the words are written in; bokmål where none is."""
        return next((code for code in self.languages if code in her_language.languages()), her_language.OURS)


def sheet_of(session: Session, actor: Actor, case_id: int) -> Sheet:
    """A constant number of statements, however long her story is."""
    page = plan_page(session, actor, case_id)
    case = page.case
    office = session.get_one(Office, case.office_id)
    return Sheet(
        page=page,
        stands=stands_of(session, case, page.process, page.today),
        appointment=None if page.ended else appointment_of(session, case.id, page.today),
        own=_own_words(page),
        specialist=_specialist(session, case.owner_id),
        office=office.name,
        languages=_languages(session, case.participant_id, case.participant.interpreter_language),
    )


def appointment_of(session: Session, case_id: int, on: date) -> Appointment | None:
    """The next meeting with her; without one, the day that the newest note names, unless it has passed."""
    with_her = Contact.kind.in_(("participant", "three_way"))
    planned = _first(
        session,
        (Contact.case_id == case_id, with_her, Contact.status == PLANNED, Contact.happened_on >= on),
        (Contact.happened_on, Contact.starts_at, Contact.id),
    )
    if planned:
        contact, person = planned
        place = newest_parts(session, contact.id).get("place")
        return Appointment(contact.happened_on, contact.channel, contact.starts_at, place, None, person)
    told = _first(
        session,
        (Contact.case_id == case_id, Contact.status.in_(TOLD), Contact.next_on.is_not(None)),
        (Contact.happened_on.desc(), Contact.id.desc()),
    )
    if told is None or told[0].next_on is None or told[0].next_on < on:
        return None
    contact, person = told
    words = newest_parts(session, contact.id).get("next_step") if contact.shared else None
    return Appointment(told[0].next_on, None, None, None, words, person)


def _first(
    session: Session, which: Sequence[ColumnElement[bool]], order: Sequence[Any]
) -> tuple[Contact, str | None] | None:
    """One contact with the name of whose meeting it is."""
    found = session.execute(
        select(Contact, User.name).outerjoin(User, User.id == Contact.user_id).where(*which).order_by(*order).limit(1)
    ).first()
    return (found[0], found[1]) if found else None


def _own_words(page: PlanPage) -> OwnWords | None:
    """The newest of her goals and wishes that is told in her own words, whole and unchanged."""
    goals = (goal for goal in page.running_goals if goal.whose in IN_HER_WORDS)
    found = [OwnWords(words, goal.language, goal.set_on) for goal in goals if (words := page.words.get(goal.text_id))]
    for key in WISHES:
        found += [OwnWords(told.words, None, told.on) for told in page.field(key)[:1] if told.words]
    return max(found, key=lambda own: own.on, default=None)


def _specialist(session: Session, owner_id: int | None) -> Specialist | None:
    row = session.execute(
        select(User.name, User.phone, UserPhoto.picture, UserPhoto.media_type)
        .outerjoin(UserPhoto, UserPhoto.user_id == User.id)
        .where(User.id == owner_id)
    ).first()
    return Specialist(row.name, row.phone, row.picture, row.media_type) if row else None


def _languages(session: Session, participant_id: int, interpreted: str | None) -> tuple[str, ...]:
    spoken = session.scalars(
        select(ParticipantLanguage.language)
        .where(ParticipantLanguage.participant_id == participant_id)
        .order_by(ParticipantLanguage.ordinal)
    )
    return tuple(dict.fromkeys(code for code in (interpreted, *spoken) if code))
