"""What the guards may know of a case: one frozen snapshot."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class TaskStatus(StrEnum):
    OPEN = "open"
    DONE = "done"
    NOT_RELEVANT = "not_relevant"
    NEEDS_MORE = "needs_more"


@dataclass(frozen=True)
class TaskFact:
    """The newest word on a task: its status, the day, and whether the evidence is the participant's own."""

    status: TaskStatus
    happened_on: date
    own_words: bool = False


@dataclass(frozen=True)
class TrackStand:
    """The running track with an employer, and the step it stands in."""

    id: int
    step: str


@dataclass(frozen=True)
class EmployerFacts:
    """The tasks that belong to one employer, the conditions there, and what holds of the track with it."""

    tasks: Mapping[str, TaskFact] = field(default_factory=dict)
    conditions: frozenset[str] = frozenset()
    holds: frozenset[str] = frozenset()
    track: TrackStand | None = None


@dataclass(frozen=True)
class CaseFacts:
    """A case as the guards see it.

    `tasks` is keyed by the key that twins share; `employers` holds the same for tasks that belong to one
    employer, by the employer's name. `conditions` are the facts that make a task apply
    (`low_literacy` …); `holds` are the recorded facts that guards ask for (`paid_job` …).
    """

    step: str
    today: date
    opened_on: date
    entered_on: date
    tasks: Mapping[str, TaskFact] = field(default_factory=dict)
    employers: Mapping[str, EmployerFacts] = field(default_factory=dict)
    conditions: frozenset[str] = frozenset()
    holds: frozenset[str] = frozenset()
    granted: frozenset[str] = frozenset()
    """The moves that a supervisor has opened for this stay, whatever is missing."""
    cells_excused: frozenset[str] = frozenset()
    """The moves that may leave a dimension of this stay empty."""
    reason_given: bool = False
    employer_meeting_on: date | None = None
    employer_meeting_target: int | None = None
