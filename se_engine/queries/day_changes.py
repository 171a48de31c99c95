"""What began and what ended, day by day, counted by the database: a row for each day, none for each case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, case, func, literal, or_, select, true, union_all
from sqlalchemy.orm import Session

from se_engine.queries.day_sql import earliest
from se_engine.queries.report_groups import labelled
from se_engine.queries.report_questions import Asked
from se_engine.records.cases import Case, Pause, StepPeriod, Waiting

FOLLOW_UP = "follow_up"
STAYS, CASES = StepPeriod.__table__.c, Case.__table__.c
WAITED, PAUSED = Waiting.__table__.c, Pause.__table__.c
LABELLED_BY_STAY = (None, "office")
"""The groups that a stay tells by itself; for the others its case is asked."""


@dataclass(frozen=True)
class Span:
    """What holds from the end of one day until the end of another; without `ends` it only happens."""

    part: ColumnElement[Any]
    begins: ColumnElement[Any]
    ends: ColumnElement[Any] | None = None
    within: tuple[type[Pause | Waiting], ...] = ()
    where: ColumnElement[bool] | None = None
    of_case: bool = False
    """It is told by the case, so that no stay need be looked at."""


STOOD = Span(STAYS.step, STAYS.entered_on, STAYS.left_on)
OPENED_PART = "opened"
OPENED = Span(literal(OPENED_PART), CASES.opened_on, of_case=True)
ENDED = Span(literal("ended"), CASES.ended_on, of_case=True)
WAS_PAUSED = Span(literal("paused"), PAUSED.started_on, PAUSED.ended_on, within=(Pause,))
WAITED_FOR = Span(literal("waited"), WAITED.started_on, WAITED.ended_on, within=(Waiting,))
WAITED_IN_PAUSE = Span(
    literal("waited_in_pause"),
    case((WAITED.started_on > PAUSED.started_on, WAITED.started_on), else_=PAUSED.started_on),
    earliest(WAITED.ended_on, PAUSED.ended_on),
    within=(Waiting, Pause),
    where=and_(
        or_(WAITED.ended_on.is_(None), WAITED.ended_on > PAUSED.started_on),
        or_(PAUSED.ended_on.is_(None), PAUSED.ended_on > WAITED.started_on),
    ),
)


def changes(
    session: Session, asked: Asked, spans: Sequence[Span], *, process: str, first: date | None = None
) -> Sequence[Row[Any]]:
    """(label, part, day, many) up to the day of the report, in one statement; what ended counts below zero.

    What began before `first` is put together on the day before it, and what also ended before it is not looked at.
    A case keeps the group it had when it was opened.
    """
    last = asked.question.as_of
    counted = [_counted(asked, process, span, span.begins, 1, first, last) for span in spans]
    counted += [_counted(asked, process, span, span.ends, -1, first, last) for span in spans if span.ends is not None]
    return session.execute(union_all(*counted)).all()


def _counted(
    asked: Asked, process: str, span: Span, day: ColumnElement[Any], sign: int, first: date | None, last: date
) -> Select[Any]:
    shown = day if first is None else case((day < first, literal(first - timedelta(days=1))), else_=day)
    columns = span.part.label("part"), shown.label("day")
    if span.of_case:
        rows = of_cases(asked, process, *columns)
    else:
        rows = of_stays(asked, process, *columns, within=span.within)
    if first is not None and span.ends is not None:
        rows = rows.where(or_(span.ends.is_(None), span.ends >= first))
    s = rows.where(true() if span.where is None else span.where, day <= last).subquery().c
    return select(s.label, s.part, s.day, (func.count() * sign).label("many")).group_by(s.label, s.part, s.day)


def of_stays(
    asked: Asked, process: str, *columns: Any, within: Sequence[type[Pause | Waiting]] = ()
) -> Select[Any]:
    """The stays of the offices asked for, each under the group that its case had when it was opened.

    In the published form who has several schemes is a group of her own, so that the groups sum to everybody.
    """
    rows = select(*columns).select_from(StepPeriod)
    if asked.question.by not in LABELLED_BY_STAY:
        rows = rows.join(Case, Case.id == StepPeriod.case_id)
    for stretch in within:
        rows = rows.join(stretch, stretch.period_id == StepPeriod.id)
    chosen = rows.where(StepPeriod.process_name == process)
    if asked.limited:
        chosen = chosen.where(StepPeriod.office_id.in_(asked.office_ids))
    return labelled(chosen, asked.question.by, CASES.opened_on, office=StepPeriod.office_id, apart=not asked.whole)


def of_cases(asked: Asked, process: str, *columns: Any) -> Select[Any]:
    """The same of whole cases."""
    rows = select(*columns).select_from(Case).where(Case.process_name == process)
    if asked.limited:
        rows = rows.where(Case.office_id.in_(asked.office_ids))
    return labelled(rows, asked.question.by, CASES.opened_on, apart=not asked.whole)
