"""The rows of an export for evaluation, table by table: codes, bands and days since entry, never a date or a word."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine import follow_up_plans, processes
from se_engine.measures.effort import DIMENSIONS
from se_engine.queries.effort_rows import Chosen, contacts
from se_engine.queries.evaluation import Population
from se_engine.queries.retained_jobs import in_retention
from se_engine.records.cases import Case, StepPeriod
from se_engine.records.contacts import Contact
from se_engine.records.follow_up import Check
from se_engine.records.jobs import Job
from se_engine.records.participants import FieldValue, LanguageLevel, SchemeMembership
from se_engine.records.referrals import ReferralDecision
from se_engine.records.tasks import TaskRecord
from se_engine.rules.coarsening import (
    AGES,
    HOURS,
    OPEN_CASES,
    RESIDENCE,
    WITHHELD,
    banded,
    contact_group,
    end_group,
    job_end_group,
    quarter,
    recognisable,
    referrer_group,
    years_between,
)
from se_engine.rules.contacts import HELD, WITHOUT_SUCCESS
from se_engine.rules.facts import TaskStatus
from se_engine.rules.follow_up_plan import WEEK
from se_engine.rules.retention import IN_WORK, NOT_IN_WORK, NOT_KNOWN, JobFacts, stands

Row = list[Any]
POINTS = (26, 52, 78, 104)
"""Weeks after a case was opened at which everybody's standing is told, those who left included."""
SPOKEN = "speaking"
SURROUNDINGS = ("transport", "housing")


@dataclass(frozen=True)
class Source:
    """Whom the tables are about, and what they are called there."""

    session: Session
    population: Population
    as_of: date
    name: Callable[[str, int], str]
    """Kind and number of a thing → its pseudonym."""

    def person(self, participant_id: int) -> str:
        return self.name("participant", participant_id)

    def case(self, case_id: int) -> str:
        return self.name("case", case_id)

    def day(self, case_id: int, day: date | None) -> int | None:
        """Days since her entry; what is dated after the day of the export has not happened."""
        if day is None or day > self.as_of:
            return None
        return (day - self.population.people[self.population.cases[case_id]].entry).days

    def of_cases(self, chosen: Any) -> Iterator[Any]:
        """Rows of the exported cases; the case's number comes first."""
        return (row for row in self.session.execute(chosen) if row[0] in self.population.cases)

    def offices(self) -> Any:
        return Case.office_id.in_(self.population.offices)


def participants(source: Source) -> Iterator[Row]:
    """Individual, surroundings, service and organisation as they were at entry."""
    session, people = source.session, source.population.people
    many = Counter(source.population.cases.values())
    levels, around, schemes = _levels(source), _surroundings(source), _schemes(source)
    load = _open_cases(session)
    known = {
        number: (
            one.facts.sex or "", banded(years_between(one.facts.birth_year, one.entry), AGES),
            banded(years_between(one.facts.arrived_year, one.entry), RESIDENCE), one.facts.highest_education or "",
        )
        for number, one in people.items()
    }  # fmt: skip
    alone = recognisable(known)
    for number, one in people.items():
        referred = one.facts.referred_on
        yield [
            source.person(number), source.name("office", one.office_id), quarter(one.entry), many[number],
            *((WITHHELD,) * len(known[number]) if number in alone else known[number]),
            levels.get(number, ""), *(around.get((number, key), "") for key in SURROUNDINGS),
            ";".join(sorted(schemes.get(number, ()))), referrer_group(one.facts.referred_by),
            (one.entry - referred).days if referred else None, banded(load(one.office_id, one.entry), OPEN_CASES),
            "yes" if one.said_yes else "not_asked",
        ]  # fmt: skip


def referrals(source: Source) -> Iterator[Row]:
    """Who waited, from when to when: the marks of a staged start."""
    asked = select(
        ReferralDecision.participant_id, ReferralDecision.decided_on, ReferralDecision.decision,
        ReferralDecision.reason, ReferralDecision.decided_by,
    ).order_by(ReferralDecision.participant_id, ReferralDecision.id)  # fmt: skip
    for number, day, decision, reason, by in source.session.execute(asked):
        person = source.population.people.get(number)
        if person is not None and day <= source.as_of:
            yield [source.person(number), (day - person.entry).days, decision, reason or "", by]


def cases(source: Source) -> Iterator[Row]:
    asked = select(
        Case.id, Case.participant_id, Case.process_version, Case.template, Case.opened_on, Case.ended_on,
        Case.end_reason,
    ).order_by(Case.participant_id, Case.opened_on, Case.id)  # fmt: skip
    for row in source.of_cases(asked.where(source.offices())):
        ended = source.day(row.id, row.ended_on)
        yield [
            source.person(row.participant_id), source.case(row.id), row.process_version, row.template,
            source.day(row.id, row.opened_on), ended, end_group(row.end_reason) if ended is not None else "",
            _weeks(source, row.id),
        ]  # fmt: skip


