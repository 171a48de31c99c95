"""Guards: named statements that must be true for a move, each with its reason when it is not."""

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from typing import NamedTuple

from se_engine.rules.errors import Reason
from se_engine.rules.facts import CaseFacts, EmployerFacts
from se_engine.rules.tasks import Requirement, Task, closes

SPECIALIST = ("job_specialist",)
EITHER = ("job_specialist", "supervisor")
SUPERVISOR = ("supervisor",)


def _holds(fact: str, who: tuple[str, ...], where: str) -> Callable[[CaseFacts], Reason | None]:
    def guard(facts: CaseFacts) -> Reason | None:
        return None if fact in facts.holds else Reason(fact, who=who, where=where)

    return guard


def _late_with_a_reason(facts: CaseFacts) -> Reason | None:
    """The first employer meeting within the target, or somebody says why not: late is allowed, silence is not."""
    target = facts.employer_meeting_target
    if target is None or facts.reason_given:
        return None
    deadline = facts.opened_on + timedelta(days=target)
    if (facts.employer_meeting_on or facts.today) <= deadline:
        return None
    return Reason("late_with_a_reason", {"days": target}, who=SPECIALIST, where="move")


GUARDS: Mapping[str, Callable[[CaseFacts], Reason | None]] = {
    "scheme_allows": _holds("scheme_allows", SUPERVISOR, "record"),
    "guardian_if_minor": _holds("guardian_if_minor", SPECIALIST, "record"),
    "job_registered": _holds("job_registered", SPECIALIST, "jobs"),
    "paid_job": _holds("paid_job", SPECIALIST, "jobs"),
    "closing_talk": _holds("closing_talk", SPECIALIST, "closing"),
    "last_answer": _holds("last_answer", SPECIALIST, "closing"),
    "whom_to_call": _holds("whom_to_call", SPECIALIST, "closing"),
    "own_decision": _holds("own_decision", SPECIALIST, "closing"),
    "late_with_a_reason": _late_with_a_reason,
}

TRACK_GUARDS: Mapping[str, Callable[[CaseFacts], Reason | None]] = {
    "disclosure_decided": _holds("disclosure_decided", SPECIALIST, "told"),
    "match_scored": _holds("match_scored", SPECIALIST, "match"),
    "job_here": _holds("job_here", SPECIALIST, "jobs"),
}
"""The statements of a definition about employer tracks."""

AUDITOR, UNIT = ("auditor",), ("supervisor",)

AUDIT_GUARDS: Mapping[str, Callable[[CaseFacts], Reason | None]] = {
    "charter_complete": _holds("charter_complete", AUDITOR, "charter"),
    "auditors_named": _holds("auditors_named", AUDITOR, "team"),
    "contact_named": _holds("contact_named", AUDITOR, "team"),
    "self_assessment_locked": _holds("self_assessment_locked", UNIT, "self"),
    "evidence_computed": _holds("evidence_computed", AUDITOR, "evidence"),
    "sample_drawn": _holds("sample_drawn", AUDITOR, "sample"),
    "visit_planned": _holds("visit_planned", AUDITOR, "visit"),
    "missing_settled": _holds("missing_settled", AUDITOR, "visit"),
    "oral_feedback_given": _holds("oral_feedback_given", AUDITOR, "visit"),
    "ratings_locked": _holds("ratings_locked", AUDITOR, "ratings"),
    "consensus_reached": _holds("consensus_reached", AUDITOR, "consensus"),
    "draft_made": _holds("draft_made", AUDITOR, "report"),
    "factual_check_over": _holds("factual_check_over", UNIT, "comments"),
    "comments_answered": _holds("comments_answered", AUDITOR, "comments"),
    "report_signed": _holds("report_signed", AUDITOR, "report"),
    "action_plan_made": _holds("action_plan_made", UNIT, "plan"),
    "actions_settled": _holds("actions_settled", UNIT, "plan"),
}
"""The statements of the definition of an audit, and the page of the audit where each is mended."""

EMPLOYER_GUARDS = {"both_said_yes": "employers"}
"""Statements of a case's definition that are true with one employer, and where each is mended."""

GUARDS_ABOUT = {
    "case": GUARDS.keys() | EMPLOYER_GUARDS.keys(),
    "track": TRACK_GUARDS.keys(),
    "audit": AUDIT_GUARDS.keys(),
}
"""What a definition may ask for, by what it is about."""

