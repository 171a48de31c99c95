"""What indicators are counted from: the records of some offices in a window of days, each table read once."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any, TypeVar

from sqlalchemy import Select
from sqlalchemy.orm import Session

T = TypeVar("T")


@dataclass(frozen=True)
class Window:
    """The days an indicator looks at, both included, in these offices; events after `to_on` do not exist."""

    offices: tuple[int, ...]
    from_on: date
    to_on: date

    def holds(self, day: date | None) -> bool:
        return day is not None and self.from_on <= day <= self.to_on


@dataclass
class Evidence:
    """The sources read so far. A source is a function of this evidence that reads one table, once."""

    session: Session
    window: Window
    _read: dict[Callable[["Evidence"], Any], Any] = field(default_factory=dict, repr=False)

    def read(self, source: Callable[["Evidence"], T]) -> T:
        """What the source gives, read the first time it is asked for."""
        if source not in self._read:
            self._read[source] = source(self)
        found: T = self._read[source]
        return found

    def rows(self, chosen: Select[*tuple[Any, ...]]) -> Sequence[Any]:
        """What a statement finds, in few columns and past the unit of work, which has written what it holds before."""
        self.session.flush()
        return self.session.connection().execute(chosen).all()


@dataclass(frozen=True)
class Measured:
    """One indicator in one window: the number, what it is made of, and the cases behind it."""

    value: Fraction | None
    """None where nothing was there to count. A share and a ratio are fractions of one."""
    n: int
    """How many it stands on: what the least n of a criterion is held against."""
    numerator: int | None = None
    denominator: int | None = None
    cases: tuple[int, ...] = ()
    """Every case that was counted, each once, in order."""
    lacking: tuple[int, ...] = ()
    """Those among them that keep it from being better: what a unit would look at first."""
    detail: dict[str, Any] = field(default_factory=dict)
    """What a criterion needs besides: groups, limits, a median beside a mean. Numbers and codes, never words."""


def share(counted: Iterable[tuple[int, bool]]) -> Measured:
    """The share that holds among things that each belong to a case: (case, whether it holds)."""
    told = list(counted)
    held = sum(holds for _, holds in told)
    return Measured(
        value=Fraction(held, len(told)) if told else None,
        n=len(told),
        numerator=held,
        denominator=len(told),
        cases=tuple(sorted({case for case, _ in told})),
        lacking=tuple(sorted({case for case, holds in told if not holds})),
    )