def _weeks(source: Source, case_id: int) -> int | None:
    """Whole weeks only: the day of the export is known, so days would give the date of her entry away."""
    observed = source.day(case_id, source.as_of)
    return None if observed is None else observed // WEEK


def stays(source: Source) -> Iterator[Row]:
    asked = (
        select(
            StepPeriod.case_id, StepPeriod.ordinal, StepPeriod.step, StepPeriod.entered_on, StepPeriod.left_on,
            StepPeriod.left_to, StepPeriod.own_days, StepPeriod.waiting_days, StepPeriod.paused_days,
        )
        .where(StepPeriod.entered_on <= source.as_of, StepPeriod.office_id.in_(source.population.offices))
        .order_by(StepPeriod.case_id, StepPeriod.ordinal)
    )  # fmt: skip
    for row in source.of_cases(asked):
        left = source.day(row.case_id, row.left_on)
        closed = (row.left_to, row.own_days, row.waiting_days, row.paused_days)
        entered = source.day(row.case_id, row.entered_on)
        counted = (None,) * 4 if left is None else closed
        yield [source.case(row.case_id), row.ordinal, row.step, entered, left, *counted]


def contact_rows(source: Source) -> Iterator[Row]:
    each = contacts(Chosen(source.population.offices, source.as_of), statuses=(HELD, *WITHOUT_SUCCESS)).c
    more = (Contact.kind, Contact.channel, Contact.status, Contact.travel_minutes, Contact.participant_present)
    asked = (
        select(each.case_id, each.happened_on, each.step, each.minutes, *(each[one] for one in DIMENSIONS), *more)
        .join(Contact, Contact.id == each.id)
        .order_by(each.case_id, each.happened_on, each.id)
    )
    for row in source.of_cases(asked):
        yield [
            source.case(row.case_id), source.day(row.case_id, row.happened_on), row.step, contact_group(row.kind),
            row.channel, row.status, row.minutes, row.travel_minutes, row.participant_present or "",
            *(getattr(row, one) for one in DIMENSIONS),
        ]  # fmt: skip


def tasks(source: Source) -> Iterator[Row]:
    """Per case, step and dimension: how many were done and how many were found not to be needed, and when."""
    places = _places()
    taken_back = select(TaskRecord.voids_id).where(TaskRecord.voids_id.is_not(None))
    asked = (
        select(TaskRecord.case_id, TaskRecord.task, TaskRecord.employer_id, TaskRecord.status, TaskRecord.happened_on)
        .join(Case, Case.id == TaskRecord.case_id)
        .where(source.offices(), TaskRecord.happened_on <= source.as_of)
        .where(TaskRecord.voids_id.is_(None), TaskRecord.id.not_in(taken_back))
        .order_by(TaskRecord.case_id, TaskRecord.id)
    )
    newest: dict[tuple[Any, ...], Any] = {}
    for row in source.of_cases(asked):
        newest[row.case_id, row.task, row.employer_id] = row
    found: dict[tuple[Any, ...], list[Any]] = defaultdict(list)
    for row in newest.values():
        if row.task in places:
            found[(row.case_id, *places[row.task])].append(row)
    for (case_id, step, dimension), rows in sorted(found.items()):
        done = [source.day(case_id, row.happened_on) for row in rows if row.status == TaskStatus.DONE]
        not_needed = sum(row.status == TaskStatus.NOT_RELEVANT for row in rows)
        days = [day for day in done if day is not None]
        first, last = (min(days), max(days)) if days else (None, None)
        yield [source.case(case_id), step, dimension, len(days), not_needed, first, last]


def jobs(source: Source) -> Iterator[Row]:
    for row in source.of_cases(_jobs_of(source)):
        ended = source.day(row.case_id, row.ended_on)
        yield [
            source.case(row.case_id), source.name("job", row.id), source.day(row.case_id, row.started_on), ended,
            job_end_group(row.end_reason) if ended is not None else "", row.contract or "", _yes_no(row.paid),
            _yes_no(row.subsidy), banded(row.hours_per_week, HOURS), (row.occupation_code or "")[:1],
        ]  # fmt: skip


def checks(source: Source) -> Iterator[Row]:
    asked = (
        select(Check.case_id, Check.job_id, Check.happened_on, Check.answer, Check.evidence)
        .join(Case, Case.id == Check.case_id)
        .where(source.offices(), ~Check.voided, Check.happened_on <= source.as_of)
        .order_by(Check.case_id, Check.happened_on, Check.id)
    )
    for row in source.of_cases(asked):
        job = source.name("job", row.job_id) if row.job_id else ""
        day = source.day(row.case_id, row.happened_on)
        yield [source.case(row.case_id), job, day, row.answer, row.evidence or ""]


