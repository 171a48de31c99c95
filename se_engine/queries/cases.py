"""The pages of a case: where she stands, why not yet, what has been seen – in a fixed number of statements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from se_engine.clock import today
from se_engine.queries.access import access_case
from se_engine.queries.career_entries import career_entries
from se_engine.queries.choices import ChoiceLine, open_choices
from se_engine.queries.contact_entries import contact_entries
from se_engine.queries.document_entries import document_entries
from se_engine.queries.entries import (
    Entry,
    closing_entries,
    history_entries,
    newest_first,
    owner_entries,
    request_entries,
    task_entries,
    template_entries,
)
from se_engine.queries.facts import facts_of
from se_engine.queries.headings import Heading, heading_of, process_of
from se_engine.queries.job_entries import job_entries
from se_engine.queries.jobs import JobLine, employer_names, jobs_of
from se_engine.queries.needs import ProblemLine, problems_of
from se_engine.queries.options import Possible, conditions_of, next_reasons, possible_move, possible_moves, told_once
from se_engine.queries.people import people_of
from se_engine.queries.plan_entries import plan_entries
from se_engine.queries.requests import Request, opened_request, requests_of
from se_engine.queries.standing import (
    Ahead,
    Days,
    Next,
    Stand,
    Surroundings,
    days_in_step,
    if_nothing_is_done,
    next_date,
    stands_of,
    surroundings_of,
)
from se_engine.queries.task_rows import (
    Cell,
    Evidence,
    TaskGroup,
    TaskRow,
    cells_of,
    groups_of,
    newest_evidence,
    task_records,
)
from se_engine.queries.texts import full_name, texts_of
from se_engine.queries.track_choices import TrackChoice, running_tracks
from se_engine.queries.track_entries import not_told_twice, track_entries
from se_engine.records.cases import Case, SupervisorRequest
from se_engine.rules.errors import NotFound, Reason
from se_engine.rules.process import Process
from se_engine.rules.roles import SUPERVISION, Actor

FIRST_ENTRIES = 10


@dataclass(frozen=True)
class Opened(Heading):
    """A page with words and names: `words` by the text's id, `people` by the account's."""

    words: Mapping[int, str | None]
    people: Mapping[int, str]

    def words_of(self, found: Entry | Evidence) -> str | None:
        return self.words.get(found.text_id) if found.text_id else None

    def person(self, user_id: int | None) -> str | None:
        return self.people.get(user_id) if user_id else None


@dataclass(frozen=True)
class CasePage(Opened):
    owner: str | None
    surroundings: Surroundings
    days: Days | None
    next: Next | None
    ahead: tuple[Ahead, ...]
    stands: tuple[Stand, ...]
    possible: tuple[Possible, ...]
    cells: tuple[tuple[Cell, ...], ...]
    shown_step: str
    groups: tuple[TaskGroup, ...]
    entries: tuple[Entry, ...]
    more_entries: bool
    jobs: tuple[JobLine, ...]
    requests: tuple[Request, ...]
    employers: tuple[str, ...]
    waiting_choices: tuple[ChoiceLine, ...]
    open_problems: tuple[ProblemLine, ...]
    tracks: tuple[TrackChoice, ...]
    may_supervise: bool


@dataclass(frozen=True)
class TasksPage(Opened):
    """All tasks of one step, for recording."""

    shown_step: str
    groups: tuple[TaskGroup, ...]
    employers: tuple[str, ...]

    def row(self, key: str) -> TaskRow:
        """The row that holds a task, under its own key or its twin's; NotFound for another step's."""
        task = self.process.task_by_key.get(key)
        for group in self.groups:
            for row in group.rows:
                if task and row.shown.shared_key == task.shared_key:
                    return row
        raise NotFound()


@dataclass(frozen=True)
class MovePage(Heading):
    possible: Possible
    waived: tuple[Reason, ...]
    """What an exception, or a job that came first, leaves open: stored with the move."""


@dataclass(frozen=True)
class HistoryPage(Opened):
    entries: tuple[Entry, ...]

    def event(self, event_id: int) -> Entry:
        """One event, also when it has been taken back since the reader's page was made."""
        for entry in self.entries:
            if entry.id == event_id and entry.origin == "history":
                return entry
        raise NotFound()


