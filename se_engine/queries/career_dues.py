"""What career and language ask for by a day: reminders that follow from facts, and close with them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from se_engine.queries import career_facts as facts
from se_engine.queries.career_goals import goal_reviews
from se_engine.queries.economy import TASK as ECONOMY
from se_engine.queries.economy import due_before
from se_engine.rules import career
from se_engine.rules.languages import SKILLS
from se_engine.rules.reminders import Due
from se_engine.rules.reviews import LEVEL_DAYS

BEFORE_WORK = ("engagement", "profiling", "job_finding", "employer_engagement")
PLAN_ABC, ABROAD, CV, SAFETY, WRITTEN = "T2-M6", "T2-A13", "T2-A16", "T4-A11", "T4-A08"
LASTING = date.max.toordinal()
TASKS = (ECONOMY, PLAN_ABC, ABROAD, CV, SAFETY, WRITTEN)


@dataclass
class _Known:
    """Everything that was looked up, by case."""

    on: date
    answered: Mapping[int, Mapping[str, Mapping[int | None, date]]]
    refused: Mapping[int, date]
    first_track: Mapping[int, date]
    jobs: Mapping[int, list[Any]]
    levels: Mapping[int, Mapping[str, date]]
    tests: Mapping[int, list[Any]]
    recognitions: Mapping[int, list[Any]]
    told: Mapping[int, Mapping[str, str]]
    reviews: Mapping[int, Any] = field(default_factory=dict)

    def done(self, case_id: int, task: str, employer_id: int | None = None) -> bool:
        return employer_id in self.answered.get(case_id, {}).get(task, {})


def dues(session: Session, cases: ColumnElement[bool], on: date) -> list[Due]:
    """As many statements for many cases as for one. Nothing for a case that is paused or ended."""
    rows = facts.running(session, cases)
    if not rows:
        return []
    jobs = facts.jobs(session, cases, on)
    known = _Known(
        on,
        facts.answered(session, cases, TASKS),
        facts.refusals(session, cases),
        facts.first_tracks(session, cases),
        jobs,
        facts.levels(session, cases),
        facts.tests_without_result(session, cases),
        facts.open_recognitions(session, cases),
        facts.fields(session, cases),
        {review.case_id: review for review in goal_reviews(session, cases, on)},
    )
    found = [due for row in rows for one in _RULES for due in one(row, known)]
    return [due for due in found if due.on <= on and (on - due.on).days <= career.LAPSE.get(due.reason, LASTING)]


def _level(row: Any, known: _Known) -> Iterator[Due]:
    """T5-S4: in step 5 each of the four skills has a level of the last three months."""
    if row.step != "job_support":
        return
    days = known.levels.get(row.participant_id, {})
    stale = [days[skill] + timedelta(days=LEVEL_DAYS + 1) for skill in SKILLS if skill in days]
    if len(stale) < len(SKILLS):
        stale.append(row.entered_on)
    yield Due(row.id, "level_due", max(min(stale), row.entered_on), "career/levels")


def _plan_abc(row: Any, known: _Known) -> Iterator[Due]:
    """By day 30, or once a first employer has said no; the profile holds the three."""
    if row.step not in BEFORE_WORK or row.sorting_first_since or known.done(row.id, PLAN_ABC):
        return
    by = row.opened_on + timedelta(days=career.PLAN_ABC_DAYS)
    yield Due(row.id, "plan_abc", min(by, known.refused.get(row.id, by)), "documents")


def _abroad(row: Any, known: _Known) -> Iterator[Due]:
    told = known.told.get(row.participant_id, {}).get("recognition_status")
    if told in (None, "", "none") or known.done(row.id, ABROAD):
        return
    by = row.opened_on + timedelta(days=career.RECOGNITION_DAYS)
    yield Due(row.id, "education_abroad", by, f"tasks/{ABROAD}")


def _economy(row: Any, known: _Known) -> Iterator[Due]:
    """Before the first paid day; from the written agreement on, when the day is not known yet."""
    if known.done(row.id, ECONOMY):
        return
    paid = due_before(job.started_on for job in known.jobs.get(row.id, ()) if job.paid)
    agreed = min(known.answered.get(row.id, {}).get(WRITTEN, {}).values(), default=None)
    days = [day for day in (paid, agreed) if day]
    if days:
        yield Due(row.id, "economy_talk", min(days), f"tasks/{ECONOMY}")


def _cv(row: Any, known: _Known) -> Iterator[Due]:
    """Before an application: from the first employer on the list on."""
    opened = known.first_track.get(row.id)
    if opened and row.step in BEFORE_WORK and not known.done(row.id, CV):
        yield Due(row.id, "cv_missing", opened, f"tasks/{CV}")


def _safety(row: Any, known: _Known) -> Iterator[Due]:
    """Day 1 at each workplace where she works now."""
    for job in known.jobs.get(row.id, ()):
        if job.running and job.employer_id and not known.done(row.id, SAFETY, job.employer_id):
            yield Due(row.id, "work_safety", job.started_on, f"tasks/{SAFETY}")


def _tests(row: Any, known: _Known) -> Iterator[Due]:
    """A week ahead, and afterwards until the result is there."""
    for test in known.tests.get(row.participant_id, ()):
        if test.taken_on >= known.on:
            ahead = test.taken_on - timedelta(days=career.TEST_AHEAD_DAYS)
            yield Due(row.id, "test_due", ahead, "career")
        else:
            yield Due(row.id, "test_result", test.taken_on + timedelta(days=1), f"career/tests/{test.id}/result")


def _recognition(row: Any, known: _Known) -> Iterator[Due]:
    for one in known.recognitions.get(row.participant_id, ()):
        by = career.recognition_due(one.status, one.happened_on)
        if by:
            place = f"career/qualifications/{one.qualification_id}/recognition"
            yield Due(row.id, "recognition_due", by, place)


def _permit(row: Any, known: _Known) -> Iterator[Due]:
    """Only where the day is recorded; time enough to apply for a new one."""
    told = known.told.get(row.participant_id, {}).get("permit_expiry")
    if told:
        ahead = date.fromisoformat(told) - timedelta(days=career.PERMIT_AHEAD_DAYS)
        yield Due(row.id, "permit_expiry", ahead, "record")


def _review(row: Any, known: _Known) -> Iterator[Due]:
    review = known.reviews.get(row.id)
    if review and review.reviewed_on is None:
        yield Due(row.id, "career_step", review.due_on, "plan/goals/new")


_RULES = (_level, _plan_abc, _abroad, _economy, _cv, _safety, _tests, _recognition, _permit, _review)
