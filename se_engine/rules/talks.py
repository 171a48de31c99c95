"""Which cases a supervisor and a specialist begin their talk with: three to celebrate, three to discuss.

Chosen by rules that stand on the sheet. Nothing here counts people, and nobody is compared with anybody.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

LOOKS_BACK = timedelta(weeks=4)
"""What has gone well is looked for in so many days."""
CELEBRATED = (
    "ended_in_work", "job_started", "job_kept", "goal_reached", "career_step", "test_passed", "moved_forward",
)  # fmt: skip
"""The best first: of a case only the first of these is told."""
SIGNALS = ("no_contact", "follow_up_missed", "check_passed", "over_guide", "information_missing")
"""What makes a case one to discuss."""
OF_EACH = 3


@dataclass(frozen=True)
class Good:
    """Something that went well in a case on a day."""

    case_id: int
    what: str
    on: date


@dataclass(frozen=True)
class Signal:
    """Something that stands still in a case, and since when."""

    case_id: int
    what: str
    since: date


def to_celebrate(found: Iterable[Good], most: int = OF_EACH) -> list[Good]:
    """By what happened, in the order of CELEBRATED; of the same the newest; each case once."""
    ranked = sorted(found, key=lambda one: (CELEBRATED.index(one.what), -one.on.toordinal(), one.case_id))
    best: dict[int, Good] = {}
    for one in ranked:
        best.setdefault(one.case_id, one)
    return list(best.values())[:most]


def to_discuss(found: Iterable[Signal], most: int = OF_EACH) -> list[tuple[int, tuple[Signal, ...]]]:
    """The cases in which most stands still; of equals the one that has for longest."""
    by_case: dict[int, list[Signal]] = {}
    for one in found:
        by_case.setdefault(one.case_id, []).append(one)
    ranked = sorted(by_case.items(), key=lambda case: (-len(case[1]), _longest(case[1]), case[0]))
    return [(case_id, tuple(sorted(signals, key=_place))) for case_id, signals in ranked[:most]]


def _longest(signals: Sequence[Signal]) -> date:
    return min(one.since for one in signals)


def _place(signal: Signal) -> int:
    return SIGNALS.index(signal.what)
