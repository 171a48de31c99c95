"""Career and language after the first job: steps, education, recognition, tests of Norwegian, and when each is due."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Protocol

from se_engine.rules.errors import Refused
from se_engine.rules.languages import LEVELS
from se_engine.rules.vocabulary import check_code

STEPS = (
    "course", "certificate", "trade_certificate", "driving_licence", "authorisation", "pay_step", "responsibility",
    "skills_used", "other",
)  # fmt: skip
"""What the terms of a job do not say; more hours, another contract and another occupation stand with the job."""

EDUCATION_LEVELS = (
    "primary", "upper_secondary", "trade_training", "vocational_college", "university", "labour_market_course",
    "bridging", "other",
)  # fmt: skip
COUNTS_AS_EDUCATION = frozenset({"upper_secondary", "trade_training", "vocational_college", "university"})
"""What the label «education» counts: formal, and above the compulsory school. Learning Norwegian alone is not."""
OUTCOMES = ("completed", "left", "changed")

DOCUMENTED = ("yes", "partly", "no")
RECOGNITION = ("not_needed", "needed", "applied", "granted", "partly_granted", "rejected")
OPEN_RECOGNITION = ("needed", "applied")
FIELD_CODE = {
    "not_needed": "none", "needed": "needed", "applied": "applied", "granted": "granted", "partly_granted": "granted",
    "rejected": "rejected",
}  # fmt: skip
"""How the one field of her record (recognition_status) says it."""
_SAID_FIRST = ("needed", "applied", "partly_granted", "granted", "rejected", "not_needed")
"""Of several qualifications the field tells what is still to be done before what is over."""

TESTS = ("norwegian_test", "academic_norwegian", "workplace_test", "social_studies", "citizenship", "other")
OF_SKILLS = frozenset({"norwegian_test", "academic_norwegian", "workplace_test"})
"""Tests with a result for each skill; the others are passed or not."""
NOT_PASSED = "not_passed"
RESULTS = (*LEVELS, NOT_PASSED)
LONGEST_AHEAD = timedelta(days=2 * 365)
LARGEST = 10_000

# Days of this project's own choosing (mark D); they remind, and close nothing.
PLAN_ABC_DAYS, RECOGNITION_DAYS = 30, 60
NOT_APPLIED_DAYS, NO_ANSWER_DAYS = 30, 120
TEST_AHEAD_DAYS, PERMIT_AHEAD_DAYS = 7, 90
HALF_A_YEAR = 183
LAPSE = {"economy_talk": 60, "work_safety": 60}
"""What prepares a beginning helps nobody so many days after it: the reminder goes, the open task stays."""


class Stretch(Protocol):
    """An education, as far as the label looks at it."""

    @property
    def level(self) -> str: ...
    @property
    def started_on(self) -> date: ...
    @property
    def ended_on(self) -> date | None: ...


def in_education(stretches: Iterable[Stretch], on: date) -> bool:
    """The label: enrolled on the day in upper secondary or higher education, or in training for a trade."""
    return any(
        one.level in COUNTS_AS_EDUCATION and one.started_on <= on and (one.ended_on is None or one.ended_on >= on)
        for one in stretches
    )


def summed_up(statuses: Iterable[str]) -> str | None:
    """Where all her qualifications stand, in one code of RECOGNITION; None without any."""
    there = set(statuses)
    return next((status for status in _SAID_FIRST if status in there), None)


def recognition_due(status: str, since: date) -> date | None:
    """When somebody should ask again; None where there is nothing to wait for."""
    days = {"needed": NOT_APPLIED_DAYS, "applied": NO_ANSWER_DAYS}.get(status)
    return None if days is None else since + timedelta(days=days)


def check_test(kind: str, taken_on: date, today: date, *, results: Iterable[str], passed: bool | None) -> None:
    """A result belongs to a day that has been, and to a test that gives such a result."""
    check_code("kind", kind, TESTS)
    given = list(results)
    for result in given:
        check_code("result", result, RESULTS)
    if taken_on > today and (given or passed is not None):
        raise Refused("in_the_future", day=taken_on.isoformat(), today=today.isoformat())
    if taken_on > today + LONGEST_AHEAD:
        raise Refused("too_far_ahead", field="taken_on", day=taken_on.isoformat())
    if given and kind not in OF_SKILLS:
        raise Refused("test_has_no_skills")


def check_number(number: float | None) -> None:
    if number is not None and not 0 < number <= LARGEST:
        raise Refused("number_too_large", field="number", largest=LARGEST)
