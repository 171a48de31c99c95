"""Waiting for somebody, pausing and resuming: dated stretches inside a stay."""

from datetime import date, timedelta

from sqlalchemy.orm import Session

from se_engine.actions.cases import check_seen
from se_engine.actions.history import record_event
from se_engine.actions.requests import notify_supervisor
from se_engine.actions.texts import keep_note
from se_engine.queries.access import access_case
from se_engine.queries.timelines import current_period
from se_engine.records.cases import Case
from se_engine.rules.errors import Refused
from se_engine.rules.roles import Actor
from se_engine.rules.timeline import PAUSE_REASONS, WAITING_FOR, Event, EventKind

LONGEST_WITHOUT_CONTACT = timedelta(days=30)
RENEWALS_BEFORE_NOTICE = 3


def start_waiting(
    session: Session,
    actor: Actor,
    case_id: int,
    *,
    seen_version: int | None,
    waiting_for: str,
    on: date,
    next_on: date,
    note: str = "",
) -> Case:
    """We wait for somebody or something, and look again on `next_on`."""
    if waiting_for not in WAITING_FOR:
        raise Refused("waiting_for_unknown", allowed=", ".join(WAITING_FOR))
    if next_on < on:
        raise Refused("next_before_start", day=on.isoformat())
    event = Event(EventKind.WAITING_STARTED, on, waiting_for=waiting_for, next_on=next_on)
    return _record(session, actor, case_id, event, seen_version, note)


def end_waiting(session: Session, actor: Actor, case_id: int, *, seen_version: int | None, on: date) -> Case:
    return _record(session, actor, case_id, Event(EventKind.WAITING_ENDED, on), seen_version, "")


def pause(
    session: Session,
    actor: Actor,
    case_id: int,
    *,
    seen_version: int | None,
    reason: str,
    on: date,
    contact_on: date | None = None,
    note: str = "",
) -> Case:
    """She wants no contact for a while; new contact within thirty days."""
    if reason not in PAUSE_REASONS:
        raise Refused("pause_reason_unknown", allowed=", ".join(PAUSE_REASONS))
    again = contact_on or on + LONGEST_WITHOUT_CONTACT
    if not on <= again <= on + LONGEST_WITHOUT_CONTACT:
        raise Refused("contact_within_thirty_days", latest=(on + LONGEST_WITHOUT_CONTACT).isoformat())
    event = Event(EventKind.PAUSED, on, reason=reason, next_on=again)
    return _record(session, actor, case_id, event, seen_version, note)


def renew_pause(
    session: Session,
    actor: Actor,
    case_id: int,
    *,
    seen_version: int | None,
    on: date,
    contact_on: date,
    note: str = "",
) -> Case:
    """She wants more time: the pause goes on with a new date; the third time without contact the supervisor knows."""
    case = access_case(session, actor, case_id)
    reason = case.pause_reason
    if reason is None:
        raise Refused("nothing_to_end", event=EventKind.RESUMED, day=on.isoformat())
    since = case.last_contact_on or case.opened_on
    resume(session, actor, case_id, seen_version=seen_version, on=on)
    pause(session, actor, case_id, seen_version=None, reason=reason, on=on, contact_on=contact_on, note=note)
    starts = [p.started_on for p in current_period(session, case).period.pauses if p.started_on > since]
    if len(starts) > RENEWALS_BEFORE_NOTICE:
        notify_supervisor(session, actor, case, "pause_renewed")
    return case


def resume(session: Session, actor: Actor, case_id: int, *, seen_version: int | None, on: date) -> Case:
    return _record(session, actor, case_id, Event(EventKind.RESUMED, on), seen_version, "")


def _record(session: Session, actor: Actor, case_id: int, event: Event, seen_version: int | None, note: str) -> Case:
    case = access_case(session, actor, case_id)
    check_seen(case, seen_version)
    text = keep_note(session, case.participant, "reason", note)
    code = event.waiting_for or event.reason
    record_event(session, actor, case, event, text=text, trail={"reason": code} if code else None)
    return case
