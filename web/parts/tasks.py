"""Tasks with their newest evidence, worded."""

from datetime import date
from typing import Any

from flask import url_for
from flask_babel import format_date, gettext

from se_engine import wording
from se_engine.queries.cases import Opened
from se_engine.queries.task_rows import ANSWERED, Evidence, TaskGroup, TaskRow
from se_engine.rules.evidence import FACT_FORMS, SCORE_QUESTIONS
from se_engine.rules.facts import TaskStatus
from se_engine.rules.tasks import RECORDED_ELSEWHERE, Task
from web.language import language


def groups(page: Opened, found: tuple[TaskGroup, ...], *, case_id: int) -> list[dict[str, Any]]:
    """Each dimension: what is asked for now, what else is open, and what has been answered."""
    return [_group(group, [row(page, task, case_id=case_id) for task in group.rows]) for group in found]


def _group(group: TaskGroup, tasks: list[dict[str, Any]]) -> dict[str, Any]:
    answered = [task for task in tasks if task["status"] in ANSWERED]
    asked = [task for task in tasks if task not in answered and (task["asked"] or task["status"] == "needs_more")]
    return {
        "key": group.dimension,
        "title": wording.word("dimension", group.dimension, language()),
        "tasks": tasks,
        "asked": asked,
        "open": sorted(
            (task for task in tasks if task not in answered and task not in asked),
            key=lambda task: not task["proposed"],
        ),
        "answered": answered,
        "done": group.answered,
        "total": len(group.rows),
    }


def row(page: Opened, found: TaskRow, *, case_id: int) -> dict[str, Any]:
    shown = found.shown
    return {
        "key": found.task.key,
        "title": shown.title.to(language()),
        "status": found.status.value,
        "required": found.required and not found.one_of,
        "one_of": found.one_of,
        "asked": found.required,
        "proposed": found.proposed,
        "hint": shown.evidence.to(language()),
        "say": shown.participant_title.to(language()) if shown.participant_title else None,
        "evidence": evidence(page, found),
        "twin": found.twin.title.to(language()) if found.twin else None,
        "url": url_for("tasks.one", case_id=case_id, key=found.task.key),
        "tickable": tickable(found.task),
        "per_employer": found.task.per_employer,
    }


def tickable(task: Task) -> bool:
    """Whether one line can answer it together with others: it has no record of its own, and words are allowed."""
    return task.text != "none" and task.shared_fact not in RECORDED_ELSEWHERE


def evidence(page: Opened, found: TaskRow) -> dict[str, Any] | None:
    """The newest word of all employers, and how many others there are."""
    if not found.evidence:
        on = found.answered_on if found.recorded_elsewhere else None
        return {"text": None, "on": on, "who": None} if on else None
    newest = found.evidence[0]
    return {
        "text": " · ".join(part for part in (newest.employer, told(page, newest)) if part),
        "on": newest.happened_on,
        "who": page.person(newest.recorded_by),
    }


def told(page: Opened, found: Evidence) -> str | None:
    """What was said: the fact's value in words, and the line."""
    task = page.process.task_by_key[found.task]
    parts = (value_words(task, found.value, found.status), page.words_of(found))
    return ": ".join(part for part in parts if part) or None


def value_words(task: Task, value: str | None, status: TaskStatus = TaskStatus.DONE) -> str | None:
    """A recorded value as people say it: a choice in words, hours, five scores."""
    if not value or status is not TaskStatus.DONE:
        return None
    if task.text == "none":
        return {"raised": gettext("Raised by the participant"), "agreed": gettext("Agreement made")}.get(value, value)
    form = FACT_FORMS.get(task.closed_by or "")
    if form is None:
        return value
    if form.many > 1:
        return ", ".join(
            _score(question, score) for question, score in zip(SCORE_QUESTIONS, value.split(","), strict=False)
        )
    if form.choices:
        return wording.word(f"fact_{task.closed_by}", value, language())
    if form.day:
        return format_date(date.fromisoformat(value), "long")
    return gettext("%(number)s hours a week", number=value) if form.largest else value


def _score(question: str, score: str) -> str:
    return f"{wording.word('score_question', question, language())}: {score.strip()}"
