"""A specialist's own numbers beside her own past: for herself, and for nobody else in any form."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, distinct, extract, func, literal, select, union_all
from sqlalchemy.orm import Session

from se_engine.clock import today
from se_engine.queries.access import cases_in_scope
from se_engine.queries.contact_numbers import field_and_all_minutes
from se_engine.queries.due import plans_since
from se_engine.queries.not_moving import stuck_terms
from se_engine.queries.schedules import dropped_checks, leading, plan_of
from se_engine.queries.worklist_statuses import conditions, standing
from se_engine.records.cases import Case
from se_engine.records.choices import Choice, Goal
from se_engine.records.contacts import Contact
from se_engine.records.follow_up import Check
from se_engine.records.jobs import Job
from se_engine.rules.contacts import HELD, TOLD, WITH_EMPLOYER, WITHOUT_SUCCESS
from se_engine.rules.errors import NotPermitted
from se_engine.rules.follow_up import ANSWERED, KEPT, MISSED, points
from se_engine.rules.follow_up_answers import NOT_KNOWN
from se_engine.rules.roles import CASEWORK, Actor

MONTHS = 6
"""This month and so many less one before it."""
STATUSES = ("active", "waiting", "paused", "follow_up")
YEAR = timedelta(days=400)
"""So long after its start a job has checks."""
Month = tuple[int, int]


@dataclass
class MonthLine:
    """What one month consisted of."""

    first: date
    numbers: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    @property
    def field_share(self) -> float | None:
        minutes = self.numbers["minutes"]
        return self.numbers["field_minutes"] / minutes if minutes else None


@dataclass(frozen=True)
class OwnNumbers:
    on: date
    user_id: int
    statuses: Mapping[str, int]
    months: tuple[MonthLine, ...]
    """This month so far, then the months before it."""


def own_numbers(session: Session, actor: Actor) -> OwnNumbers:
    """Six statements. There is no parameter for whose: the numbers are the reader's."""
    if actor.role not in CASEWORK or actor.user_id is None:
        raise NotPermitted()
    on = today(session)
    lines = {(day.year, day.month): MonthLine(day) for day in _months(on)}
    hers = and_(cases_in_scope(actor, on), Case.owner_id == actor.user_id)
    first = min(line.first for line in lines.values())
    for row in (*session.execute(_contacts(actor.user_id, first, on)), *session.execute(_told(actor, hers, first, on))):
        numbers = lines[int(row.year), int(row.month)].numbers
        for name, many in row._mapping.items():
            if name not in ("year", "month", "what", "many"):
                numbers[name] += int(many)
        if "what" in row._mapping:
            numbers[row.what] += int(row.many)
    for day, kept in _checks(session, hers, on):
        if (line := lines.get((day.year, day.month))) is not None:
            line.numbers["checks_kept" if kept else "checks_missed"] += 1
    return OwnNumbers(on, actor.user_id, _statuses(session, actor, hers, on), tuple(lines.values()))


def _months(on: date) -> list[date]:
    found = [on.replace(day=1)]
    while len(found) < MONTHS:
        found.append((found[-1] - timedelta(days=1)).replace(day=1))
    return found


def _statuses(session: Session, actor: Actor, hers: ColumnElement[bool], on: date) -> dict[str, int]:
    stands = standing(hers, on, plans_since(on), actor.user_id)
    active, waiting = stands.c.status == "active", conditions(stands, actor, on)["waiting"]
    terms = {
        "active": active,
        "waiting": waiting,
        "paused": stands.c.status == "paused",
        "follow_up": and_(active, stands.c.step == "follow_up"),
        **{kind: term for kind, (term, _since) in stuck_terms(stands, actor, on).items()},
    }
    counted = select(*(func.count().filter(term).label(name) for name, term in terms.items())).select_from(stands)
    row = session.execute(counted).one()._mapping
    return {name: int(row[name]) for name in terms}


def _by_month(day: Any) -> tuple[Any, Any]:
    return extract("year", day).label("year"), extract("month", day).label("month")


