"""What stands in a specialist's calendar: her meetings and the follow-ups that fall due, as numbers and codes only."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine.clock import NORWAY, today
from se_engine.queries.access import cases_in_scope
from se_engine.queries.agenda import SHOWN
from se_engine.queries.reminders import gathered, whose_cases
from se_engine.records.cases import Case
from se_engine.records.contacts import Contact
from se_engine.records.people import CalendarFeed
from se_engine.rules.contacts import span
from se_engine.rules.errors import NotPermitted
from se_engine.rules.roles import CASEWORK, Actor

BACK = timedelta(days=30)
AHEAD = timedelta(days=365)
DUE_AHEAD = timedelta(days=28)
"""Farther off, what is due depends too much on what happens until then."""


@dataclass(frozen=True)
class CalendarEvent:
    """One entry. No name, no place, no reason: a calendar lies in many hands, a place may be her home, and who is met
    or why may tell of her health.
    """

    kind: str
    """meeting or due."""
    key: str
    """What it stays known by when it is moved."""
    on: date
    starts_at: str | None = None
    minutes: int | None = None
    version: int = 0
    channel: str | None = None
    case_id: int | None = None
    """Empty for a contact with an employer alone, and for a protected participant."""
    step: str | None = None


def calendar_of(session: Session, actor: Actor) -> list[CalendarEvent]:
    """Own meetings from a month back to a year ahead, and what falls due within four weeks."""
    if actor.role not in CASEWORK or actor.user_id is None:
        raise NotPermitted()
    on = today(session)
    return [*_meetings(session, actor, on), *_dues(session, actor, on)]


def feed_since(session: Session, actor: Actor) -> date | None:
    """The day on which the address in use was made."""
    made = session.scalar(
        select(CalendarFeed.created_at).where(CalendarFeed.user_id == actor.user_id, CalendarFeed.revoked_at.is_(None))
    )
    return made.astimezone(NORWAY).date() if made else None


def _meetings(session: Session, actor: Actor, on: date) -> list[CalendarEvent]:
    """Those she may still open: what was cancelled, taken back or handed over is gone."""
    query = (
        select(Contact, Case.id, Case.step, Case.protected)
        .outerjoin(Case, Case.id == Contact.case_id)
        .where(
            Contact.user_id == actor.user_id,
            Contact.office_id == actor.office_id,
            Contact.status.in_(SHOWN),
            Contact.happened_on.between(on - BACK, on + AHEAD),
            Contact.case_id.is_(None) | cases_in_scope(actor, on),
        )
        .order_by(Contact.happened_on, Contact.starts_at, Contact.id)
    )
    return [_meeting(contact, number, step, protected) for contact, number, step, protected in session.execute(query)]


def _meeting(contact: Contact, case_id: int | None, step: str | None, protected: bool | None) -> CalendarEvent:
    return CalendarEvent(
        "meeting",
        f"meeting {contact.id}",
        contact.happened_on,
        starts_at=contact.starts_at,
        minutes=_length(contact),
        version=contact.version,
        channel=contact.channel,
        case_id=None if protected else case_id,
        step=None if protected else step,
    )


def _length(contact: Contact) -> int | None:
    """As long as the agenda takes it to be."""
    if contact.starts_at is None:
        return None
    first, last = span(contact.starts_at, contact.minutes)
    return last - first


def _dues(session: Session, actor: Actor, on: date) -> list[CalendarEvent]:
    """One entry for a case and day: what it is about stands on the page."""
    cases = whose_cases(actor, on)
    now_due = gathered(session, cases, on)
    known = {(one.due.case_id, one.due.reason) for one in now_due}
    later = [one for one in gathered(session, cases, on + DUE_AHEAD) if one.due.on > on]
    coming = [one for one in later if (one.due.case_id, one.due.reason) not in known]
    days = {(one.due.case_id, max(one.due.on, on)): None for one in (*now_due, *coming)}
    query = select(Case.id, Case.step, Case.protected).where(Case.id.in_({case_id for case_id, _day in days}))
    about = {row.id: row for row in session.execute(query)} if days else {}
    return [_due(about[case_id], day) for case_id, day in days]


def _due(case: Any, on: date) -> CalendarEvent:
    """What is overdue stands on today until it is done."""
    shown = not case.protected
    return CalendarEvent(
        "due",
        f"due {case.id} {on.isoformat()}",
        on,
        case_id=case.id if shown else None,
        step=case.step if shown else None,
    )
