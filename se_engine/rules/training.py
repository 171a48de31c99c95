"""The workplace training plan: the steps of its ladder, how a task is taught, and when she masters it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

STEPS = (1, 2, 3, 4, 5)
"""Safe basic tasks, repeated tasks alone, with colleagues, with outsiders, with responsibility."""
METHODS = ("show", "together", "alone", "explain")
SAYERS = ("participant", "buddy", "specialist")
WITNESSES = frozenset({"buddy", "specialist"})
STATUSES = ("planned", "training", "mastered")
MOST_WORDS = 20
"""Words to learn for one task: more than that is a course, and nobody takes it along to the workplace."""
LONGEST_WORD = 200
LONGEST_TASK = 300


@dataclass(frozen=True)
class Said:
    """Somebody's word on whether she masters a task; `id` settles the order within a day."""

    says: str
    mastered: bool
    happened_on: date
    id: int = 0


def newest_of_each(said: Iterable[Said]) -> dict[str, Said]:
    """The word of each that counts: the newest, and of one day the one recorded last."""
    return {one.says: one for one in sorted(said, key=_order)}


def mastered_on(said: Iterable[Said]) -> date | None:
    """Since when she masters the task, if she does.

    She says so herself, somebody at the workplace who has seen it says so – the buddy or the job specialist – and
    nobody's newest word is «not yet». Her own word alone is not enough, and nobody can say it without her.
    """
    since: date | None = None
    newest: dict[str, bool] = {}
    for one in sorted(said, key=_order):
        newest[one.says] = one.mastered
        since = (since or one.happened_on) if _is_mastered(newest) else None
    return since


def _is_mastered(newest: dict[str, bool]) -> bool:
    return newest.get("participant", False) and bool(newest.keys() & WITNESSES) and all(newest.values())


def _order(one: Said) -> tuple[date, int]:
    return one.happened_on, one.id


def status_of(starts_on: date | None, said: Iterable[Said], on: date) -> str:
    """One of STATUSES: it is still to come until its day, or until somebody has said something of it."""
    every = list(said)
    if mastered_on(every) is not None:
        return "mastered"
    begun = bool(every) or (starts_on is not None and starts_on <= on)
    return "training" if begun else "planned"
