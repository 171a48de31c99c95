"""What an end still asks for: the reason nobody gave, and the report to the national register."""

from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, case, exists, or_, select
from sqlalchemy.orm import Session

from se_engine.records.cases import Case
from se_engine.records.follow_up import RegisterReport
from se_engine.records.history import HistoryEvent
from se_engine.records.participants import SchemeMembership
from se_engine.rules.closing import NO_REASON, REGISTER_SCHEMES, TOLD_BEFORE, register_day
from se_engine.rules.reminders import Due
from se_engine.rules.timeline import EventKind

ASKED_FOR = timedelta(days=373)
"""Until a case is ready for the archive; older ends stand in the list only."""


def dues(session: Session, cases: ColumnElement[bool], on: date) -> list[Due]:
    """One statement: the ends of the last year that lack something."""
    query = select(Case.id, Case.ended_on, flag(without_reason()), flag(unreported()), end_event()).where(
        cases, Case.ended_on > on - ASKED_FOR, Case.ended_on <= on, or_(without_reason(), unreported())
    )
    found = []
    for case_id, ended_on, no_reason, not_reported, event_id in session.execute(query):
        assert ended_on is not None  # noqa: S101 - the condition says so
        if no_reason:
            found.append(Due(case_id, "end_reason_missing", ended_on, f"history/{event_id}/correct"))
        reminded_on = register_day(ended_on) - TOLD_BEFORE
        if not_reported and reminded_on <= on:
            found.append(Due(case_id, "register_report", reminded_on, "reported"))
    return found


def flag(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return case((condition, 1), else_=0)


def without_reason() -> ColumnElement[bool]:
    return and_(Case.ended_on.is_not(None), or_(Case.end_reason.is_(None), Case.end_reason == NO_REASON))


def unreported() -> ColumnElement[bool]:
    """Ended, due in the register and not reported. Where nobody knows her scheme, the register may want her."""
    any_scheme = exists().where(SchemeMembership.participant_id == Case.participant_id)
    registered = exists().where(
        SchemeMembership.participant_id == Case.participant_id, SchemeMembership.scheme.in_(REGISTER_SCHEMES)
    )
    reported = exists().where(RegisterReport.case_id == Case.id)
    return and_(Case.ended_on.is_not(None), or_(registered, ~any_scheme), ~reported)


def end_event() -> ColumnElement[int]:
    """The newest row of history that ends the case; what was taken back before it is older."""
    return (
        select(HistoryEvent.id)
        .where(HistoryEvent.case_id == Case.id, HistoryEvent.kind == EventKind.ENDED.value)
        .order_by(HistoryEvent.id.desc())
        .limit(1)
        .scalar_subquery()
    )
