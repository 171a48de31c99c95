"""Sources: after the job has begun – her yes to the plan, surveys, problems, lessons, steps in her career, ends."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import select

from se_engine.clock import NORWAY
from se_engine.queries.indicators.evidence import Evidence
from se_engine.records.career import CareerStep, Qualification, Recognition
from se_engine.records.cases import Case
from se_engine.records.follow_up import ScheduleChoice, Survey, SurveyAnswer
from se_engine.records.history import HistoryEvent
from se_engine.records.jobs import Job, JobText
from se_engine.records.needs import Problem
from se_engine.records.participants import Participant
from se_engine.rules.follow_up_answers import CONFIRMED
from se_engine.rules.timeline import EventKind


class ProblemRow(NamedTuple):
    case_id: int
    track_id: int | None
    tag: str
    brought_by: str
    opened_on: date
    closed_on: date | None


class LessonRow(NamedTuple):
    """A part of what was said about a job, and the day on which it was written down."""

    part: str
    written_on: date


class AbroadRow(NamedTuple):
    """Education or a trade from abroad, and when its recognition was first looked at."""

    participant_id: int
    known_on: date
    considered_on: date | None


def confirmed_plans(evidence: Evidence) -> Mapping[int, Sequence[date]]:
    """Job → the days on which she said yes to the plan of follow-up."""
    window = evidence.window
    rows = evidence.rows(
        select(ScheduleChoice.job_id, ScheduleChoice.happened_on)
        .join(Case, Case.id == ScheduleChoice.case_id)
        .where(Case.office_id.in_(window.offices), ScheduleChoice.choice == CONFIRMED)
        .where(ScheduleChoice.happened_on <= window.to_on)
    )
    return _by_number(rows)


def answered_surveys(evidence: Evidence) -> frozenset[tuple[int, int]]:
    """(job, week) of the surveys in which she answered at least one question."""
    window = evidence.window
    rows = evidence.rows(
        select(Survey.job_id, Survey.week)
        .join(SurveyAnswer, SurveyAnswer.survey_id == Survey.id)
        .join(Case, Case.id == Survey.case_id)
        .where(Case.office_id.in_(window.offices), Survey.happened_on <= window.to_on)
        .distinct()
    )
    return frozenset((job_id, week) for job_id, week in rows)


def problems(evidence: Evidence) -> Sequence[ProblemRow]:
    """The problems that were opened by the end of the window; closed later is still open."""
    window = evidence.window
    rows = evidence.rows(
        select(
            Problem.case_id, Problem.track_id, Problem.tag, Problem.brought_by, Problem.opened_on, Problem.closed_on
        )
        .join(Case, Case.id == Problem.case_id)
        .where(Case.office_id.in_(window.offices), Problem.opened_on <= window.to_on)
        .order_by(Problem.id)
    )
    return [ProblemRow(*row) for row in rows]


def lessons(evidence: Evidence) -> Mapping[int, Sequence[LessonRow]]:
    """Job → what was written about it, part by part."""
    window = evidence.window
    rows = evidence.rows(
        select(JobText.job_id, JobText.part, JobText.recorded_at)
        .join(Job, Job.id == JobText.job_id)
        .join(Case, Case.id == Job.case_id)
        .where(Case.office_id.in_(window.offices))
        .order_by(JobText.id)
    )
    found: dict[int, list[LessonRow]] = defaultdict(list)
    for job_id, part, at in rows:
        written = LessonRow(part, at.astimezone(NORWAY).date())
        if written.written_on <= window.to_on:
            found[job_id].append(written)
    return found


def career_steps(evidence: Evidence) -> Mapping[int, Sequence[tuple[str, date]]]:
    """Case → the steps forward in her career, with their kind."""
    window = evidence.window
    rows = evidence.rows(
        select(CareerStep.id, CareerStep.voids_id, CareerStep.case_id, CareerStep.kind, CareerStep.happened_on)
        .join(Case, Case.id == CareerStep.case_id)
        .where(Case.office_id.in_(window.offices))
        .order_by(CareerStep.happened_on, CareerStep.id)
    )
    voided = {row.voids_id for row in rows if row.voids_id is not None}
    found: dict[int, list[tuple[str, date]]] = defaultdict(list)
    for row in rows:
        if row.voids_id is None and row.id not in voided and row.happened_on <= window.to_on:
            found[row.case_id].append((row.kind, row.happened_on))
    return found


def ended_by(evidence: Evidence) -> Mapping[int, str | None]:
    """Case → who decided that it ended, where it has."""
    window = evidence.window
    rows = evidence.rows(
        select(
            HistoryEvent.id, HistoryEvent.voids_id, HistoryEvent.case_id, HistoryEvent.kind, HistoryEvent.happened_on,
            HistoryEvent.decided_by,
        )
        .join(Case, Case.id == HistoryEvent.case_id)
        .where(Case.office_id.in_(window.offices), Case.ended_on.is_not(None))
        .where((HistoryEvent.kind == EventKind.ENDED.value) | HistoryEvent.voids_id.is_not(None))
        .order_by(HistoryEvent.id)
    )  # fmt: skip
    voided = {row.voids_id for row in rows if row.voids_id is not None}
    return {
        row.case_id: row.decided_by
        for row in rows
        if row.kind == EventKind.ENDED.value and row.id not in voided and row.happened_on <= window.to_on
    }


def abroad(evidence: Evidence) -> Sequence[AbroadRow]:
    """Every qualification that was known by the end of the window, with the first word on its recognition."""
    window = evidence.window
    told = evidence.rows(
        select(Recognition.qualification_id, Recognition.happened_on)
        .join(Qualification, Qualification.id == Recognition.qualification_id)
        .join(Participant, Participant.id == Qualification.participant_id)
        .where(Participant.office_id.in_(window.offices), Recognition.happened_on <= window.to_on)
    )
    looked = {number: min(days) for number, days in _by_number(told).items()}
    rows = evidence.rows(
        select(Qualification.id, Qualification.participant_id, Qualification.recorded_at)
        .join(Participant, Participant.id == Qualification.participant_id)
        .where(Participant.office_id.in_(window.offices), ~Qualification.voided)
        .order_by(Qualification.id)
    )
    found = [AbroadRow(hers, at.astimezone(NORWAY).date(), looked.get(number)) for number, hers, at in rows]
    return [row for row in found if row.known_on <= window.to_on]


def _by_number(rows: Sequence[tuple[int, date]]) -> Mapping[int, Sequence[date]]:
    found: dict[int, list[date]] = defaultdict(list)
    for number, day in rows:
        found[number].append(day)
    return found
