"""Counts of stays that can be added to, taken from, kept as JSON, and read as of any day from the last event on.

A stay that was left is counted under its days. One that runs goes on by itself: every day adds one to its own days, to
those of waiting for somebody, or to its pause, until something happens. So it is counted under the day on which its
clock would have begun had it never stood still, and a sum of days is kept as (so many, so many more each day).
"""

from binascii import a2b_base64, b2a_base64
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from operator import add
from struct import calcsize, pack, unpack
from typing import Any

from se_engine.measures.days import Days
from se_engine.measures.stays import Tally

NOT_KNOWN = ""
"""A stay in which the case ended, for a reason that its row does not tell."""
OWN, PAUSED = "own", "paused"
PLAIN = 16
"""A column no longer than this is kept as it is, which anybody can read; a longer one packed, which is ten times as
quickly read."""
SMALL = 2**15
Column = list[int] | str
"""As it is kept in JSON."""
IsForward = Callable[[str, str], bool]


@dataclass
class Growing:
    """A sum of days: what it would have been on day 0, and how many more it is each day."""

    days: int = 0
    daily: int = 0

    def add(self, days: int, daily: int = 0) -> None:
        self.days += days
        self.daily += daily

    def on(self, day: int) -> int:
        return self.days + self.daily * day


def _growing() -> defaultdict[str, Growing]:
    return defaultdict(Growing)


@dataclass
class Kept:
    """The stays in one step."""

    days: Days = field(default_factory=Days)
    """Those that were left."""
    since: Counter[int] = field(default_factory=Counter)
    """Those that run, by the day on which their clock began."""
    stopped: Counter[int] = field(default_factory=Counter)
    """Those that are paused, by the days observed."""
    to: Counter[str] = field(default_factory=Counter)
    ended: Counter[str] = field(default_factory=Counter)
    own: Growing = field(default_factory=Growing)
    waiting: Growing = field(default_factory=Growing)
    paused: Growing = field(default_factory=Growing)
    waiting_by: defaultdict[str, Growing] = field(default_factory=_growing)

    def add_left(self, days: int, to: str | None, reason: str | None, many: int) -> None:
        """`many` that were left after so many days; `to` is None where the case ended."""
        self.days.add(days, to is not None, many)
        if to is None:
            self.ended[reason or NOT_KNOWN] += many
        else:
            self.to[to] += many

    def add_running(self, today: int, days: tuple[int, dict[str, int], int], grows: str) -> None:
        """One that runs: its own, waiting and paused days as of a day, and which of them every day adds to."""
        own, waiting, paused = days
        observed = own + sum(waiting.values())
        if grows == PAUSED:
            self.stopped[observed] += 1
        else:
            self.since[today - observed] += 1
        _grow(self.own, own, today, grows == OWN)
        _grow(self.paused, paused, today, grows == PAUSED)
        waited = {**dict.fromkeys([grows] if grows not in (OWN, PAUSED) else [], 0), **waiting}
        for whom, many in waited.items():
            for sums in (self.waiting, self.waiting_by[whom]):
                _grow(sums, many, today, whom == grows)

    def as_json(self) -> dict[str, Any]:
        newest = max((day for day, many in self.since.items() if many), default=0)
        oldest = min((day for day, many in self.since.items() if many), default=1)
        return {
            "left": packed(self.days.left),
            "stayed": packed(self.days.stayed),
            "newest": newest,
            "since": packed([self.since[day] for day in range(newest, oldest - 1, -1)]),
            "stopped": [[days, many] for days, many in self.stopped.items() if many],
            "to": _some(self.to),
            "ended": _some(self.ended),
            **{name: [sums.days, sums.daily] for name, sums in self._sums().items()},
            "waiting_by": {
                whom: [sums.days, sums.daily] for whom, sums in self.waiting_by.items() if sums.days or sums.daily
            },
        }

    def _sums(self) -> dict[str, Growing]:
        return {OWN: self.own, "waiting": self.waiting, PAUSED: self.paused}

    def add(self, told: dict[str, Any], sign: int = 1) -> None:
        """Add to the counts, or take away, what `as_json` told."""
        for went_on, column in ((True, told["left"]), (False, told["stayed"])):
            for day, many in enumerate(unpacked(column)):
                if many:
                    self.days.add(day, went_on, sign * many)
        for place, many in enumerate(unpacked(told["since"])):
            self.since[told["newest"] - place] += sign * many
        for days, many in told["stopped"]:
            self.stopped[days] += sign * many
        for name, counts in (("to", self.to), ("ended", self.ended)):
            for what, many in told[name].items():
                counts[what] += sign * many
        for name, sums in self._sums().items():
            sums.add(*(sign * many for many in told[name]))
        for whom, (days, daily) in told["waiting_by"].items():
            self.waiting_by[whom].add(sign * days, sign * daily)


def _grow(sums: Growing, days: int, today: int, grows: bool) -> None:
    sums.add(days - today if grows else days, int(grows))


def _some(counts: Counter[str]) -> dict[str, int]:
    return {what: many for what, many in counts.items() if many}


def packed(column: list[int]) -> Column:
    """How wide the numbers are in bytes, as `struct` names it, and the numbers in base 64."""
    if len(column) <= PLAIN:
        return column
    width = "h" if min(column) >= -SMALL and max(column) < SMALL else "q"
    return width + b2a_base64(pack(f"<{len(column)}{width}", *column), newline=False).decode()


def unpacked(column: Column) -> Sequence[int]:
    if isinstance(column, list):
        return column
    width, numbers = column[0], a2b_base64(column[1:])
    return unpack(f"<{len(numbers) // calcsize(f'<{width}')}{width}", numbers)


def read(told: dict[str, Any], tally: Tally, today: int, forward: Callable[[str], bool]) -> None:
    """Add what is kept to a tally, as it is on a day; column by column, for a nation has hundreds of them."""
    left, stayed, since = (unpacked(told[name]) for name in ("left", "stayed", "since"))
    if tally.days.left:
        _add_column(tally.days, "left", left, 0)
        _add_column(tally.days, "stayed", stayed, 0)
    else:
        tally.days = Days(left, stayed)
    if since:
        _add_column(tally.days, "stayed", since, today - told["newest"])
    for days, many in told["stopped"]:
        tally.days.add(days, False, many)
    tally.open += sum(since) + sum(many for _, many in told["stopped"])
    for to, many in told["to"].items():
        if forward(to):
            tally.forward += many
        else:
            tally.back += many
    tally.ended.update(told["ended"])
    tally.own += _on(told[OWN], today)
    tally.waiting += _on(told["waiting"], today)
    tally.paused += _on(told[PAUSED], today)
    for whom, sums in told["waiting_by"].items():
        tally.waiting_by[whom] += _on(sums, today)


def _on(sums: list[int], today: int) -> int:
    days, daily = sums
    return days + daily * today


def _add_column(days: Days, name: str, column: Sequence[int], at: int) -> None:
    days.reach(at + len(column))
    whole = getattr(days, name)
    whole[at : at + len(column)] = map(add, whole[at : at + len(column)], column)
