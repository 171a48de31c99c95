"""The charter of an audit: its window of evidence, and what has to stand in it before it is sent."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from se_engine.rules.audits import WINDOWS, check_charter
from se_engine.rules.errors import Refused

ORDINARY_WINDOW = WINDOWS[0]
WINDOW = "window"
"""Under this name the reason for a longer window stands among the adaptations."""
HOW = ("adapted", "not_applicable", "as_written")
LONGEST_VISIT = 5
FURTHEST = timedelta(days=366)


@dataclass(frozen=True)
class Charter:
    """What the lead auditor settles before anything is looked at."""

    kind: str
    until_on: date
    months: int = ORDINARY_WINDOW
    window_words: str = ""
    scope: tuple[str, ...] = ()
    legal_basis: str = ""
    legal_words: str = ""
    told_how: str = ""
    told_words: str = ""
    names_open: bool = False
    names_words: str = ""
    previous_id: int | None = None
    visit_on: date | None = None
    visit_days: int = 2

    @property
    def from_on(self) -> date:
        return first_day(self.until_on, self.months)


def first_day(until_on: date, months: int) -> date:
    """The first day of a window of whole months that ends with a day."""
    after = until_on + timedelta(days=1)
    year, month = divmod(after.year * 12 + after.month - 1 - months, 12)
    return date(year, month + 1, min(after.day, monthrange(year, month + 1)[1]))


def months_of(from_on: date, until_on: date) -> int:
    """How long a window is, as it was chosen."""
    return next((months for months in WINDOWS if first_day(until_on, months) == from_on), ORDINARY_WINDOW)


def last_full_month(on: date) -> date:
    """The last day of the month before: how far a window usually goes."""
    return on.replace(day=1) - timedelta(days=1)


def check_whole(charter: Charter, *, sections: Sequence[str], on: date) -> None:
    """Whatever is filled in must be right; what is still empty is asked for when the charter is sent."""
    if charter.months not in WINDOWS:
        raise Refused("value_unknown", field="months", allowed=", ".join(map(str, WINDOWS)))
    if charter.months != ORDINARY_WINDOW and not charter.window_words.strip():
        raise Refused("window_needs_reason", months=charter.months)
    check_day(charter.until_on, on)
    check_charter(
        kind=charter.kind, from_on=charter.from_on, until_on=charter.until_on, legal_basis=charter.legal_basis,
        told_how=charter.told_how, names_open=charter.names_open, names_words=charter.names_words,
    )  # fmt: skip
    unknown = [section for section in charter.scope if section not in sections]
    if unknown:
        raise Refused("value_unknown", field="scope", allowed=", ".join(sections))
    check_visit(charter.visit_on, charter.visit_days, on)


def check_visit(visit_on: date | None, visit_days: int, on: date) -> None:
    if not 1 <= visit_days <= LONGEST_VISIT:
        raise Refused("visit_is_short", most=LONGEST_VISIT)
    if visit_on is not None:
        check_day(visit_on, on)


def check_day(day: date, on: date) -> None:
    """Years that nobody means are slips of the hand."""
    if abs(day - on) > FURTHEST * 3:
        raise Refused("audit_day_too_far", day=day.isoformat())


def is_complete(*, legal_basis: str, legal_words: str, told_how: str, told_words: str) -> bool:
    """Whether it says by what right the audit is made, and how participants were told."""
    return all(given.strip() for given in (legal_basis, legal_words, told_how, told_words))
