"""The jobs that retention counts, as they stood on a day: whose they are, and what was known of them week by week."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, or_, select
from sqlalchemy.orm import Session

from se_engine import follow_up_plans
from se_engine.queries.report_groups import labelled
from se_engine.queries.report_questions import Asked
from se_engine.records.cases import Case
from se_engine.records.follow_up import Check
from se_engine.records.jobs import Job
from se_engine.rules.follow_up_answers import NOT_KNOWN as NO_ANSWER
from se_engine.rules.follow_up_plan import WEEK
from se_engine.rules.jobs import PLACEMENTS
from se_engine.rules.retention import (
    IN_WORK,
    NOT_IN_WORK,
    NOT_KNOWN,
    JobFacts,
    Known,
    at_week,
    first_word,
    last_day_in_time,
)


@dataclass(frozen=True)
class Counted:
    """One job that a report counts."""

    case_id: int
    first: bool
    """Nobody knows of an earlier one of hers."""
    group: str
    plan_version: int | None
    facts: JobFacts

    def reached(self, week: int, as_of: date) -> bool:
        return self.day_of(week) <= as_of

    def day_of(self, week: int) -> date:
        return self.facts.started_on + timedelta(days=week * WEEK)

    def known(self, week: int) -> Known:
        return at_week(self.facts, week, _in_time(self.plan_version, week))

    def changes(self, week: int) -> Iterator[tuple[date, Known]]:
        """What was known of a week from which day on: only an answer, or the end of the job, changes it."""
        since, ended_on = self.day_of(week), self.facts.ended_on
        if ended_on is not None and ended_on <= since:
            yield since, Known(IN_WORK if ended_on == since else NOT_IN_WORK)
            return
        said = first_word(self.facts, week, _in_time(self.plan_version, week))
        known = Known(NOT_KNOWN)
        if said is None or said[0] != since:
            yield since, known
        if said is not None and (ended_on is None or said[0] < ended_on):
            yield said
            known = said[1]
        if ended_on is not None and known != Known(IN_WORK):
            yield ended_on, Known(IN_WORK)


@cache
def _in_time(plan_version: int | None, week: int) -> int:
    return last_day_in_time(follow_up_plans.get(plan_version), week)


def jobs_asked(session: Session, asked: Asked) -> list[Counted]:
    """The paid jobs of the offices as they stood on the day, in two statements however many there are."""
    question = asked.question
    from_on, to_on = question.from_on or date.min, question.to_on or date.max
    answers: dict[int, list[tuple[date, str]]] = defaultdict(list)
    for row in session.execute(_answers(asked.office_ids, question.as_of)):
        answers[row.job_id].append((row.happened_on, row.answer))
    found, firsts = [], dict[int, int]()
    for row in session.execute(_jobs(asked)):
        first = firsts.setdefault(row.participant_id, row.id) == row.id
        if from_on <= row.started_on <= to_on:
            found.append(_counted(row, first, question.as_of, tuple(answers[row.id])))
    return found


def _counted(row: Row[Any], first: bool, as_of: date, answers: tuple[tuple[date, str], ...]) -> Counted:
    ended_on = row.ended_on if row.ended_on is not None and row.ended_on <= as_of else None
    return Counted(row.case_id, first, row.label, row.plan_version, JobFacts(row.started_on, ended_on, answers))


def in_retention() -> ColumnElement[bool]:
    """Jobs with pay; where nobody has said whether there is pay, all that are no placement."""
    no_placement = or_(Job.contract.is_(None), Job.contract.not_in(sorted(PLACEMENTS)))
    return and_(~Job.voided, or_(Job.paid.is_(True), and_(Job.paid.is_(None), no_placement)))


def _jobs(asked: Asked) -> Select[*tuple[Any, ...]]:
    """In the order in which each participant began in them."""
    jobs = (
        select(Job.id, Job.case_id, Job.started_on, Job.ended_on, Job.plan_version, Case.participant_id)
        .select_from(Job)
        .join(Case, Case.id == Job.case_id)
        .where(in_retention(), Case.office_id.in_(asked.office_ids), Job.started_on <= asked.question.as_of)
        .order_by(Case.participant_id, Job.started_on, Job.id)
    )
    return labelled(jobs, asked.question.by, Job.__table__.c.started_on, apart=not asked.whole)


def _answers(offices: Sequence[int], as_of: date) -> Select[*tuple[Any, ...]]:
    return (
        select(Check.job_id, Check.happened_on, Check.answer)
        .join(Case, Case.id == Check.case_id)
        .where(Case.office_id.in_(offices), ~Check.voided, Check.job_id.is_not(None))
        .where(Check.happened_on <= as_of, Check.answer != NO_ANSWER)
        .order_by(Check.happened_on, Check.id)
    )
