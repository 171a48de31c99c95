"""How many have left for each of several reasons by a day, when leaving for one rules out the others."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp, log, sqrt
from statistics import NormalDist
from typing import NamedTuple

Cause = int | str

CENSORED: Cause = 0
"""The cause of a visit whose end was not seen."""


class Share(NamedTuple):
    """Of one cause, up to and with one day: the proportion that left for it, and the variance of that."""

    events: int
    """On this day alone."""
    incidence: float
    variance: float


class IncidenceRow(NamedTuple):
    """One day on which somebody left for any cause."""

    day: int
    at_risk: int
    survival: float
    shares: dict[Cause, Share]
    """Of every cause seen so far."""


NOTHING = Share(0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Incidence:
    """Step functions that with `still_in` sum to 1; each is level from a row's day until the next."""

    rows: tuple[IncidenceRow, ...]
    causes: tuple[Cause, ...]
    last_day: int | None
    """The last day on which anybody was observed; None when nobody was."""

    def at(self, cause: Cause, day: int) -> float:
        """The proportion that has left for the cause by the end of the day; 0 for a cause nobody left for."""
        return self._share(cause, day).incidence

    def variance(self, cause: Cause, day: int) -> float:
        return self._share(cause, day).variance

    def still_in(self, day: int) -> float:
        """The proportion that has not left for any cause by the end of the day."""
        row = self._row(day)
        return row.survival if row else 1.0

    def limits(self, cause: Cause, day: int, level: float = 0.95) -> tuple[float, float] | None:
        """The log–log limits F ^ exp(± z · s / (F · log F)); None while nobody has, or once everybody has left so.

        Kalbfleisch and Prentice, 2nd ed. 2002, section 8.2, with the transformation of section 1.4.
        """
        if not 0 < level < 1:
            raise ValueError(f"A confidence level lies between 0 and 1, {level} does not.")
        share = self._share(cause, day)
        if not 0 < share.incidence < 1:
            return None
        reach = NormalDist().inv_cdf((1 + level) / 2) * sqrt(share.variance)
        power = exp(-reach / (share.incidence * log(share.incidence)))
        return share.incidence**power, share.incidence ** (1 / power)

    def _share(self, cause: Cause, day: int) -> Share:
        if cause == CENSORED:
            raise ValueError("Censored visits have left for no cause.")
        row = self._row(day)
        return row.shares.get(cause, NOTHING) if row else NOTHING

    def _row(self, day: int) -> IncidenceRow | None:
        place = bisect_right(self.rows, day, key=lambda row: row.day)
        return self.rows[place - 1] if place else None


def competing(days: Sequence[int], cause: Sequence[Cause]) -> Incidence:
    """The incidence of each cause among visits that lasted `days`; a cause of 0 is censored."""
    visits = Counter(zip(days, cause, strict=True))
    return competing_from_counts((day, why, many) for (day, why), many in visits.items())


def competing_from_counts(counts: Iterable[tuple[int, Cause, int]]) -> Incidence:
    """The same from visits that are already counted: (day, cause, how many), in any order.

    Aalen and Johansen 1978: on a day, F_k grows by S(before) · d_k / n, where S is the product-limit curve of
    leaving for any cause. Causes tied on a day need no order among them. Who is censored on a day is at risk in it.
    """
    gone = _tally(counts)
    at_risk = sum(by_cause.total() for by_cause in gone.values())
    survival, spread = 1.0, 0.0
    sums: dict[Cause, _Sums] = {}
    rows: list[IncidenceRow] = []
    for day in sorted(gone):
        leaving = {cause: many for cause, many in gone[day].items() if cause != CENSORED}
        if leaving:
            for cause in leaving:
                sums.setdefault(cause, _Sums())
            shares = {cause: each.add(leaving.get(cause, 0), at_risk, survival, spread) for cause, each in sums.items()}
            staying = at_risk - sum(leaving.values())
            spread += (at_risk - staying) / (at_risk * staying) if staying else 0.0
            survival *= staying / at_risk
            rows.append(IncidenceRow(day, at_risk, survival, shares))
        at_risk -= gone[day].total()
    return Incidence(tuple(rows), tuple(sorted(sums, key=str)), max(gone, default=None))


@dataclass(slots=True)
class _Sums:
    """What the incidence of one cause and its variance are made of, day by day.

    The variance is that of the delta method (Dinse and Larson 1986; Marubini and Valsecchi 1995, equation 10.12):
    Σ (F − F_i)² · d_i / (n_i · (n_i − d_i)) + Σ S_i² · d_ki · (n_i − d_ki) / n_i³ − 2 Σ (F − F_i) · S_i · d_ki / n_i²,
    S_i being the curve just before day i. Each sum grows with F by what F gained, so nothing is summed anew.
    """

    incidence: float = 0.0
    squares: float = 0.0
    distances: float = 0.0
    own: float = 0.0
    own_spread: float = 0.0
    crossed: float = 0.0

    def add(self, events: int, at_risk: int, survival: float, spread: float) -> Share:
        """One day; `survival` and `spread`, the sum of d_i / (n_i · (n_i − d_i)), are those before it."""
        gained = survival * events / at_risk
        self.squares += gained * (2 * self.distances + gained * spread)
        self.distances += gained * spread
        self.crossed += gained * self.own_spread
        self.incidence += gained
        self.own += gained * survival * (at_risk - events) / at_risk**2
        self.own_spread += gained / at_risk
        return Share(events, self.incidence, max(0.0, self.squares + self.own - 2 * self.crossed))


def _tally(counts: Iterable[tuple[int, Cause, int]]) -> dict[int, Counter[Cause]]:
    gone: defaultdict[int, Counter[Cause]] = defaultdict(Counter)
    for day, cause, many in counts:
        if day < 0 or many < 0:
            raise ValueError(f"{many} visits of {day} days cannot be.")
        if many:
            gone[day][cause] += many
    return gone
