"""Writing what happened to a case: one history row, where the case now stands, one trail entry – together.

The ordinary way adds one event at the end. A late entry or a correction changes the past, so the whole stay of the
case is replayed from its events and its periods are written anew; both ways go through the same rules.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from se_engine import processes
from se_engine.actions.trail import write_trail
from se_engine.clock import now, today
from se_engine.queries.stays import ENDED
from se_engine.queries.timelines import Stay, current_period, days_of, live_events, to_event
from se_engine.records.base import Base, change_row, plain_table, write_row
from se_engine.records.cases import SEVERAL, Case, Pause, StepPeriod, Waiting
from se_engine.records.history import HistoryEvent
from se_engine.records.texts import KeptText
from se_engine.rules.errors import Refused, Stale
from se_engine.rules.process import Process
from se_engine.rules.roles import Actor
from se_engine.rules.timeline import Event, Interval, Period, Timeline, after, check_words, replay


def record_event(
    session: Session,
    actor: Actor,
    case: Case,
    event: Event,
    *,
    text: KeptText | None = None,
    trail: Mapping[str, str | int] | None = None,
    **particulars: Any,
) -> int:
    """The event in history, the case where it now stands, the entry in the trail; the event's id."""
    if event.happened_on > today(session):
        raise Refused("in_the_future", day=event.happened_on.isoformat(), today=today(session).isoformat())
    check_words(event)
    told = history_columns(session, actor, case, event, text=text, **particulars)
    # Replayed before anything is written: a refused entry must leave nothing behind.
    if event.happened_on < case.last_event_on:
        timeline = replay(_with(session, case, event), step_keys(case))
        number = write_row(session, HistoryEvent, **told)
        write_timeline(session, case, timeline)
    else:
        stay = current_period(session, case)
        before = Timeline((stay.period,), case.end_reason, case.sorting_first_since, case.last_event_on)
        timeline = after(before, event, step_keys(case))
        _append(session, case, stay, timeline)
        number = write_row(session, HistoryEvent, **told)
    write_trail(
        session, actor, event.kind.value, case=case, happened_on=event.happened_on, text=text, detail=trail or {}
    )
    return number


def history_row(
    session: Session, actor: Actor, case: Case, event: Event, *, text: KeptText | None = None, **particulars: Any
) -> HistoryEvent:
    return HistoryEvent(**history_columns(session, actor, case, event, text=text, **particulars))


def history_columns(
    session: Session, actor: Actor, case: Case, event: Event, *, text: KeptText | None = None, **particulars: Any
) -> dict[str, Any]:
    return {
        "case_id": case.id,
        "kind": event.kind.value,
        "happened_on": event.happened_on,
        "recorded_at": now(session),
        "recorded_by": actor.user_id,
        "role": actor.role.value,
        "step": event.step,
        "reason": event.reason,
        "waiting_for": event.waiting_for,
        "next_on": event.next_on,
        "text_id": text.id if text else None,
        "source": "app",
        **particulars,
    }


def step_keys(case: Case) -> Mapping[str, str]:
    """The names its history may have for a step → their names in the version it follows now."""
    return process_of(case).step_names


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
    """Writes only what one more event changes, in fixed statements: a move is made of these."""
    entered = timeline.periods[1:]
    take(session, case, visit=case.visit + len(entered), **standing(timeline))
    if timeline.periods[0] != stay.period:
        _write_stay(session, stay, timeline.periods[0], timeline.end_reason)
    for period in entered:
        write_row(session, StepPeriod, **period_columns(case, case.visit, period, timeline.end_reason))


_CASES = plain_table(Case)
_TAKE = (
    update(_CASES)
    .where(_CASES.c.id == bindparam("case"), _CASES.c.version == bindparam("seen"))
    .values(version=_CASES.c.version + 1)
)


def take(session: Session, case: Case, **columns: Any) -> None:
    """Writes where the case stands, before all other rows and only if nobody did since it was read.

    Of two histories made at once one is then stale, and neither waits for a row the other holds.
    """
    session.flush()
    written = session.connection().execute(_TAKE, {"case": case.id, "seen": case.version, **columns})
    if written.rowcount != 1:
        raise Stale()
    for column, value in {**columns, "version": case.version + 1}.items():
        set_committed_value(case, column, value)


