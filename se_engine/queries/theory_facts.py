"""What the measures of a programme theory are made of: the cases of an office, loaded once."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Select
from sqlalchemy.orm import Session

from se_engine.measures.effort import Changes
from se_engine.measures.theory import NO, WINDOW, YES
from se_engine.queries.effort_rows import Chosen, Followed, Spent, followed, spent


class Unit(NamedTuple):
    """One that a measure counts, of one case."""

    case_id: int
    changes: Changes
    minutes: float = 0.0


@dataclass
class Facts:
    """What the measures are made of, loaded once and only what is asked for."""

    session: Session
    chosen: Chosen

    def __post_init__(self) -> None:
        self._cases: dict[int, list[Followed]] = {}
        self._served: dict[int, list[tuple[int, Changes, Changes]]] = {}
        self._spent: list[Spent] | None = None

    def cases(self, window: int = 0) -> list[Followed]:
        if window not in self._cases:
            self._cases[window] = followed(self.session, self.chosen, window)
        return self._cases[window]

    def served(self, window: int) -> list[tuple[int, Changes, Changes]]:
        """The cases whose effort counts, with what is said of one that had any and of one that had none."""
        if window not in self._served:
            days = ((one.case_id, one.course.from_day(window)) for one in self.cases(window))
            self._served[window] = [(case_id, ((day, YES),), ((day, NO),)) for case_id, day in days]
        return self._served[window]

    def spent(self) -> list[Spent]:
        if self._spent is None:
            self._spent = spent(self.session, self.chosen, WINDOW)
        return self._spent

    def rows(self, chosen: Select[*tuple[Any, ...]]) -> dict[int, list[Any]]:
        """Rows of the cases, by the case's number in the first column."""
        found: dict[int, list[Any]] = defaultdict(list)
        for row in self.session.execute(chosen.where(self.chosen.cases())):
            found[row[0]].append(row)
        return found
