"""The talk about what pay does to her economy: its newest evidence, and by when it is due."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine.queries.access import access_case
from se_engine.queries.facts import newest
from se_engine.records.cases import Case
from se_engine.records.jobs import Job
from se_engine.records.tasks import TaskRecord
from se_engine.rules.facts import TaskStatus
from se_engine.rules.roles import Actor

TASK = "T2-A09"


@dataclass(frozen=True)
class EconomyTalk:
    """Where it stands; `due_on`: the last day before pay begins, while nothing answers it."""

    status: str | None = None
    on: date | None = None
    text_id: int | None = None
    due_on: date | None = None


def economy_talk(session: Session, actor: Actor, case_id: int) -> EconomyTalk | None:
    """None while there is nothing to say: no evidence, and no pay in sight."""
    return economy_talk_of(session, access_case(session, actor, case_id))


def economy_talk_of(session: Session, case: Case) -> EconomyTalk | None:
    """Two statements; one where it has been held."""
    rows: Any = session.execute(
        select(
            TaskRecord.id, TaskRecord.status, TaskRecord.happened_on, TaskRecord.text_id,
            TaskRecord.voids_id.label("voids"),
        ).where(TaskRecord.case_id == case.id, TaskRecord.task == TASK)
    ).all()  # fmt: skip
    last = next(reversed(newest(rows)), None)
    if last is not None and answers(last.status):
        return EconomyTalk(last.status, last.happened_on, last.text_id)
    paid = select(Job.started_on).where(Job.case_id == case.id, Job.paid.is_(True), ~Job.voided)
    due_on = due_before(session.scalars(paid))
    if last is not None:
        return EconomyTalk(last.status, last.happened_on, last.text_id, due_on)
    return EconomyTalk(due_on=due_on) if due_on else None


def due_before(paid_from: Iterable[date]) -> date | None:
    """The day before the first paid day of the case."""
    first = min(paid_from, default=None)
    return first - timedelta(days=1) if first else None


def answers(status: str | None) -> bool:
    return status in (TaskStatus.DONE, TaskStatus.NOT_RELEVANT)