def _write_stay(session: Session, stay: Stay, period: Period, end_reason: str | None) -> None:
    """Writes what has changed in the present stay: ends of intervals, new intervals, and leaving."""
    _end_intervals(session, Waiting, stay.waiting_ids, stay.period.waitings, period.waitings)
    _end_intervals(session, Pause, stay.pause_ids, stay.period.pauses, period.pauses)
    for kind, columns in interval_columns(stay.id, period, known=(len(stay.waiting_ids), len(stay.pause_ids))):
        write_row(session, kind, **columns)
    if period.left_on is not None:
        change_row(session, StepPeriod, stay.id, **left_columns(period, end_reason))


def _end_intervals(
    session: Session, kind: type[Base], numbers: Sequence[int], before: Sequence[Interval], now_is: Sequence[Interval]
) -> None:
    for number, was, becomes in zip(numbers, before, now_is, strict=False):
        if was != becomes:
            change_row(session, kind, number, ended_on=becomes.ended_on)


def write_timeline(session: Session, case: Case, timeline: Timeline) -> None:
    """Writes all periods of the case anew: the periods are what the events make, the events are what is kept."""
    take(session, case, opened_on=timeline.opened_on, visit=len(timeline.periods), **standing(timeline))
    old = select(StepPeriod.id).where(StepPeriod.case_id == case.id)
    session.execute(delete(Waiting).where(Waiting.period_id.in_(old)))
    session.execute(delete(Pause).where(Pause.period_id.in_(old)))
    session.execute(delete(StepPeriod).where(StepPeriod.case_id == case.id))
    for ordinal, period in enumerate(timeline.periods, start=1):
        number = write_row(session, StepPeriod, **period_columns(case, ordinal, period, timeline.end_reason))
        for kind, columns in interval_columns(number, period):
            write_row(session, kind, **columns)


def period_columns(case: Case, ordinal: int, period: Period, end_reason: str | None = None) -> dict[str, Any]:
    return {
        "case_id": case.id,
        "office_id": case.office_id,
        "process_name": case.process_name,
        "ordinal": ordinal,
        "step": period.step,
        "entered_on": period.entered_on,
        **left_columns(period, end_reason),
    }


def interval_columns(
    period_id: int, period: Period, *, known: tuple[int, int] = (0, 0)
) -> list[tuple[type[Base], dict[str, Any]]]:
    """The rows of a stay's waitings and pauses, without those that are `known` already."""
    waitings: list[tuple[type[Base], dict[str, Any]]] = [
        (Waiting, {"waiting_for": w.reason, **_interval(period_id, w)}) for w in period.waitings[known[0] :]
    ]
    return waitings + [(Pause, {"reason": p.reason, **_interval(period_id, p)}) for p in period.pauses[known[1] :]]


def _interval(period_id: int, interval: Interval) -> dict[str, Any]:
    return {
        "period_id": period_id,
        "started_on": interval.started_on,
        "ended_on": interval.ended_on,
        "next_on": interval.next_on,
    }


def left_columns(period: Period, end_reason: str | None) -> dict[str, Any]:
    """The columns of a stay that was left: where to, and its days on both clocks; empty for the one that still runs."""
    if period.left_on is None:
        return {}
    calendar, working = (days_of(period, period.left_on, clock) for clock in ("calendar", "working"))
    waited = [whom for whom, days in calendar.waiting.items() if days]
    return {
        "left_on": period.left_on,
        "left_to": period.left_to,
        "end_reason": end_reason if period.left_to == ENDED else None,
        "waited_for": SEVERAL if len(waited) > 1 else waited[0] if waited else None,
        "own_days": calendar.own,
        "waiting_days": sum(calendar.waiting.values()),
        "paused_days": calendar.paused,
        "own_working_days": working.own,
        "waiting_working_days": sum(working.waiting.values()),
        "paused_working_days": working.paused,
    }


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
