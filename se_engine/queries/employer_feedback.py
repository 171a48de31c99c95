"""Which employers are to be asked how it goes: week 2, 8 and 26 of somebody's work there."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Date, Row, Select, and_, case, exists, func, null, select, true
from sqlalchemy.orm import Session

from se_engine.clock import today
from se_engine.queries.access import cases_in_scope
from se_engine.queries.day_sql import plus_days
from se_engine.queries.employer_terms import stands
from se_engine.records.cases import Case
from se_engine.records.employers import Employer, EmployerFeedback
from se_engine.records.jobs import Job
from se_engine.records.tracks import Track, TrackEvent
from se_engine.rules.employers import WEEKS
from se_engine.rules.errors import NotPermitted
from se_engine.rules.roles import CASEWORK, Actor

STARTED = "started"
"""The step of a track in which the work has begun."""
TOO_LATE = timedelta(weeks=13)
"""After its week nobody asks for it any more."""
MOST = 50


@dataclass(frozen=True)
class FeedbackDue:
    employer_id: int
    employer: str
    track_id: int
    case_id: int
    week: int
    due_on: date
    occupation: str | None


def _beginnings() -> Select[*tuple[Any, ...]]:
    """Each track with the first day of its work: its job's, else the day the track came to that step."""
    began_on = func.coalesce(Job.started_on, func.min(TrackEvent.happened_on), type_=Date)
    came_there = and_(TrackEvent.track_id == Track.id, TrackEvent.step == STARTED, stands())
    return (
        select(Track.id, Track.case_id, Track.employer_id, Track.occupation, began_on.label("began_on"))
        .outerjoin(Job, and_(Job.id == Track.job_id, ~Job.voided))
        .outerjoin(TrackEvent, came_there)
        .group_by(Track.id, Job.started_on)
    )


def work_began_on(session: Session, track_id: int) -> date | None:
    found = session.execute(_beginnings().where(Track.id == track_id)).one_or_none()
    return found.began_on if found else None


def feedback_due(session: Session, actor: Actor, *, employer_id: int | None = None) -> list[FeedbackDue]:
    """What the reader is to ask for, of the cases she may open; the longest due first. One statement."""
    if actor.role not in CASEWORK:
        raise NotPermitted()
    on = today(session)
    running = (
        _beginnings()
        .join(Case, Case.id == Track.case_id)
        .where(
            cases_in_scope(actor, on),
            Track.ended_on.is_(None),
            Track.step == STARTED,
            Track.employer_id == employer_id if employer_id is not None else true(),
        )
        .subquery("running")
    )
    began = running.c.began_on
    passed = [(began <= on - timedelta(weeks=number), number) for number in reversed(WEEKS)]
    week = case(*((has_passed, number) for has_passed, number in passed), else_=null())
    due_on = case(*((has_passed, plus_days(began, number * 7)) for has_passed, number in passed), else_=null())
    asked = exists().where(EmployerFeedback.track_id == running.c.id, EmployerFeedback.week == week)
    found = session.execute(
        select(running, Employer.name, week.label("week"), due_on.label("due_on"))
        .join(Employer, Employer.id == running.c.employer_id)
        .where(and_(week.is_not(None), due_on >= on - TOO_LATE, ~asked))
        .order_by(due_on, running.c.id)
        .limit(MOST)
    )
    return [_due(row) for row in found]


def _due(row: Row[tuple[object, ...]]) -> FeedbackDue:
    return FeedbackDue(
        employer_id=row.employer_id,
        employer=row.name,
        track_id=row.id,
        case_id=row.case_id,
        week=row.week,
        due_on=row.due_on,
        occupation=row.occupation,
    )