def case_page(session: Session, actor: Actor, case_id: int, *, step: str | None = None) -> CasePage:
    """Everything the page shows; `step` chooses whose tasks, the present step's otherwise."""
    case = access_case(session, actor, case_id)
    process = process_of(case)
    facts = facts_of(session, case, process)
    conditions = conditions_of(facts)
    shown = _shown(process, case, step)
    rows = task_records(session, case.id)
    groups = groups_of(
        process,
        facts,
        newest_evidence(process, rows),
        step=shown,
        conditions=conditions,
        proposed=process.proposed(case.template),
    )
    requests = requests_of(session, case.id)
    entries = newest_first(
        history_entries(session, case.id, limit=FIRST_ENTRIES + 1),
        contact_entries(session, case.id, limit=FIRST_ENTRIES + 1),
        plan_entries(session, case.id, limit=FIRST_ENTRIES + 1),
        tracked := track_entries(session, case.id, limit=FIRST_ENTRIES + 1),
        not_told_twice(process, (entry for entry in task_entries(rows) if entry.withdrawal is None), tracked),
        request_entries(requests),
    )
    first = entries[:FIRST_ENTRIES]
    jobs, tracks = jobs_of(session, case.id), running_tracks(session, case.id)
    options = possible_moves(process, facts, actor, case.id)
    choices, problems = open_choices(session, case.id), problems_of(session, case.id, open_only=True)
    ids = text_ids(case, first, groups, requests)
    ids += [*(choice.offer_text_id for choice in choices), *(problem.text_id for problem in problems)]
    words = texts_of(session, case.participant, ids)
    people = people_of(session, user_ids(case, first, groups, requests))
    now = today(session)
    around = surroundings_of(session, case)
    return CasePage(
        case=case,
        process=process,
        name=full_name(words.get(case.participant.name_id or 0)),
        today=now,
        words=words,
        people=people,
        owner=people.get(case.owner_id) if case.owner_id else None,
        surroundings=around,
        days=days_in_step(session, case, process, now),
        next=next_date(case, process, around, now),
        ahead=if_nothing_is_done(case, process, around, now),
        stands=stands_of(session, case, process, now),
        possible=options,
        cells=cells_of(process, facts, conditions, next_reasons(options)),
        shown_step=shown,
        groups=groups,
        entries=tuple(first),
        more_entries=len(entries) > FIRST_ENTRIES,
        jobs=jobs,
        requests=tuple(opened_request(request, words, people) for request in requests),
        employers=employer_names(rows, jobs, tracks),
        waiting_choices=choices,
        open_problems=problems,
        tracks=tracks,
        may_supervise=actor.role in SUPERVISION,
    )


def _shown(process: Process, case: Case, step: str | None) -> str:
    """The step whose tasks are shown: an ended case shows those of follow-up, or of its last step with tasks."""
    if step in process.step_by_key and step is not None:
        return step
    return case.step


def tasks_page(session: Session, actor: Actor, case_id: int, *, step: str | None = None) -> TasksPage:
    case = access_case(session, actor, case_id)
    process = process_of(case)
    facts = facts_of(session, case, process)
    shown = _shown(process, case, step)
    rows = task_records(session, case.id)
    evidence = newest_evidence(process, rows)
    groups = groups_of(
        process,
        facts,
        evidence,
        step=shown,
        conditions=conditions_of(facts),
        proposed=process.proposed(case.template),
    )
    words = texts_of(session, case.participant, text_ids(case, (), groups, ()))
    return TasksPage(
        case=case,
        process=process,
        name=full_name(words.get(case.participant.name_id or 0)),
        today=today(session),
        words=words,
        people=people_of(session, user_ids(case, (), groups, ())),
        shown_step=shown,
        groups=groups,
        employers=employer_names(rows, jobs_of(session, case.id), running_tracks(session, case.id)),
    )


