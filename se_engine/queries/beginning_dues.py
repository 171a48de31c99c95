"""What the first day at work asks for while no job is registered: a call before it, and the job once it has come."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from se_engine import follow_up_plans
from se_engine.records.cases import Case
from se_engine.records.tracks import Track
from se_engine.rules.follow_up_plan import FollowUpPlan
from se_engine.rules.reminders import Due

PLACEMENT = "placement"
STILL_ASKED = timedelta(days=60)
"""So long after the day a job that nobody registered is asked for."""


def dues(session: Session, cases: ColumnElement[bool], on: date) -> list[Due]:
    """One statement. Once the job is registered its schedule says what is due."""
    plan = follow_up_plans.newest()
    rows = session.execute(
        select(Case.id, Case.last_contact_on, Track.starts_on, Track.kind)
        .join(Case, Case.id == Track.case_id)
        .where(cases, Case.status == "active", Track.ended_on.is_(None), Track.job_id.is_(None))
        .where(Track.starts_on.between(on - STILL_ASKED, on + timedelta(days=plan.opens_before)))
        .order_by(Track.id)
    )
    return [due for row in rows for due in _of(row, plan, on)]


def _of(row: Any, plan: FollowUpPlan, on: date) -> Iterator[Due]:
    if on >= row.starts_on:
        yield Due(row.id, "job_unregistered", row.starts_on, "jobs/new")
        return
    opens = row.starts_on - timedelta(days=plan.opens_before)
    called = row.last_contact_on is not None and row.last_contact_on >= opens
    before = [row.starts_on + timedelta(days=check.day) for check in plan.checks if check.day < 0]
    if before and before[0] <= on and not called and row.kind != PLACEMENT:
        yield Due(row.id, "check_due", before[0], "notes/new")
