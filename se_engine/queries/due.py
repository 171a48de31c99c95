"""Conditions on Case for lists of what is due: promises, unanswered proposals, appointments, plans, late problems.

Each takes the day it needs – a date, or a parameter of a statement that is kept – and can stand in any statement that
selects cases. When consents are due is kept with the participant (actions/reviews.py).
"""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, select

from se_engine.records.cases import Case
from se_engine.records.choices import Choice, Goal
from se_engine.records.needs import Commitment, Need, Problem
from se_engine.records.participants import FieldValue

Day = date | ColumnElement[Any]
PLAN_FIELDS = ("motivation", "confidence", "plans")
NO_PLAN_YET = "engagement"
PLAN_LASTS = timedelta(days=92)


def plans_since(on: date) -> date:
    """A plan told on this day or earlier is looked at again."""
    return on - PLAN_LASTS


def commitments_due(on: Day) -> ColumnElement[bool]:
    """Something was promised for this day or earlier, and is neither done nor dropped."""
    return exists().where(
        Commitment.case_id == Case.id,
        Commitment.done_on.is_(None),
        Commitment.dropped_on.is_(None),
        Commitment.due_on <= on,
    )


def problems_late(on: Day) -> ColumnElement[bool]:
    """A problem is open after the day it was to be answered."""
    return exists().where(Problem.case_id == Case.id, Problem.closed_on.is_(None), Problem.answer_by < on)


def choices_unanswered() -> ColumnElement[bool]:
    """She has been offered something and not answered yet."""
    return exists().where(Choice.case_id == Case.id, Choice.answer.is_(None), ~Choice.voided)


def appointments_passed(on: Day) -> ColumnElement[bool]:
    """An appointment of hers has been, and nobody has asked how it went."""
    return exists().where(Need.case_id == Case.id, Need.status == "appointed", Need.appointment_on < on)


def plan_due(since: Day) -> ColumnElement[bool]:
    """After the first step, no goal set and no motivation or plan told for three months; `since` is plans_since(on)."""
    goals = select(Goal.id).where(Goal.case_id == Case.id, Goal.set_on > since)
    told = select(FieldValue.id).where(
        FieldValue.participant_id == Case.participant_id,
        FieldValue.field.in_(PLAN_FIELDS),
        FieldValue.happened_on > since,
    )
    return and_(Case.step != NO_PLAN_YET, Case.opened_on <= since, ~goals.exists(), ~told.exists())
