"""What may put a case on somebody's list, as SQL: the days to look up for each case, and the steps' limits."""

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, null, or_, select
from sqlalchemy.orm import aliased

from se_engine import processes
from se_engine.queries.day_sql import NEVER, earliest_there, plus_days
from se_engine.queries.due import plan_due
from se_engine.records.cases import Case, SupervisorRequest
from se_engine.records.contacts import Contact, InterpreterBooking
from se_engine.records.desk import StickyNote
from se_engine.records.jobs import Job
from se_engine.records.needs import Commitment, Problem
from se_engine.records.participants import Participant
from se_engine.rules.contacts import PLANNED, SPOKEN, TOLD
from se_engine.rules.follow_up import contact_limits
from se_engine.rules.interpreters import NEEDED
from se_engine.rules.process import Process

Day = ColumnElement[Any]
Days = ColumnElement[int | None]
FOLLOW_UP = "follow_up"

running = Case.status != "ended"
_active = Case.status == "active"
_told = aliased(Contact)


def lookups(day: Any, plans_since: Any, me: Any) -> dict[str, ColumnElement[Any]]:
    """Name → what is looked up for each case, by an index of its own. One more term for the list begins here."""
    planned = select(func.min(Contact.happened_on)).where(Contact.case_id == Case.id, Contact.status == PLANNED)
    return {
        "planned_on": planned.scalar_subquery(),
        "meeting_on": planned.where(Contact.happened_on >= day).scalar_subquery(),
        "interpreter_on": _without_interpreter(day),
        "agreed_on": _agreed_on(),
        "promised_on": _promised_on(),
        "sticky_on": _own_sticky(me),
        "job_since": paid_job_since(day),
        "plan_due": plan_due(plans_since),
        "asked": open_request(),
    }


def _without_interpreter(day: Any) -> Day:
    """The next talk that lacks an interpreter: those that interpreter_missing() finds, with the case at hand."""
    booked = InterpreterBooking
    undecided = and_(booked.id.is_(None), Contact.kind.in_(("participant", "three_way")))
    return (
        select(func.min(Contact.happened_on))
        .outerjoin(booked, booked.contact_id == Contact.id)
        .where(Contact.case_id == Case.id, Contact.status == PLANNED, Contact.channel.in_(SPOKEN))
        .where(Contact.happened_on >= day)
        .where(or_(booked.status == NEEDED, and_(undecided, Participant.interpreter_need == "yes")))
        .correlate(Case, Participant)
        .scalar_subquery()
    )


def _agreed_on() -> Day:
    """The next day that the newest note with one names, until she has been met again."""
    return (
        select(case((Case.last_contact_on > _told.happened_on, null()), else_=_told.next_on))
        .where(_told.case_id == Case.id, _told.next_on.is_not(None), _told.status.in_(TOLD))
        .order_by(_told.happened_on.desc(), _told.id.desc())
        .limit(1)
        .scalar_subquery()
    )


def _promised_on() -> Day:
    """The earliest day of a promise not kept yet, or of an answer to a problem."""
    open_promise = and_(Commitment.done_on.is_(None), Commitment.dropped_on.is_(None))
    promised = select(func.min(Commitment.due_on)).where(Commitment.case_id == Case.id, open_promise)
    answered = select(func.min(Problem.answer_by)).where(Problem.case_id == Case.id, Problem.closed_on.is_(None))
    return earliest_there(*(func.coalesce(one.scalar_subquery(), NEVER) for one in (promised, answered)))


def _own_sticky(me: Any) -> Day:
    own = (StickyNote.case_id == Case.id, StickyNote.user_id == me)
    return select(StickyNote.due_on).where(*own).scalar_subquery()


def paid_job_since(day: Any) -> Day:
    """The first day of the paid job she has; of several the one with most hours leads the schedule."""
    first = (
        select(Job.started_on)
        .where(Job.case_id == Case.id, Job.paid.is_(True), ~Job.voided)
        .where(or_(Job.ended_on.is_(None), Job.ended_on >= day))
        .order_by(func.coalesce(Job.hours_per_week, 0).desc(), Job.started_on.desc(), Job.id.desc())
        .limit(1)
    )
    return case((Case.step == FOLLOW_UP, first.scalar_subquery()), else_=null())


def open_request() -> ColumnElement[bool]:
    return exists().where(SupervisorRequest.case_id == Case.id, SupervisorRequest.answered_at.is_(None))


def information_missing() -> ColumnElement[bool]:
    """What the first talks need to know and nobody has recorded; `missing` names it for a row."""
    return or_(
        Participant.birth_year.is_(None),
        Participant.interpreter_need.is_(None),
        and_(Participant.interpreter_need == "yes", Participant.interpreter_language.is_(None)),
    )


def contact_due(found: Any, day: Any) -> ColumnElement[date]:
    """The last day for the next successful contact; never while she has paused. `found` has what was looked up."""
    since = func.coalesce(found.last_contact_on, found.opened_on)
    limit = func.coalesce(_follow_up_limit(found, day), found.contact_days)
    return case((found.status == "active", func.coalesce(plus_days(since, limit), NEVER)), else_=NEVER)


def _follow_up_limit(found: Any, day: Any) -> Days:
    """By how long she has been in the job, once she is followed up in it; empty otherwise."""
    newest_first = sorted(contact_limits(), reverse=True)
    limits = [(plus_days(found.job_since, first) <= day, limit) for first, limit in newest_first]
    return case((found.job_since.is_(None), null()), *limits, else_=null())


def guide_due() -> ColumnElement[date]:
    """The last day within the step's guide time; never while life is sorted first or she has paused."""
    counted = and_(_active, Case.sorting_first_since.is_(None))
    return case((counted, func.coalesce(plus_days(Case.entered_on, guide_days()), NEVER)), else_=NEVER)


def contact_days() -> Days:
    """After how many days without contact the step's limit is reached."""
    return _days(lambda process, template, step: process.contact_days(step, template))


def guide_days() -> Days:
    return _days(lambda process, template, step: process.guide_days(step, template))


def _days(pick: Callable[[Process, str, str], int | None]) -> Days:
    """A number of days by step and template, from each version of the process."""
    numbers = processes.versions(processes.SUPPORTED_EMPLOYMENT)
    versions = [processes.get(processes.SUPPORTED_EMPLOYMENT, number) for number in numbers]
    by_version = {process.version: _by_template(process, pick) for process in versions}
    return next(iter(by_version.values())) if len(by_version) == 1 else case(by_version, value=Case.process_version)


def _by_template(process: Process, pick: Callable[[Process, str, str], int | None]) -> Days:
    return case(
        {template.key: _by_step(process, template.key, pick) for template in process.templates}, value=Case.template
    )


def _by_step(process: Process, template: str, pick: Callable[[Process, str, str], int | None]) -> Days:
    days = {step.key: pick(process, template, step.key) for step in process.steps}
    return case({step: number for step, number in days.items() if number is not None}, value=Case.step, else_=null())
