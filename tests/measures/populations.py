"""Stays in one step, and what a report counts of them at the end of a month, whichever way it divides them."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from hypothesis import strategies as st

TREE = {
    "visits": ("completed", "open"),
    "completed": ("forward", "back"),
    "open": ("running", "ended.moved", "ended.work"),
}
STANDING = frozenset({"open", "running"})
OUTCOMES = ("forward", "forward", "forward", "back", "ended.moved", "ended.work")
MONTHS = 4


class Stay(NamedTuple):
    """One stay: in which months it began and was left, if it was, for what; and of whom."""

    entered: int
    left: int | None
    outcome: str
    sex: str
    team: str

    @property
    def year(self) -> str:
        return "earlier" if self.entered < MONTHS // 2 else "later"


@st.composite
def stays(draw: st.DrawFn, most: int = 60) -> list[Stay]:
    """Few or many, evenly spread or nearly all alike."""
    teams = draw(st.sampled_from([("north",), ("north", "south"), ("north", "south", "west", "east")]))
    sexes = draw(st.sampled_from([("f", "m"), ("f", "f", "f", "m")]))
    random = draw(st.randoms(use_true_random=False))
    many = draw(st.integers(0, most))
    found = []
    for _ in range(many):
        entered = random.randrange(MONTHS)
        left = entered + random.randrange(MONTHS) if random.random() < 0.8 else None
        found.append(Stay(entered, left, random.choice(OUTCOMES), random.choice(sexes), random.choice(teams)))
    return found


def counted(of: Sequence[Stay], month: int, by: str) -> dict[tuple[str, str], int]:
    """Everybody ("") and each group of a grouping, those included whom a later month only will bring."""
    counts: Counter[tuple[str, str]] = Counter()
    groups = {"", *(f"{by} {getattr(stay, by)}" for stay in of)}
    for stay in of:
        if stay.entered > month:
            continue
        leaf = stay.outcome if stay.left is not None and stay.left <= month else "running"
        for group in ("", f"{by} {getattr(stay, by)}"):
            for part in (leaf, "completed" if leaf in TREE["completed"] else "open", "visits"):
                counts[group, part] += 1
    parts = {*TREE, *(part for parts in TREE.values() for part in parts)}
    return {(group, part): counts[group, part] for group in groups for part in parts}
