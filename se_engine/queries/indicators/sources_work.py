"""Sources: what was done in a case – tasks, documents, goals – and towards its employers: tracks and disclosures."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import case, select

from se_engine import processes
from se_engine.queries.indicators.evidence import Evidence
from se_engine.records.cases import Case
from se_engine.records.choices import Goal
from se_engine.records.documents import Document, DocumentEvent, DocumentVersion
from se_engine.records.tasks import TaskRecord
from se_engine.records.tracks import Disclosure, Track
from se_engine.rules.facts import TaskStatus

DONE, NOT_RELEVANT = TaskStatus.DONE.value, TaskStatus.NOT_RELEVANT.value


class TaskRow(NamedTuple):
    """One word on a task, under the key that twins share."""

    id: int
    case_id: int
    task: str
    employer_id: int | None
    status: str
    happened_on: date
    value: str | None
    interpreter: str | None
    recorded_by: int | None


class VersionRow(NamedTuple):
    document_id: int
    id: int
    case_id: int
    kind: str
    employer_id: int | None
    job_id: int | None
    number: int
    complete: int
    happened_on: date


class EventRow(NamedTuple):
    """Something that happened to a version of a document, and was not taken back."""

    document_id: int
    version_id: int
    case_id: int
    kind: str
    what: str
    party: str | None
    language: str | None
    interpreter: str | None
    teach_back: bool | None
    on_behalf: bool
    happened_on: date


class GoalRow(NamedTuple):
    case_id: int
    kind: str
    whose: str
    set_on: date
    ended_on: date | None


class TrackRow(NamedTuple):
    id: int
    case_id: int
    employer_id: int
    opened_on: date
    wish: int | None
    occupation: str | None
    close_reason: str | None
    ended_on: date | None
    job_id: int | None


class DisclosureRow(NamedTuple):
    case_id: int
    employer_id: int
    decision: str
    worded: int
    """1: with her own words of what may be told."""
    happened_on: date


def tasks(evidence: Evidence) -> Mapping[int, Sequence[TaskRow]]:
    """Case → every word on its tasks by the end of the window that was not taken back, the earliest first."""
    window = evidence.window
    rows = evidence.rows(
        select(
            TaskRecord.id, TaskRecord.case_id, TaskRecord.task, TaskRecord.employer_id, TaskRecord.status,
            TaskRecord.happened_on, TaskRecord.value, TaskRecord.interpreter, TaskRecord.recorded_by,
            TaskRecord.voids_id,
        )
        .join(Case, Case.id == TaskRecord.case_id)
        .where(Case.office_id.in_(window.offices))
        .order_by(TaskRecord.happened_on, TaskRecord.id)
    )  # fmt: skip
    voided = {row.voids_id for row in rows if row.voids_id is not None}
    shared = evidence.read(twins)
    found: dict[int, list[TaskRow]] = defaultdict(list)
    for row in rows:
        if row.voids_id is None and row.id not in voided and row.happened_on <= window.to_on:
            number, case_id, task, *rest, _ = row
            found[case_id].append(TaskRow(number, case_id, shared.get(task, task), *rest))
    return found


def shared_keys() -> Mapping[str, str]:
    """Task → the key that it shares with its twin: their answers are the same answer."""
    return {task.key: task.shared_key for task in processes.latest().tasks}


def twins(_: Evidence) -> Mapping[str, str]:
    """The same, looked up once: the definition's file is looked at each time it is asked for."""
    return shared_keys()


def done(evidence: Evidence) -> Mapping[tuple[int, str], Sequence[date]]:
    """(case, task by the key twins share) → the days on which it was told to be done, the earliest first."""
    found: dict[tuple[int, str], list[date]] = defaultdict(list)
    for case_id, rows in evidence.read(tasks).items():
        for row in rows:
            if row.status == DONE:
                found[case_id, row.task].append(row.happened_on)
    return found


def done_on(evidence: Evidence, case_id: int, keys: Iterable[str]) -> Sequence[date]:
    """The days on which any of the tasks was told to be done, the earliest first."""
    shared, every = evidence.read(twins), evidence.read(done)
    asked = {shared.get(key, key) for key in keys}
    return sorted(day for key in asked for day in every.get((case_id, key), ()))


