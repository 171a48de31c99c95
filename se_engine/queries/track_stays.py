"""Stays of employer tracks in their steps, for the report on time: made of the tracks' events that still stand.

A stay in a track's step lasts until the next event that moves the track. A track that runs when its case ends is
watched no longer than that; one opened by mistake was none. Pauses of the case do not stop it: the employer waits too.
"""

from collections import defaultdict
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, func, literal, or_, select
from sqlalchemy.orm import Session

from se_engine.measures.stays import Tally
from se_engine.queries.employer_terms import stands
from se_engine.queries.report_groups import labelled
from se_engine.queries.stays import ENDED, Counts, Frame, IsForward
from se_engine.records.cases import Case
from se_engine.records.tracks import Track, TrackEvent
from se_engine.rules.time import CLOCKS

CASE_ENDED = "case_ended"
MISTAKE = "opened_by_mistake"


def track_tallies(session: Session, frame: Frame, is_forward: IsForward) -> Counts:
    """Every stay of the frame in a step of a track, counted by group and step."""
    counts: Counts = defaultdict(Tally)
    days = CLOCKS[frame.clock]
    s = track_stays(frame).subquery().c
    keys = (s.label, s.step, s.left_to, s.reason, s.entered_on, s.left_on)
    for label, step, to, reason, entered, left, many in session.execute(select(*keys, func.count()).group_by(*keys)):
        tally = counts[label, step]
        observed, went_on = days(entered, left or frame.as_of), to not in (None, ENDED)
        tally.days.add(observed, went_on, many)
        tally.own += observed * many
        if to is None:
            tally.open += many
        elif not went_on:
            tally.ended[reason or "unknown"] += many
        elif is_forward(step, to):
            tally.forward += many
        else:
            tally.back += many
    return counts


def track_stays(frame: Frame) -> Select[Any]:
    """(case_id, step, entered_on, left_on, left_to, reason, label) of each stay of the frame."""
    way = _way(frame)
    over = and_(way.c.left_to.is_(None), Case.ended_on <= frame.as_of)
    chosen: Select[Any] = (
        select(
            Case.id.label("case_id"), way.c.step, way.c.entered_on,
            case((over, Case.ended_on), else_=way.c.left_on).label("left_on"),
            case((over, ENDED), else_=way.c.left_to).label("left_to"),
            case((over, CASE_ENDED), else_=way.c.reason).label("reason"),
        )
        .select_from(way)
        .join(Case, Case.id == way.c.case_id)
        .where(way.c.step != ENDED, *_entered(frame, way))
    )  # fmt: skip
    return labelled(chosen, frame.by, way.c.entered_on, apart=frame.apart)


def _entered(frame: Frame, way: Subquery) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [or_(Case.ended_on.is_(None), way.c.entered_on <= Case.ended_on)]
    if frame.offices is not None:
        conditions.append(Case.office_id.in_(frame.offices))
    if frame.from_on:
        conditions.append(way.c.entered_on >= frame.from_on)
    if frame.to_on:
        conditions.append(way.c.entered_on <= frame.to_on)
    if frame.visits == "first":
        conditions.append(way.c.which == 1)
    return conditions


def _way(frame: Frame) -> Subquery:
    """Each event that moved a track, with the next one."""
    event = TrackEvent
    return (
        select(
            Track.case_id, event.step, event.happened_on.label("entered_on"),
            _next(event.happened_on).label("left_on"), _next(event.step).label("left_to"),
            _next(event.reason).label("reason"),
            func.row_number().over(partition_by=(event.track_id, event.step), order_by=event.id).label("which"),
        )
        .join(Track, Track.id == event.track_id)
        .where(
            Track.process_name == frame.process, event.happened_on <= frame.as_of, event.voids_id.is_(None), stands(),
            or_(event.from_step.is_(None), event.from_step != event.step),
            or_(Track.close_reason.is_(None), Track.close_reason != literal(MISTAKE)),
        )
        .subquery()
    )  # fmt: skip


def _next(column: Any) -> ColumnElement[Any]:
    """The same column of the track's next event."""
    following: ColumnElement[Any] = func.lead(column).over(partition_by=TrackEvent.track_id, order_by=TrackEvent.id)
    return following
