"""History → where a case stands and has stood: the steps, waitings and pauses that its events make.

The same replay serves a late entry, a correction, an import and the test that history explains the present.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum

from se_engine.rules.errors import Refused


class EventKind(StrEnum):
    OPENED = "opened"
    ENTERED = "entered"
    WAITING_STARTED = "waiting_started"
    WAITING_ENDED = "waiting_ended"
    PAUSED = "paused"
    RESUMED = "resumed"
    JOB_STARTED = "job_started"
    JOB_ENDED = "job_ended"
    CHECKED = "checked"
    SORT_FIRST_STARTED = "sort_first_started"
    SORT_FIRST_ENDED = "sort_first_ended"
    ENDED = "ended"


IMPORTED = tuple(kind for kind in EventKind if not kind.startswith("sort_first"))
"""The events that history.csv knows."""

WAITING_FOR = (
    "participant", "employer", "nav", "municipality", "documents", "interpreter", "course", "language", "other",
)  # fmt: skip
PAUSE_REASONS = ("sickness", "leave", "moving", "travel", "study", "other")
END_REASONS = (
    "work", "education", "work_and_education", "moved", "withdrew", "declined", "not_eligible",
    "programme_time_over", "other_service", "health", "died", "unknown",
)  # fmt: skip
JOB_END_REASONS = ("participant", "employer", "mutual", "term_ended", "bankruptcy", "sickness", "unknown")
CHECK_ANSWERS = ("this_job", "another_job", "not_in_work", "not_known")
CHECK_EVIDENCE = ("own_words", "employer", "payslip")

LONGEST_WITHOUT_CONTACT = timedelta(days=30)

STATUS_ACTIVE, STATUS_PAUSED, STATUS_ENDED = "active", "paused", "ended"


@dataclass(frozen=True)
class Event:
    """One thing that happened to a case; `step` for opened and entered, `reason` for paused and ended."""

    kind: EventKind
    happened_on: date
    step: str | None = None
    reason: str | None = None
    waiting_for: str | None = None
    next_on: date | None = None
    """Next check of a waiting, or the day of new contact after a pause."""


@dataclass(frozen=True)
class Interval:
    """A waiting (reason: whom for) or a pause (reason: why); `ended_on` is None while it runs."""

    reason: str
    started_on: date
    ended_on: date | None = None
    next_on: date | None = None


@dataclass(frozen=True)
class Period:
    """One stay in one step."""

    step: str
    entered_on: date
    left_on: date | None = None
    left_to: str | None = None
    waitings: tuple[Interval, ...] = ()
    pauses: tuple[Interval, ...] = ()

    @property
    def waiting(self) -> Interval | None:
        return next((w for w in self.waitings if w.ended_on is None), None)

    @property
    def pause(self) -> Interval | None:
        return next((p for p in self.pauses if p.ended_on is None), None)


@dataclass(frozen=True)
class Timeline:
    periods: tuple[Period, ...] = ()
    end_reason: str | None = None
    sorting_first_since: date | None = None
    """Putting life in order first, in the first step: work on the clock, without guide time."""
    last_on: date | None = field(default=None, compare=False)

    @property
    def current(self) -> Period:
        return self.periods[-1]

    @property
    def step(self) -> str:
        return self.current.step if self.end_reason is None else "ended"

    @property
    def status(self) -> str:
        if self.end_reason is not None:
            return STATUS_ENDED
        return STATUS_PAUSED if self.current.pause else STATUS_ACTIVE

    @property
    def opened_on(self) -> date:
        return self.periods[0].entered_on

    @property
    def ended_on(self) -> date | None:
        return self.current.left_on if self.end_reason is not None else None


def check_words(event: Event) -> None:
    """Refused when an event says something that is not among the codes, or looks ahead to a day that cannot be."""
    if event.kind is EventKind.WAITING_STARTED:
        if event.waiting_for not in WAITING_FOR:
            raise Refused("waiting_for_unknown", allowed=", ".join(WAITING_FOR))
        if event.next_on is not None and event.next_on < event.happened_on:
            raise Refused("next_before_start", day=event.happened_on.isoformat())
    if event.kind is EventKind.PAUSED:
        if event.reason not in PAUSE_REASONS:
            raise Refused("pause_reason_unknown", allowed=", ".join(PAUSE_REASONS))
        latest = event.happened_on + LONGEST_WITHOUT_CONTACT
        if event.next_on is not None and not event.happened_on <= event.next_on <= latest:
            raise Refused("contact_within_thirty_days", latest=latest.isoformat())
    if event.kind is EventKind.ENDED and event.reason not in END_REASONS:
        raise Refused("end_reason_needed", allowed=", ".join(END_REASONS))


def in_order(events: Iterable[tuple[int, Event]]) -> list[Event]:
    """Events by day; within a day in the order they were recorded (a replacement takes its original's place)."""
    return [event for _, event in sorted(events, key=lambda pair: (pair[1].happened_on, pair[0]))]


def replay(events: Sequence[Event], steps: Collection[str]) -> Timeline:
    """The timeline that the events make, in the order given; Refused names the first that does not fit.

    `steps` are the names a step may have; a mapping leads from the names of earlier versions to those of today.
    """
    timeline = Timeline()
    for event in events:
        timeline = after(timeline, event, steps)
    if not timeline.periods:
        raise Refused("history_empty")
    return timeline


def after(timeline: Timeline, event: Event, steps: Collection[str]) -> Timeline:
    """The timeline with one more event at its end."""
    if isinstance(steps, Mapping) and event.step in steps:
        event = replace(event, step=steps[event.step])
    _fits(timeline, event, steps)
    periods, end_reason, sorting = _CHANGES[event.kind](timeline, event)
    return Timeline(periods, end_reason, sorting, event.happened_on)


def _fits(timeline: Timeline, event: Event, steps: Collection[str]) -> None:
    day = event.happened_on.isoformat()
    if event.kind is EventKind.OPENED:
        if timeline.periods:
            raise Refused("already_open", day=day)
        return
    if not timeline.periods:
        raise Refused("not_opened", event=event.kind, day=day)
    if timeline.last_on is not None and event.happened_on < timeline.last_on:
        raise Refused("before_the_last_event", day=day, last=timeline.last_on.isoformat())
    if timeline.end_reason is not None and event.kind not in (EventKind.JOB_ENDED, EventKind.CHECKED):
        raise Refused("case_ended", day=str(timeline.ended_on))
    if event.kind is EventKind.ENTERED and event.step not in steps:
        raise Refused("unknown_step", step=event.step or "", allowed=", ".join(steps))
    if event.kind is EventKind.ENTERED and event.step == timeline.current.step:
        raise Refused("already_in_step", step=event.step or "", day=_day(event))


def _day(event: Event) -> str:
    return event.happened_on.isoformat()


Change = tuple[tuple[Period, ...], str | None, date | None]
"""The stays, why the case ended, since when life is put in order first: what an event may change of a timeline."""


def _opened(timeline: Timeline, event: Event) -> Change:
    return (Period(event.step or "", event.happened_on),), timeline.end_reason, timeline.sorting_first_since


def _closed(period: Period, on: date, left_to: str) -> Period:
    """A period left: whatever waits or rests in it ends that day too."""
    waitings, pauses = _ended(period.waitings, on), _ended(period.pauses, on)
    return Period(period.step, period.entered_on, on, left_to, waitings, pauses)


def _ended(intervals: tuple[Interval, ...], on: date) -> tuple[Interval, ...]:
    return tuple([replace(i, ended_on=on) if i.ended_on is None else i for i in intervals]) if intervals else ()


def _with_current(timeline: Timeline, period: Period) -> Change:
    return (*timeline.periods[:-1], period), timeline.end_reason, timeline.sorting_first_since


def _entered(timeline: Timeline, event: Event) -> Change:
    step = event.step or ""
    left = _closed(timeline.current, event.happened_on, step)
    return (*timeline.periods[:-1], left, Period(step, event.happened_on)), None, None


def _case_ended(timeline: Timeline, event: Event) -> Change:
    left = _closed(timeline.current, event.happened_on, "ended")
    return (*timeline.periods[:-1], left), event.reason or "unknown", None


def _waiting_started(timeline: Timeline, event: Event) -> Change:
    period = timeline.current
    started = Interval(event.waiting_for or "other", event.happened_on, next_on=event.next_on)
    waitings = (*_ended(period.waitings, event.happened_on), started)
    return _with_current(timeline, replace(period, waitings=waitings))


def _waiting_ended(timeline: Timeline, event: Event) -> Change:
    period = timeline.current
    if period.waiting is None:
        raise Refused("nothing_to_end", event=event.kind, day=_day(event))
    return _with_current(timeline, replace(period, waitings=_ended(period.waitings, event.happened_on)))


def _paused(timeline: Timeline, event: Event) -> Change:
    period = timeline.current
    if period.pause is not None:
        raise Refused("already_paused", day=_day(event))
    started = Interval(event.reason or "other", event.happened_on, next_on=event.next_on)
    return _with_current(timeline, replace(period, pauses=(*period.pauses, started)))


def _resumed(timeline: Timeline, event: Event) -> Change:
    period = timeline.current
    if period.pause is None:
        raise Refused("nothing_to_end", event=event.kind, day=_day(event))
    return _with_current(timeline, replace(period, pauses=_ended(period.pauses, event.happened_on)))


def _sort_first_started(timeline: Timeline, event: Event) -> Change:
    if timeline.sorting_first_since is not None:
        raise Refused("already_sorting_first")
    return timeline.periods, timeline.end_reason, event.happened_on


def _sort_first_ended(timeline: Timeline, event: Event) -> Change:
    if timeline.sorting_first_since is None:
        raise Refused("not_sorting_first")
    return timeline.periods, timeline.end_reason, None


def _unchanged(timeline: Timeline, event: Event) -> Change:
    return timeline.periods, timeline.end_reason, timeline.sorting_first_since


_CHANGES = {
    EventKind.OPENED: _opened,
    EventKind.ENTERED: _entered,
    EventKind.WAITING_STARTED: _waiting_started,
    EventKind.WAITING_ENDED: _waiting_ended,
    EventKind.PAUSED: _paused,
    EventKind.RESUMED: _resumed,
    EventKind.JOB_STARTED: _unchanged,
    EventKind.JOB_ENDED: _unchanged,
    EventKind.CHECKED: _unchanged,
    EventKind.SORT_FIRST_STARTED: _sort_first_started,
    EventKind.SORT_FIRST_ENDED: _sort_first_ended,
    EventKind.ENDED: _case_ended,
}
