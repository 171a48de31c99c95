"""One note for a contact of any kind: it writes contact, texts, evidence, travel, interpreter and next date at once."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from se_engine.actions.checks import Answer, job_answered_of, record_check
from se_engine.actions.contact import met
from se_engine.actions.contact_evidence import check_tasks, close_meeting, write_evidence
from se_engine.actions.contact_rows import About, about, check_time_is_free, follows, keep_parts, planned, whose
from se_engine.actions.interpreters import check_told, write_outcome
from se_engine.actions.requests import ask_supervisor, notify_supervisor
from se_engine.actions.safe_text import check_nobody_named, check_words
from se_engine.actions.tasks import check_working_day
from se_engine.actions.telling import check_telling
from se_engine.actions.track_following import follow_contact
from se_engine.actions.trail import Detail, write_trail
from se_engine.clock import NORWAY, now, today
from se_engine.queries.interpreters import booking_of, must_decide
from se_engine.records.cases import Case
from se_engine.records.contacts import Contact
from se_engine.records.employers import EmployerNote
from se_engine.records.texts import KeptText
from se_engine.rules.contacts import (
    HELD,
    MESSAGE_LEFT,
    NO_ANSWER,
    WITH_EMPLOYER,
    WITH_PARTNER,
    Note,
    check_note,
    is_success,
    presence,
)
from se_engine.rules.errors import NotFound, Refused
from se_engine.rules.interpreters import NEEDED, ORDERED, InterpreterOutcome
from se_engine.rules.roles import Actor


def record_note(
    session: Session,
    actor: Actor,
    case_id: int | None,
    note: Note,
    *,
    contact_id: int | None = None,
    seen_version: int | None = None,
    interpreter: InterpreterOutcome | None = None,
    answer: Answer | None = None,
    collision_known: bool = False,
    kept: bool = False,
    user_id: int | None = None,
) -> Contact:
    """What is told of a contact: of the meeting that was planned (`contact_id`), or of one that nobody planned.

    Without a case it is a contact with an employer alone. `answer`: whether she is in her job, asked at follow-up.
    `kept`: the words were looked at and stand as they are.
    """
    meeting = _planned(session, actor, case_id, contact_id, seen_version)
    told = _as_planned(note, meeting)
    place = about(session, actor, case_id, told.employer_id, told.track_id)
    told = replace(
        told,
        employer_id=place.employer_id,
        participant_present=presence(told.kind, told.status, told.participant_present) if place.case else None,
    )
    _check(session, place, told, kept=kept)
    _check_interpreter(session, place.case, meeting, told, interpreter)
    if interpreter is not None and place.case is not None:
        check_told(session, place.case, interpreter, kept=kept)
    if answer is not None and place.case is not None:
        job_answered_of(session, place.case, answer, told.happened_on)
    person = meeting.user_id if meeting and user_id is None else whose(session, actor, place.office_id, user_id)
    if told.status == HELD and not collision_known:
        check_time_is_free(
            session, told.happened_on, told.starts_at, told.minutes,
            user_id=person, case_id=case_id, other_than=contact_id,
        )  # fmt: skip
    made = meeting or _contact(session, actor, place, told)
    contact = _write(session, actor, place, told, made, interpreter, person)
    if answer is not None and place.case is not None:
        record_check(
            session, actor, place.case.id, happened_on=contact.happened_on, answer=answer.answer,
            evidence=answer.evidence, job_id=answer.job_id, contact_id=contact.id,
        )  # fmt: skip
    return contact


def log_call(
    session: Session,
    actor: Actor,
    case_id: int | None,
    *,
    answered: bool,
    employer_id: int | None = None,
    message_left: bool = False,
    minutes: int | None = None,
    said: str = "",
    employer_text: str = "",
    nobody_named: bool = False,
    happened_on: date | None = None,
    next_on: date | None = None,
    kept: bool = False,
) -> Contact:
    """A call in two taps: to her, or to an employer where one is named."""
    place = about(session, actor, case_id, employer_id)
    call = Note(
        kind="employer" if employer_id is not None else "participant",
        channel="phone",
        happened_on=happened_on or today(session),
        status=HELD if answered else NO_ANSWER,
        minutes=minutes,
        employer_id=employer_id,
        participant_present="yes" if answered and employer_id is None else "no" if place.case else None,
        outcome=MESSAGE_LEFT if message_left and not answered else None,
        said=said,
        employer_text=employer_text,
        nobody_named=nobody_named,
        next_on=next_on,
    )
    _check(session, place, call, kept=kept)
    contact = _contact(session, actor, place, call)
    return _write(session, actor, place, call, contact, None, actor.user_id)


def _planned(
    session: Session, actor: Actor, case_id: int | None, contact_id: int | None, seen_version: int | None
) -> Contact | None:
    if contact_id is None:
        return None
    meeting = planned(session, actor, contact_id, seen_version)
    if meeting.case_id != case_id:
        raise NotFound()
    return meeting


def _as_planned(note: Note, meeting: Contact | None) -> Note:
    """What the note leaves empty is as it was planned."""
    if meeting is None:
        return note
    return replace(
        note,
        kind=note.kind or meeting.kind,
        channel=note.channel or meeting.channel,
        starts_at=note.starts_at or (meeting.starts_at if note.happened_on == meeting.happened_on else None),
        minutes=note.minutes or (meeting.minutes if note.status == HELD else None),
        in_field=meeting.in_field if note.in_field is None else note.in_field,
        purpose=note.purpose or meeting.purpose,
        employer_id=note.employer_id or meeting.employer_id,
        track_id=note.track_id or meeting.track_id,
        partner_id=note.partner_id or (meeting.partner_id if (note.kind or meeting.kind) in WITH_PARTNER else None),
    )


def _check(session: Session, place: About, note: Note, *, kept: bool) -> None:
    """Everything that can be refused before a word is written."""
    check_note(
        note,
        today(session),
        with_case=place.case is not None,
        present=note.participant_present,
        time_now=now(session).astimezone(NORWAY).strftime("%H:%M"),
    )
    check_nobody_named(
        session, place.office_id, confirmed=note.nobody_named, employer_text=note.employer_text,
        employer_agreed=note.employer_agreed, her=place.case.participant if place.case else None,
    )  # fmt: skip
    if (note.employer_text.strip() or note.employer_agreed.strip()) and place.employer_id is None:
        raise Refused("contact_needs_employer")
    if place.case is not None:
        check_working_day(session, place.case, note.happened_on)
        check_words(session, place.case, kept=kept, **note.texts())
        check_tasks(place.case, note)


def _check_interpreter(
    session: Session, case: Case | None, meeting: Contact | None, note: Note, outcome: InterpreterOutcome | None
) -> None:
    """A talk with her says whether an interpreter was needed; where one was, what became of it."""
    if case is None or outcome is not None or not is_success(note.status, note.participant_present):
        return
    booking = booking_of(session, meeting.id) if meeting else None
    if booking is not None:
        if booking.status in (NEEDED, ORDERED):
            raise Refused("interpreter_outcome_needed")
        return
    if must_decide(session, case.participant, note.channel, there=True):
        raise Refused("interpreter_decision_needed")


def _write(
    session: Session,
    actor: Actor,
    place: About,
    note: Note,
    contact: Contact,
    interpreter: InterpreterOutcome | None,
    user_id: int | None,
) -> Contact:
    too_much = check_telling(session, place.case, note)
    contact.user_id, contact.completed_at = user_id, now(session)
    _fill(contact, place, note)
    session.add(contact)
    session.flush()
    texts = keep_parts(session, actor, place.case, contact, note.texts())
    _write_employer_note(session, actor, contact, note)
    _tell_trail(session, actor, place.case, contact, texts)
    if place.case is not None:
        _write_of_her(session, actor, place.case, contact, note, texts, interpreter)
        if too_much:
            notify_supervisor(
                session, actor, place.case, "told_too_much", text=texts.get("told_because"), contact_id=contact.id
            )
    session.flush()
    return contact


def _write_of_her(
    session: Session,
    actor: Actor,
    case: Case,
    contact: Contact,
    note: Note,
    texts: Mapping[str, KeptText],
    interpreter: InterpreterOutcome | None,
) -> None:
    if interpreter is not None:
        write_outcome(session, actor, case, contact, interpreter)
    write_evidence(session, actor, case, contact, note, texts=texts, interpreter=interpreter)
    if note.concrete_job:
        close_meeting(session, actor, case, contact, note, texts=texts)
    if contact.employer_id is not None and contact.kind in WITH_EMPLOYER and contact.status == HELD:
        track = follow_contact(
            session, actor, case, contact.employer_id, happened_on=contact.happened_on, about=note.concrete_job,
            contact_id=contact.id,
        )  # fmt: skip
        contact.track_id = track.id if track else contact.track_id
    if is_success(contact.status, contact.participant_present):
        met(case, contact.happened_on)
    if not note.shared:
        ask_supervisor(session, actor, case.id, "hidden_note", why=note.hidden_because, contact_id=contact.id)


def _contact(session: Session, actor: Actor, place: About, note: Note) -> Contact:
    """A contact that nobody planned."""
    return Contact(
        office_id=place.office_id,
        case_id=place.case.id if place.case else None,
        source="app",
        chain_id=follows(session, place.case, place.employer_id, note.kind, note.happened_on),
        recorded_by=actor.user_id,
        recorded_at=now(session),
    )


def _fill(contact: Contact, place: About, note: Note) -> None:
    contact.employer_id, contact.track_id = place.employer_id, place.track_id
    contact.partner_id = note.partner_id
    contact.kind, contact.channel, contact.purpose = note.kind, note.channel, note.purpose
    contact.status, contact.happened_on, contact.starts_at = note.status, note.happened_on, note.starts_at
    contact.minutes, contact.travel_minutes, contact.in_field = note.minutes, note.travel_minutes, note.in_field
    contact.participant_present, contact.acted = note.participant_present, note.acted
    contact.decision_maker, contact.concrete_job = note.decision_maker, note.concrete_job
    contact.told = ",".join(note.told) or None
    contact.satisfaction, contact.outcome = note.satisfaction, note.outcome
    contact.shared, contact.next_on = note.shared, note.next_on


def _write_employer_note(session: Session, actor: Actor, contact: Contact, note: Note) -> None:
    text, agreed = note.employer_text.strip(), note.employer_agreed.strip()
    if not text and not agreed:
        return
    session.add(
        EmployerNote(
            employer_id=contact.employer_id,
            contact_id=contact.id,
            happened_on=contact.happened_on,
            text=text,
            agreed=agreed or None,
            recorded_by=actor.user_id,
            recorded_at=now(session),
        )
    )


def _tell_trail(
    session: Session, actor: Actor, case: Case | None, contact: Contact, texts: Mapping[str, KeptText]
) -> None:
    """The contact with its first text, and each further text for itself: the chain holds the digest of every one."""
    first, *rest = texts.items() or [("", None)]
    detail: Detail = {
        "contact": contact.id, "kind": contact.kind, "channel": contact.channel, "status": contact.status,
        "employer": contact.employer_id, "partner": contact.partner_id,
    }  # fmt: skip
    write_trail(
        session, actor, "contact_told", case=case, happened_on=contact.happened_on, text=first[1], detail=detail
    )
    for part, text in rest:
        write_trail(session, actor, "contact_text", case=case, text=text, detail={"contact": contact.id, "part": part})
