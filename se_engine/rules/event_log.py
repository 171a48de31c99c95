"""A case's history as a log for process mining: activities that start and complete, with who by role."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from se_engine.rules.timeline import EventKind

START, COMPLETE, ABORTED = "start", "complete", "ate_abort"
"""Words of XES. A stay in which the case ended is aborted: the reports do not count it as completed either."""
ENDED, CHECK, PAUSE, JOB, WAITING = "ended", "check", "pause", "job", "waiting_"
NOT_TOLD = "not_told"
ABOUT_HEALTH = frozenset({"health", "died", "sickness"})
"""Reasons that a file of single cases does not tell: whoever knows one date could find the person."""
UNKNOWN_ROLE = "unknown"


@dataclass(frozen=True, slots=True)
class Happened:
    """One live event of a case; `step` in the names of the version that the case follows."""

    kind: EventKind
    on: date
    role: str
    step: str | None = None
    reason: str | None = None
    waiting_for: str | None = None
    job: int | None = None
    """Which of the case's jobs: a number of ours, never written out."""
    answer: str | None = None


@dataclass(frozen=True, slots=True)
class LogEvent:
    """One line of the log: a day and, by its place, the order within the day."""

    activity: str
    transition: str
    on: date
    role: str
    step: str
    """Where the case stood: of a step's own lines that step itself."""
    instance: int
    """Which time in this case: a completion has the number of its start."""
    facts: Mapping[str, str] = field(default_factory=dict)
    job: int | None = None


class Teller:
    """What is going on in one case while its events are told one by one."""

    def __init__(self) -> None:
        self._step = ""
        self._waiting: str | None = None
        self._paused = False
        self._times = Counter[str]()
        self._jobs: dict[int | None, int] = {}

    def told(self, events: Iterable[Happened]) -> Iterator[LogEvent]:
        for event in events:
            yield from self._of(event)

    def _of(self, event: Happened) -> Iterator[LogEvent]:
        match event.kind:
            case EventKind.OPENED:
                yield from self._enter(event)
            case EventKind.ENTERED:
                yield from self._end_intervals(event)
                yield self._line(self._step, COMPLETE, event, left_to=event.step)
                yield from self._enter(event)
            case EventKind.ENDED:
                yield from self._end_intervals(event)
                reason = _reason(event)
                yield self._line(self._step, ABORTED, event, left_to=ENDED, reason=reason)
                yield self._line(ENDED, COMPLETE, event, reason=reason)
            case EventKind.WAITING_STARTED | EventKind.WAITING_ENDED:
                yield from self._end_waiting(event)
                if event.kind is EventKind.WAITING_STARTED:
                    self._waiting = event.waiting_for or "other"
                    yield self._line(WAITING + self._waiting, START, event, waiting_for=self._waiting)
            case EventKind.PAUSED:
                self._paused = True
                yield self._line(PAUSE, START, event)
            case EventKind.RESUMED:
                yield from self._end_pause(event)
            case EventKind.JOB_STARTED:
                yield self._line(JOB, START, event)
            case EventKind.JOB_ENDED:
                yield self._line(JOB, COMPLETE, event, reason=_reason(event))
            case EventKind.CHECKED:
                yield self._line(CHECK, COMPLETE, event, answer=event.answer)

    def _enter(self, event: Happened) -> Iterator[LogEvent]:
        self._step = event.step or ""
        yield self._line(self._step, START, event)

    def _end_intervals(self, event: Happened) -> Iterator[LogEvent]:
        """Leaving a step ends what waits or rests in it."""
        yield from self._end_waiting(event)
        yield from self._end_pause(event)

    def _end_waiting(self, event: Happened) -> Iterator[LogEvent]:
        if self._waiting is not None:
            yield self._line(WAITING + self._waiting, COMPLETE, event, waiting_for=self._waiting)
        self._waiting = None

    def _end_pause(self, event: Happened) -> Iterator[LogEvent]:
        if self._paused:
            yield self._line(PAUSE, COMPLETE, event)
        self._paused = False

    def _line(self, activity: str, transition: str, event: Happened, **facts: str | None) -> LogEvent:
        told = {name: value for name, value in facts.items() if value is not None}
        instance = self._instance(activity, transition, event.job)
        return LogEvent(activity, transition, event.on, event.role, self._step, instance, told, event.job)

    def _instance(self, activity: str, transition: str, job: int | None) -> int:
        """Steps, waitings and pauses come one at a time; of jobs there may be two at once."""
        if activity == JOB and job in self._jobs:
            return self._jobs[job]
        if transition == START or activity in (ENDED, CHECK):
            self._times[activity] += 1
        if activity == JOB:
            self._jobs[job] = self._times[activity]
        return self._times[activity]


def _reason(event: Happened) -> str | None:
    return NOT_TOLD if event.reason in ABOUT_HEALTH else event.reason
