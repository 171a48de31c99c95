"""The cases behind each number of the report on time, for those who may open them."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, exists, select, true
from sqlalchemy.orm import Session

from se_engine import processes
from se_engine.clock import today
from se_engine.queries.access import cases_in_scope
from se_engine.queries.counted_stays import frame as frame_of
from se_engine.queries.own_past import with_period
from se_engine.queries.report_questions import Asked, Question, ask
from se_engine.queries.stays import COLUMNS, ENDED, Frame, grouped, stretches
from se_engine.queries.step_order import Order
from se_engine.queries.track_stays import track_stays
from se_engine.records.cases import Case, StepPeriod, Waiting
from se_engine.rules.errors import NotFound
from se_engine.rules.roles import Actor
from se_engine.rules.time import CLOCKS, count
from se_engine.rules.tracks import PROCESS as TRACK

PARTS = ("visits", "completed", "open", "forward", "back", "ended", "running", "waiting", "left", "at_risk")
ON_A_DAY = ("left", "at_risk")
"""Parts of a curve's row, which need its day."""


def cases_behind(
    session: Session,
    actor: Actor,
    question: Question,
    step: str,
    *,
    part: str = "visits",
    reason: str | None = None,
    day: int | None = None,
) -> list[int]:
    """The cases behind one number of a step, also of an employer track's; an empty list for who may open none.

    `reason` narrows ended and waiting; `day` is that of a curve's row: who left on it, or was at risk until then. A
    case with two stays in the step stands here once.
    """
    asked = ask(session, actor, question)
    asked = ask(session, actor, with_period(question, whole_years=not asked.whole))
    if part not in PARTS or (part in ON_A_DAY) != (day is not None):
        raise NotFound()
    for name, behind in ((processes.SUPPORTED_EMPLOYMENT, _behind_stays), (TRACK, _behind_tracks)):
        order = Order.of(name)
        if step in order.steps:
            return sorted(behind(session, asked, order, step, part, reason, day))
    raise NotFound()


def _behind_stays(
    session: Session, asked: Asked, order: Order, step: str, part: str, reason: str | None, day: int | None
) -> set[int]:
    frame = frame_of(asked, order.process)
    chosen = StepPeriod.step == step, cases_in_scope(asked.actor, today(session))
    if day is not None:
        return _on_a_day(session, frame, chosen, part, day, asked.question.group)
    stays = grouped(frame, StepPeriod.case_id).where(*chosen, _part(frame, order, step, part, reason))
    return {case for case, label in session.execute(stays) if asked.question.group in (None, label)}


def _part(frame: Frame, order: Order, step: str, part: str, reason: str | None) -> ColumnElement[bool]:
    left, to = frame.closed(), StepPeriod.left_to
    ended = left & (to == ENDED)
    waited = exists().where(Waiting.period_id == StepPeriod.id, Waiting.started_on <= frame.as_of)
    parts: dict[str, ColumnElement[bool]] = {
        "visits": true(),
        "completed": left & (to != ENDED),
        "open": frame.running() | ended,
        "running": frame.running(),
        "forward": left & to.in_(order.after(step)),
        "back": left & to.in_(order.before(step)),
        "ended": ended & (Case.end_reason == reason) if reason else ended,
        "waiting": waited.where(Waiting.waiting_for == reason) if reason else waited,
    }
    return parts[part]


def _on_a_day(
    session: Session, frame: Frame, chosen: tuple[Any, ...], part: str, day: int, group: str | None
) -> set[int]:
    """Who left on a day of the curve; at risk on it is who had not gone before."""
    columns = COLUMNS[frame.clock]
    observed = columns.own + columns.waiting
    if part == "left":
        on = (frame.closed(), StepPeriod.left_to != ENDED, observed == day)
        found = session.execute(grouped(frame, StepPeriod.case_id).where(*chosen, *on))
        return {case for case, label in found if group in (None, label)}
    closed = session.execute(grouped(frame, StepPeriod.case_id).where(*chosen, frame.closed(), observed >= day))
    cases = {case for case, label in closed if group in (None, label)}
    told = stretches(session, frame, frame.running() & chosen[0])
    running = grouped(frame, StepPeriod.case_id, StepPeriod.id, StepPeriod.entered_on)
    for case, stay, entered, label in session.execute(running.where(*chosen, frame.running())):
        if count(entered, frame.as_of, *told.of(stay), frame.clock).observed >= day and group in (None, label):
            cases.add(case)
    return cases


def _behind_tracks(
    session: Session, asked: Asked, order: Order, step: str, part: str, reason: str | None, day: int | None
) -> set[int]:
    """Tracks are few, so their stays are looked at one by one."""
    frame = frame_of(asked, order.process)
    stays = track_stays(frame).where(cases_in_scope(asked.actor, today(session))).subquery().c
    belongs = _of_track(frame, order, step, part, reason, day)
    return {
        row.case_id
        for row in session.execute(select(*stays).where(stays.step == step))
        if asked.question.group in (None, row.label) and belongs(row)
    }


def _of_track(
    frame: Frame, order: Order, step: str, part: str, reason: str | None, day: int | None
) -> Callable[[Any], bool]:
    def observed(row: Any) -> int:
        return CLOCKS[frame.clock](row.entered_on, row.left_on or frame.as_of)

    def completed(row: Any) -> bool:
        return row.left_to not in (None, ENDED)

    parts: dict[str, Callable[[Any], bool]] = {
        "visits": lambda row: True,
        "completed": completed,
        "open": lambda row: not completed(row),
        "running": lambda row: row.left_to is None,
        "forward": lambda row: row.left_to in order.after(step),
        "back": lambda row: row.left_to in order.before(step),
        "ended": lambda row: row.left_to == ENDED and reason in (None, row.reason),
        "waiting": lambda row: False,
        "left": lambda row: completed(row) and observed(row) == day,
        "at_risk": lambda row: day is not None and observed(row) >= day,
    }
    return parts[part]
