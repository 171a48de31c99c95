"""What the report on effort is made of: contacts with their step and dimensions, and each case's later course."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache
from itertools import compress
from typing import Any, NamedTuple

from sqlalchemy import CTE, ColumnElement, and_, case, func, select
from sqlalchemy.orm import Session

from se_engine import processes
from se_engine.measures.effort import ALL, DIMENSIONS, Changes, Course, Minutes
from se_engine.queries.day_sql import plus_days
from se_engine.queries.retained_jobs import Counted, in_retention
from se_engine.records.cases import Case, StepPeriod
from se_engine.records.contacts import Contact, ContactTask
from se_engine.records.follow_up import Check
from se_engine.records.jobs import Job
from se_engine.records.tasks import TaskRecord
from se_engine.rules.contacts import HELD, WITH_EMPLOYER
from se_engine.rules.follow_up_answers import NOT_KNOWN as NO_ANSWER
from se_engine.rules.retention import JobFacts


@dataclass(frozen=True)
class Chosen:
    """Which cases, and up to which day anything is known."""

    offices: tuple[int, ...]
    as_of: date
    from_on: date | None = None
    to_on: date | None = None

    def cases(self) -> ColumnElement[bool]:
        chosen = [Case.office_id.in_(self.offices), Case.opened_on <= self.as_of]
        if self.from_on:
            chosen.append(Case.opened_on >= self.from_on)
        if self.to_on:
            chosen.append(Case.opened_on <= self.to_on)
        return and_(*chosen)


class Followed(NamedTuple):
    """One case: its course, and the first paid job after the window where there is one."""

    case_id: int
    course: Course
    job: Counted | None = None

    def work(self, week: int) -> Changes:
        """Whether she was in that job after so many weeks, as it was known on the day and as it was told later."""
        return tuple((day, known.standing) for day, known in self.job.changes(week)) if self.job else ()


def followed(session: Session, chosen: Chosen, window: int) -> list[Followed]:
    """Every case that was open on the day after its window, in four statements however many there are."""
    meetings = _first_meetings(session, chosen)
    jobs = _jobs(session, chosen)
    found = []
    rows = session.execute(
        select(Case.id, Case.opened_on, Case.ended_on, Case.end_reason)
        .where(chosen.cases(), Case.opened_on <= chosen.as_of - timedelta(days=window))
        .order_by(Case.id)
    )
    for row in rows:
        ended_on = _until(row.ended_on, chosen.as_of)
        job = jobs.get(row.id)
        reason, job_on = row.end_reason if ended_on else None, job.facts.started_on if job else None
        course = Course(row.opened_on, ended_on, reason, meetings.get(row.id), job_on)
        if course.counts(window):
            after = job if job and job.facts.started_on >= course.from_day(window) else None
            found.append(Followed(row.id, course, after))
    return found


class Spent(NamedTuple):
    """The contacts of one case in one step that serve the same dimensions, added up."""

    case_id: int
    step: str
    dimensions: tuple[str, ...]
    contacts: int
    minutes: int
    unmeasured: int
    """Contacts of which nobody said how long they took."""
    first_on: date
    early: int
    """Minutes in the case's first days."""


def spent(session: Session, chosen: Chosen, window: int) -> list[Spent]:
    """In one pass over the contacts, added up by the database as far as a contact is one."""
    each = contacts(chosen).c
    flags = tuple(each[one] for one in DIMENSIONS)
    minutes = func.coalesce(each.minutes, 0)
    early = case((each.happened_on < plus_days(each.opened_on, window), minutes), else_=0)
    unmeasured = case((each.minutes.is_(None), 1), else_=0)
    sums = (func.count(), func.sum(minutes), func.sum(unmeasured), func.min(each.happened_on), func.sum(early))
    found = []
    for case_id, step, *rest in session.execute(
        select(each.case_id, each.step, *flags, *sums).group_by(each.case_id, each.step, *flags)
    ):
        many, total, without, first, soon = rest[len(DIMENSIONS) :]
        served = tuple(compress(DIMENSIONS, rest))
        found.append(Spent(case_id, step, served, many, int(total), int(without), first, int(soon)))
    return found


def early_minutes(rows: Iterable[Spent], of: str) -> dict[int, Minutes]:
    """Minutes of each case's first days, all of them or those of one dimension or step; without any, it is left out."""
    found: dict[int, Minutes] = defaultdict(int)
    for row in rows:
        if of in (ALL, row.step):
            found[row.case_id] += row.early
        elif of in row.dimensions:
            found[row.case_id] += Fraction(row.early, len(row.dimensions))
    return found


