"""Tasks: when one applies, what closes it, and what a step's dimensions still lack."""

from collections.abc import Iterable
from dataclasses import dataclass

from se_engine.rules.facts import CaseFacts, TaskFact, TaskStatus
from se_engine.rules.text import Text

CORE = "core"
DIMENSIONS = ("language", "participation", "culture")

CONDITIONS = frozenset(
    {
        "interpreter_need",
        "low_literacy",
        "language_need",
        "children",
        "unpaid",
        "subsidy",
        "employer_not_told",
        "team_told",
        "education_abroad",
        "education_goal",
        "under_18",
    }
)
"""The facts that can make a task or a requirement apply."""

RECORDED_ELSEWHERE = frozenset(
    {
        "consents",
        "interpreter_decision",
        "norwegian_levels",
        "employer_meeting",
        "disclosure_decision",
        "match_score",
        "agreement",
        "profile_approval",
        "plan_abc",
        "written_agreement",
        "buddy",
        "decision_date",
        "subsidy_decision",
        "first_rungs",
        "schedule_confirmed",
        "scores",
        "step_down_plan",
    }
)
"""Facts with records of their own: the tasks they close take no evidence typed beside them."""


@dataclass(frozen=True)
class Task:
    key: str
    step: str
    dimension: str
    title: Text
    evidence: Text
    participant_title: Text | None
    per: str
    repeats: str | None
    when: str | None
    same_as: str | None
    shared_key: str
    """The key under which twins keep their one state."""
    text: str
    about: str
    closed_by: str | None
    basis: tuple[str, ...]
    mark: str
    shared_fact: str | None = None
    """The fact that closes it, or the other half of its pair."""

    @property
    def per_employer(self) -> bool:
        return self.per == "employer"

    def applies(self, conditions: Iterable[str]) -> bool:
        return self.when is None or self.when in conditions


@dataclass(frozen=True)
class Requirement:
    """Any one of `tasks`, or the statement `guard`; it binds `when`, and not `unless`, a condition holds."""

    tasks: tuple[str, ...] = ()
    guard: str | None = None
    when: str | None = None
    unless: str | None = None
    max_age_days: int | None = None

    def binds(self, conditions: frozenset[str]) -> bool:
        return (self.when is None or self.when in conditions) and (self.unless is None or self.unless not in conditions)


def closes(task: Task, fact: TaskFact | None) -> bool:
    """Whether the newest word on a task meets a requirement for it.

    «Looked at, not needed now» is a full answer in the cultural dimension only: there the research is
    conditional.
    """
    if fact is None:
        return False
    looked_at = task.dimension == "culture" and fact.status is TaskStatus.NOT_RELEVANT
    return fact.status is TaskStatus.DONE or looked_at


ANSWERED = frozenset({TaskStatus.DONE, TaskStatus.NOT_RELEVANT})


def is_contact(task: Task, status: str) -> bool:
    """Whether the answer shows that she was met: a task put aside does not, nor one about the staff."""
    return status in (TaskStatus.DONE, TaskStatus.NEEDS_MORE) and task.about == "participant"


def facts_for(task: Task, facts: CaseFacts) -> Iterable[TaskFact]:
    """Every newest word on the task: one for the case, or one per employer."""
    shared = task.shared_key
    if shared in facts.tasks:
        yield facts.tasks[shared]
    for employer in facts.employers.values():
        if shared in employer.tasks:
            yield employer.tasks[shared]


def empty_cells(tasks: Iterable[Task], facts: CaseFacts) -> tuple[str, ...]:
    """The dimensions of a step in which tasks apply and none has been answered."""
    asked: set[str] = set()
    answered: set[str] = set()
    for task in tasks:
        if task.about == "staff" or task.dimension in answered or not task.applies(facts.conditions):
            continue
        asked.add(task.dimension)
        if any(fact.status in ANSWERED for fact in facts_for(task, facts)):
            answered.add(task.dimension)
    return tuple(dimension for dimension in DIMENSIONS if dimension in asked - answered)


def lacks_own_evidence(tasks: Iterable[Task], facts: CaseFacts) -> bool:
    """Whether no task of the step was answered in the participant's own words, score or choice."""
    of_step = list(tasks)
    return bool(of_step) and not any(fact.own_words for task in of_step for fact in facts_for(task, facts))
