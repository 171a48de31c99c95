"""The statuses of the worklist: which cases have each, and by when each needs something, as SQL."""

from datetime import timedelta
from typing import Any

from sqlalchemy import CTE, ColumnElement, and_, or_, select, true
from sqlalchemy.orm import aliased

from se_engine.queries import worklist_terms as terms
from se_engine.queries.day_sql import earliest, fixed, plus_days
from se_engine.records.cases import Case
from se_engine.records.jobs import Job
from se_engine.records.participants import Participant
from se_engine.rules.roles import Actor, Role

STATUSES = (
    "needs_me", "today", "follow_up", "waiting", "no_contact", "interpreter", "to_complete", "promises", "over_guide",
    "information_missing", "review_due", "paused", "all",
)  # fmt: skip
SUPERVISOR_STATUSES = ("needs_me", "requests", "unassigned", *STATUSES[1:])
TOMORROW = 1
SOON = timedelta(days=7)
URGENCIES = ("overdue", "soon", "not_due")
DUE_FOR = ("meeting", "interpreter", "next", "promise", "agreed", "follow_up", "sticky", "contact")
"""What may be due, in the order in which it is named when several are due on one day."""


def statuses(role: Role) -> tuple[str, ...]:
    """What a reader of this role may choose from, in the order of the panel."""
    return STATUSES if role is Role.JOB_SPECIALIST else SUPERVISOR_STATUSES


def standing(scope: ColumnElement[bool], day: Any, plans_since: Any, me: Any) -> CTE:
    """The running cases of a scope with everything their statuses are made of, each looked up once.

    Materialized, since every status asks for the same days; `day` is the day on which they are looked at, and a plan
    told after `plans_since` is fresh on it.
    """
    found = (
        select(
            Case.id, Case.participant_id, Case.owner_id, Case.step, Case.status, Case.waiting_for, Case.next_on,
            Case.last_contact_on, Case.opened_on, Participant.review_on,
            terms.contact_days().label("contact_days"),
            terms.guide_due().label("guide_due"),
            terms.information_missing().label("unknown"),
            *(looked_up.label(name) for name, looked_up in terms.lookups(day, plans_since, me).items()),
        )
        .join(Participant, Participant.id == Case.participant_id)
        .where(terms.running, scope)
        .cte("found")
        .prefix_with("MATERIALIZED")
    )  # fmt: skip
    job = aliased(Job)
    of_job = (term.label(name) for name, term in terms.of_job(found.c, job, day).items())
    placed = select(found, *of_job).outerjoin(job, job.id == found.c.job_id).cte("placed").prefix_with("MATERIALIZED")
    timed = select(
        placed, terms.contact_due(placed.c).label("contact_due"), terms.check_due(placed.c).label("check_due")
    ).subquery("timed")
    looked_at = select(timed, earliest(*_dues(timed.c).values()).label("due_on"))
    return looked_at.cte("standing").prefix_with("MATERIALIZED")


def _dues(found: Any) -> dict[str, ColumnElement[Any]]:
    return {
        "meeting": found.planned_on,
        "interpreter": plus_days(found.interpreter_on, -TOMORROW),
        "next": found.next_on,
        "promise": found.promised_on,
        "agreed": found.agreed_on,
        "follow_up": found.check_due,
        "sticky": found.sticky_on,
        "contact": found.contact_due,
    }


def due_columns(stands: CTE) -> list[ColumnElement[Any]]:
    """The day of everything that may be due, for the rows that are shown."""
    return [day.label(f"{name}_by") for name, day in _dues(stands.c).items()]


def conditions(stands: CTE, actor: Actor, day: Any) -> dict[str, ColumnElement[bool]]:
    """Status → which of the reader's running cases have it on the day."""
    case = stands.c
    on_the_day = (case.meeting_on, case.sticky_on, case.next_on, case.agreed_on, case.promised_on)
    needs = case.due_on <= day
    found: dict[str, ColumnElement[bool]] = {
        "needs_me": needs,
        "today": or_(*(on == day for on in on_the_day)),
        "follow_up": case.check_due <= day,
        "waiting": and_(case.status == fixed("active"), case.waiting_for.is_not(None)),
        "no_contact": case.contact_due < day,
        "interpreter": case.interpreter_on <= plus_days(day, TOMORROW),
        "to_complete": case.planned_on < day,
        "promises": case.promised_on <= day,
        "over_guide": case.guide_due < day,
        "information_missing": case.unknown,
        "review_due": or_(case.review_on < day, case.plan_due),
        "paused": case.status == fixed("paused"),
        "all": true(),
    }
    if actor.role is Role.JOB_SPECIALIST:
        return found
    unassigned = case.owner_id.is_(None)
    hers = and_(case.owner_id == actor.user_id, needs)
    return found | {"requests": case.asked, "unassigned": unassigned, "needs_me": or_(case.asked, unassigned, hers)}
