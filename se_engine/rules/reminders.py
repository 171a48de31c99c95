"""Reminders: what is due for a person and why. They follow from facts, are never kept, and are never doubled."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from se_engine.rules.career import PERMIT_AHEAD_DAYS
from se_engine.rules.jobs import NEW_SEARCH_DAYS, RETURN_CONTACT_DAYS


@dataclass(frozen=True)
class Due:
    """One thing that the facts of a case ask for."""

    case_id: int
    reason: str
    """A key of REASONS."""
    on: date
    """Since when it is due; what comes later is not due yet and is left out."""
    place: str
    """Where it is done: the path below the case, as in `checks/new` or `jobs/7`; empty is the case itself."""


@dataclass(frozen=True)
class Reason:
    """How a kind of reminder behaves."""

    red_after: int = 0
    """Days after which it is late."""
    contact: bool = False
    """One talk with her settles it: with others of this sort it is one reminder, never two."""


REASONS = {
    # One contact settles all of these: the strongest first, which then names the reminder.
    "return_contact": Reason(red_after=RETURN_CONTACT_DAYS, contact=True),
    "check_due": Reason(red_after=7, contact=True),
    "answer_missing": Reason(red_after=7, contact=True),
    "event_check": Reason(red_after=7, contact=True),
    "content_missing": Reason(red_after=14, contact=True),
    # The schedule.
    "plan_unconfirmed": Reason(red_after=14),
    "survey_due": Reason(red_after=14),
    "absence_point": Reason(red_after=7),
    "step_down_due": Reason(red_after=7),
    # Jobs; those with a day of their own come before it, and are late from that day on.
    "job_unregistered": Reason(red_after=7),
    "new_search": Reason(red_after=NEW_SEARCH_DAYS),
    "decision_day": Reason(red_after=14),
    "pay_plan_missing": Reason(red_after=7),
    "subsidy_step": Reason(red_after=14),
    "subsidy_end": Reason(red_after=30),
    "contract_end": Reason(red_after=30),
    "probation_end": Reason(red_after=14),
    # Documents.
    "interim_report": Reason(red_after=14),
    "comment_deadline": Reason(),
    "approval_waiting": Reason(red_after=7),
    # Career and language.
    "test_due": Reason(),
    "test_result": Reason(red_after=30),
    "level_due": Reason(),
    "recognition_due": Reason(),
    "career_step": Reason(),
    "economy_talk": Reason(),
    "plan_abc": Reason(),
    "education_abroad": Reason(),
    "cv_missing": Reason(red_after=14),
    "work_safety": Reason(),
    "permit_expiry": Reason(red_after=PERMIT_AHEAD_DAYS),
    # The end.
    "end_reason_missing": Reason(red_after=30),
    "register_report": Reason(red_after=14),
}
"""Every reason there is, in the order in which a person's reminders of one day stand. Each part adds its own."""


@dataclass(frozen=True)
class Reminder:
    due: Due
    also: tuple[str, ...] = ()
    """Other reasons that the same contact settles."""
    late: bool = False


def one_each(dues: Iterable[Due], on: date, *, person_of: Callable[[int], Any] = int) -> list[Reminder]:
    """At most one per person and reason; what one contact settles is one reminder.

    People before papers: whom somebody must talk with comes first, then the rest, the oldest first in both.

    `person_of` gives the person of a case: a linked case does not double what the first one asks for.
    """
    oldest: dict[tuple[Any, str], Due] = {}
    for due in dues:
        key = (person_of(due.case_id), due.reason)
        if due.on <= on and (key not in oldest or due.on < oldest[key].on):
            oldest[key] = due
    order = {reason: place for place, reason in enumerate(REASONS)}
    rows = sorted(oldest.items(), key=lambda item: order[item[0][1]])
    contacts: dict[Any, list[Due]] = {}
    found = []
    for (person, reason), due in rows:
        if REASONS[reason].contact:
            contacts.setdefault(person, []).append(due)
        else:
            found.append(Reminder(due, late=is_late(due, on)))
    found += [_in_one(due, on) for due in contacts.values()]
    return sorted(
        found, key=lambda it: (not REASONS[it.due.reason].contact, it.due.on, order[it.due.reason], it.due.case_id)
    )


def is_late(due: Due, on: date) -> bool:
    return on > due.on + timedelta(days=REASONS[due.reason].red_after)


def _in_one(dues: list[Due], on: date) -> Reminder:
    """The strongest names it; it is as old as the oldest and late when one of them is."""
    first, since = dues[0], min(due.on for due in dues)
    return Reminder(
        Due(first.case_id, first.reason, since, first.place),
        tuple(due.reason for due in dues[1:]),
        any(is_late(due, on) for due in dues),
    )
