"""Jobs: the vocabularies, and what was agreed on any day – from the start, through every change, to the end."""

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Protocol

CONTRACTS = ("permanent", "temporary", "on_call", "apprentice", "work_training", "job_taster", "freelance")
PLACEMENTS = frozenset({"work_training", "job_taster"})
"""Contracts of a placement: never ordinary work, paid or not."""
WITHOUT_EMPLOYER = frozenset({"freelance"})

CHANGES = {
    "hours": "number", "position": "number", "contract": "code", "occupation": "code",
    "planned_until": "day", "probation_until": "day", "decision_on": "day", "pay_planned_on": "day",
    "pay": "words", "leader": "words", "shifts": "words", "tasks": "words", "written": "seen",
}  # fmt: skip
"""What may change → the column that says how: a number, a code, a day, words; `written` is a contract that was seen."""
TERMS = {
    "hours": "hours", "position": "position", "contract": "contract", "occupation": "occupation_code",
    "planned_until": "planned_until", "probation_until": "probation_until", "decision_on": "decision_on",
    "pay_planned_on": "pay_planned_on", "written": "written_on",
}  # fmt: skip
"""The changes that are terms, with the name of the term; the others are told in words alone."""

END_CAUSES = (
    "work_over", "term_over", "new_job", "education", "tasks", "language", "hours", "pay", "cooperation",
    "attendance", "travel", "care_at_home", "moved", "closed_down", "other", "unknown",
)  # fmt: skip
"""Why a job ended, about the work and what is around it. Sickness is a way to end, and no more is said of it."""
PARTS = (
    "support_plan", "her_words", "employer_words", "worked_her", "worked_employer", "failed_her", "failed_employer",
    "next", "plan_b",
)  # fmt: skip
OF_THE_WORKPLACE = frozenset({"employer_words", "worked_employer", "failed_employer"})
AT_THE_END = PARTS[1:]

SUBSIDIES = (
    "wage_subsidy", "wage_subsidy_lasting", "wage_subsidy_trial", "mentor", "inclusion", "summer_job", "other",
)  # fmt: skip
DECISIONS = ("granted", "declined", "withdrawn")
ABSENCES = ("sickness", "leave")
SEARCH_ANSWERS = ("yes", "later", "no")

LONGEST_WEEK = 60
FULL_TIME = 32
"""Hours a week from which two jobs at once are asked about; official statistics begin full time here too."""
NOT_WRITTEN_YET = sys.maxsize
"""A change that is only proposed stands after those of its day."""
RETURN_CONTACT_DAYS = 3
NEW_SEARCH_DAYS = 14
PAY_PLAN_DAYS = 56


class Agreed(Protocol):
    """A job as it began, as far as its terms go."""

    @property
    def started_on(self) -> date: ...
    @property
    def ended_on(self) -> date | None: ...
    @property
    def hours_per_week(self) -> float | None: ...
    @property
    def contract(self) -> str | None: ...
    @property
    def occupation_code(self) -> str | None: ...
    @property
    def planned_until(self) -> date | None: ...
    @property
    def probation_until(self) -> date | None: ...
    @property
    def decision_on(self) -> date | None: ...
    @property
    def pay_planned_on(self) -> date | None: ...


class Change(Protocol):
    """One change; `voids_id` names the change that it takes back."""

    @property
    def id(self) -> int: ...
    @property
    def what(self) -> str: ...
    @property
    def happened_on(self) -> date: ...
    @property
    def number(self) -> float | None: ...
    @property
    def code(self) -> str | None: ...
    @property
    def day(self) -> date | None: ...
    @property
    def voids_id(self) -> int | None: ...


@dataclass(frozen=True)
class Terms:
    """What holds on one day."""

    hours: float | None = None
    position: float | None = None
    contract: str | None = None
    occupation_code: str | None = None
    planned_until: date | None = None
    probation_until: date | None = None
    decision_on: date | None = None
    pay_planned_on: date | None = None
    written_on: date | None = None


@dataclass(frozen=True)
class Stretch:
    """Days with the same terms; `until_on` is the last of them, None while it runs."""

    from_on: date
    until_on: date | None
    terms: Terms


def standing(changes: Iterable[Change]) -> list[Any]:
    """The changes that were not taken back, in the order in which they came about: late entries in their place."""
    every = list(changes)
    voided = {one.voids_id for one in every if one.voids_id is not None}
    live = [one for one in every if one.voids_id is None and one.id not in voided]
    return sorted(live, key=lambda one: (one.happened_on, one.id or NOT_WRITTEN_YET))


def terms_on(job: Agreed, changes: Iterable[Change], day: date) -> Terms:
    """The terms of a job on a day; before the first day they are those it was agreed with."""
    terms = _at_start(job)
    for change in standing(changes):
        if change.happened_on <= day:
            terms = _after(terms, change)
    return terms


def _at_start(job: Agreed) -> Terms:
    return Terms(
        job.hours_per_week, None, job.contract, job.occupation_code, job.planned_until, job.probation_until,
        job.decision_on, job.pay_planned_on,
    )  # fmt: skip


def _after(terms: Terms, change: Change) -> Terms:
    name = TERMS.get(change.what)
    if name is None:
        return terms
    values: dict[str, Any] = {"number": change.number, "code": change.code, "day": change.day}
    value: Any = change.happened_on if change.what == "written" else values[CHANGES[change.what]]
    terms = replace(terms, **{name: value})
    # A job for good has no last day and nothing left to decide.
    lasting = change.what == "contract" and change.code == "permanent"
    return replace(terms, planned_until=None, decision_on=None) if lasting else terms


def stretches(job: Agreed, changes: Iterable[Change]) -> list[Stretch]:
    """The whole job, cut where a term changed; the days of a job that has ended stop with its last one."""
    live = standing(changes)
    days = sorted({job.started_on, *(one.happened_on for one in live if one.happened_on > job.started_on)})
    days = [day for day in days if job.ended_on is None or day <= job.ended_on]
    found: list[Stretch] = []
    for day in days:
        terms = terms_on(job, live, day)
        if found and found[-1].terms == terms:
            continue
        if found:
            found[-1] = replace(found[-1], until_on=day - timedelta(days=1))
        found.append(Stretch(day, job.ended_on, terms))
    return found


def full_time_on(one: Sequence[Stretch], other: Sequence[Stretch]) -> date | None:
    """The first day on which both are full time; None when there is none."""
    days = [
        max(a.from_on, b.from_on)
        for a in one
        for b in other
        if min(a.terms.hours or 0, b.terms.hours or 0) >= FULL_TIME and _meet(a, b)
    ]
    return min(days, default=None)


def _meet(a: Stretch, b: Stretch) -> bool:
    return (a.until_on is None or b.from_on <= a.until_on) and (b.until_on is None or a.from_on <= b.until_on)
