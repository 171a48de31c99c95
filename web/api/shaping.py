"""Records → answers."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol, TypeVar

from sqlalchemy.orm import Session

from se_engine.queries.case_data import case_data
from se_engine.queries.lists import office_names
from se_engine.queries.texts import split_name, texts_of
from se_engine.records.cases import Case
from se_engine.records.history import HistoryEvent
from se_engine.records.participants import Participant
from se_engine.rules.facts import CaseFacts, TaskFact, TaskStatus
from se_engine.rules.process import Process
from se_engine.rules.tasks import Task
from se_engine.rules.text import Text
from web.api import answers
from web.api.bodies import Facts

FACTS = [name for name in Facts.model_fields if name != "team_id"]


Shape = TypeVar("Shape", bound=answers.Answer)


class Versioned(Protocol):
    @property
    def version(self) -> int | None: ...


def etag(thing: Versioned) -> str:
    """A card that came with a name alone carries no version: it is as it was at first."""
    return f'"{thing.version or 1}"'


def shaped(model: type[Shape], found: object, **more: Any) -> Shape:
    """What the answer and the record call by the same name, beside what is given."""
    same = {name: getattr(found, name) for name in model.model_fields if name not in more}
    return model(**same, **more)


def participant_keys(session: Session, found: Sequence[Participant]) -> list[answers.ParticipantKey]:
    offices = office_names(session, {participant.office_id for participant in found})
    return [answers.ParticipantKey(**_participant_key(p, offices[p.office_id])) for p in found]


def participant(session: Session, found: Participant) -> answers.Participant:
    """With her name, opened under her key."""
    opened = texts_of(session, found, [found.name_id] if found.name_id else [])
    given, family = split_name(next(iter(opened.values()), None))
    office = office_names(session, {found.office_id})[found.office_id]
    facts = {name: getattr(found, name) for name in FACTS}
    return answers.Participant(
        **_participant_key(found, office), **facts, given_name=given, family_name=family, recorded_at=found.recorded_at
    )


def _participant_key(found: Participant, office: str) -> dict[str, Any]:
    return {
        "participant": found.id,
        "participant_ref": found.ref,
        "office": office,
        "team_id": found.team_id,
        "protected": found.protected,
        "etag": etag(found),
    }


def case_shows(session: Session, found: Sequence[Case]) -> list[answers.CaseShow]:
    return [answers.CaseShow(**_case_show(session, case)) for case in found]


def case(session: Session, found: Case) -> answers.Case:
    more = set(answers.Case.model_fields) - set(answers.CaseShow.model_fields) - {"owner", "previous"}
    rest = {name: getattr(found, name) for name in more}
    return answers.Case(**_case_show(session, found), **rest, owner=found.owner_id, previous=found.previous_id)


def _case_show(session: Session, found: Case) -> dict[str, Any]:
    return {**case_data(session, found), "participant": found.participant_id, "etag": etag(found)}


def tasks(process: Process, facts: CaseFacts, step: str | None) -> list[answers.Task]:
    """A task that belongs to one employer comes once for each; tasks about staff are no part of her case."""
    wanted = [task for task in process.tasks if task.about != "staff" and step in (None, task.step)]
    return [shaped for task in wanted for shaped in _of_task(task, facts)]


def _of_task(task: Task, facts: CaseFacts) -> list[answers.Task]:
    if not task.per_employer or not facts.employers:
        return [_task(task, facts.tasks.get(task.shared_key), facts.conditions, None)]
    return [
        _task(task, known.tasks.get(task.shared_key), facts.conditions | known.conditions, employer)
        for employer, known in facts.employers.items()
    ]


def _task(task: Task, fact: TaskFact | None, conditions: frozenset[str], employer: str | None) -> answers.Task:
    return answers.Task(
        key=task.key,
        dimension=task.dimension,
        step=task.step,
        status=fact.status if fact else TaskStatus.OPEN,
        happened_on=fact.happened_on if fact else None,
        employer=employer,
        applies=task.applies(conditions),
        same_as=task.same_as,
        closed_by=task.closed_by,
        titles=titles(task.title),
    )


def titles(text: Text) -> answers.Titles:
    return answers.Titles(nb=text.nb, nn=text.nn, en=text.en)


def event(row: HistoryEvent, words: Mapping[int, str | None]) -> answers.Event:
    plain = set(answers.Event.model_fields) - {"job", "text", "open_requirements", "remarks", "voids"}
    return answers.Event(
        **{name: getattr(row, name) for name in plain},
        job=row.job_id,
        text=words.get(row.text_id) if row.text_id else None,
        open_requirements=row.open_requirements or [],
        remarks=row.remarks or [],
        voids=row.voids_id,
    )


def process(found: Process) -> answers.Process:
    return answers.Process(
        process=found.name,
        version=found.version,
        titles=titles(found.title),
        steps=[
            answers.Step(key=step.key, titles=titles(step.title), guide_days=step.guide_days, final=step.final)
            for step in found.steps
        ],
        moves=[
            answers.DefinedMove(
                trigger=move.trigger,
                sources=list(move.sources),
                to=move.to,
                kind=move.kind,
                roles=[role.value for role in move.roles],
                needs_reason=move.needs_reason,
                titles=titles(move.title),
            )
            for move in found.moves
        ],
        templates=[
            answers.Template(
                key=template.key,
                titles=titles(template.title),
                guide_days=dict(template.guide_days),
                contact_days=dict(template.contact_days),
                tasks=list(template.tasks),
            )
            for template in found.templates
        ],
    )
