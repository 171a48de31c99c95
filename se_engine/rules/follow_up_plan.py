"""The plan of checks after a job has begun, as data: what a version of workflows/follow_up says."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from se_engine.rules.text import Text

WEEK = 7
FORMS = ("in_person", "in_person_or_phone", "phone", "call_or_message")
SIDES = ("participant", "employer")
DIMENSIONS = ("language", "participation", "culture")


@dataclass(frozen=True)
class PlanCheck:
    """One planned contact; `day` counts from the first paid day."""

    key: str
    day: int
    form: str
    with_her: int
    """Minutes."""
    with_employer: int = 0
    on_demand: bool = False
    """With the employer when one of them asks for it."""
    three_way: bool = False
    light: bool = False
    """She may leave it out."""
    full: bool = False
    """With scores and topics."""
    survey: bool = False
    questions: bool = False
    """One question for each dimension."""
    talks: tuple[str, ...] = ()

    @property
    def week(self) -> int | None:
        """Empty for the checks around the first day."""
        return self.day // WEEK if self.day >= WEEK else None

    @property
    def asks(self) -> bool:
        """Whether it asks if she is in the job; before the first day nobody is."""
        return self.day >= 0


@dataclass(frozen=True)
class PlanEvent:
    """A change at work that asks for one more check: days from the change, negative before it."""

    key: str
    title: Text
    opens: int
    due: int


@dataclass(frozen=True)
class Item:
    """A topic, a score, a talk or a question."""

    key: str
    title: Text


@dataclass(frozen=True)
class PlanAbsencePoint:
    """What the law asks of the workplace so many weeks into sickness."""

    key: str
    title: Text
    week: int


@dataclass(frozen=True)
class FollowUpPlan:
    version: int
    title: Text
    red_after: int
    opens_before: int
    confirm_within: int
    checks: tuple[PlanCheck, ...]
    """In the order of their days."""
    talks: Mapping[str, Text]
    events: tuple[PlanEvent, ...]
    topics: Mapping[str, tuple[Item, ...]]
    """By side."""
    questions: tuple[Item, ...]
    scores: tuple[Item, ...]
    survey: tuple[str, ...]
    """Keys of the words in workflows/languages."""
    survey_open: str
    absence_points: tuple[PlanAbsencePoint, ...]

    @cached_property
    def by_key(self) -> Mapping[str, PlanCheck]:
        return {check.key: check for check in self.checks}

    @cached_property
    def event_by_key(self) -> Mapping[str, PlanEvent]:
        return {event.key: event for event in self.events}

    @property
    def light(self) -> tuple[PlanCheck, ...]:
        return tuple(check for check in self.checks if check.light)

    @property
    def survey_weeks(self) -> tuple[int, ...]:
        return tuple(check.day // WEEK for check in self.checks if check.survey)

    def check_of_week(self, week: int) -> PlanCheck | None:
        return next((check for check in self.checks if check.day == week * WEEK), None)
