"""An audit's codes, which part of it is whose, and the days by which things are to be done."""

from collections.abc import Mapping
from datetime import date, timedelta

from se_engine.rules.calendar import add_working_days
from se_engine.rules.errors import Refused
from se_engine.rules.vocabulary import check_code

PROCESS = "audit"
KINDS = ("learning", "formal")
PARTS = ("lead", "second", "observer", "contact")
RATERS = ("lead", "second")
"""They rate, each alone, and read the sampled cases; an observer does neither."""
WINDOWS = (6, 12, 24)
"""Months of evidence; the two longer ones are for a small unit."""
LEGAL_BASES = ("grant_terms", "supervision_by_law", "agreement_with_unit", "own_quality_work")
TOLD_HOW = ("in_agreement", "on_sheet", "letter", "in_meeting", "posted")
READING = ("on_site", "rating", "agreement", "factual_check", "report")
"""The steps in which auditors may open the sampled cases: not before the visit, and not after the report."""
STAGES = ("self", "own", "consensus")
RATED_IN: Mapping[str, tuple[str, ...]] = {
    "self": ("self_assessment",),
    "own": ("on_site", "rating"),
    "consensus": ("agreement",),
}
"""The steps of the audit in which each stage is rated."""
CODES = ("NR", "NA")
REPLACED_BECAUSE = ("withdrew", "protected", "no_records", "transferred", "other")
CHOSEN_BECAUSE = ("complaint", "quick_job_loss", "language_need_without_interpreter", "random_part_lacks", "other")
INTERVIEWS = ("interview_participant", "interview_employer", "interview_specialist", "interview_nav")
OBSERVATIONS = ("observed_employer_visit", "observed_team_meeting")
SOURCES = (*INTERVIEWS, *OBSERVATIONS, "case", "document")
APPOINTMENTS = (*INTERVIEWS, *OBSERVATIONS, "reading", "missing_list", "oral_feedback")
ANSWERS = ("changed", "kept", "explained")
FACTUAL_CHECK = 10
"""Working days the unit has for its comments."""

WEEKS_FROM_VISIT: Mapping[str, int] = {
    "charter": -10,
    "self_assessment": -8,
    "evidence": -4,
    "sample": -2,
    "rating": 1,
    "factual_check": 3,
    "action_plan": 6,
}
DAYS_TO_REPORT = 30


def deadlines(visit_on: date, visit_days: int = 2) -> dict[str, date]:
    """By when each step is to be done, from the first day on site (what is before it) and the last (what is after)."""
    last = visit_on + timedelta(days=visit_days - 1)
    due = {
        step: (visit_on if weeks < 0 else last) + timedelta(weeks=weeks) for step, weeks in WEEKS_FROM_VISIT.items()
    }
    return due | {"on_site": last, "report": last + timedelta(days=DAYS_TO_REPORT)}


def factual_check_until(sent_on: date) -> date:
    """The last day for the unit's comments."""
    return add_working_days(sent_on, FACTUAL_CHECK)


def check_charter(
    *, kind: str, from_on: date, until_on: date, legal_basis: str, told_how: str, names_open: bool, names_words: str
) -> None:
    check_code("kind", kind, KINDS)
    if until_on < from_on:
        raise Refused("ends_before_it_starts", started=from_on.isoformat())
    if legal_basis:
        check_code("legal_basis", legal_basis, LEGAL_BASES)
    if told_how:
        check_code("told_how", told_how, TOLD_HOW)
    if names_open and not names_words.strip():
        raise Refused("names_need_a_reason")


def check_rating(*, level: int | None, code: str | None, lowest: int, highest: int) -> None:
    """A level of the framework's scale, NR, NA, or nothing yet."""
    if code is not None:
        check_code("code", code, CODES)
        if level is not None:
            raise Refused("rating_is_level_or_code")
    if level is not None and not lowest <= level <= highest:
        raise Refused("rating_out_of_scale", lowest=lowest, highest=highest)


def must_talk(levels: tuple[int | None, ...]) -> bool:
    """Whether ratings of one item lie so far apart that the raters have to agree on it in words."""
    given = [level for level in levels if level is not None]
    return bool(given) and max(given) - min(given) >= 2
