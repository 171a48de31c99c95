"""Proposals to her and what she answered, in her words: offered, answered once, taken back with a reason."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from se_engine.actions.plan_evidence import write_plan_evidence
from se_engine.actions.safe_text import check_words
from se_engine.actions.tasks import check_working_day
from se_engine.actions.texts import keep_note, keep_text
from se_engine.actions.trail import write_trail
from se_engine.clock import now
from se_engine.queries.access import access_case, access_choice
from se_engine.records.cases import Case
from se_engine.records.choices import Choice
from se_engine.records.contacts import Contact
from se_engine.records.tracks import Track
from se_engine.rules.choices import ABOUT, INTERPRETER, check_answer
from se_engine.rules.errors import NotFound, Refused
from se_engine.rules.identity import check_language
from se_engine.rules.roles import Actor
from se_engine.rules.vocabulary import check_code


def offer_choice(
    session: Session,
    actor: Actor,
    case_id: int,
    *,
    about: str,
    offer: str,
    offered_on: date,
    track_id: int | None = None,
    contact_id: int | None = None,
    kept: bool = False,
) -> Choice:
    """A proposal that waits for her answer; it may concern one track, or have been made in one contact."""
    case = access_case(session, actor, case_id)
    check_working_day(session, case, offered_on)
    check_code("about", about, ABOUT)
    if not offer.strip():
        raise Refused("say_what_is_offered")
    _check_hers(session, case, track_id, contact_id)
    check_words(session, case, kept=kept, offer=offer)
    text = keep_text(session, case.participant, "choice", offer.strip())
    choice = Choice(
        case_id=case.id,
        track_id=track_id,
        contact_id=contact_id,
        about=about,
        offered_on=offered_on,
        offer_text_id=text.id,
        recorded_by=actor.user_id,
        recorded_at=now(session),
    )
    session.add(choice)
    session.flush()
    write_trail(
        session, actor, "choice_offered", case=case, happened_on=offered_on, text=text,
        detail={"choice": choice.id, "about": about, "track": track_id},
    )  # fmt: skip
    return choice


def answer_choice(
    session: Session,
    actor: Actor,
    choice_id: int,
    *,
    answer: str,
    answered_on: date,
    words: str = "",
    language: str | None = None,
    interpreter: str | None = None,
    tasks: Sequence[str] = (),
    kept: bool = False,
) -> Choice:
    """Her answer, in her words and the language they were said in. What she changes later is a new choice."""
    choice, case = _standing(session, actor, choice_id)
    if choice.answer is not None:
        raise Refused("choice_already_answered")
    check_working_day(session, case, answered_on)
    check_answer(answer, words, offered_on=choice.offered_on, answered_on=answered_on)
    if language:
        check_language(language)
    check_words(session, case, kept=kept, words=words)
    text = keep_note(session, case.participant, "choice", words)
    choice.answer, choice.answered_on = answer, answered_on
    choice.words_text_id = text.id if text else None
    choice.language = language or None
    choice.interpreter = interpreter if interpreter in INTERPRETER else None
    write_trail(
        session, actor, "choice_answered", case=case, happened_on=answered_on, text=text,
        detail={"choice": choice.id, "answer": answer},
    )  # fmt: skip
    session.flush()
    write_plan_evidence(
        session, actor, case, tasks, words=words, text=text, happened_on=answered_on, interpreter=choice.interpreter
    )
    return choice


def put_to_her(
    session: Session,
    actor: Actor,
    case_id: int,
    *,
    about: str,
    offer: str,
    offered_on: date,
    answer: str | None = None,
    words: str = "",
    language: str | None = None,
    interpreter: str | None = None,
    track_id: int | None = None,
    contact_id: int | None = None,
    tasks: Sequence[str] = (),
    kept: bool = False,
) -> Choice:
    """Offered and answered in one talk, as most are; without an answer it waits for her."""
    choice = offer_choice(
        session, actor, case_id, about=about, offer=offer, offered_on=offered_on, track_id=track_id,
        contact_id=contact_id, kept=kept,
    )  # fmt: skip
    if not answer:
        return choice
    return answer_choice(
        session, actor, choice.id, answer=answer, answered_on=offered_on, words=words, language=language,
        interpreter=interpreter, tasks=tasks, kept=kept,
    )  # fmt: skip


def void_choice(session: Session, actor: Actor, choice_id: int, *, why: str) -> Choice:
    """It was never offered, or written down wrongly: it stays readable and counts no more."""
    choice, case = _standing(session, actor, choice_id)
    if not why.strip():
        raise Refused("reason_needed")
    text = keep_text(session, case.participant, "reason", why.strip())
    choice.voided, choice.void_text_id = True, text.id
    write_trail(session, actor, "choice_voided", case=case, text=text, detail={"choice": choice.id})
    session.flush()
    return choice


def _standing(session: Session, actor: Actor, choice_id: int) -> tuple[Choice, Case]:
    """Locked: two who sit with her at once must not both have answered for her."""
    choice, case = access_choice(session, actor, choice_id, lock=True)
    if choice.voided:
        raise Refused("choice_was_voided")
    return choice, case


def _check_hers(session: Session, case: Case, track_id: int | None, contact_id: int | None) -> None:
    """What a proposal points to belongs to the same case; to anything else there is no door."""
    track = session.get(Track, track_id) if track_id else None
    contact = session.get(Contact, contact_id) if contact_id else None
    if (track_id and (track is None or track.case_id != case.id)) or (
        contact_id and (contact is None or contact.case_id != case.id)
    ):
        raise NotFound()
