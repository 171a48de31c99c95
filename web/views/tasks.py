"""Answering tasks: several of a step with one line, or one with its own fact."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _l

from se_engine.actions.tasks import record_tasks
from se_engine.queries.cases import TasksPage, task_page, tasks_page
from se_engine.queries.task_rows import TaskRow
from se_engine.rules.facts import TaskStatus
from se_engine.rules.tasks import RECORDED_ELSEWHERE
from web.addresses import CASE
from web.answering import Problem, answer, linked
from web.auth import actor
from web.case_forms import case_url
from web.drafts import drafted
from web.forms.tasks import StatementForm, TasksForm, UnspokenForm
from web.language import language
from web.parts.heading import of_case, step_short
from web.parts.records import record_form_url
from web.parts.tasks import groups, row, told
from web.session import note_read, reading, session

blueprint = Blueprint("tasks", __name__, url_prefix=f"{CASE}/tasks")


@blueprint.get("")
@drafted(_l("Tasks"))
def show(case_id: int) -> ResponseReturnValue:
    page = tasks_page(session(), actor(), case_id, step=request.args.get("step"))
    note_read(page.case)
    form = TasksForm()
    form.keys.data = request.args.getlist("key") or form.keys.data
    return _list(page, form, [])


@blueprint.post("")
@drafted(_l("Tasks"))
def record(case_id: int) -> ResponseReturnValue:
    step = request.args.get("step")
    form = TasksForm()
    return answer(
        form,
        lambda: record_tasks(
            session(),
            actor(),
            case_id,
            keys=form.keys.data,
            status=TaskStatus(form.status.data),
            happened_on=form.happened_on.data,
            words=form.words.data or "",
            employer=form.employer_name,
            minutes=form.minutes.data,
            interpreter=form.interpreter.data or None,
        ),
        then=lambda records: case_url(case_id),
        show=lambda problems, stale: _list(tasks_page(session(), actor(), case_id, step=step), form, problems),
        said=ngettext("%(num)s task is answered.", "%(num)s tasks are answered.", len(form.keys.data or [])),
    )


def _list(page: TasksPage, form: TasksForm, problems: list[Problem]) -> str:
    asked = any(row.task.per_employer for group in page.groups for row in group.rows)
    form.fit_employer(page.employers, asked=asked)
    return render_template(
        "cases/tasks.html",
        frame=of_case(page, "tasks"),
        page=page,
        form=form,
        problems=linked(problems, page.id),
        groups=groups(page, page.groups, case_id=page.id),
        steps=_steps(page),
        shown_step=page.process.step_by_key[page.shown_step].title.to(language()),
        here=url_for("tasks.record", case_id=page.id, step=page.shown_step),
        employers=page.employers,
        ended=page.ended,
    )


def _steps(page: TasksPage) -> list[dict[str, Any]]:
    with_tasks = [step for step in page.process.steps if page.process.tasks_of(step.key)]
    return [
        {
            "label": step_short(step.key),
            "url": url_for("tasks.show", case_id=page.id, step=step.key),
            "current": step.key == page.shown_step,
        }
        for step in with_tasks
    ]


@blueprint.route("/<key>", methods=["GET", "POST"])
@drafted(_l("Task"))
def one(case_id: int, key: str) -> ResponseReturnValue:
    page = task_page(reading(), actor(), case_id, key)
    found = page.row(key)
    if found.task.closed_by in RECORDED_ELSEWHERE and request.method != "POST":
        return redirect(record_form_url(found.task.closed_by, page.participant_id, case_id))
    form = _form(found, page)
    if request.method != "POST":
        note_read(page.case)
        return _one(page, found, form, [])

    def again(problems: list[Problem], stale: bool) -> str:
        fresh = task_page(session(), actor(), case_id, key)
        return _one(fresh, fresh.row(key), form, problems)

    return answer(
        form,
        lambda: _record(case_id, found, form),
        then=lambda records: case_url(case_id),
        show=again,
        said=gettext("Recorded: %(task)s", task=found.shown.title.to(language())),
    )


def _form(found: TaskRow, page: TasksPage) -> Any:
    if found.task.text == "none":
        unspoken = UnspokenForm()
        if not found.task.per_employer:
            del unspoken.employer
        return unspoken
    form = StatementForm()
    form.fit_employer(page.employers, asked=found.task.per_employer)
    return form


def _record(case_id: int, found: TaskRow, form: Any) -> Any:
    if isinstance(form, UnspokenForm):
        aside = form.answer.data == "not_relevant"
        return record_tasks(
            session(),
            actor(),
            case_id,
            keys=[found.task.key],
            status=TaskStatus.NOT_RELEVANT if aside else TaskStatus.DONE,
            happened_on=form.happened_on.data,
            value="" if aside else form.answer.data,
            employer=form.employer.data or "" if "employer" in form else "",
        )
    return record_tasks(
        session(),
        actor(),
        case_id,
        keys=[found.task.key],
        status=TaskStatus(form.status.data),
        happened_on=form.happened_on.data,
        words=form.words.data or "",
        employer=form.employer_name,
        minutes=form.minutes.data,
        interpreter=form.interpreter.data or None,
    )


def _one(page: TasksPage, found: TaskRow, form: Any, problems: list[Problem]) -> str:
    return render_template(
        "cases/task.html",
        title=found.shown.title.to(language()),
        submit=gettext("Record"),
        lead=found.shown.evidence.to(language()),
        frame=of_case(page, ""),
        page=page,
        task=row(page, found, case_id=page.id),
        found=found,
        form=form,
        problems=linked(problems, page.id),
        employers=page.employers,
        records=[
            {
                "evidence": evidence,
                "told": told(page, evidence),
                "who": page.person(evidence.recorded_by),
                "void_url": url_for("corrections.tasks", case_id=page.id, record=evidence.record_id),
            }
            for evidence in found.evidence
        ],
        here=url_for("tasks.one", case_id=page.id, key=found.task.key),
        ended=page.ended,
    )
