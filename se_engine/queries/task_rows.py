"""The tasks of a case as a person reads them: one row per task, twins once, with the newest evidence of each."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from se_engine.queries.facts import newest
from se_engine.records.contacts import ContactTask
from se_engine.records.employers import Employer
from se_engine.records.tasks import TaskRecord
from se_engine.rules.errors import Reason
from se_engine.rules.facts import CaseFacts, TaskStatus
from se_engine.rules.process import Move, Process
from se_engine.rules.tasks import CORE, DIMENSIONS, RECORDED_ELSEWHERE, Requirement, Task, closes, facts_for

ANSWERED = (TaskStatus.DONE, TaskStatus.NOT_RELEVANT)


@dataclass(frozen=True)
class Evidence:
    """The newest word on a task, with one employer where the task belongs to one."""

    record_id: int
    task: str
    status: TaskStatus
    happened_on: date
    recorded_at: datetime
    recorded_by: int | None
    text_id: int | None
    value: str | None
    own_words: bool
    employer: str | None
    contact_id: int | None = None
    """The note that is the evidence."""


@dataclass(frozen=True)
class TaskRow:
    """A task, or a pair of twins shown once: `task` has the form, `shown` the title and the place in the map."""

    task: Task
    shown: Task
    twin: Task | None
    status: TaskStatus
    required: bool
    one_of: bool
    evidence: tuple[Evidence, ...]
    answered_on: date | None
    recorded_elsewhere: bool
    proposed: bool
    """Whether the start package puts it first."""

    @property
    def answered(self) -> bool:
        return self.status in ANSWERED


@dataclass(frozen=True)
class TaskGroup:
    """The tasks of one dimension in one step."""

    dimension: str
    rows: tuple[TaskRow, ...]

    @property
    def answered(self) -> int:
        return sum(row.answered for row in self.rows)


@dataclass(frozen=True)
class Cell:
    """One of the five by three: what has been seen of one dimension in one step.

    `planned` is what the next move still asks for; `not_needed` was looked at and found so.
    """

    step: str
    dimension: str
    status: str
    done: int
    total: int
    required_open: int


def task_records(session: Session, case_id: int) -> list[Row[Any]]:
    """Every record of the case's tasks, voids included, as the columns that pages need."""
    return list(
        session.execute(
            select(
                TaskRecord.id,
                TaskRecord.task,
                TaskRecord.status,
                TaskRecord.happened_on,
                TaskRecord.recorded_at,
                TaskRecord.recorded_by,
                TaskRecord.text_id,
                TaskRecord.value,
                TaskRecord.own_words,
                TaskRecord.minutes,
                TaskRecord.interpreter,
                TaskRecord.voids_id.label("voids"),
                Employer.name.label("employer"),
                ContactTask.contact_id,
            )
            .outerjoin(Employer, Employer.id == TaskRecord.employer_id)
            .outerjoin(ContactTask, ContactTask.task_record_id == TaskRecord.id)
            .where(TaskRecord.case_id == case_id)
            .order_by(TaskRecord.id)
        )
    )


def newest_evidence(process: Process, rows: Iterable[Row[Any]]) -> dict[str, tuple[Evidence, ...]]:
    """By the key that twins share: the newest record for the case, or one per employer."""
    latest: dict[tuple[str, str | None], Evidence] = {}
    for row in newest(rows):
        task = process.task_by_key.get(row.task)
        if task is None:
            continue
        latest[task.shared_key, row.employer] = Evidence(
            row.id,
            row.task,
            TaskStatus(row.status),
            row.happened_on,
            row.recorded_at,
            row.recorded_by,
            row.text_id,
            row.value,
            row.own_words,
            row.employer,
            row.contact_id,
        )
    by_task: dict[str, list[Evidence]] = defaultdict(list)
    for (shared, _), evidence in latest.items():
        by_task[shared].append(evidence)
    return {
        shared: tuple(sorted(found, key=lambda e: (e.happened_on, e.record_id), reverse=True))
        for shared, found in by_task.items()
    }


def groups_of(
    process: Process,
    facts: CaseFacts,
    evidence: Mapping[str, tuple[Evidence, ...]],
    *,
    step: str,
    conditions: frozenset[str],
    proposed: frozenset[str] = frozenset(),
) -> tuple[TaskGroup, ...]:
    """The tasks of a step that apply, by dimension."""
    wanted = required_tasks(process, step, conditions, facts)
    rows: dict[str, list[TaskRow]] = {dimension: [] for dimension in (CORE, *DIMENSIONS)}
    for task in visible_tasks(process, step, conditions):
        if task.key == task.shared_key:
            rows[task.dimension].append(_row(process, task, facts, evidence, wanted, proposed))
    return tuple(TaskGroup(dimension, tuple(found)) for dimension, found in rows.items())


