"""The interpreter of a contact: needed or not, ordered, and what became of it."""

from sqlalchemy.orm import Session

from se_engine.actions.contact_rows import case_of, planned
from se_engine.actions.requests import notify_supervisor
from se_engine.actions.safe_text import check_words
from se_engine.actions.texts import keep_note
from se_engine.actions.trail import Detail, write_trail
from se_engine.clock import now, today
from se_engine.queries.access import access_contact
from se_engine.queries.interpreters import booking_of
from se_engine.records.cases import Case
from se_engine.records.contacts import Contact, InterpreterBooking
from se_engine.rules.contacts import TOLD
from se_engine.rules.errors import Refused, Stale
from se_engine.rules.identity import check_language
from se_engine.rules.interpreters import (
    CHILD,
    NOT_NEEDED,
    ORDERED,
    InterpreterOutcome,
    InterpreterWish,
    check_follows,
    check_outcome,
    check_wish,
    status_of,
)
from se_engine.rules.roles import Actor


def order_interpreter(
    session: Session,
    actor: Actor,
    contact_id: int,
    wish: InterpreterWish,
    *,
    seen_version: int | None = None,
    kept: bool = False,
) -> InterpreterBooking:
    """Whether one is needed at a meeting ahead, which, and since when it is ordered. A child is refused."""
    contact = planned(session, actor, contact_id, None)
    case = _case(session, actor, contact)
    _check_seen(booking_of(session, contact.id), seen_version)
    check_ordering(session, case, wish, kept=kept)
    return write_wish(session, actor, case, contact, wish)


def interpreter_outcome(
    session: Session,
    actor: Actor,
    contact_id: int,
    outcome: InterpreterOutcome,
    *,
    seen_version: int | None = None,
    kept: bool = False,
) -> InterpreterBooking:
    """What became of it, for a contact that is already told: who interpreted, for how long, at what cost."""
    contact = access_contact(session, actor, contact_id)
    case = _case(session, actor, contact)
    if contact.status not in TOLD:
        raise Refused("contact_not_told_yet")
    _check_seen(booking_of(session, contact.id), seen_version)
    check_told(session, case, outcome, kept=kept)
    return write_outcome(session, actor, case, contact, outcome)


def _case(session: Session, actor: Actor, contact: Contact) -> Case:
    case = case_of(session, actor, contact)
    if case is None:
        raise Refused("case_needed_for_contact")
    return case


def _check_seen(booking: InterpreterBooking | None, seen_version: int | None) -> None:
    if seen_version is not None and (booking is None or booking.version != seen_version):
        raise Stale()


def check_ordering(session: Session, case: Case, wish: InterpreterWish, *, kept: bool) -> None:
    check_wish(wish)
    language = wish.language or case.participant.interpreter_language
    if wish.needed == "yes":
        if language is None:
            raise Refused("interpreter_language_needed")
        check_language(language)
    if wish.ordered_on is not None and wish.ordered_on > today(session):
        raise Refused("in_the_future", day=wish.ordered_on.isoformat(), today=today(session).isoformat())
    words = {"dialect": wish.dialect, "not_this_person": wish.not_this_person, "reason": wish.reason}
    check_words(session, case, kept=kept, **words)


def write_wish(
    session: Session, actor: Actor, case: Case, contact: Contact, wish: InterpreterWish
) -> InterpreterBooking:
    """What `check_ordering` has let pass."""
    language = wish.language or case.participant.interpreter_language
    booking = booking_of(session, contact.id) or InterpreterBooking(contact_id=contact.id, anonymous=False)
    status = status_of(wish)
    check_follows(booking.status or NOT_NEEDED, status)
    needed = wish.needed == "yes"
    lines = (" ".join(wish.dialect.split()), " ".join(wish.not_this_person.split()))
    wishes = keep_note(session, case.participant, "interpreter_wishes", "\n".join(lines) if any(lines) else "")
    reason = keep_note(session, case.participant, "interpreter_reason", wish.reason if needed else "")
    booking.needed, booking.status = wish.needed, status
    booking.not_needed_because = None if needed else wish.not_needed_because
    booking.language = language if needed else None
    booking.gender_wish, booking.mode = (wish.gender_wish, wish.mode) if needed else (None, None)
    booking.anonymous = needed and wish.anonymous
    booking.ordered_as = wish.ordered_as if needed else None
    booking.ordered_on = wish.ordered_on if needed else None
    booking.wishes_text_id = wishes.id if wishes and needed else None
    booking.reason_text_id = reason.id if reason else None
    _write(session, actor, booking)
    detail: Detail = {"contact": contact.id, "status": status, "as": booking.ordered_as}
    write_trail(session, actor, "interpreter_decided", case=case, text=reason or wishes, detail=detail)
    return booking


def check_told(session: Session, case: Case, outcome: InterpreterOutcome, *, kept: bool) -> None:
    check_outcome(outcome)
    check_words(session, case, kept=kept, reason=outcome.reason)


def write_outcome(
    session: Session, actor: Actor, case: Case, contact: Contact, outcome: InterpreterOutcome
) -> InterpreterBooking:
    """What `check_told` has let pass."""
    booking = booking_of(session, contact.id) or InterpreterBooking(contact_id=contact.id, anonymous=False)
    booking.needed = outcome.needed
    if outcome.needed == "no":
        booking.status, booking.not_needed_because = NOT_NEEDED, outcome.not_needed_because
        _write(session, actor, booking)
        declined: Detail = {"contact": contact.id, "status": NOT_NEEDED}
        write_trail(session, actor, "interpreter_decided", case=case, detail=declined)
        return booking
    who = outcome.interpreted_by
    reason = keep_note(session, case.participant, "interpreter_reason", outcome.reason)
    booking.status, booking.came_as, booking.not_needed_because = outcome.status, who, None
    booking.language = outcome.language or booking.language or case.participant.interpreter_language
    booking.mode = outcome.mode or booking.mode
    booking.minutes, booking.cost = outcome.minutes, outcome.cost
    booking.reason_text_id = reason.id if reason else booking.reason_text_id
    _write(session, actor, booking)
    detail: Detail = {"contact": contact.id, "status": outcome.status, "as": who}
    write_trail(
        session, actor, "interpreter_told", case=case, happened_on=contact.happened_on, text=reason, detail=detail
    )
    if who == CHILD:
        notify_supervisor(session, actor, case, "child_interpreted", text=reason, contact_id=contact.id)
    return booking


def order_anew(session: Session, actor: Actor, case: Case, contact: Contact) -> None:
    """The meeting was moved: an interpreter ordered for the old time is not ordered for the new one."""
    booking = booking_of(session, contact.id)
    if booking is not None and booking.status == ORDERED:
        booking.status, booking.ordered_on = "needed", None
        _write(session, actor, booking)
        detail: Detail = {"contact": contact.id, "status": "needed"}
        write_trail(session, actor, "interpreter_decided", case=case, detail=detail)


def _write(session: Session, actor: Actor, booking: InterpreterBooking) -> None:
    booking.recorded_by, booking.recorded_at = actor.user_id, now(session)
    session.add(booking)
    session.flush()
