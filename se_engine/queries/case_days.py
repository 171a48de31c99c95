"""How many days each case has run, without its pauses, and why it ended: counted by the database, case by case."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, case, exists, func, null, select
from sqlalchemy.orm import Session

from se_engine.measures.competing import CENSORED, Cause
from se_engine.queries.day_changes import of_stays
from se_engine.queries.report_questions import Asked
from se_engine.queries.stays import COLUMNS, ENDED
from se_engine.records.cases import Pause, StepPeriod
from se_engine.rules.time import Interval, count

UNKNOWN = "unknown"
Ends = dict[str, Counter[tuple[int, Cause]]]
"""Group → (days, end reason or censored) → how many cases."""


def case_ends(session: Session, asked: Asked, process: str) -> Ends:
    """Of the cases opened within the period. The days of a stay that was left are stored; only those of the stay a
    case is in are counted here, for all that entered on one day together, and one by one where there was a pause."""
    found: Ends = defaultdict(Counter)
    rows = session.execute(_counted(asked, process)).all()
    pauses = _pauses(session, [row.paused_stay for row in rows if row.paused_stay is not None])
    as_of, clock = asked.question.as_of, asked.question.clock
    for row in rows:
        if row.since is None:
            found[row.label][int(row.before), row.reason] += row.many
            continue
        since_then = count(row.since, as_of, pauses.get(row.paused_stay, ()), (), clock).observed
        found[row.label][int(row.before) + since_then, CENSORED] += row.many
    return found


def each_case(asked: Asked, process: str) -> Select[Any]:
    """(label, case_id, opened_on, before, reason, since, stay_id); `since` and `stay_id` of the stay it is in."""
    own, waiting, _ = COLUMNS[asked.question.clock]
    as_of, left_on, left_to = asked.question.as_of, StepPeriod.left_on, StepPeriod.left_to
    left = left_on.is_not(None) & (left_on <= as_of)
    reason: ColumnElement[Any] = func.coalesce(StepPeriod.end_reason, UNKNOWN)
    stays = of_stays(
        asked,
        process,
        StepPeriod.case_id,
        StepPeriod.entered_on,
        case((left, own + waiting), else_=0).label("days"),
        case((left & (left_to == ENDED), reason), else_=null()).label("reason"),
        case((left, null()), else_=StepPeriod.entered_on).label("since"),
        case((left, null()), else_=StepPeriod.id).label("stay_id"),
    )
    s = stays.where(StepPeriod.entered_on <= as_of).subquery().c
    opened = func.min(s.entered_on)
    cases = select(
        s.label, s.case_id, opened.label("opened_on"), func.sum(s.days).label("before"),
        func.max(s.reason).label("reason"), func.max(s.since).label("since"), func.max(s.stay_id).label("stay_id"),
    ).group_by(s.label, s.case_id)  # fmt: skip
    if asked.question.from_on:
        cases = cases.having(opened >= asked.question.from_on)
    return cases.having(opened <= asked.question.to_on) if asked.question.to_on else cases


def _counted(asked: Asked, process: str) -> Select[Any]:
    c = each_case(asked, process).subquery().c
    was_paused = exists().where(Pause.period_id == c.stay_id, Pause.started_on < asked.question.as_of)
    paused_stay = case((was_paused, c.stay_id), else_=null()).label("paused_stay")
    each = select(c.label, c.before, c.reason, c.since, paused_stay).subquery().c
    keys = (each.label, each.before, each.reason, each.since, each.paused_stay)
    return select(*keys, func.count().label("many")).group_by(*keys)


def _pauses(session: Session, stays: Iterable[int]) -> dict[int, list[Interval]]:
    found: dict[int, list[Interval]] = defaultdict(list)
    wanted = sorted(stays)
    for start in range(0, len(wanted), 500):
        rows: Iterable[Row[Any]] = session.execute(
            select(Pause.period_id, Pause.started_on, Pause.ended_on).where(
                Pause.period_id.in_(wanted[start : start + 500])
            )
        )
        for row in rows:
            found[row.period_id].append(Interval(row.started_on, row.ended_on))
    return found
