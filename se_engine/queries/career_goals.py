"""Criterion 5.5: of those in a job for six months or more, for whom a career goal has been looked at since it began."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select, union_all
from sqlalchemy.orm import Session

from se_engine.records.cases import Case
from se_engine.records.choices import Goal
from se_engine.records.jobs import Job
from se_engine.records.participants import FieldValue
from se_engine.rules.career import HALF_A_YEAR

KIND = "work_or_education"
NEXT_STEP = "next_career_step"


@dataclass(frozen=True)
class GoalReview:
    """Somebody who has worked so long; `reviewed_on`: the newest day on which a goal was set, ended or told anew."""

    case_id: int
    since: date
    reviewed_on: date | None

    @property
    def due_on(self) -> date:
        return self.since + timedelta(days=HALF_A_YEAR)


def goal_reviews(session: Session, cases: ColumnElement[bool], on: date) -> list[GoalReview]:
    """Two statements: who works for pay on the day and has for half a year, and what was looked at since."""
    running = or_(Job.ended_on.is_(None), Job.ended_on >= on)
    working = session.execute(
        select(Job.case_id, func.min(Job.started_on))
        .join(Case, Case.id == Job.case_id)
        .where(cases, Job.paid.is_(True), ~Job.voided, running)
        .group_by(Job.case_id)
    )
    since = {case_id: started for case_id, started in working if (on - started).days >= HALF_A_YEAR}
    looked = _looked_at(session, cases, on) if since else {}
    return [
        GoalReview(case_id, started, max((day for day in looked.get(case_id, ()) if day >= started), default=None))
        for case_id, started in sorted(since.items())
    ]


def _looked_at(session: Session, cases: ColumnElement[bool], on: date) -> dict[int, list[date]]:
    of_work = Goal.kind == KIND
    days: Any = union_all(
        *(
            select(Goal.case_id, day.label("day")).join(Case, Case.id == Goal.case_id).where(cases, of_work, day <= on)
            for day in (Goal.set_on, Goal.ended_on)
        ),
        select(Case.id, FieldValue.happened_on)
        .join(Case, Case.participant_id == FieldValue.participant_id)
        .where(cases, FieldValue.field == NEXT_STEP, FieldValue.happened_on <= on),
    )
    found: dict[int, list[date]] = {}
    rows: Any = session.execute(days)
    for case_id, day in rows:
        found.setdefault(case_id, []).append(day)
    return found
