"""Tasks: how each stands, and what was done of some."""

from se_engine.actions.history import process_of
from se_engine.actions.tasks import record_tasks
from se_engine.queries.access import access_case
from se_engine.queries.facts import facts_of
from se_engine.rules.facts import TaskStatus
from web.api import answers, shaping
from web.api.blueprint import CASE, api
from web.api.bodies import NewTaskRecords, TasksQuery
from web.api.describing import reads, writes
from web.api.writes import Written, once
from web.auth import actor
from web.session import note_read, session


@api.get(f"{CASE}/tasks")
@reads(answers.Tasks, 404)
def show_tasks(case_id: int, query: TasksQuery) -> answers.Tasks:
    """Every task of the process, or of one step, as it stands for this case."""
    case = access_case(session(), actor(), case_id)
    note_read(case)
    process = process_of(case)
    return answers.Tasks(tasks=shaping.tasks(process, facts_of(session(), case, process), query.step))


@api.post(f"{CASE}/tasks")
@writes(answers.Recorded)
@once
def record(case_id: int, json: NewTaskRecords) -> Written:
    """One statement for one or more tasks. Statements are added and replace nothing, so no If-Match is asked for."""
    case = access_case(session(), actor(), case_id)
    records = record_tasks(
        session(),
        actor(),
        case.id,
        keys=json.tasks,
        status=TaskStatus(json.status),
        happened_on=json.happened_on,
        words=json.words,
        value=json.value,
        employer=json.employer,
        minutes=json.minutes,
        interpreter=json.interpreter,
    )
    tag = shaping.etag(case)
    keys = [kept.task for kept in records]
    return answers.Recorded(case=case.id, tasks=keys, status=json.status, etag=tag), 200, {"ETag": tag}
