"""How far the records of an office can be trusted for a window: what is missing, late or unlikely, in figures."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import select

from se_engine.queries.indicators import sources_records
from se_engine.queries.indicators.evidence import Evidence
from se_engine.queries.indicators.sources_cases import CaseRow, StayRow, owners, persons, ran, running, stays
from se_engine.queries.indicators.sources_contacts import of_case
from se_engine.queries.indicators.sources_jobs import JobRow, jobs
from se_engine.records.cases import Case
from se_engine.records.contacts import Contact
from se_engine.records.desk import Draft
from se_engine.records.history import HistoryEvent
from se_engine.records.tasks import TaskRecord
from se_engine.rules.contacts import HELD, PLANNED
from se_engine.rules.facts import TaskStatus
from se_engine.rules.languages import SKILLS

LATE, VERY_LATE = timedelta(days=7), timedelta(days=30)
LONG_ENOUGH = timedelta(days=14)
"""A stay shorter than this may well have had no contact of its own."""


@dataclass(frozen=True)
class Quality:
    """Of so many, so many lack it. The words for the key stand in the wording."""

    key: str
    lacking: int
    of: int


class _Told(NamedTuple):
    status: str
    happened_on: date
    told_at: datetime
    minutes: int | None


def quality_of(evidence: Evidence) -> tuple[Quality, ...]:
    """Every line, in the order of the report."""
    return tuple(Quality(key, *count(evidence)) for key, count in LINES.items())


Count = Callable[[Evidence], tuple[int, int]]


def _share(whole: list[bool]) -> tuple[int, int]:
    return sum(whole), len(whole)


def without_specialist(evidence: Evidence) -> tuple[int, int]:
    whose = evidence.read(owners)
    return _share([whose.get(row.id) is None for row in evidence.read(running)])


def without_interpreter_need(evidence: Evidence) -> tuple[int, int]:
    known = evidence.read(persons)
    return _share([known[row.participant_id].interpreter_need is None for row in _hers(evidence)])


def without_norwegian(evidence: Evidence) -> tuple[int, int]:
    """One of the four skills or more was never looked at."""
    told = evidence.read(sources_records.levels)
    return _share([
        {level.skill for level in told.get(row.participant_id, ())} < set(SKILLS) for row in _hers(evidence)
    ])  # fmt: skip


def without_background(evidence: Evidence) -> tuple[int, int]:
    """What numbers about equity are made from."""
    known = evidence.read(persons)
    return _share([
        None in (known[row.participant_id].sex, known[row.participant_id].country) for row in _hers(evidence)
    ])  # fmt: skip


def without_referral_day(evidence: Evidence) -> tuple[int, int]:
    known = evidence.read(persons)
    return _share([known[row.participant_id].referred_on is None for row in _hers(evidence)])


def _hers(evidence: Evidence) -> list[CaseRow]:
    """The cases that ran in the window, of participants who are still of the office."""
    known = evidence.read(persons)
    return [row for row in evidence.read(ran) if row.participant_id in known]


def recorded_late(evidence: Evidence) -> tuple[int, int]:
    return _share([_delay(one) > LATE for one in evidence.read(_told) if one.status != PLANNED])


def recorded_very_late(evidence: Evidence) -> tuple[int, int]:
    return _share([_delay(one) > VERY_LATE for one in evidence.read(_told) if one.status != PLANNED])


def _delay(one: _Told) -> timedelta:
    return one.told_at.date() - one.happened_on


def planned_and_not_told(evidence: Evidence) -> tuple[int, int]:
    """Meetings whose day has passed, of which nobody has said how they went."""
    return _share([one.status == PLANNED for one in evidence.read(_told)])


def without_minutes(evidence: Evidence) -> tuple[int, int]:
    return _share([one.minutes is None for one in evidence.read(_told) if one.status == HELD])


def steps_without_contact(evidence: Evidence) -> tuple[int, int]:
    """Stays that ended in the window after two weeks or more, and in which nobody was in touch."""
    window, told = evidence.window, evidence.read(of_case)

    def silent(stay: StayRow) -> bool:
        left = stay.left_on or window.to_on
        return not any(one.held and stay.entered_on <= one.happened_on <= left for one in told.get(stay.case_id, ()))

    long = [
        stay
        for found in evidence.read(stays).values()
        for stay in found
        if window.holds(stay.left_on) and stay.left_on is not None and stay.left_on - stay.entered_on >= LONG_ENOUGH
    ]
    return _share([silent(stay) for stay in long])


def jobs_without_occupation(evidence: Evidence) -> tuple[int, int]:
    return _share([job.occupation_code is None for job in _jobs(evidence)])


def jobs_without_employer_number(evidence: Evidence) -> tuple[int, int]:
    return _share([job.org_number is None for job in _jobs(evidence)])


def jobs_without_terms(evidence: Evidence) -> tuple[int, int]:
    """Hours, or whether it is paid, are not known."""
    return _share([job.hours_per_week is None or job.paid is None for job in _jobs(evidence)])


def ends_without_cause(evidence: Evidence) -> tuple[int, int]:
    ended = [job for job in _jobs(evidence) if evidence.window.holds(job.ended_on)]
    return _share([job.end_cause is None for job in ended])


def _jobs(evidence: Evidence) -> list[JobRow]:
    """Those that ran on some day of the window."""
    from_on = evidence.window.from_on
    return [job for job in evidence.read(jobs).values() if job.ended_on is None or job.ended_on >= from_on]


def imported(evidence: Evidence) -> tuple[int, int]:
    """Of what history tells, that which came from another system."""
    window = evidence.window
    rows = evidence.rows(
        select(HistoryEvent.source)
        .join(Case, Case.id == HistoryEvent.case_id)
        .where(Case.office_id.in_(window.offices), HistoryEvent.happened_on.between(window.from_on, window.to_on))
    )
    return _share([source == "import" for (source,) in rows])


def closed_without_words(evidence: Evidence) -> tuple[int, int]:
    """Tasks said to be done with neither a line nor an answer."""
    window = evidence.window
    rows = evidence.rows(
        select(TaskRecord.id, TaskRecord.text_id, TaskRecord.value, TaskRecord.voids_id)
        .join(Case, Case.id == TaskRecord.case_id)
        .where(
            Case.office_id.in_(window.offices),
            TaskRecord.status == TaskStatus.DONE.value,
            TaskRecord.happened_on.between(window.from_on, window.to_on),
        )
    )
    return _share([row.text_id is None and row.value is None for row in rows if row.voids_id is None])


def with_open_drafts(evidence: Evidence) -> tuple[int, int]:
    """Cases about which somebody has begun to write and not sent it; what it says is hers alone."""
    rows = evidence.rows(
        select(Draft.case_id)
        .join(Case, Case.id == Draft.case_id)
        .where(Case.office_id.in_(evidence.window.offices))
        .distinct()
    )
    waiting = {number for (number,) in rows}
    return _share([row.id in waiting for row in evidence.read(running)])


def _told(evidence: Evidence) -> list[_Told]:
    """The contacts of the window with when each was told of; those still planned included."""
    window = evidence.window
    rows = evidence.rows(
        select(Contact.status, Contact.happened_on, Contact.completed_at, Contact.recorded_at, Contact.minutes).where(
            Contact.office_id.in_(window.offices),
            Contact.status.not_in(("voided", "cancelled")),
            Contact.happened_on.between(window.from_on, window.to_on),
        )
    )
    return [_Told(row.status, row.happened_on, row.completed_at or row.recorded_at, row.minutes) for row in rows]


LINES: Mapping[str, Count] = {
    "without_specialist": without_specialist,
    "without_interpreter_need": without_interpreter_need,
    "without_norwegian": without_norwegian,
    "without_background": without_background,
    "without_referral_day": without_referral_day,
    "recorded_late": recorded_late,
    "recorded_very_late": recorded_very_late,
    "planned_and_not_told": planned_and_not_told,
    "without_minutes": without_minutes,
    "steps_without_contact": steps_without_contact,
    "jobs_without_occupation": jobs_without_occupation,
    "jobs_without_employer_number": jobs_without_employer_number,
    "jobs_without_terms": jobs_without_terms,
    "ends_without_cause": ends_without_cause,
    "closed_without_words": closed_without_words,
    "imported": imported,
    "with_open_drafts": with_open_drafts,
}