def visible_tasks(process: Process, step: str, conditions: frozenset[str]) -> list[Task]:
    """Tasks about staff are never part of her case or her view."""
    return [task for task in process.tasks_of(step) if task.about != "staff" and task.applies(conditions)]


def _row(
    process: Process,
    shown: Task,
    facts: CaseFacts,
    evidence: Mapping[str, tuple[Evidence, ...]],
    wanted: Mapping[str, bool],
    proposed: frozenset[str],
) -> TaskRow:
    twin = process.task_by_key[shown.same_as] if shown.same_as else None
    formed = twin if twin and twin.closed_by and not shown.closed_by else shown
    known = list(facts_for(shown, facts))
    status = status_of(fact.status for fact in known)
    return TaskRow(
        task=formed,
        shown=shown,
        twin=twin,
        status=status,
        required=shown.shared_key in wanted,
        one_of=wanted.get(shown.shared_key, False),
        evidence=evidence.get(shown.shared_key, ()),
        answered_on=max((fact.happened_on for fact in known), default=None),
        recorded_elsewhere=formed.closed_by in RECORDED_ELSEWHERE,
        proposed=shown.shared_key in proposed,
    )


def status_of(statuses: Iterable[TaskStatus]) -> TaskStatus:
    """Of several employers: one where it is done counts, else what needs more is said before what was put aside."""
    found = set(statuses)
    for status in (TaskStatus.DONE, TaskStatus.NEEDS_MORE, TaskStatus.NOT_RELEVANT):
        if status in found:
            return status
    return TaskStatus.OPEN


def required_tasks(process: Process, step: str, conditions: frozenset[str], facts: CaseFacts) -> dict[str, bool]:
    """What the ordinary move out of a step asks for, by shared key; True where any one of several will do.

    Once one of them is answered, the others are as free as the rest.
    """
    wanted: dict[str, bool] = {}
    for move in forward_moves(process, step):
        for requirement in move.requires:
            if requirement.binds(conditions) and not _one_is_there(process, requirement, facts):
                for key in requirement.tasks:
                    wanted[process.task_by_key[key].shared_key] = len(requirement.tasks) > 1
    return wanted


def _one_is_there(process: Process, requirement: Requirement, facts: CaseFacts) -> bool:
    if len(requirement.tasks) < 2 or requirement.max_age_days:
        return False
    tasks = [process.task_by_key[key] for key in requirement.tasks]
    return any(closes(task, fact) for task in tasks for fact in facts_for(task, facts))


def forward_moves(process: Process, step: str) -> list[Move]:
    return [move for move in process.moves_from(step) if move.kind == "forward"]


def cells_of(
    process: Process, facts: CaseFacts, conditions: frozenset[str], reasons: Sequence[Reason]
) -> tuple[tuple[Cell, ...], ...]:
    """The map, a row per step that has dimensions."""
    held = _held_by_dimension(process, reasons)
    rows = []
    for step in process.steps:
        tasks = [task for task in visible_tasks(process, step.key, conditions) if task.dimension in DIMENSIONS]
        if tasks:
            now = step.key == facts.step
            rows.append(
                tuple(_cell(step.key, dimension, tasks, facts, held if now else {}) for dimension in DIMENSIONS)
            )
    return tuple(rows)


def _cell(step: str, dimension: str, tasks: Sequence[Task], facts: CaseFacts, held: Mapping[str, int]) -> Cell:
    statuses = [
        status_of(fact.status for fact in facts_for(task, facts)) for task in tasks if task.dimension == dimension
    ]
    asked = held.get(dimension, 0)
    status = _cell_status(statuses)
    return Cell(
        step=step,
        dimension=dimension,
        status="planned" if asked and status != "needs_more" else status,
        done=sum(status in ANSWERED for status in statuses),
        total=len(statuses),
        required_open=asked,
    )


def _cell_status(statuses: Sequence[TaskStatus]) -> str:
    if TaskStatus.NEEDS_MORE in statuses:
        return "needs_more"
    if TaskStatus.DONE in statuses:
        return "done"
    return "not_needed" if TaskStatus.NOT_RELEVANT in statuses else "not_yet"


def _held_by_dimension(process: Process, reasons: Iterable[Reason]) -> dict[str, int]:
    """How many reasons of the next move belong to each dimension; an empty cell is no task of its own."""
    held: dict[str, int] = defaultdict(int)
    for reason in reasons:
        if reason.task:
            task = process.task_by_key[reason.task]
            held[process.task_by_key[task.shared_key].dimension] += 1
    return held
