"""The tasks a note is evidence for: checked like any other answer, written with the note's own words."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from se_engine.actions.tasks import close_by_fact, tasks_named, write_records
from se_engine.records.cases import Case
from se_engine.records.contacts import Contact, ContactTask
from se_engine.records.tasks import TaskRecord
from se_engine.records.texts import KeptText
from se_engine.rules.contacts import Note
from se_engine.rules.evidence import check_evidence
from se_engine.rules.facts import TaskStatus
from se_engine.rules.interpreters import InterpreterOutcome
from se_engine.rules.roles import Actor
from se_engine.rules.tasks import Task

LINES = ("said", "work", "workplace_norwegian", "guidance", "next_step")
"""The parts that can be a task's line, the likeliest first."""


def check_tasks(case: Case, note: Note) -> None:
    """Refused when a ticked task asks for something the note does not say."""
    if not note.tasks:
        return
    written = note.texts()
    for task in tasks_named(case, note.tasks):
        line = "" if task.text == "none" else written.get(_part(task, written) or "", "")
        employer = "named" if note.employer_id is not None else ""
        check_evidence(task, TaskStatus.DONE, words=line, employer=employer)


def _part(task: Task, written: Mapping[str, object]) -> str | None:
    """Which text is the task's line: her own words where it asks for them and she gave them."""
    if task.text == "none":
        return None
    if task.text == "own_words" and "her_words" in written:
        return "her_words"
    return next((part for part in (*LINES, "her_words") if part in written), None)


def write_evidence(
    session: Session,
    actor: Actor,
    case: Case,
    contact: Contact,
    note: Note,
    *,
    texts: Mapping[str, KeptText],
    interpreter: InterpreterOutcome | None,
) -> None:
    """The records of the ticked tasks, one statement for those with the same line."""
    if not note.tasks:
        return
    statements: dict[str | None, list[Task]] = {}
    for task in tasks_named(case, note.tasks):
        statements.setdefault(_part(task, texts), []).append(task)
    spoken = None if interpreter is None else "yes" if interpreter.interpreted_by else "no"
    for part, tasks in statements.items():
        records = write_records(
            session, actor, case, tasks, TaskStatus.DONE, happened_on=contact.happened_on,
            text=texts.get(part or ""), employer_id=contact.employer_id, interpreter=spoken,
            in_her_words=part == "her_words", of_a_contact=True,
        )  # fmt: skip
        _point(session, contact, records)


def close_meeting(
    session: Session, actor: Actor, case: Case, contact: Contact, note: Note, *, texts: Mapping[str, KeptText]
) -> None:
    """A meeting on a concrete job is a fact of its own: the task it answers is closed by it."""
    line = next((texts[part] for part in LINES if part in texts), None)
    records = close_by_fact(
        session, actor, case, "employer_meeting", happened_on=contact.happened_on, value=note.concrete_job or "",
        employer_id=contact.employer_id, text=line, of_a_contact=True,
    )  # fmt: skip
    _point(session, contact, records)


def _point(session: Session, contact: Contact, records: list[TaskRecord]) -> None:
    session.add_all([ContactTask(contact_id=contact.id, task_record_id=record.id) for record in records])
    session.flush()