def task_page(session: Session, actor: Actor, case_id: int, key: str) -> TasksPage:
    """The tasks of the step that a task belongs to; NotFound for a task that is not in the process."""
    process = process_of(access_case(session, actor, case_id))
    if key not in process.task_by_key:
        raise NotFound()
    return tasks_page(session, actor, case_id, step=process.task_by_key[key].step)


def move_page(session: Session, actor: Actor, case_id: int, trigger: str) -> MovePage:
    """A move from where the case stands; NoSuchMove for any other."""
    page = move_page_as_seen(session, actor, case_id, trigger)
    page.process.move(page.case.step, trigger)
    return page


def move_page_as_seen(session: Session, actor: Actor, case_id: int, trigger: str) -> MovePage:
    """The same for a form that was opened earlier: the case may have left the step that the move goes from."""
    case = access_case(session, actor, case_id)
    heading = heading_of(session, case)
    process = heading.process
    facts = facts_of(session, case, process)
    possible = possible_move(process, facts, actor, case.id, trigger)
    waives = possible.move.kind in ("exception", "found") or trigger in facts.granted
    return MovePage(
        case=case,
        process=process,
        name=heading.name,
        today=heading.today,
        possible=possible,
        waived=tuple(told_once(process, process.waived(possible.move, facts))) if waives else (),
    )


def history_page(session: Session, actor: Actor, case_id: int) -> HistoryPage:
    """Everything that was recorded, what was taken back included."""
    case = access_case(session, actor, case_id)
    entries = every_entry(session, case)
    words = texts_of(session, case.participant, text_ids(case, entries, (), ()))
    return HistoryPage(
        case=case,
        process=process_of(case),
        name=full_name(words.get(case.participant.name_id or 0)),
        today=today(session),
        words=words,
        people=people_of(session, user_ids(case, entries, (), ())),
        entries=tuple(entries),
    )


def every_entry(session: Session, case: Case) -> list[Entry]:
    """All that happened to a case, newest first, for a reader who has come through a door to it."""
    return newest_first(
        history_entries(session, case.id),
        contact_entries(session, case.id),
        plan_entries(session, case.id),
        tracked := track_entries(session, case.id),
        not_told_twice(process_of(case), task_entries(task_records(session, case.id)), tracked),
        request_entries(requests_of(session, case.id)),
        owner_entries(session, case.id),
        template_entries(session, case.id),
        closing_entries(session, case.id),
        career_entries(session, case),
        job_entries(session, case.id),
        document_entries(session, case.id),
    )


def text_ids(
    case: Case, entries: Sequence[Entry], groups: Sequence[TaskGroup], requests: Sequence[SupervisorRequest]
) -> list[int]:
    ids = [case.participant.name_id]
    ids += [found.text_id for entry in entries for found in (entry, entry.withdrawal) if found]
    ids += [found.text_id for group in groups for row in group.rows for found in row.evidence]
    ids += [text_id for request in requests for text_id in (request.text_id, request.answer_text_id)]
    return sorted({found for found in ids if found})


def user_ids(
    case: Case, entries: Sequence[Entry], groups: Sequence[TaskGroup], requests: Sequence[SupervisorRequest]
) -> list[int]:
    ids = [case.owner_id, *(entry.user_id for entry in entries)]
    ids += [found.recorded_by for entry in entries for found in (entry, entry.withdrawal) if found]
    ids += [found.recorded_by for group in groups for row in group.rows for found in row.evidence]
    ids += [user_id for request in requests for user_id in (request.asked_by, request.answered_by)]
    return sorted({found for found in ids if found})
