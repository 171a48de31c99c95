"""Where people stand day by day when they may go on, go back and leave: occupation of the states."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

State = str | int
Interval = tuple[Hashable, int, int, State | None]
"""Subject, from day, to day, and the state entered on the last; None where the subject was not seen further."""

Moves = Counter[tuple[int, int]]
"""How many went from one place in the list of states to another."""


class Stay(NamedTuple):
    """Stays alike: in one state, at risk from the day after `from_day`, until `to_day`."""

    state: State
    from_day: int
    to_day: int
    entered: State | None
    """The state entered on `to_day`; None when censored."""
    many: int = 1


class OccupationRow(NamedTuple):
    """One day on which somebody changed state, with the proportion in each at its end."""

    day: int
    at_risk: tuple[int, ...]
    shares: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Occupation:
    """Step functions that sum to 1; each is level from a row's day until the next."""

    states: tuple[State, ...]
    rows: tuple[OccupationRow, ...]
    last_day: int | None
    """The last day on which anybody was observed; None when nobody was."""

    def at(self, day: int) -> tuple[float, ...]:
        """The proportion in each state by the end of the day, in the order of `states`."""
        place = bisect_right(self.rows, day, key=lambda row: row.day)
        return self.rows[place - 1].shares if place else _all_in_the_first(self.states)


def multi_state(intervals: Iterable[Interval], states: Sequence[State]) -> Occupation:
    """Occupation from each subject's intervals in a row: all begin in `states[0]`, and go on where the last one led.

    At risk from the day after `from_day`, so who is observed from the start has −1 if something may happen on
    day 0. What happens to a subject within one day is one change: from where it stood the day before to where it
    stood in the end. A first interval that begins late is delayed entry, and so is a gap before a later one.
    """
    if not states:
        raise ValueError("There must be a state to begin in.")
    by_subject: defaultdict[Hashable, list[Interval]] = defaultdict(list)
    for interval in intervals:
        by_subject[interval[0]].append(interval)
    stays = Counter(stay for own in by_subject.values() for stay in _stays(own, states[0]))
    return multi_state_from_counts((stay._replace(many=many) for stay, many in stays.items()), states)


def multi_state_from_counts(stays: Iterable[Stay], states: Sequence[State]) -> Occupation:
    """The same from stays that are already counted, in any order; none that ends on the day it began counts.

    Aalen and Johansen 1978: the row of proportions is multiplied by I + dA on each day, where dA holds for i ≠ j
    the changes from i to j divided by those at risk in i, and on the diagonal what makes its rows sum to 0. That
    is Markov: how somebody fares depends on the state and the day, not on how they came there.
    """
    places = {state: place for place, state in enumerate(states)}
    if len(places) < len(states):
        raise ValueError("A state is named twice.")
    tally = _tally(stays, places)
    joining = sorted(tally.joins, reverse=True)
    at_risk, shares = [0] * len(states), list(_all_in_the_first(states))
    rows: list[OccupationRow] = []
    for day in sorted(tally.gone):
        while joining and joining[-1] < day:
            for place, many in tally.joins[joining.pop()].items():
                at_risk[place] += many
        if day in tally.changes:
            shares = _after(shares, tally.changes[day], at_risk)
            rows.append(OccupationRow(day, tuple(at_risk), tuple(shares)))
        for place, many in tally.gone[day].items():
            at_risk[place] -= many
    return Occupation(tuple(states), tuple(rows), max(tally.gone, default=None))


def _after(shares: list[float], moves: Moves, at_risk: list[int]) -> list[float]:
    left: Counter[int] = Counter()
    for (here, _), many in moves.items():
        left[here] += many
    # Staying is multiplied, not subtracted, so that a state everybody leaves holds exactly nobody.
    after = list(shares)
    for here, many in left.items():
        after[here] *= (at_risk[here] - many) / at_risk[here]
    for (here, there), many in moves.items():
        after[there] += shares[here] * many / at_risk[here]
    return after


def _all_in_the_first(states: Sequence[State]) -> tuple[float, ...]:
    return (1.0, *(0.0 for _ in states[1:]))


def _stays(intervals: list[Interval], first: State) -> list[Stay]:
    """One subject's stays: what happens within one day is made one change, and nobody is at risk for no days."""
    own = sorted(intervals, key=lambda interval: interval[1:3])
    for (_, _, until, entered), (subject, since, _, _) in pairwise(own):
        if entered is None or since < until:
            raise ValueError(f"The intervals of {subject!r} do not follow each other.")
    state, held = first, list[Stay]()
    for subject, since, until, entered in own:
        if until < since:
            raise ValueError(f"An interval of {subject!r} ends on day {until}, before it begins on day {since}.")
        if since < until:
            held.append(Stay(state, since, until, entered))
        elif held and held[-1].to_day == until and entered is not None:
            held[-1] = held[-1]._replace(entered=entered)
        state = state if entered is None else entered
    return held


@dataclass(slots=True)
class _Tally:
    """By day and place in the list of states: who joins, who goes, and who changes from where to where."""

    joins: defaultdict[int, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    gone: defaultdict[int, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    changes: defaultdict[int, Moves] = field(default_factory=lambda: defaultdict(Counter))


def _tally(stays: Iterable[Stay], places: dict[State, int]) -> _Tally:
    tally = _Tally()
    for state, since, until, entered, many in stays:
        if until < since or many < 0:
            raise ValueError(f"{many} stays from day {since} to day {until} cannot be.")
        if state not in places or (entered is not None and entered not in places):
            raise ValueError(f"{state!r} or {entered!r} is not among the states.")
        if since == until or not many:
            continue
        tally.joins[since][places[state]] += many
        tally.gone[until][places[state]] += many
        if entered is not None and entered != state:
            tally.changes[until][places[state], places[entered]] += many
    return tally