def outcomes(source: Source) -> Iterator[Row]:
    """Everybody at fixed points, those included who left: where nobody knows, it says so."""
    answers: dict[int, list[tuple[date, str]]] = defaultdict(list)
    told = select(Check.case_id, Check.job_id, Check.happened_on, Check.answer).where(~Check.voided)
    for row in source.of_cases(told.where(Check.happened_on <= source.as_of).order_by(Check.happened_on, Check.id)):
        answers[row.job_id].append((row.happened_on, row.answer))
    of_case: dict[int, list[Any]] = defaultdict(list)
    for row in source.of_cases(_jobs_of(source).where(in_retention())):
        of_case[row.case_id].append(row)
    asked = select(Case.id, Case.opened_on, Case.ended_on, Case.end_reason).where(source.offices()).order_by(Case.id)
    for case in source.of_cases(asked):
        for week in POINTS:
            day = case.opened_on + timedelta(days=WEEK * week)
            if day <= source.as_of:
                ended = case.ended_on is not None and case.ended_on <= day
                work = _in_work(of_case[case.id], answers, day, source.as_of, ended=ended)
                standing = "ended" if ended else "running"
                yield [source.case(case.id), week, standing, end_group(case.end_reason) if ended else "", work]


def _in_work(
    jobs: list[Any], answers: dict[int, list[tuple[date, str]]], day: date, as_of: date, *, ended: bool
) -> str:
    """In any paid job on the day; once the case has ended without one, nobody knows."""
    standings = set()
    for job in (job for job in jobs if job.started_on <= day):
        ended_on = job.ended_on if job.ended_on is not None and job.ended_on <= as_of else None
        facts = JobFacts(job.started_on, ended_on, tuple(answers.get(job.id, ())))
        dropped = (job.dropped_checks or "").strip(",").split(",")
        standings.add(stands(facts, as_of, follow_up_plans.get(job.plan_version), day, dropped))
    if IN_WORK in standings:
        return IN_WORK
    return NOT_KNOWN if ended or NOT_KNOWN in standings else NOT_IN_WORK


def _jobs_of(source: Source) -> Any:
    return (
        select(
            Job.case_id, Job.id, Job.started_on, Job.ended_on, Job.end_reason, Job.contract, Job.paid, Job.subsidy,
            Job.hours_per_week, Job.occupation_code, Job.plan_version, Job.dropped_checks,
        )
        .join(Case, Case.id == Job.case_id)
        .where(source.offices(), ~Job.voided, Job.started_on <= source.as_of)
        .order_by(Job.case_id, Job.started_on, Job.id)
    )  # fmt: skip


def _levels(source: Source) -> dict[int, str]:
    """Spoken Norwegian as it was known on the day of entry."""
    asked = select(LanguageLevel.participant_id, LanguageLevel.level, LanguageLevel.happened_on)
    rows = source.session.execute(
        asked.where(LanguageLevel.skill == SPOKEN).order_by(LanguageLevel.happened_on, LanguageLevel.id)
    )
    people = source.population.people
    return {number: level or "" for number, level, day in rows if number in people and day <= people[number].entry}


def _surroundings(source: Source) -> dict[tuple[int, str], str]:
    asked = (
        select(FieldValue.participant_id, FieldValue.field, FieldValue.code)
        .where(FieldValue.field.in_(SURROUNDINGS), FieldValue.happened_on <= source.as_of)
        .order_by(FieldValue.happened_on, FieldValue.id)
    )
    return {(number, key): code or "" for number, key, code in source.session.execute(asked)}


def _schemes(source: Source) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    people = source.population.people
    asked = select(
        SchemeMembership.participant_id, SchemeMembership.scheme, SchemeMembership.from_on, SchemeMembership.until_on
    )
    for number, scheme, from_on, until_on in source.session.execute(asked):
        person = people.get(number)
        if person and (from_on or date.min) <= person.entry <= (until_on or date.max):
            found[number].add(scheme)
    return found


def _open_cases(session: Session) -> Callable[[int, date], int]:
    """How many cases the office had open on a day: the load of the organisation."""
    changes: dict[int, Counter[date]] = defaultdict(Counter)
    for office, opened_on, ended_on in session.execute(select(Case.office_id, Case.opened_on, Case.ended_on)):
        changes[office][opened_on] += 1
        if ended_on is not None:
            changes[office][ended_on] -= 1
    days = {office: sorted(found) for office, found in changes.items()}
    running = {office: list(accumulate(changes[office][day] for day in days[office])) for office in days}

    def load(office: int, day: date) -> int:
        place = bisect_right(days.get(office, []), day)
        return running[office][place - 1] if place else 0

    return load


def _places() -> dict[str, tuple[str, str]]:
    """Task → its step and dimension, in the newest version that has it."""
    name = processes.SUPPORTED_EMPLOYMENT
    each = (processes.get(name, version) for version in processes.versions(name))
    return {task.key: (task.step, task.dimension) for process in each for task in process.tasks}


def _yes_no(value: bool | None) -> str:
    return "" if value is None else "yes" if value else "no"
