"""Where the days of one stay in a step went: own work, waiting for somebody, pauses."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from se_engine.rules.calendar import calendar_days, working_days

Clock = Literal["calendar", "working"]
Span = tuple[date, date]

CLOCKS: dict[Clock, Callable[[date, date], int]] = {"calendar": calendar_days, "working": working_days}


@dataclass(frozen=True, slots=True)
class Interval:
    """The days d with start < d <= end, so that intervals which meet share no day. No end: still running."""

    start: date
    end: date | None


@dataclass(frozen=True, slots=True)
class DayCounts:
    """Whole days of one stay; `waiting` names only those who were waited for on at least one day."""

    own: int
    waiting: dict[str, int]
    paused: int

    @property
    def observed(self) -> int:
        """The days the clock ran: all but the paused ones."""
        return self.own + sum(self.waiting.values())

    @property
    def elapsed(self) -> int:
        return self.observed + self.paused


def count(
    entered: date,
    left: date,
    pauses: Sequence[Interval],
    waitings: Sequence[tuple[str, Interval]],
    clock: Clock,
) -> DayCounts:
    """The days d with entered < d <= left, each counted once: paused, else waiting for somebody, else own.

    `left` is the day of the report where the stay is open. One waiting at a time: a new one ends the last; of
    two that start on the same day the later in the sequence holds.
    """
    if left < entered:
        raise ValueError(f"A stay entered on {entered} cannot have been left on {left}.")
    days = CLOCKS[clock]
    if not pauses and not waitings:
        return DayCounts(days(entered, left), {}, 0)
    paused_spans = _merged(_cut(pause, entered, left) for pause in pauses)
    paused = sum(days(start, end) for start, end in paused_spans)
    waiting: Counter[str] = Counter()
    for whom, start, end in _one_at_a_time(waitings, entered, left):
        in_pause = sum(days(max(start, from_), min(end, to)) for from_, to in paused_spans)
        waiting[whom] += days(start, end) - in_pause
    own = days(entered, left) - paused - waiting.total()
    return DayCounts(own, {whom: many for whom, many in waiting.items() if many}, paused)


def _cut(interval: Interval, entered: date, left: date) -> Span:
    return max(interval.start, entered), left if interval.end is None else min(interval.end, left)


def _merged(spans: Iterable[Span]) -> list[Span]:
    """The same days in spans that do not overlap; spans without days are left out."""
    merged: list[Span] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def _one_at_a_time(
    waitings: Sequence[tuple[str, Interval]], entered: date, left: date
) -> Iterable[tuple[str, date, date]]:
    in_order = sorted(waitings, key=lambda waiting: waiting[1].start)
    next_starts = [*(interval.start for _, interval in in_order), date.max][1:]
    for (whom, interval), next_start in zip(in_order, next_starts, strict=True):
        start, end = _cut(interval, entered, min(left, next_start))
        yield whom, start, end
