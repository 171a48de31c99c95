"""How many days stays lasted, counted: a column of those that went on to another step, and one of all others."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate
from operator import add, itemgetter

Counted = tuple[int, bool, int]
"""A day, whether it was left for another step then, and how many."""


def at_places(places: Iterable[int]) -> Callable[[Sequence[int]], tuple[int, ...]]:
    """What stands in these places of a column that is not empty, quicker than by going through all of it."""
    chosen = itemgetter(0, 0, *places)  # of one name it gives no tuple
    return lambda column: chosen(column)[2:]


class Days:
    """Two columns, as long as each other, with a place for each day from 0 on.

    Whole days are few, so counting into a place and going through a column are as quick as they can be.
    """

    __slots__ = ("_still", "left", "stayed")

    def __init__(self, left: Iterable[int] = (), stayed: Iterable[int] = ()) -> None:
        self.left, self.stayed = list(left), list(stayed)
        self._still: list[int] | None = None
        self.reach(max(len(self.left), len(self.stayed)))

    @classmethod
    def of(cls, counts: Iterable[Counted]) -> "Days":
        days = cls()
        for day, went_on, many in counts:
            days.add(day, went_on, many)
        return days

    def add(self, day: int, went_on: bool, many: int) -> None:
        if day < 0:
            raise ValueError(f"{many} visits of {day} days cannot be.")
        self.reach(day + 1)
        (self.left if went_on else self.stayed)[day] += many

    def reach(self, length: int) -> None:
        """Make room for so many days: whoever counts into a column says so first."""
        self._still = None
        if length > min(len(self.left), len(self.stayed)):
            for column in (self.left, self.stayed):
                column.extend([0] * (length - len(column)))

    def not_gone(self) -> list[int]:
        """How many have not gone before each day; who is counted under a day is still there on it."""
        if self._still is None:
            self._still = list(accumulate(map(add, reversed(self.left), reversed(self.stayed))))
            self._still.reverse()
        return self._still

    def total(self) -> int:
        return self._still[0] if self._still else sum(self.left) + sum(self.stayed)

    def __bool__(self) -> bool:
        return any(self.left) or any(self.stayed)

    def counts(self) -> Iterator[Counted]:
        """Each that is not nought; `product_limit_from_counts` and `log_rank_from_counts` take them."""
        for went_on, column in ((True, self.left), (False, self.stayed)):
            yield from ((day, went_on, many) for day, many in enumerate(column) if many)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Days) and sorted(self.counts()) == sorted(other.counts())

    __hash__ = None  # type: ignore[assignment] # it is counted into

    def __repr__(self) -> str:
        return f"Days.of({list(self.counts())})"
