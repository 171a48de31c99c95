"""How long those who are in a step today have been in it: what a mean of past stays never shows."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import case, exists, func, null, select
from sqlalchemy.orm import Session

from se_engine import processes
from se_engine.clock import today
from se_engine.queries.access import cases_in_scope
from se_engine.queries.report_questions import Asked, Question, ask
from se_engine.queries.stays import Frame, grouped
from se_engine.records.cases import Case, Pause, StepPeriod
from se_engine.rules.errors import NotFound
from se_engine.rules.roles import Actor
from se_engine.rules.time import Interval, count

DEFINITION_VERSION = 1
AT_ONCE = 500
"""Stays whose pauses are asked for in one statement."""


def ageing(session: Session, actor: Actor, question: Question) -> dict[str, Any]:
    """Days so far, without pauses, of every stay that is open on the day: by step, [days, how many] in order.

    A day and a number tell of single persons, so only whoever may open the cases is answered; `whole` says so.
    """
    asked = ask(session, actor, question)
    answer = asked.heading("ageing", DEFINITION_VERSION) | {"clock": question.clock, "whole": asked.whole}
    if not asked.whole:
        return answer | {"steps": []}
    found: dict[str, Counter[int]] = defaultdict(Counter)
    for row, days in _open(session, asked):
        found[row.step][days] += row.many
    process = processes.latest()
    return answer | {
        "steps": [
            {
                "step": step.key,
                "guide_days": step.guide_days,
                "total": found[step.key].total(),
                "open": [{"days": days, "many": many} for days, many in sorted(found[step.key].items())],
            }
            for step in process.steps
            if not step.final
        ]
    }


def ageing_behind(
    session: Session, actor: Actor, question: Question, step: str, *, first: int = 0, last: int | None = None
) -> list[int]:
    """The cases that have stood in the step from `first` to `last` days, both included."""
    if step not in processes.latest().step_by_key:
        raise NotFound()
    asked = ask(session, actor, question)
    among = select(Case.id).where(cases_in_scope(actor, today(session)))
    return [
        row.case_id
        for row, days in _open(session, asked, StepPeriod.case_id, StepPeriod.case_id.in_(among), step=step)
        if days >= first and (last is None or days <= last)
    ]


def _open(session: Session, asked: Asked, *chosen: Any, step: str | None = None) -> Iterator[tuple[Any, int]]:
    """Open stays with their days: together for all that entered on one day, one by one where there was a pause.

    Of `chosen`, the first is a column that keeps the cases apart and the rest are conditions.
    """
    question = asked.question
    frame = Frame(
        processes.SUPPORTED_EMPLOYMENT, asked.office_ids, question.as_of, question.from_on, question.to_on,
        question.clock, question.visits, question.by,
    )  # fmt: skip
    was_paused = exists().where(Pause.period_id == StepPeriod.id, Pause.started_on < question.as_of)
    paused_stay = case((was_paused, StepPeriod.id), else_=null()).label("paused_stay")
    stays = grouped(frame, StepPeriod.step, StepPeriod.entered_on, paused_stay, *chosen[:1])
    stays = stays.where(frame.running(), *chosen[1:])
    each = (stays if step is None else stays.where(StepPeriod.step == step)).subquery().c
    keys = [column for column in each if column.key != "label"]
    counted = select(*keys, func.count().label("many")).group_by(*keys)
    if question.group is not None:
        counted = counted.where(each.label == question.group)
    rows = session.execute(counted).all()
    pauses = _pauses(session, [row.paused_stay for row in rows if row.paused_stay is not None])
    for row in rows:
        paused = pauses.get(row.paused_stay, ())
        yield row, count(row.entered_on, question.as_of, paused, (), question.clock).observed


def _pauses(session: Session, stays: Sequence[int]) -> dict[int, list[Interval]]:
    found: dict[int, list[Interval]] = defaultdict(list)
    columns = (Pause.period_id, Pause.started_on, Pause.ended_on)
    for first in range(0, len(stays), AT_ONCE):
        for row in session.execute(select(*columns).where(Pause.period_id.in_(stays[first : first + AT_ONCE]))):
            found[row.period_id].append(Interval(row.started_on, row.ended_on))
    return found
