"""Taking back what was recorded wrongly: voided with a reason, replaced where something else is true."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine.actions.cases import check_none_runs, check_seen
from se_engine.actions.contact import recount_contact
from se_engine.actions.history import history_row, process_of, step_keys, write_timeline
from se_engine.actions.tasks import void_record
from se_engine.actions.texts import keep_text
from se_engine.actions.track_following import follow_void
from se_engine.actions.trail import write_trail
from se_engine.clock import now, today
from se_engine.queries.access import access_case
from se_engine.queries.timelines import live_events, to_event
from se_engine.records.cases import Case
from se_engine.records.follow_up import Check
from se_engine.records.history import VOIDED, HistoryEvent
from se_engine.records.jobs import Job
from se_engine.records.tasks import TaskRecord
from se_engine.rules.errors import NotFound, Refused
from se_engine.rules.roles import Actor
from se_engine.rules.timeline import Event, EventKind, check_words, in_order, replay

NEWEST_COUNTS = frozenset({"disclosure_decision", "match_score"})
"""Facts in versions: what was wrong is set right by a new one, and the employer is told no more than that says."""
REPLACEABLE = frozenset(EventKind) - {EventKind.JOB_STARTED, EventKind.JOB_ENDED, EventKind.CHECKED}


def void_event(
    session: Session,
    actor: Actor,
    case_id: int,
    event_id: int,
    *,
    seen_version: int | None,
    why: str,
    replacement: Event | None = None,
) -> Case:
    """Takes an event back, or puts another in its place; the case then stands where its history says.

    Refused when the rest of the history does not fit without it: nothing is half-corrected.
    """
    case = access_case(session, actor, case_id)
    check_seen(case, seen_version)
    rows = live_events(session, case.id)
    voided = next((row for row in rows if row.id == event_id), None)
    if voided is None:
        raise NotFound()
    if not why.strip():
        raise Refused("reason_needed")
    instead = _completed(voided, replacement) if replacement else None
    _check_correction(session, rows, voided, instead)
    timeline = replay(_corrected(rows, voided, instead), step_keys(case))
    if case.ended_on is not None and timeline.ended_on is None:
        check_none_runs(session, case.participant_id)
    reason = keep_text(session, case.participant, "reason", why.strip())
    session.add(_void_row(session, actor, case, voided, reason.id))
    if instead is not None:
        session.add(_replacement_row(session, actor, case, voided, instead))
    write_timeline(session, case, timeline)
    _void_job(session, voided)
    if instead is None:
        follow_void(session, actor, case, voided.stands_for or voided.id, reason)
    if voided.check_id is not None:
        recount_contact(session, case)
    write_trail(
        session, actor, VOIDED, case=case, happened_on=voided.happened_on, text=reason, detail={"event": voided.id}
    )
    session.flush()
    return case


def _completed(voided: HistoryEvent, replacement: Event) -> Event:
    """What the replacement leaves out stays as it was; the first step is never another."""
    return replace(
        replacement,
        step=voided.step if voided.kind == EventKind.OPENED else replacement.step or voided.step,
        reason=replacement.reason or voided.reason,
        waiting_for=replacement.waiting_for or voided.waiting_for,
        next_on=replacement.next_on or voided.next_on,
    )


def _check_correction(
    session: Session, rows: list[HistoryEvent], voided: HistoryEvent, replacement: Event | None
) -> None:
    if replacement is None:
        if voided.kind == EventKind.OPENED:
            raise Refused("opening_cannot_be_voided")
        if voided.kind == EventKind.JOB_STARTED and any(
            row.job_id == voided.job_id and row is not voided for row in rows
        ):
            raise Refused("job_has_more_events")
        return
    if voided.kind not in REPLACEABLE:
        raise Refused("void_and_record_anew")
    if replacement.kind != voided.kind:
        raise Refused("replacement_of_another_kind", kind=voided.kind)
    if replacement.happened_on > today(session):
        raise Refused("in_the_future", day=replacement.happened_on.isoformat(), today=today(session).isoformat())
    check_words(replacement)


def _corrected(rows: list[HistoryEvent], voided: HistoryEvent, instead: Event | None) -> list[Event]:
    """The events as they will be; the replacement takes the place that the voided one had within its day."""
    kept = [(row.stands_for or row.id, to_event(row)) for row in rows if row is not voided]
    return in_order([*kept, (voided.stands_for or voided.id, instead)] if instead else kept)


def _void_row(session: Session, actor: Actor, case: Case, voided: HistoryEvent, text_id: int) -> HistoryEvent:
    return HistoryEvent(
        case_id=case.id,
        kind=VOIDED,
        happened_on=today(session),
        recorded_at=now(session),
        recorded_by=actor.user_id,
        role=actor.role.value,
        source="app",
        text_id=text_id,
        voids_id=voided.id,
    )


def _replacement_row(
    session: Session, actor: Actor, case: Case, voided: HistoryEvent, replacement: Event
) -> HistoryEvent:
    row = history_row(session, actor, case, replacement)
    row.trigger, row.from_step, row.decided_by = voided.trigger, voided.from_step, voided.decided_by
    row.stands_for = voided.stands_for or voided.id
    row.text_id = voided.text_id
    if row.step == voided.step:
        row.open_requirements, row.remarks = voided.open_requirements, voided.remarks
    return row


def _void_job(session: Session, voided: HistoryEvent) -> None:
    """A voided start takes its job away, a voided end opens it again, a voided answer was not given."""
    if voided.check_id is not None:
        session.get_one(Check, voided.check_id).voided = True
    elif voided.job_id is not None:
        job = session.get_one(Job, voided.job_id)
        if voided.kind == EventKind.JOB_STARTED:
            job.voided = True
        else:
            job.ended_on = job.end_reason = job.end_cause = None


def void_task(session: Session, actor: Actor, case_id: int, record_id: int, *, why: str) -> TaskRecord:
    """Takes back what was recorded of a task; what stood before counts again."""
    case = access_case(session, actor, case_id)
    record = session.get(TaskRecord, record_id)
    if record is None or record.case_id != case.id or record.voids_id is not None:
        raise NotFound()
    if session.scalar(select(TaskRecord.id).where(TaskRecord.voids_id == record.id)):
        raise Refused("already_voided")
    task = process_of(case).task_by_key.get(record.task)
    if task is not None and task.closed_by in NEWEST_COUNTS:
        raise Refused("newest_counts", task=record.task)
    if not why.strip():
        raise Refused("reason_needed")
    reason = keep_text(session, case.participant, "reason", why.strip())
    return void_record(session, actor, case, record, reason)


def void_tasks(
    session: Session, actor: Actor, case_id: int, record_ids: Sequence[int], *, why: str
) -> list[TaskRecord]:
    """Takes back several answers that one statement gave."""
    if not record_ids:
        raise Refused("task_unknown", task="–")
    return [void_task(session, actor, case_id, record_id, why=why) for record_id in dict.fromkeys(record_ids)]
