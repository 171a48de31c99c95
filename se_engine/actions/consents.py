"""Her answers to the questions of consent, and a guardian's when she is under age."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy.orm import Session

from se_engine.actions.reviews import recount_review
from se_engine.actions.texts import keep_note
from se_engine.actions.trail import write_trail
from se_engine.clock import now, today
from se_engine.queries.access import access_participant
from se_engine.records.participants import (
    Consent,
    Guardian,
)
from se_engine.rules import consents
from se_engine.rules.errors import Refused
from se_engine.rules.identity import check_language
from se_engine.rules.roles import Actor


def record_consent(
    session: Session,
    actor: Actor,
    participant_id: int,
    *,
    line: str,
    answer: str,
    form: str,
    happened_on: date,
    language: str | None = None,
    valid_until: date | None = None,
    party: str = "",
) -> Consent:
    """Her answer to one question; a free line names the party and topic in words."""
    participant = access_participant(session, actor, participant_id)
    if line not in (*consents.LINES, consents.OTHER):
        raise Refused("consent_line_unknown", allowed=", ".join((*consents.LINES, consents.OTHER)))
    if answer not in consents.ANSWERS or form not in consents.FORMS:
        raise Refused("consent_answer_unknown", allowed=", ".join((*consents.ANSWERS, *consents.FORMS)))
    if line == consents.OTHER and not party.strip():
        raise Refused("party_needed")
    if language:
        check_language(language)
    if happened_on > today(session):
        raise Refused("in_the_future", day=happened_on.isoformat(), today=today(session).isoformat())
    text = keep_note(session, participant, "consent", party)
    consent = Consent(
        participant_id=participant.id,
        line=line,
        answer=answer,
        form=form,
        language=language or None,
        happened_on=happened_on,
        valid_until=valid_until,
        text_id=text.id if text else None,
        recorded_by=actor.user_id,
        recorded_at=now(session),
    )
    session.add(consent)
    detail = {"line": line, "answer": answer}
    write_trail(
        session, actor, "consent_recorded", participant=participant, happened_on=happened_on, text=text, detail=detail
    )
    recount_review(session, participant.id)
    return consent


def record_answers(
    session: Session,
    actor: Actor,
    participant_id: int,
    *,
    answers: Mapping[str, str],
    form: str,
    happened_on: date,
    language: str | None = None,
    valid_until: date | None = None,
    party: str = "",
) -> list[Consent]:
    """Her answers to several questions in one talk; `party` belongs to the free line alone."""
    if not answers:
        raise Refused("no_answer_given")
    return [
        record_consent(
            session,
            actor,
            participant_id,
            line=line,
            answer=answer,
            form=form,
            happened_on=happened_on,
            language=language,
            valid_until=valid_until,
            party=party if line == consents.OTHER else "",
        )
        for line, answer in answers.items()
    ]


def record_guardian(session: Session, actor: Actor, participant_id: int, *, name: str, consented_on: date) -> Guardian:
    participant = access_participant(session, actor, participant_id)
    if consented_on > today(session):
        raise Refused("in_the_future", day=consented_on.isoformat(), today=today(session).isoformat())
    text = keep_note(session, participant, "guardian", name)
    guardian = Guardian(
        participant_id=participant.id,
        name_id=text.id if text else None,
        consented_on=consented_on,
        recorded_by=actor.user_id,
        recorded_at=now(session),
    )
    session.add(guardian)
    write_trail(session, actor, "guardian_recorded", participant=participant, happened_on=consented_on, text=text)
    session.flush()
    return guardian
