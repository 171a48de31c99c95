"""What is known before an interpreter is decided on, and which meetings still have none."""

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session, aliased

from se_engine.records.cases import Case
from se_engine.records.contacts import Contact, InterpreterBooking
from se_engine.records.participants import LanguageLevel, Participant, ParticipantLanguage
from se_engine.rules.contacts import PLANNED, SPOKEN
from se_engine.rules.interpreters import NEEDED, decision_needed
from se_engine.rules.languages import NORWEGIAN


def booking_of(session: Session, contact_id: int) -> InterpreterBooking | None:
    return session.scalar(select(InterpreterBooking).where(InterpreterBooking.contact_id == contact_id))


def must_decide(session: Session, participant: Participant, channel: str, *, there: bool) -> bool:
    """Whether somebody must say if an interpreter is needed at a talk with her."""
    if channel not in SPOKEN or not there:
        return False
    levels = oral_levels(session, participant.id)
    return decision_needed(channel, there, participant.interpreter_need, levels, session.info["interpreter_level"])


def oral_levels(session: Session, participant_id: int) -> dict[str, str | None]:
    """Her newest level of understanding and speaking Norwegian."""
    oral = select(LanguageLevel.skill, LanguageLevel.level).where(
        LanguageLevel.participant_id == participant_id, LanguageLevel.skill.in_(("listening", "speaking"))
    )
    rows = session.execute(oral.order_by(LanguageLevel.happened_on, LanguageLevel.id))
    return {row.skill: row.level for row in rows}


def likely_language(session: Session, participant: Participant) -> str | None:
    """What an interpreter would speak: the language that was decided on, else her first, when it is not ours."""
    if participant.interpreter_language:
        return participant.interpreter_language
    first = session.scalar(
        select(ParticipantLanguage.language)
        .where(ParticipantLanguage.participant_id == participant.id)
        .order_by(ParticipantLanguage.ordinal)
        .limit(1)
    )
    return None if first in NORWEGIAN else first


def interpreter_missing() -> ColumnElement[bool]:
    """Of one contact: planned, to be spoken, and nobody has ordered the interpreter it needs."""
    # Aliases: the queries that ask this have these tables among their own.
    booking, its_case, its_participant = aliased(InterpreterBooking), aliased(Case), aliased(Participant)
    booked = exists().where(booking.contact_id == Contact.id)
    asked = exists().where(booking.contact_id == Contact.id, booking.status == NEEDED)
    needs_one = exists().where(
        its_case.id == Contact.case_id,
        its_participant.id == its_case.participant_id,
        its_participant.interpreter_need == "yes",
    )
    undecided = and_(~booked, Contact.kind.in_(("participant", "three_way")), needs_one)
    return and_(Contact.status == PLANNED, Contact.channel.in_(SPOKEN), or_(asked, undecided))
