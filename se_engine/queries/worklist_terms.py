"""What may put a case on somebody's list, as SQL: the days to look up for each case, and the steps' limits."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, null, or_, select
from sqlalchemy.orm import aliased

from se_engine import processes
from se_engine.queries.day_sql import NEVER, days_from, earliest, fixed, larger, plus_days
from se_engine.queries.due import plan_due, promised_on
from se_engine.queries.follow_up_sql import leading_job, limit, next_check, step_down_days, wished_on
from se_engine.records.cases import Case, SupervisorRequest
from se_engine.records.contacts import Contact, InterpreterBooking
from se_engine.records.desk import StickyNote
from se_engine.records.participants import Participant
from se_engine.rules.contacts import PLANNED, SPOKEN, TOLD
from se_engine.rules.interpreters import NEEDED
from se_engine.rules.process import Process

Day = ColumnElement[Any]
Days = ColumnElement[int | None]

running = Case.status != fixed("ended")
_active = Case.status == fixed("active")
_told = aliased(Contact)


def lookups(day: Any, plans_since: Any, me: Any) -> dict[str, ColumnElement[Any]]:
    """Name → what is looked up for each case, by an index of its own. One more term for the list begins here."""
    planned = select(func.min(Contact.happened_on)).where(_planned())
    return {
        "planned_on": planned.scalar_subquery(),
        "meeting_on": planned.where(Contact.happened_on >= day).scalar_subquery(),
        "interpreter_on": _without_interpreter(day),
        "agreed_on": _agreed_on(),
        "promised_on": promised_on(),
        "sticky_on": _own_sticky(me),
        "job_id": leading_job(day),
        "plan_due": plan_due(plans_since),
        "asked": open_request(),
    }


def _planned() -> ColumnElement[bool]:
    return and_(Contact.case_id == Case.id, Contact.status == fixed(PLANNED))


def _without_interpreter(day: Any) -> Day:
    """The next talk that lacks an interpreter: those that interpreter_missing() finds, with the case at hand."""
    booked = InterpreterBooking
    undecided = and_(booked.id.is_(None), Contact.kind.in_(_codes(("participant", "three_way"))))
    return (
        select(func.min(Contact.happened_on))
        .outerjoin(booked, booked.contact_id == Contact.id)
        .where(_planned(), Contact.channel.in_(_codes(SPOKEN)), Contact.happened_on >= day)
        .where(or_(booked.status == fixed(NEEDED), and_(undecided, Participant.interpreter_need == fixed("yes"))))
        .correlate(Case, Participant)
        .scalar_subquery()
    )


def _agreed_on() -> Day:
    """The next day that the newest note with one names, until she has been met again."""
    return (
        select(case((Case.last_contact_on > _told.happened_on, null()), else_=_told.next_on))
        .where(_told.case_id == Case.id, _told.next_on.is_not(None), _told.status.in_(_codes(TOLD)))
        .order_by(_told.happened_on.desc(), _told.id.desc())
        .limit(fixed(1))
        .scalar_subquery()
    )


def _own_sticky(me: Any) -> Day:
    own = (StickyNote.case_id == Case.id, StickyNote.user_id == me)
    return select(StickyNote.due_on).where(*own).scalar_subquery()


def open_request() -> ColumnElement[bool]:
    return exists().where(SupervisorRequest.case_id == Case.id, SupervisorRequest.answered_at.is_(None))


def information_missing() -> ColumnElement[bool]:
    """What the first talks need to know and nobody has recorded; `missing` names it for a row."""
    return or_(
        Participant.birth_year.is_(None),
        Participant.interpreter_need.is_(None),
        and_(Participant.interpreter_need == fixed("yes"), Participant.interpreter_language.is_(None)),
    )


def of_job(found: Any, job: Any, day: Any) -> dict[str, ColumnElement[Any]]:
    """Name → what the schedule needs to know of the job that is followed; `found` has what was looked up before."""
    return {
        "job_since": job.started_on,
        "plan_version": job.plan_version,
        "dropped_checks": job.dropped_checks,
        "job_day": days_from(job.started_on, day),
        "contact_day": days_from(job.started_on, found.last_contact_on),
        "wished_on": wished_on(found),
        "step_down_days": step_down_days(found, day),
    }


def contact_due(found: Any) -> ColumnElement[date]:
    """The last day for the next successful contact; never while she has paused. `found` has what was looked up."""
    since = func.coalesce(found.last_contact_on, found.opened_on)
    return case((found.status == fixed("active"), func.coalesce(plus_days(since, _limit(found)), NEVER)), else_=NEVER)


def _limit(found: Any) -> Days:
    """In follow-up by the schedule; in step 5 by the rhythm that was agreed, without one by whichever is longer."""
    own = found.contact_days
    return case(
        (found.job_since.is_(None), func.coalesce(found.step_down_days, own)),
        (found.step == fixed("follow_up"), func.coalesce(limit(found), own)),
        (found.step_down_days.is_not(None), found.step_down_days),
        (found.step == fixed("job_support"), larger(func.coalesce(limit(found), fixed(0)), own)),
        else_=own,
    )


def check_due(found: Any) -> ColumnElement[date]:
    """The day of the next check of the job she has, or the one she has wished for; never while she has paused."""
    followed = and_(found.status == fixed("active"), found.job_since.is_not(None))
    day = earliest(plus_days(found.job_since, next_check(found)), found.wished_on)
    return case((followed, day), else_=NEVER)


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
    versions = {number: processes.get(processes.SUPPORTED_EMPLOYMENT, number) for number in numbers}
    by_version = {number: _by_template(process, pick) for number, process in versions.items()}
    return next(iter(by_version.values())) if len(by_version) == 1 else _which(Case.process_version, by_version)


def _by_template(process: Process, pick: Callable[[Process, str, str], int | None]) -> Days:
    """Templates that keep the process's own days share them."""
    own = {step.key: pick(process, process.templates[0].key, step.key) for step in process.steps}
    others = {
        template.key: days
        for template in process.templates[1:]
        if (days := {step.key: pick(process, template.key, step.key) for step in process.steps}) != own
    }
    if not others:
        return _by_step(own)
    return _which(Case.template, {key: _by_step(days) for key, days in others.items()}, otherwise=_by_step(own))


def _by_step(days: Mapping[str, int | None]) -> Days:
    return _which(Case.step, {step: fixed(number) for step, number in days.items() if number is not None})


def _which(value: Any, whens: Mapping[Any, Any], *, otherwise: Any = None) -> Days:
    """CASE value WHEN … with everything written out."""
    return case(
        *((fixed(key), then) for key, then in whens.items()),
        value=value,
        else_=null() if otherwise is None else otherwise,
    )


def _codes(codes: tuple[str, ...]) -> list[ColumnElement[Any]]:
    return [fixed(code) for code in codes]
