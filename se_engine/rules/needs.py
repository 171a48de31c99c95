"""Needs outside work, partners and what may be shared with them, promises and problems: which codes, which days."""

from datetime import date

from se_engine.rules.calendar import next_working_day
from se_engine.rules.reviews import CONSENT_DAYS

AREAS = (
    "housing", "economy", "debt", "childcare", "permit", "health_contact", "family", "transport", "digital", "other",
)  # fmt: skip
STATUSES = ("open", "appointed", "in_place", "not_needed")
ENDED = ("in_place", "not_needed")
PARTNER_KINDS = ("nav", "municipality", "school", "health", "voluntary", "housing", "trade_union", "other")
TOPICS = ("meetings", "plan", "progress", "language", "adaptations", "practical")
"""What may be talked about with a partner; `meetings`: the partner may be invited to meetings about her."""
CONSENT_STATES = ("yes", "review", "run_out", "no", "withdrawn", "not_asked")
WHO = ("participant", "specialist", "employer", "partner", "other")
TAGS = (
    "information", "agreement", "language", "norms", "attendance", "tasks", "cooperation", "practical", "other",
)  # fmt: skip
MISUNDERSTANDINGS = ("language", "norms")
"""What people did not understand of each other's words or ways."""
BROUGHT_BY = ("participant", "employer", "partner", "specialist")
LONGEST_NEED = 300
"""Characters: an appointment is short to tell; what takes longer is not for us to keep."""


def answer_by(brought_by: str, opened_on: date) -> date | None:
    """What an employer brought is answered on the next working day, unless something else is agreed."""
    return next_working_day(opened_on) if brought_by == "employer" else None


def may_share(answer: str | None, valid_until: date | None, on: date) -> bool:
    return answer == "yes" and (valid_until is None or valid_until >= on)


def consent_state(answer: str | None, valid_until: date | None, given_on: date | None, on: date) -> str:
    """One of CONSENT_STATES; `review` is a yes that is to be asked again."""
    if answer is None or given_on is None:
        return "not_asked"
    if answer != "yes":
        return answer
    if valid_until is not None and valid_until < on:
        return "run_out"
    return "review" if (on - given_on).days > CONSENT_DAYS else "yes"
