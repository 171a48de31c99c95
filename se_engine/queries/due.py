"""What is due around a case, for lists: what somebody counts on, and plans to look at again.

Each takes the day it needs – a date, or a parameter of a statement that is kept – and can stand in any statement that
selects cases. When consents are due is kept with the participant (actions/reviews.py).
"""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select

from se_engine.queries.day_sql import NEVER, earliest_there, fixed, plus_days
from se_engine.records.cases import Case
from se_engine.records.choices import Goal
from se_engine.records.needs import Commitment, Need, Problem
from se_engine.records.participants import FieldValue
from se_engine.records.tracks import Track

Day = date | ColumnElement[Any]
PLAN_FIELDS = ("motivation", "confidence", "plans")
NO_PLAN_YET = "engagement"
PLAN_LASTS = timedelta(days=92)
CLOSING_TALK_WITHIN = timedelta(days=7)
"""After a place came to nothing: soon enough for the relation to be kept."""


def plans_since(on: date) -> date:
    """A plan told on this day or earlier is looked at again."""
    return on - PLAN_LASTS


def promised_on() -> ColumnElement[Any]:
    """The earliest day that somebody counts on: a promise, an answer to a problem, her appointment, a closing talk."""
    kept = and_(Commitment.done_on.is_(None), Commitment.dropped_on.is_(None))
    days = (
        select(func.min(Commitment.due_on)).where(Commitment.case_id == Case.id, kept),
        select(func.min(Problem.answer_by)).where(Problem.case_id == Case.id, Problem.closed_on.is_(None)),
        select(func.min(Need.appointment_on)).where(Need.case_id == Case.id, Need.status == fixed("appointed")),
        select(plus_days(func.min(Track.ended_on), CLOSING_TALK_WITHIN.days)).where(
            Track.case_id == Case.id, Track.closing_talk == fixed("to_be_held")
        ),
    )
    return earliest_there(*(func.coalesce(day.scalar_subquery(), NEVER) for day in days))


def plan_due(since: Day) -> ColumnElement[bool]:
    """After the first step, no goal set and no motivation or plan told for three months; `since` is plans_since(on)."""
    goals = select(Goal.id).where(Goal.case_id == Case.id, Goal.set_on > since)
    told = select(FieldValue.id).where(
        FieldValue.participant_id == Case.participant_id,
        FieldValue.field.in_(PLAN_FIELDS),
        FieldValue.happened_on > since,
    )
    return and_(Case.step != NO_PLAN_YET, Case.opened_on <= since, ~goals.exists(), ~told.exists())
