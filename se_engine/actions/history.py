"""Writing what happened to a case: one history row, where the case now stands, one trail entry – together.

The ordinary way adds one event at the end. A late entry or a correction changes the past, so the whole stay of the
case is replayed from its events and its periods are written anew; both ways go through the same rules.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from se_engine import processes
from se_engine.actions.trail import write_trail
from se_engine.clock import now, today
from se_engine.queries.timelines import Stay, current_period, days_of, live_events, to_event
from se_engine.records.cases import Case, Pause, StepPeriod, Waiting
from se_engine.records.history import HistoryEvent
from se_engine.records.texts import ParticipantText
from se_engine.rules.errors import Refused
from se_engine.rules.process import Process
from se_engine.rules.roles import Actor
from se_engine.rules.timeline import Event, Period, Timeline, after, check_words, replay


def record_event(
    session: Session,
    actor: Actor,
    case: Case,
    event: Event,
    *,
    text: ParticipantText | None = None,
    trail: Mapping[str, str | int] | None = None,
    **particulars: Any,
) -> HistoryEvent:
    """The event in history, the case where it now stands, the entry in the trail; flushed."""
    if event.happened_on > today(session):
        raise Refused("in_the_future", day=event.happened_on.isoformat(), today=today(session).isoformat())
    check_words(event)
    row = history_row(session, actor, case, event, text=text, **particulars)
    # Replayed before anything is written: a refused entry must leave nothing behind.
    if event.happened_on < case.last_event_on:
        timeline = replay(_with(session, case, event), step_keys(case))
        session.add(row)
        write_timeline(session, case, timeline)
    else:
        stay = current_period(session, case)
        before = Timeline((stay.period,), case.end_reason, case.sorting_first_since, case.last_event_on)
        timeline = after(before, event, step_keys(case))
        session.add(row)
        _append(session, case, stay, timeline)
    write_trail(
        session, actor, event.kind.value, case=case, happened_on=event.happened_on, text=text, detail=trail or {}
    )
    session.flush()
    return row


def history_row(
    session: Session, actor: Actor, case: Case, event: Event, *, text: ParticipantText | None = None, **particulars: Any
) -> HistoryEvent:
    return HistoryEvent(
        case_id=case.id,
        kind=event.kind.value,
        happened_on=event.happened_on,
        recorded_at=now(session),
        recorded_by=actor.user_id,
        role=actor.role.value,
        step=event.step,
        reason=event.reason,
        waiting_for=event.waiting_for,
        next_on=event.next_on,
        text_id=text.id if text else None,
        **{"source": "app", **particulars},
    )


def step_keys(case: Case) -> list[str]:
    return [step.key for step in process_of(case).steps if not step.final]


def process_of(case: Case) -> Process:
    return processes.get(case.process_name, case.process_version)


def _with(session: Session, case: Case, event: Event) -> list[Event]:
    """The live events of the case with one more in its place."""
    rows = live_events(session, case.id)
    later = [i for i, other in enumerate(rows) if other.happened_on > event.happened_on]
    place = later[0] if later else len(rows)
    events = [to_event(other) for other in rows]
    return [*events[:place], event, *events[place:]]


def _append(session: Session, case: Case, stay: Stay, timeline: Timeline) -> None:
    entered = timeline.periods[1:]
    case.visit += len(entered)
    stand(case, timeline)
    _take(session, case)
    if timeline.periods[0] != stay.period:
        _write_stay(session, stay, timeline.periods[0])
    session.add_all(period_row(case, case.visit, period) for period in entered)


def _take(session: Session, case: Case) -> None:
    """Writes the case's row and its version before all others, changed or not.

    Of two histories made at once one is then stale, and neither waits for a row the other holds.
    """
    flag_modified(case, "last_event_on")
    session.flush()


def _write_stay(session: Session, stay: Stay, period: Period) -> None:
    """Writes what has changed in the present stay: ends of intervals, new intervals, and leaving."""
    for waiting, interval in zip(stay.waitings, period.waitings, strict=False):
        waiting.ended_on = interval.ended_on
    for pause, interval in zip(stay.pauses, period.pauses, strict=False):
        pause.ended_on = interval.ended_on
    new = replace(period, waitings=period.waitings[len(stay.waitings) :], pauses=period.pauses[len(stay.pauses) :])
    session.add_all(interval_rows(stay.row.id, new))
    stay.row.left_on, stay.row.left_to = period.left_on, period.left_to
    _count(stay.row, period)


def write_timeline(session: Session, case: Case, timeline: Timeline) -> None:
    """Writes all periods of the case anew: the periods are what the events make, the events are what is kept."""
    _take(session, case)
    old = select(StepPeriod.id).where(StepPeriod.case_id == case.id)
    session.execute(delete(Waiting).where(Waiting.period_id.in_(old)))
    session.execute(delete(Pause).where(Pause.period_id.in_(old)))
    session.execute(delete(StepPeriod).where(StepPeriod.case_id == case.id))
    for ordinal, period in enumerate(timeline.periods, start=1):
        row = period_row(case, ordinal, period)
        session.add(row)
        session.flush()
        session.add_all(interval_rows(row.id, period))
    case.visit = len(timeline.periods)
    stand(case, timeline)


def period_row(case: Case, ordinal: int, period: Period) -> StepPeriod:
    row = StepPeriod(
        case_id=case.id,
        office_id=case.office_id,
        process_name=case.process_name,
        ordinal=ordinal,
        step=period.step,
        entered_on=period.entered_on,
        left_on=period.left_on,
        left_to=period.left_to,
    )
    _count(row, period)
    return row


def interval_rows(period_id: int, period: Period) -> list[Waiting | Pause]:
    waitings = [
        Waiting(
            period_id=period_id, waiting_for=w.reason, started_on=w.started_on, ended_on=w.ended_on, next_on=w.next_on
        )
        for w in period.waitings
    ]
    pauses = [
        Pause(period_id=period_id, reason=p.reason, started_on=p.started_on, ended_on=p.ended_on, next_on=p.next_on)
        for p in period.pauses
    ]
    return [*waitings, *pauses]


def _count(row: StepPeriod, period: Period) -> None:
    for column, days in day_counts(period).items():
        setattr(row, column, days)


def day_counts(period: Period) -> dict[str, int]:
    """The columns of a closed stay's day counts, on both clocks; empty for the stay that still runs."""
    if period.left_on is None:
        return {}
    calendar, working = (days_of(period, period.left_on, clock) for clock in ("calendar", "working"))
    return {
        "own_days": calendar.own,
        "waiting_days": sum(calendar.waiting.values()),
        "paused_days": calendar.paused,
        "own_working_days": working.own,
        "waiting_working_days": sum(working.waiting.values()),
        "paused_working_days": working.paused,
    }


def stand(case: Case, timeline: Timeline) -> None:
    """Puts the case where the timeline ends."""
    for column, value in standing(timeline).items():
        setattr(case, column, value)


def standing(timeline: Timeline) -> dict[str, Any]:
    """The columns that say where a case stands at the end of the timeline."""
    current = timeline.current
    waiting, pause = current.waiting, current.pause
    resting = pause or waiting
    return {
        "step": timeline.step,
        "status": timeline.status,
        "entered_on": timeline.ended_on or current.entered_on,
        "ended_on": timeline.ended_on,
        "end_reason": timeline.end_reason,
        "sorting_first_since": timeline.sorting_first_since,
        "waiting_for": waiting.reason if waiting else None,
        "waiting_since": waiting.started_on if waiting else None,
        "pause_reason": pause.reason if pause else None,
        "paused_since": pause.started_on if pause else None,
        "next_on": resting.next_on if resting else None,
        "last_event_on": timeline.last_on or current.entered_on,
    }
