"""How a participant is reached, and the invitation to a meeting in her language and ours."""

import re
from dataclasses import dataclass
from urllib.parse import quote

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine import invitations
from se_engine.queries.access import access_case, access_contact
from se_engine.queries.contact_texts import newest_parts
from se_engine.queries.interpreters import booking_of
from se_engine.queries.people import people_of
from se_engine.queries.texts import texts_of
from se_engine.records.participants import FieldValue, Participant, ParticipantLanguage
from se_engine.rules.errors import Refused
from se_engine.rules.languages import NORWEGIAN
from se_engine.rules.roles import Actor

FIELDS = ("phone", "sms_reservation", "preferred_channel", "no_show_contact")
"""Readable to everybody who may open the case."""

_NOT_IN_A_NUMBER = re.compile(r"[^\d+]")
_NUMBER = re.compile(r"\+?\d{5,15}")


@dataclass(frozen=True)
class Reach:
    """How she wants to be reached, and whom to call when she does not come."""

    phone: str | None
    text_messages: bool
    """Whether she may be sent text messages: she has not said no."""
    preferred_channel: str | None
    no_show_contact: str | None


@dataclass(frozen=True)
class Invitation:
    text_nb: str
    text_other: str | None
    """In her own language, where somebody has written it."""
    language: str | None
    sms_uri: str | None
    """Opens the phone's own message; empty without a number, or when she wants no messages."""

    @property
    def text(self) -> str:
        """Both, hers first."""
        return f"{self.text_other}\n\n{self.text_nb}" if self.text_other else self.text_nb


def reach_of(session: Session, participant: Participant) -> Reach:
    rows = session.execute(
        select(FieldValue.field, FieldValue.code, FieldValue.text_id)
        .where(FieldValue.participant_id == participant.id, FieldValue.field.in_(FIELDS))
        .order_by(FieldValue.happened_on, FieldValue.id)
    )
    newest = {row.field: row for row in rows}
    words = texts_of(session, participant, [row.text_id for row in newest.values() if row.text_id])
    known = {field: row.code or words.get(row.text_id) for field, row in newest.items()}
    return Reach(
        phone=known.get("phone"),
        text_messages=known.get("sms_reservation") != "yes",
        preferred_channel=known.get("preferred_channel"),
        no_show_contact=known.get("no_show_contact"),
    )


def invitation_to(session: Session, actor: Actor, contact_id: int) -> Invitation:
    """The invitation to a meeting; Refused for one that nobody is talked with at, or that has no case."""
    contact = access_contact(session, actor, contact_id)
    if contact.case_id is None or contact.channel not in invitations.SPOKEN:
        raise Refused("no_invitation")
    participant = access_case(session, actor, contact.case_id).participant
    booking = booking_of(session, contact.id)
    meeting = invitations.Appointment(
        channel=contact.channel,
        on=contact.happened_on,
        time=contact.starts_at,
        place=newest_parts(session, contact.id).get("place"),
        person=people_of(session, [contact.user_id] if contact.user_id else []).get(contact.user_id or 0),
        interpreter=booking is not None and booking.needed == "yes",
    )
    ours = invitations.invitation(invitations.OURS, meeting)
    language = _her_language(session, participant, booking.language if booking else None)
    theirs = invitations.invitation(language, meeting) if language else None
    both = Invitation(ours, theirs, language, None)
    reach = reach_of(session, participant)
    return Invitation(ours, theirs, language, sms_uri(reach.phone, both.text) if reach.text_messages else None)


def _her_language(session: Session, participant: Participant, interpreted: str | None) -> str | None:
    """The first of her languages that an invitation is written in; None where ours is that language, or none is."""
    spoken = session.scalars(
        select(ParticipantLanguage.language)
        .where(ParticipantLanguage.participant_id == participant.id)
        .order_by(ParticipantLanguage.ordinal)
    )
    every: list[str | None] = [interpreted, participant.interpreter_language, *spoken]
    for language in every:
        if language in NORWEGIAN:
            return None
        if language in invitations.languages():
            return language
    return None


def sms_uri(phone: str | None, text: str) -> str | None:
    """A link that opens a message with the text in it; None for what is no number."""
    number = _NOT_IN_A_NUMBER.sub("", phone or "")
    if not _NUMBER.fullmatch(number):
        return None
    return f"sms:{number}?body={quote(text, safe='')}"
