"""Recording what was done of a task, with its evidence; one line may be the evidence of several."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, true
from sqlalchemy.orm import Session, aliased

from se_engine.actions.contact import met, recount_contact
from se_engine.actions.employers import find_employer
from se_engine.actions.history import process_of
from se_engine.actions.texts import keep_note
from se_engine.actions.trail import write_trail
from se_engine.clock import now, today
from se_engine.queries.access import access_case
from se_engine.records.cases import Case
from se_engine.records.history import VOIDED
from se_engine.records.tasks import TaskRecord
from se_engine.records.texts import KeptText
from se_engine.rules.errors import Refused
from se_engine.rules.evidence import check_evidence, check_minutes, check_value, takes_value
from se_engine.rules.facts import TaskStatus
from se_engine.rules.roles import Actor
from se_engine.rules.tasks import Task, is_contact

INTERPRETER = ("yes", "no")


def record_tasks(
    session: Session,
    actor: Actor,
    case_id: int,
    *,
    keys: Sequence[str],
    status: TaskStatus,
    happened_on: date,
    words: str = "",
    value: str = "",
    employer: str = "",
    minutes: int | None = None,
    interpreter: str | None = None,
) -> list[TaskRecord]:
    """One statement for one or more tasks; twins share it, so nobody is asked twice."""
    case = access_case(session, actor, case_id)
    check_working_day(session, case, happened_on)
    tasks = tasks_named(case, keys)
    for task in tasks:
        check_evidence(task, status, words=words, value=value, employer=employer)
    check_minutes(minutes)
    text = keep_note(session, case.participant, "evidence", words)
    place = find_employer(session, case.office_id, employer) if any(t.per_employer for t in tasks) else None
    return write_records(
        session,
        actor,
        case,
        tasks,
        status,
        happened_on=happened_on,
        text=text,
        value=value,
        employer_id=place.id if place else None,
        minutes=minutes,
        interpreter=interpreter,
    )


def check_working_day(session: Session, case: Case, happened_on: date) -> None:
    """Refused unless the case ran on the day and still does."""
    if case.status == "ended":
        raise Refused("case_ended", day=str(case.ended_on))
    if happened_on > today(session):
        raise Refused("in_the_future", day=happened_on.isoformat(), today=today(session).isoformat())
    if happened_on < case.opened_on:
        raise Refused("before_opening", day=happened_on.isoformat(), opened=case.opened_on.isoformat())


def close_by_fact(
    session: Session, actor: Actor, case: Case, fact: str, *, happened_on: date, **particulars: Any
) -> list[TaskRecord]:
    """Closes the tasks that a fact with a record of its own answers (a disclosure, a match …); `value` is its code."""
    tasks = [task for task in process_of(case).tasks if task.closed_by == fact]
    for task in tasks:
        check_value(task, str(particulars.get("value", "")))
    return write_records(session, actor, case, tasks, TaskStatus.DONE, happened_on=happened_on, **particulars)


def reopen_by_fact(
    session: Session, actor: Actor, case: Case, fact: str, *, text: KeptText, employer_id: int | None = None
) -> None:
    """Takes back what a fact closed last, once it is true no more; `text` is why."""
    for record in closed_by(session, case, fact, employer_id):
        void_record(session, actor, case, record, text)


def closed_by(session: Session, case: Case, fact: str, employer_id: int | None = None) -> list[TaskRecord]:
    """The newest answer to each task that the fact closes, where it says done and was not taken back."""
    keys = [task.key for task in process_of(case).tasks if task.closed_by == fact]
    void = aliased(TaskRecord)
    standing = session.scalars(
        select(TaskRecord)
        .outerjoin(void, void.voids_id == TaskRecord.id)
        .where(
            TaskRecord.case_id == case.id,
            TaskRecord.task.in_(keys),
            TaskRecord.voids_id.is_(None),
            true() if employer_id is None else TaskRecord.employer_id == employer_id,
            void.id.is_(None),
        )
        .order_by(TaskRecord.happened_on, TaskRecord.id)
    )
    newest = {record.task: record for record in standing}
    return [record for record in newest.values() if record.status == TaskStatus.DONE.value]


def void_record(session: Session, actor: Actor, case: Case, record: TaskRecord, text: KeptText) -> TaskRecord:
    """The row that takes one back; what stood before counts again."""
    void = TaskRecord(
        case_id=case.id,
        task=record.task,
        employer_id=record.employer_id,
        status=VOIDED,
        happened_on=today(session),
        text_id=text.id,
        recorded_by=actor.user_id,
        recorded_at=now(session),
        voids_id=record.id,
    )
    session.add(void)
    session.flush()
    recount_contact(session, case)
    write_trail(session, actor, "task_voided", case=case, text=text, detail={"task": record.task})
    session.flush()
    return void


def write_records(
    session: Session,
    actor: Actor,
    case: Case,
    tasks: Sequence[Task],
    status: TaskStatus,
    *,
    happened_on: date,
    text: KeptText | None = None,
    value: str = "",
    employer_id: int | None = None,
    minutes: int | None = None,
    interpreter: str | None = None,
    in_her_words: bool = True,
    of_a_contact: bool = False,
) -> list[TaskRecord]:
    """The rows behind one statement that has been checked, the contact it shows, and its entry in the trail.

    `of_a_contact`: the contact it is told in says for itself whether she was there.
    """
    at = now(session)  # one moment for the whole statement: it is read as one
    records = [
        _record(actor, case, task, status, happened_on, at, text, value, employer_id, minutes, interpreter)
        for task in tasks
    ]
    for record in records:
        record.own_words = record.own_words and in_her_words
    session.add_all(records)
    if not of_a_contact and any(is_contact(task, status) for task in tasks):
        met(case, happened_on)
    detail = {"tasks": ",".join(task.key for task in tasks), "employer": employer_id}
    write_trail(session, actor, f"task_{status}", case=case, happened_on=happened_on, text=text, detail=detail)
    session.flush()
    return records


def tasks_named(case: Case, keys: Sequence[str]) -> list[Task]:
    known = process_of(case).task_by_key
    unknown = [key for key in keys if key not in known]
    if unknown or not keys:
        raise Refused("task_unknown", task=", ".join(unknown) or "–")
    return [known[key] for key in dict.fromkeys(keys)]


def _record(
    actor: Actor,
    case: Case,
    task: Task,
    status: TaskStatus,
    happened_on: date,
    at: datetime,
    text: KeptText | None,
    value: str,
    employer_id: int | None,
    minutes: int | None,
    interpreter: str | None,
) -> TaskRecord:
    hers = task.text == "own_words" and status is TaskStatus.DONE
    return TaskRecord(
        case_id=case.id,
        task=task.key,
        employer_id=employer_id if task.per_employer else None,
        status=status.value,
        happened_on=happened_on,
        text_id=text.id if text else None,
        value=value.strip() if status is TaskStatus.DONE and takes_value(task) else None,
        own_words=hers,
        minutes=minutes,
        interpreter=interpreter if interpreter in INTERPRETER else None,
        recorded_by=actor.user_id,
        recorded_at=at,
    )
