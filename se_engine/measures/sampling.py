"""A sample of cases that nobody chose, and that anybody can draw again."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

Reference = str | int
Stratum = str | int | tuple[str | int | None, ...]
Frame = Mapping[Reference, Stratum] | Iterable[tuple[Reference, Stratum]]
"""Each case with its stratum, such as (step, outcome, specialist)."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """One stratum: what was drawn, and who comes next should one of these have to be replaced."""

    stratum: Stratum
    cases: tuple[Reference, ...]
    reserve: tuple[Reference, ...]

    @property
    def size(self) -> int:
        """In the frame."""
        return len(self.cases) + len(self.reserve)


@dataclass(frozen=True, slots=True)
class Sample:
    """What has to be kept so that the draw can be repeated and defended."""

    seed: int | str
    frame_hash: str
    strata: tuple[Drawn, ...]
    """Of the whole frame, in a fixed order; without cases where there were fewer places than strata."""

    @property
    def cases(self) -> tuple[Reference, ...]:
        return tuple(case for drawn in self.strata for case in drawn.cases)


def stratified_sample(frame: Frame, size: int, seed: int | str) -> Sample:
    """`size` cases, each stratum in proportion to its size and with at least one, in an order the seed decides.

    A stratum whose share is less than one case gets one; the rest is shared anew among the others, by largest
    remainder (Hare's quota). With fewer places than strata the largest strata get one each, the others none.

    Cases, and strata between which nothing else decides, are ordered by the SHA-256 of the seed and their name.
    Unlike a generator of random numbers that is the same on every machine and in every version, and a case that
    joins or leaves the frame does not shuffle the others. Nobody may know the seed before the frame is settled.
    """
    listed = _listed(frame)
    if not 0 <= size <= len(listed):
        raise ValueError(f"{size} cases cannot be drawn from {len(listed)}.")
    strata: defaultdict[Stratum, list[Reference]] = defaultdict(list)
    for case, stratum in listed.items():
        strata[stratum].append(case)
    places = _allocated({stratum: len(cases) for stratum, cases in strata.items()}, size, seed)
    return Sample(
        seed=seed,
        frame_hash=frame_hash(listed),
        strata=tuple(
            _drawn(stratum, strata[stratum], places.get(stratum, 0), seed) for stratum in sorted(strata, key=_written)
        ),
    )


def frame_hash(frame: Frame) -> str:
    """The SHA-256 of all cases with their strata, in whatever order they are listed."""
    lines = sorted(_written([case, stratum]) for case, stratum in _listed(frame).items())
    return sha256("\n".join(lines).encode()).hexdigest()


def _drawn(stratum: Stratum, cases: list[Reference], places: int, seed: int | str) -> Drawn:
    order = sorted(cases, key=lambda case: _lot(seed, case))
    return Drawn(stratum, tuple(order[:places]), tuple(order[places:]))


def _allocated(sizes: dict[Stratum, int], size: int, seed: int | str) -> dict[Stratum, int]:
    """How many of each stratum; strata that get none are left out."""
    if size < len(sizes):
        return dict.fromkeys(sorted(sizes, key=lambda stratum: (-sizes[stratum], _lot(seed, stratum)))[:size], 1)
    rest, places = dict(sizes), dict[Stratum, int]()
    while small := [stratum for stratum in rest if rest[stratum] * (size - len(places)) < sum(rest.values())]:
        places |= dict.fromkeys(small, 1)
        rest = {stratum: many for stratum, many in rest.items() if stratum not in places}
    return places | _by_largest_remainder(rest, size - len(places), seed)


def _by_largest_remainder(sizes: dict[Stratum, int], size: int, seed: int | str) -> dict[Stratum, int]:
    everybody = sum(sizes.values())
    whole = {stratum: many * size // everybody for stratum, many in sizes.items()}
    order = sorted(sizes, key=lambda stratum: (-(sizes[stratum] * size % everybody), _lot(seed, stratum)))
    for stratum in order[: size - sum(whole.values())]:
        whole[stratum] += 1
    return whole


def _listed(frame: Frame) -> dict[Reference, Stratum]:
    pairs = list(frame.items() if isinstance(frame, Mapping) else frame)
    listed = dict(pairs)
    if len(listed) < len(pairs):
        raise ValueError("A case stands in the frame twice.")
    return listed


def _lot(seed: int | str, name: Reference | Stratum) -> str:
    return sha256(_written([seed, name]).encode()).hexdigest()


def _written(name: object) -> str:
    """JSON, in which 1 and "1" differ, and names with any sign in them are kept apart."""
    return json.dumps(name, separators=(",", ":"))
