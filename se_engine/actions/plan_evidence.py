"""A choice, a goal or a wish that is evidence for tasks too: her words are kept once, and point from both."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from se_engine.actions.tasks import tasks_named, write_records
from se_engine.records.cases import Case
from se_engine.records.tasks import TaskRecord
from se_engine.records.texts import KeptText
from se_engine.rules.errors import Refused
from se_engine.rules.evidence import check_evidence
from se_engine.rules.facts import TaskStatus
from se_engine.rules.roles import Actor


def write_plan_evidence(
    session: Session,
    actor: Actor,
    case: Case,
    keys: Sequence[str],
    *,
    words: str,
    text: KeptText | None,
    happened_on: date,
    interpreter: str | None = None,
) -> list[TaskRecord]:
    """One statement for the ticked tasks; nothing for none. Where a task asks for words, these are the words."""
    if not keys:
        return []
    tasks = tasks_named(case, keys)
    for task in tasks:
        if task.per_employer or task.closed_by:
            raise Refused("task_needs_its_own_answer", task=task.key)
        check_evidence(task, TaskStatus.DONE, words=words, value="", employer="")
    return write_records(
        session, actor, case, tasks, TaskStatus.DONE, happened_on=happened_on, text=text, interpreter=interpreter
    )