def _contacts(me: int, first: date, on: date) -> Any:
    """Her meetings and talks by month: days with one, with whom, in vain, minutes, and minutes in the field."""
    year, month = _by_month(Contact.happened_on)
    field_minutes, minutes = field_and_all_minutes()
    held = Contact.status == HELD
    with_her = and_(held, Contact.participant_present == "yes")
    numbers = {
        "days": func.count(distinct(Contact.happened_on)),
        "with_participants": func.count().filter(with_her),
        "with_employers": func.count().filter(and_(held, Contact.kind.in_(WITH_EMPLOYER))),
        "in_vain": func.count().filter(Contact.status.in_(WITHOUT_SUCCESS)),
        "minutes": minutes,
        "field_minutes": field_minutes,
    }
    return (
        select(year, month, *(number.label(name) for name, number in numbers.items()))
        .where(Contact.user_id == me, Contact.status.in_(TOLD))
        .where(Contact.happened_on.between(first, on))
        .group_by(year, month)
    )


def _told(actor: Actor, hers: ColumnElement[bool], first: date, on: date) -> Any:
    """What she offered, and goals that she wrote down, in the cases she has."""
    kinds: tuple[tuple[str, Any, Any, list[Any]], ...] = (
        ("choices", Choice, Choice.offered_on, [~Choice.voided]),
        ("goals", Goal, Goal.set_on, []),
    )
    parts = []
    for what, kind, day, wanted in kinds:
        year, month = _by_month(day)
        told = select(literal(what).label("what"), year, month, func.count().label("many"))
        told = told.select_from(kind).join(Case, Case.id == kind.case_id)
        told = told.where(hers, kind.recorded_by == actor.user_id, day.between(first, on), *wanted)
        parts.append(told.group_by(year, month))
    return union_all(*parts)


def _checks(session: Session, hers: ColumnElement[bool], on: date) -> list[tuple[date, bool]]:
    """The day of every check of the jobs in her cases that was kept or missed."""
    jobs: dict[int, list[Job]] = defaultdict(list)
    wanted = (hers, Job.paid.is_(True), ~Job.voided, Job.started_on.between(on - YEAR, on))
    for job in session.scalars(select(Job).join(Case, Case.id == Job.case_id).where(*wanted).order_by(Job.id)):
        jobs[job.case_id].append(job)
    if not jobs:
        return []
    contacts, answers = _days(session, jobs)
    found = []
    for case_id, its in jobs.items():
        lead = leading(its, on)
        for job in its:
            # Where several run at once, one schedule is followed: the others are nobody's task.
            if job is lead or job.ended_on is not None:
                found += _points(job, contacts[case_id], answers[job.id], on)
    return found


def _points(job: Job, contacts: Sequence[date], answers: Sequence[date], on: date) -> list[tuple[date, bool]]:
    standing_of = points(
        plan_of(job), job.started_on, on, contacts=contacts, answers=answers, dropped=dropped_checks(job),
        ended_on=job.ended_on,
    )  # fmt: skip
    return [(one.on, one.state != MISSED) for one in standing_of if one.state in (KEPT, ANSWERED, MISSED)]


def _days(
    session: Session, jobs: Mapping[int, Sequence[Job]]
) -> tuple[defaultdict[int, list[date]], defaultdict[int, list[date]]]:
    """When the participants were met, by case, and when somebody answered, by job."""
    met = select(Contact.case_id, Contact.happened_on).where(
        Contact.case_id.in_(jobs), Contact.status == HELD, Contact.participant_present == "yes"
    )
    told = select(Check.job_id, Check.happened_on).where(
        Check.case_id.in_(jobs), ~Check.voided, Check.answer != NOT_KNOWN
    )
    return _grouped(session.execute(met)), _grouped(session.execute(told))


def _grouped(rows: Iterable[Any]) -> defaultdict[int, list[date]]:
    found: defaultdict[int, list[date]] = defaultdict(list)
    for number, day in rows:
        found[number].append(day)
    return found