def versions(evidence: Evidence) -> Mapping[tuple[int, str], Sequence[VersionRow]]:
    """(case, kind of document) → its versions by the end of the window, the earliest first."""
    window = evidence.window
    rows = evidence.rows(
        select(
            Document.id, DocumentVersion.id, Document.case_id, Document.kind, Document.employer_id, Document.job_id,
            DocumentVersion.number, case((DocumentVersion.complete, 1), else_=0), DocumentVersion.happened_on,
        )
        .join(DocumentVersion, DocumentVersion.document_id == Document.id)
        .join(Case, Case.id == Document.case_id)
        .where(Case.office_id.in_(window.offices), DocumentVersion.happened_on <= window.to_on)
        .order_by(DocumentVersion.happened_on, DocumentVersion.id)
    )  # fmt: skip
    found: dict[tuple[int, str], list[VersionRow]] = defaultdict(list)
    for row in rows:
        found[row.case_id, row.kind].append(VersionRow._make(row))
    return found


def events(evidence: Evidence) -> Mapping[tuple[int, str], Sequence[EventRow]]:
    """(case, kind of document) → what happened to its versions by the end of the window, the earliest first."""
    window = evidence.window
    rows = evidence.rows(
        select(
            DocumentEvent.id, DocumentEvent.voids_id, DocumentEvent.document_id, DocumentEvent.version_id,
            Document.case_id, Document.kind, DocumentEvent.what, DocumentEvent.party, DocumentEvent.language,
            DocumentEvent.interpreter, DocumentEvent.teach_back, DocumentEvent.on_behalf, DocumentEvent.happened_on,
        )
        .join(Document, Document.id == DocumentEvent.document_id)
        .join(Case, Case.id == Document.case_id)
        .where(Case.office_id.in_(window.offices))
        .order_by(DocumentEvent.happened_on, DocumentEvent.id)
    )  # fmt: skip
    voided = {row.voids_id for row in rows if row.voids_id is not None}
    found: dict[tuple[int, str], list[EventRow]] = defaultdict(list)
    for row in rows:
        if row.voids_id is None and row.id not in voided and row.happened_on <= window.to_on:
            found[row.case_id, row.kind].append(EventRow._make(row[2:]))
    return found


def goals(evidence: Evidence) -> Mapping[int, Sequence[GoalRow]]:
    """Case → her goals that were set by the end of the window, the earliest first."""
    window = evidence.window
    rows = evidence.rows(
        select(Goal.case_id, Goal.kind, Goal.whose, Goal.set_on, Goal.ended_on)
        .join(Case, Case.id == Goal.case_id)
        .where(Case.office_id.in_(window.offices), Goal.set_on <= window.to_on)
        .order_by(Goal.set_on, Goal.id)
    )
    found: dict[int, list[GoalRow]] = defaultdict(list)
    for row in rows:
        goal = GoalRow._make(row)
        ended = goal.ended_on if goal.ended_on is not None and goal.ended_on <= window.to_on else None
        found[goal.case_id].append(goal._replace(ended_on=ended))
    return found


def tracks(evidence: Evidence) -> Mapping[int, TrackRow]:
    """The employer tracks that were opened by the end of the window, by number."""
    window = evidence.window
    rows = evidence.rows(
        select(
            Track.id, Track.case_id, Track.employer_id, Track.opened_on, Track.wish, Track.occupation,
            Track.close_reason, Track.ended_on, Track.job_id,
        )
        .join(Case, Case.id == Track.case_id)
        .where(Case.office_id.in_(window.offices), Track.opened_on <= window.to_on)
        .order_by(Track.id)
    )  # fmt: skip
    return {row.id: TrackRow._make(row) for row in rows}


def tracks_with(evidence: Evidence) -> Mapping[tuple[int, int], Sequence[TrackRow]]:
    """(case, employer) → its tracks there, the first first."""
    found: dict[tuple[int, int], list[TrackRow]] = defaultdict(list)
    for track in evidence.read(tracks).values():
        found[track.case_id, track.employer_id].append(track)
    return found


def disclosures(evidence: Evidence) -> Mapping[int, Sequence[DisclosureRow]]:
    """Case → what she decided that employers may be told, the earliest first."""
    window = evidence.window
    rows = evidence.rows(
        select(
            Disclosure.case_id, Disclosure.employer_id, Disclosure.decision,
            case((Disclosure.words_text_id.is_(None), 0), else_=1), Disclosure.happened_on,
        )
        .join(Case, Case.id == Disclosure.case_id)
        .where(Case.office_id.in_(window.offices), Disclosure.happened_on <= window.to_on)
        .order_by(Disclosure.happened_on, Disclosure.id)
    )  # fmt: skip
    found: dict[int, list[DisclosureRow]] = defaultdict(list)
    for row in rows:
        found[row.case_id].append(DisclosureRow._make(row))
    return found
