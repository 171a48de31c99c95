"""What the dues of career and language follow from: each fact in one statement for all the cases asked about."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from se_engine import processes
from se_engine.queries.facts import newest
from se_engine.records.career import LanguageTest, Qualification, Recognition
from se_engine.records.cases import Case
from se_engine.records.jobs import Job
from se_engine.records.participants import FieldValue, LanguageLevel
from se_engine.records.tasks import TaskRecord
from se_engine.records.tracks import Track
from se_engine.rules.career import OPEN_RECOGNITION
from se_engine.rules.employers import REFUSALS
from se_engine.rules.facts import TaskStatus
from se_engine.rules.tasks import ANSWERED

Rows = dict[int, list[Any]]
FIELDS = ("recognition_status", "permit_expiry")


def running(session: Session, cases: ColumnElement[bool]) -> Sequence[Any]:
    """The cases that reminders are for: neither paused nor ended."""
    wanted = select(
        Case.id, Case.participant_id, Case.step, Case.opened_on, Case.entered_on, Case.sorting_first_since
    ).where(cases, Case.status == "active")
    return session.execute(wanted.order_by(Case.id)).all()


def answered(
    session: Session, cases: ColumnElement[bool], keys: Sequence[str]
) -> dict[int, dict[str, dict[int | None, date]]]:
    """Case → task → employer (or None) → day, of what is done or was found not to be needed; a twin's answer counts."""
    asked = {twin: key for key in keys for twin in _twins(key)}
    rows: Any = session.execute(
        select(
            TaskRecord.id, TaskRecord.case_id, TaskRecord.task, TaskRecord.employer_id, TaskRecord.status,
            TaskRecord.happened_on, TaskRecord.voids_id.label("voids"),
        )
        .join(Case, Case.id == TaskRecord.case_id)
        .where(cases, TaskRecord.task.in_(list(asked)))
    ).all()  # fmt: skip
    last = {(row.case_id, asked[row.task], row.employer_id): row for row in newest(rows)}
    found: dict[int, dict[str, dict[int | None, date]]] = defaultdict(lambda: defaultdict(dict))
    for (case_id, key, employer_id), row in last.items():
        if TaskStatus(row.status) in ANSWERED:
            found[case_id][key][employer_id] = row.happened_on
    return found


def _twins(key: str) -> set[str]:
    """The key and that of its twin: their answers are the same answer."""
    tasks = processes.latest().tasks
    shared = next(task.shared_key for task in tasks if task.key == key)
    return {task.key for task in tasks if task.shared_key == shared}


def refusals(session: Session, cases: ColumnElement[bool]) -> dict[int, date]:
    """When an employer first said no."""
    return _first_day(session, cases, Track.ended_on, Track.close_reason.in_(REFUSALS))


def first_tracks(session: Session, cases: ColumnElement[bool]) -> dict[int, date]:
    """Since when an employer has been on the list."""
    return _first_day(session, cases, Track.opened_on, Track.ended_on.is_(None))


def _first_day(session: Session, cases: ColumnElement[bool], day: Any, which: ColumnElement[bool]) -> dict[int, date]:
    wanted = select(Track.case_id, func.min(day)).join(Case, Case.id == Track.case_id).where(cases, which)
    rows: Any = session.execute(wanted.group_by(Track.case_id))
    return {case_id: on for case_id, on in rows if on is not None}


def jobs(session: Session, cases: ColumnElement[bool], on: date) -> Rows:
    now = and_(Job.started_on <= on, or_(Job.ended_on.is_(None), Job.ended_on >= on))
    wanted = (
        select(Job.case_id, Job.employer_id, Job.started_on, Job.paid, case((now, 1), else_=0).label("running"))
        .join(Case, Case.id == Job.case_id)
        .where(cases, ~Job.voided)
    )
    return _by(session, wanted, "case_id")


def levels(session: Session, cases: ColumnElement[bool]) -> dict[int, dict[str, date]]:
    """Participant → skill → the day of the newest level; a skill that is not known is not there."""
    wanted = (
        select(LanguageLevel.participant_id, LanguageLevel.skill, LanguageLevel.level, LanguageLevel.happened_on)
        .where(_hers(LanguageLevel.participant_id, and_(cases, Case.step == "job_support")))
        .order_by(LanguageLevel.happened_on, LanguageLevel.id)
    )
    last = {(row.participant_id, row.skill): row for row in session.execute(wanted)}
    found: dict[int, dict[str, date]] = defaultdict(dict)
    for (participant_id, skill), row in last.items():
        if row.level is not None:
            found[participant_id][skill] = row.happened_on
    return found


def tests_without_result(session: Session, cases: ColumnElement[bool]) -> Rows:
    """Registered for, or taken, and nothing has come of it yet."""
    void, result, taken_back = aliased(LanguageTest), aliased(LanguageTest), aliased(LanguageTest)
    told = and_(
        result.participant_id == LanguageTest.participant_id,
        result.kind == LanguageTest.kind,
        result.taken_on == LanguageTest.taken_on,
        result.passed.is_not(None),
        ~select(taken_back.id).where(taken_back.voids_id == result.id).exists(),
    )
    wanted: Any = select(LanguageTest.participant_id, LanguageTest.id, LanguageTest.taken_on).where(
        _hers(LanguageTest.participant_id, cases),
        LanguageTest.voids_id.is_(None),
        LanguageTest.passed.is_(None),
        ~select(void.id).where(void.voids_id == LanguageTest.id).exists(),
        ~select(result.id).where(told).exists(),
    )
    return _by(session, wanted, "participant_id")


def open_recognitions(session: Session, cases: ColumnElement[bool]) -> Rows:
    """Where recognition is needed or applied for: the newest word on each qualification."""
    wanted: Any = (
        select(Qualification.participant_id, Recognition.qualification_id, Recognition.status, Recognition.happened_on)
        .join(Recognition, Recognition.qualification_id == Qualification.id)
        .where(_hers(Qualification.participant_id, cases), ~Qualification.voided)
        .order_by(Recognition.happened_on, Recognition.id)
    )
    last = {row.qualification_id: row for row in session.execute(wanted)}
    found: Rows = defaultdict(list)
    for row in last.values():
        if row.status in OPEN_RECOGNITION:
            found[row.participant_id].append(row)
    return found


def fields(session: Session, cases: ColumnElement[bool]) -> Mapping[int, Mapping[str, str]]:
    """Participant → what her record says in the fields that something is due by."""
    wanted = select(FieldValue.participant_id, FieldValue.field, FieldValue.code).where(
        _hers(FieldValue.participant_id, cases), FieldValue.field.in_(FIELDS)
    )
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for participant_id, key, code in session.execute(wanted.order_by(FieldValue.happened_on, FieldValue.id)):
        found[participant_id][key] = code or ""
    return found


def _hers(participant_id: Any, cases: ColumnElement[bool]) -> ColumnElement[bool]:
    return and_(participant_id.in_(select(Case.participant_id).where(cases, Case.status == "active")))


def _by(session: Session, wanted: Select[Any], key: str) -> Rows:
    found: Rows = defaultdict(list)
    for row in session.execute(wanted):
        found[getattr(row, key)].append(row)
    return found
