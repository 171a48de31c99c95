"""Where cases go back and why: from which step to which, by which move, and who decided."""

from collections import Counter
from typing import Any

from sqlalchemy import ColumnElement, Select, case, exists, func, select
from sqlalchemy.orm import Session, aliased

from se_engine import processes
from se_engine.clock import today
from se_engine.queries.access import cases_in_scope
from se_engine.queries.report_groups import labelled
from se_engine.queries.report_questions import Asked, Question, ask
from se_engine.records.cases import Case, StepPeriod
from se_engine.records.history import VOIDED, HistoryEvent
from se_engine.rules.roles import Actor

DEFINITION_VERSION = 1
NOT_TOLD = "not_told"
"""Of moves that were imported, nobody knows which it was or who decided."""
Back = tuple[str, str, str, str]
"""From, to, the move's trigger, who decided."""


def going_back(session: Session, actor: Actor, question: Question) -> dict[str, Any]:
    """Every stay left backwards within the period, counted by from, to, move and who decided; the largest first.

    Reasons of single persons: only whoever may open the cases is answered; `whole` says so. How many went back from
    each step stands, small numbers hidden, in the report on time for everybody who reads reports.
    """
    asked = ask(session, actor, question)
    answer = asked.heading("going-back", DEFINITION_VERSION) | {"whole": asked.whole}
    if not asked.whole:
        return answer | {"total": None, "moves": []}
    rows = _of_group(asked, _left_backwards(asked)).subquery().c
    keys = (rows.step, rows.left_to, rows.trigger, rows.decided_by)
    counts: Counter[Back] = Counter()
    for row in session.execute(select(*keys, func.count().label("many")).group_by(*keys)):
        counts[row.step, row.left_to, row.trigger or NOT_TOLD, row.decided_by or NOT_TOLD] += row.many
    moves = [
        {"from": step, "to": to, "move": trigger, "decided_by": decided, "many": many}
        for (step, to, trigger, decided), many in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    ]
    return answer | {"total": counts.total(), "moves": moves}


def going_back_behind(
    session: Session, actor: Actor, question: Question, *, step: str | None = None, to: str | None = None,
    move: str | None = None,
) -> list[int]:  # fmt: skip
    """The cases behind; each stands here once."""
    asked = ask(session, actor, question)
    rows = _of_group(asked, _left_backwards(asked).where(cases_in_scope(actor, today(session)))).subquery().c
    cases = select(rows.case_id).distinct().order_by(rows.case_id)
    for column, wanted in ((rows.step, step), (rows.left_to, to)):
        cases = cases if wanted is None else cases.where(column == wanted)
    if move is not None:
        cases = cases.where(func.coalesce(rows.trigger, NOT_TOLD) == move)
    return list(session.scalars(cases))


def _of_group(asked: Asked, rows: Select[Any]) -> Select[Any]:
    if asked.question.group is None:
        return rows
    each = rows.subquery()
    return select(each).where(each.c.label == asked.question.group)


def _left_backwards(asked: Asked) -> Select[Any]:
    question = asked.question
    left_on = StepPeriod.__table__.c.left_on
    rows = (
        select(
            StepPeriod.case_id, StepPeriod.step, StepPeriod.left_to, _told(HistoryEvent.trigger).label("trigger"),
            _told(HistoryEvent.decided_by).label("decided_by"),
        )
        .join(Case, Case.id == StepPeriod.case_id)
        .where(StepPeriod.process_name == processes.SUPPORTED_EMPLOYMENT, StepPeriod.office_id.in_(asked.office_ids))
        .where(left_on <= question.as_of, _backwards())
    )  # fmt: skip
    if question.from_on:
        rows = rows.where(left_on >= question.from_on)
    if question.to_on:
        rows = rows.where(left_on <= question.to_on)
    # Where no group is asked for, they are all counted together, and each once.
    by = None if question.group is None else question.by
    return labelled(rows, by, left_on, office=StepPeriod.office_id)


def _backwards() -> ColumnElement[bool]:
    order = {step.key: place for place, step in enumerate(processes.latest().steps) if not step.final}
    place = case(order, value=StepPeriod.step, else_=-1)
    return case(order, value=StepPeriod.left_to, else_=len(order)) < place


def _told(column: Any) -> Any:
    """What the history says of the move that ended the stay: its newest row of that day that was not taken back."""
    taken_back = aliased(HistoryEvent)
    return (
        select(column)
        .where(
            HistoryEvent.case_id == StepPeriod.case_id,
            HistoryEvent.happened_on == StepPeriod.left_on,
            HistoryEvent.from_step == StepPeriod.step,
            HistoryEvent.step == StepPeriod.left_to,
            ~exists().where(
                taken_back.case_id == StepPeriod.case_id,  # by its index
                taken_back.voids_id == HistoryEvent.id,
                taken_back.kind == VOIDED,
            ),
        )
        .order_by(HistoryEvent.id.desc())
        .limit(1)
        .correlate(StepPeriod)
        .scalar_subquery()
    )