def contacts(chosen: Chosen, *, statuses: Sequence[str] = (HELD,)) -> CTE:
    """Contacts that took place, each with its case, its step on that day, and 1 for each dimension it is evidence in.

    A contact on the day of a move belongs to the new step, one before the opening or after the end to the nearest.
    """
    taken_back = select(TaskRecord.voids_id).where(TaskRecord.voids_id.is_not(None))
    standing = TaskRecord.id.not_in(taken_back)
    return (
        select(
            Contact.id, Contact.case_id, Contact.happened_on, Contact.minutes, Case.opened_on, _step().label("step"),
            *(_serves(one).label(one) for one in DIMENSIONS),
        )
        .join(Case, Case.id == Contact.case_id)
        .outerjoin(ContactTask, ContactTask.contact_id == Contact.id)
        .outerjoin(TaskRecord, and_(TaskRecord.id == ContactTask.task_record_id, standing))
        .where(chosen.cases(), Contact.status.in_(statuses), Contact.happened_on <= chosen.as_of)
        .group_by(Contact.id, Case.opened_on)
        .cte("each_contact")
    )  # fmt: skip


def _serves(dimension: str) -> ColumnElement[int]:
    return func.max(case((TaskRecord.task.in_(tasks_of(dimension)), 1), else_=0))


def _step() -> ColumnElement[str]:
    def nearest(*on: ColumnElement[bool], last: bool) -> Any:
        order = StepPeriod.ordinal.desc() if last else StepPeriod.ordinal
        stays = select(StepPeriod.step).where(StepPeriod.case_id == Contact.case_id, *on).order_by(order).limit(1)
        return stays.correlate(Contact).scalar_subquery()

    return func.coalesce(nearest(StepPeriod.entered_on <= Contact.happened_on, last=True), nearest(last=False))


@lru_cache(maxsize=8)
def tasks_of(dimension: str) -> tuple[str, ...]:
    """The keys of a dimension's tasks in every version of the process: cases stand on older ones too."""
    name = processes.SUPPORTED_EMPLOYMENT
    each = (processes.get(name, version) for version in processes.versions(name))
    return tuple(sorted({task.key for process in each for task in process.tasks if task.dimension == dimension}))


def _until(day: date | None, as_of: date) -> date | None:
    return day if day is not None and day <= as_of else None


def _first_meetings(session: Session, chosen: Chosen) -> dict[int, date]:
    rows = session.execute(
        select(Contact.case_id, func.min(Contact.happened_on))
        .join(Case, Case.id == Contact.case_id)
        .where(chosen.cases(), Contact.status == HELD, Contact.kind.in_(WITH_EMPLOYER))
        .where(Contact.concrete_job.is_not(None), Contact.happened_on <= chosen.as_of)
        .group_by(Contact.case_id)
    )
    return {case_id: day for case_id, day in rows if case_id is not None}


def _jobs(session: Session, chosen: Chosen) -> dict[int, Counted]:
    """The first paid job of each case, with what was answered about it."""
    answers: dict[int, list[tuple[date, str]]] = defaultdict(list)
    told = (
        select(Check.job_id, Check.happened_on, Check.answer)
        .join(Case, Case.id == Check.case_id)
        .where(chosen.cases(), ~Check.voided, Check.job_id.is_not(None))
        .where(Check.happened_on <= chosen.as_of, Check.answer != NO_ANSWER)
        .order_by(Check.happened_on, Check.id)
    )
    for job_id, day, answer in session.execute(told):
        answers[job_id or 0].append((day, answer))
    jobs = (
        select(Job.case_id, Job.id, Job.started_on, Job.ended_on, Job.plan_version)
        .join(Case, Case.id == Job.case_id)
        .where(chosen.cases(), in_retention(), Job.started_on <= chosen.as_of)
        .order_by(Job.case_id, Job.started_on, Job.id)
    )
    firsts: dict[int, Counted] = {}
    for job in session.execute(jobs):
        if job.case_id not in firsts:
            facts = JobFacts(job.started_on, _until(job.ended_on, chosen.as_of), tuple(answers[job.id]))
            firsts[job.case_id] = Counted(job.case_id, True, "", job.plan_version, facts)
    return firsts