OF_NO_EMPLOYER = {**GUARDS, **TRACK_GUARDS, **AUDIT_GUARDS}

EVERY_DIMENSION = "every_dimension_looked_at"
"""The guard that asks about the step's three cells; it gives one reason per empty cell."""


def unmet(
    tasks: Mapping[str, Task], requirements: Iterable[Requirement], facts: CaseFacts, *, cells: Iterable[str]
) -> list[Reason]:
    """Every reason why the requirements are not met; with several employers, those of the nearest one."""
    of_case: list[Requirement] = []
    per_employer: list[Requirement] = []
    for requirement in requirements:
        (per_employer if _belongs_to_employer(tasks, requirement) else of_case).append(requirement)
    nearest = _of_nearest_employer(tasks, per_employer, facts) if per_employer else _Nearest([], frozenset())
    conditions = facts.conditions | nearest.conditions
    known = EmployerFacts(facts.tasks)
    reasons = [reason for r in of_case if r.binds(conditions) for reason in _of_case(tasks, r, facts, known, cells)]
    return reasons + nearest.reasons


def _belongs_to_employer(tasks: Mapping[str, Task], requirement: Requirement) -> bool:
    if requirement.guard:
        return requirement.guard in EMPLOYER_GUARDS
    return tasks[requirement.tasks[0]].per_employer


def _of_case(
    tasks: Mapping[str, Task], requirement: Requirement, facts: CaseFacts, known: EmployerFacts, cells: Iterable[str]
) -> list[Reason]:
    if requirement.guard == EVERY_DIMENSION:
        return [Reason("cell_empty", {"dimension": cell}, who=EITHER, where="tasks") for cell in cells]
    if requirement.guard:
        reason = OF_NO_EMPLOYER[requirement.guard](facts)
        return [reason] if reason else []
    return _open_tasks(tasks, requirement, facts, known)


class _Nearest(NamedTuple):
    reasons: list[Reason]
    conditions: frozenset[str]


def _of_nearest_employer(tasks: Mapping[str, Task], requirements: list[Requirement], facts: CaseFacts) -> _Nearest:
    """With several employers, what is missing with the one that is nearest to having everything."""
    each = [
        _Nearest([reason for r in requirements for reason in _with_employer(tasks, r, facts, known)], known.conditions)
        for known in (list(facts.employers.values()) or [EmployerFacts()])
    ]
    return min(each, key=lambda nearest: len(nearest.reasons))


def _with_employer(
    tasks: Mapping[str, Task], requirement: Requirement, facts: CaseFacts, known: EmployerFacts
) -> list[Reason]:
    guard = requirement.guard
    if guard is None:
        return _open_tasks(tasks, requirement, facts, known)
    if guard in known.holds or not requirement.binds(facts.conditions | known.conditions):
        return []
    return [Reason(guard, who=SPECIALIST, where=EMPLOYER_GUARDS[guard])]


def _open_tasks(
    tasks: Mapping[str, Task], requirement: Requirement, facts: CaseFacts, known: EmployerFacts
) -> list[Reason]:
    conditions = facts.conditions | known.conditions
    wanted = [tasks[key] for key in requirement.tasks if tasks[key].applies(conditions)]
    if not wanted or not requirement.binds(conditions):
        return []
    if any(_answered(task, requirement, facts, known) for task in wanted):
        return []
    first, place = wanted[0], f"task:{wanted[0].key}"
    if first.closed_by:
        place = f"fact:{first.closed_by}:{first.key}"
    if len(wanted) > 1:
        keys = ", ".join(task.key for task in wanted)
        values: dict[str, str | int] = {"keys": keys, "dimension": first.dimension}
        return [Reason("one_task_open", values, task=first.key, who=SPECIALIST, where=place)]
    known_fact = known.tasks.get(first.shared_key)
    if known_fact and closes(first, known_fact):
        values = {"task": first.key, "days": requirement.max_age_days or 0}
        return [Reason("task_too_old", values, task=first.key, who=SPECIALIST, where=place)]
    return [Reason("task_open", {"task": first.key}, task=first.key, who=SPECIALIST, where=place)]


def _answered(task: Task, requirement: Requirement, facts: CaseFacts, known: EmployerFacts) -> bool:
    fact = known.tasks.get(task.shared_key)
    if not closes(task, fact) or fact is None:
        return False
    age = (facts.today - fact.happened_on).days
    return requirement.max_age_days is None or age <= requirement.max_age_days
