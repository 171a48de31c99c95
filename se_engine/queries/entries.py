"""What happened to a case, entry by entry: history, answers to tasks, hand-overs, questions to the supervisor."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, exists, select
from sqlalchemy.orm import Session, aliased

from se_engine.clock import NORWAY
from se_engine.records.cases import CaseOwner, SupervisorRequest
from se_engine.records.employers import Employer
from se_engine.records.follow_up import Check, ClosingTalk
from se_engine.records.history import VOIDED, HistoryEvent
from se_engine.records.jobs import Job
from se_engine.records.referrals import TemplateChange
from se_engine.rules.facts import TaskStatus
from se_engine.rules.requests import QUESTIONS


@dataclass(frozen=True)
class Withdrawal:
    """Who took an entry back, when, and the text that says why."""

    recorded_at: datetime
    recorded_by: int | None
    text_id: int | None


@dataclass(frozen=True)
class Entry:
    """One line of the timeline, in codes and ids; `text_id` holds its words."""

    kind: str
    happened_on: date
    recorded_at: datetime
    recorded_by: int | None
    id: int
    source: str = "app"
    recorded_on: date | None = None
    text_id: int | None = None
    step: str | None = None
    from_step: str | None = None
    trigger: str | None = None
    decided_by: str | None = None
    code: str | None = None
    """The reason, whom we wait for, the answer at a check …"""
    next_on: date | None = None
    employer: str | None = None
    occupation: str | None = None
    tasks: tuple[str, ...] = ()
    records: tuple[int, ...] = ()
    """The records behind `tasks`, in the same order."""
    own_words: bool = False
    minutes: int | None = None
    interpreter: str | None = None
    channel: str | None = None
    track_id: int | None = None
    user_id: int | None = None
    """Whom the case was handed to."""
    open_requirements: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    withdrawal: Withdrawal | None = None
    origin: str = ""
    """`history`, `task` or `contact` for what can be corrected; empty for what stands as it is."""

    @property
    def order(self) -> tuple[date, datetime, int]:
        return self.happened_on, self.recorded_at, self.id

    @property
    def late_on(self) -> date | None:
        """The day it was recorded, when that is another than the day it happened."""
        recorded = self.recorded_on or self.recorded_at.astimezone(NORWAY).date()
        return recorded if recorded != self.happened_on else None


def newest_first(*lists: Iterable[Entry]) -> list[Entry]:
    return sorted((entry for entries in lists for entry in entries), key=lambda entry: entry.order, reverse=True)


def history_entries(session: Session, case_id: int, *, limit: int | None = None) -> list[Entry]:
    """History rows with their jobs and answers, newest first; with a limit only those that stand."""
    query = (
        select(HistoryEvent, Job, Check, Employer.name)
        .outerjoin(Job, Job.id == HistoryEvent.job_id)
        .outerjoin(Check, Check.id == HistoryEvent.check_id)
        .outerjoin(Employer, Employer.id == Job.employer_id)
        .where(HistoryEvent.case_id == case_id)
        .order_by(HistoryEvent.happened_on.desc(), HistoryEvent.id.desc())
    )
    if limit is not None:
        void = aliased(HistoryEvent)
        query = query.where(HistoryEvent.kind != VOIDED, ~exists().where(void.voids_id == HistoryEvent.id))
    rows = [(event, job, check, name) for event, job, check, name in session.execute(query.limit(limit)).all()]
    voids = {
        event.voids_id: Withdrawal(event.recorded_at, event.recorded_by, event.text_id)
        for event, *_ in rows
        if event.kind == VOIDED
    }
    return [
        _of_history(event, job, check, employer, voids.get(event.id))
        for event, job, check, employer in rows
        if event.kind != VOIDED
    ]


def _of_history(
    event: HistoryEvent, job: Job | None, check: Check | None, employer: str | None, withdrawal: Withdrawal | None
) -> Entry:
    return Entry(
        kind=event.kind,
        happened_on=event.happened_on,
        recorded_at=event.recorded_at,
        recorded_by=event.recorded_by,
        id=event.id,
        source=event.source,
        recorded_on=event.recorded_on,
        text_id=event.text_id,
        step=event.step,
        from_step=event.from_step,
        trigger=event.trigger,
        decided_by=event.decided_by,
        code=check.answer if check else event.waiting_for or event.reason,
        next_on=event.next_on,
        employer=employer,
        occupation=job.occupation if job else None,
        open_requirements=tuple(event.open_requirements or ()),
        remarks=tuple(event.remarks or ()),
        withdrawal=withdrawal,
        origin="history",
    )


def task_entries(rows: Sequence[Row[Any]]) -> list[Entry]:
    """One entry per statement: what was answered together, with one line, is read together."""
    voids = {row.voids: Withdrawal(row.recorded_at, row.recorded_by, row.text_id) for row in rows if row.voids}
    statements: dict[tuple[object, ...], list[Row[Any]]] = {}
    for row in rows:
        if row.voids is None:
            key = (row.recorded_at, row.recorded_by, row.status, row.employer, row.text_id, voids.get(row.id))
            statements.setdefault(key, []).append(row)
    return [_of_tasks(together, voids.get(together[0].id)) for together in statements.values()]


def _of_tasks(rows: Sequence[Row[Any]], withdrawal: Withdrawal | None) -> Entry:
    first = rows[0]
    return Entry(
        kind=f"task_{TaskStatus(first.status)}",
        happened_on=first.happened_on,
        recorded_at=first.recorded_at,
        recorded_by=first.recorded_by,
        id=first.id,
        text_id=None if first.contact_id else first.text_id,  # the words stand with the contact they were said at
        code=first.value,
        employer=first.employer,
        tasks=tuple(row.task for row in rows),
        records=tuple(row.id for row in rows),
        own_words=any(row.own_words for row in rows),
        minutes=first.minutes,
        interpreter=first.interpreter,
        withdrawal=withdrawal,
        origin="task",
    )


def owner_entries(session: Session, case_id: int) -> list[Entry]:
    owners = session.scalars(select(CaseOwner).where(CaseOwner.case_id == case_id))
    return [
        Entry("owner_changed", o.from_on, o.recorded_at, o.recorded_by, o.id, text_id=o.text_id, user_id=o.user_id)
        for o in owners
    ]


def template_entries(session: Session, case_id: int) -> list[Entry]:
    changes = session.scalars(select(TemplateChange).where(TemplateChange.case_id == case_id))
    return [
        Entry("template_changed", c.happened_on, c.recorded_at, c.recorded_by, c.id, text_id=c.text_id, code=c.template)
        for c in changes
    ]


def closing_entries(session: Session, case_id: int) -> list[Entry]:
    talks = session.scalars(select(ClosingTalk).where(ClosingTalk.case_id == case_id))
    return [
        Entry(
            "closing_talk",
            talk.happened_on,
            talk.recorded_at,
            talk.recorded_by,
            talk.id,
            text_id=talk.decision_text_id,
            code=talk.last_answer,
        )
        for talk in talks
    ]


def request_entries(requests: Iterable[SupervisorRequest]) -> list[Entry]:
    asked = []
    for request in requests:
        asked.append(_asked(request))
        if request.answered_at is not None:
            asked.append(_answered(request, request.answered_at))
    return asked


def _asked(request: SupervisorRequest) -> Entry:
    kind = "supervisor_asked" if request.kind in QUESTIONS else "supervisor_told"
    day = request.asked_at.astimezone(NORWAY).date()
    return Entry(
        kind, day, request.asked_at, request.asked_by, request.id, text_id=request.text_id, code=request.kind,
        trigger=request.trigger,
    )  # fmt: skip


def _answered(request: SupervisorRequest, at: datetime) -> Entry:
    day = at.astimezone(NORWAY).date()
    return Entry(
        "supervisor_answered", day, at, request.answered_by, request.id, text_id=request.answer_text_id,
        code=request.answer, trigger=request.trigger,
    )  # fmt: skip
