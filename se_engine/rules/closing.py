"""The end of a case: when the register has to know of it, and which end reason the facts speak for."""

from calendar import monthrange
from datetime import date, timedelta

REGISTER_MONTHS = 2
"""How long after an end the national introduction register waits to be told."""
REGISTER_SCHEMES = ("introduction_programme",)
"""Those whose participants stand in that register."""
TOLD_BEFORE = timedelta(days=14)
"""So long before the register's last day its reminder comes."""
NO_REASON = "unknown"
WITHOUT_WORDS = (None, NO_REASON)
PRESENT = ("employer", "colleague", "interpreter", "nav", "teacher", "family", "other")
"""Who may sit at the closing talk beside the participant and her specialist."""


def register_day(ended_on: date) -> date:
    """The last day of the register's two months; the last of the month where it has no such day."""
    month = ended_on.month - 1 + REGISTER_MONTHS
    year, month = ended_on.year + month // 12, month % 12 + 1
    return date(year, month, min(ended_on.day, monthrange(year, month)[1]))


def proposed_end(*, in_work: bool, in_education: bool) -> str | None:
    """What facts alone can say; whether she withdrew or moved only she can."""
    if in_work and in_education:
        return "work_and_education"
    return "work" if in_work else "education" if in_education else None
