"""Waiting for somebody, pausing and resuming: dated stretches inside a stay."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

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
from se_engine.rules.timeline import LONGEST_WITHOUT_CONTACT, Event, EventKind, Interval

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
    again = contact_on or on + LONGEST_WITHOUT_CONTACT
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
    if _renewals(current_period(session, case).period.pauses, since) >= RENEWALS_BEFORE_NOTICE:
        notify_supervisor(session, actor, case, "pause_renewed")
    return case


def _renewals(pauses: Sequence[Interval], since: date) -> int:
    """The pauses begun after the last contact, each on the day on which the one before it ended."""
    return sum(pause.started_on > since and pause.started_on == before.ended_on for before, pause in pairwise(pauses))


def resume(session: Session, actor: Actor, case_id: int, *, seen_version: int | None, on: date) -> Case:
    return _record(session, actor, case_id, Event(EventKind.RESUMED, on), seen_version, "")


def _record(session: Session, actor: Actor, case_id: int, event: Event, seen_version: int | None, note: str) -> Case:
    case = access_case(session, actor, case_id)
    check_seen(case, seen_version)
    text = keep_note(session, case.participant, "reason", note)
    code = event.waiting_for or event.reason
    record_event(session, actor, case, event, text=text, trail={"reason": code} if code else None)
    return case
