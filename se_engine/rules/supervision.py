"""Days that supervision goes by: the Monday of the last meeting, and the quarters of a leader's page."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from se_engine.rules.errors import NotFound, Refused

WEEK = 7
LOOKS_BACK = timedelta(days=366)
"""So far back the Monday page looks: longer stretches are for the reports."""
MONTHS = 3
QUARTERS = 4
_QUARTER = re.compile(r"([0-9]{4})-([1-4])")


def last_monday(on: date) -> date:
    """The Monday before this day; on a Monday that of the week before, whose meeting was the last one."""
    return on - timedelta(days=on.weekday() or WEEK)


def check_since(since: date, on: date) -> None:
    """Refused for a day to come, and for one too long ago."""
    if since > on:
        raise Refused("in_the_future", day=since.isoformat(), today=on.isoformat())
    if on - since > LOOKS_BACK:
        raise Refused("period_not_allowed", longest=LOOKS_BACK.days)


@dataclass(frozen=True, order=True)
class Quarter:
    """A quarter of a calendar year: 2026-1 is January to March."""

    year: int
    number: int

    @classmethod
    def of(cls, given: str) -> "Quarter":
        """As it stands in an address; NotFound for what is none."""
        match = _QUARTER.fullmatch(given)
        if match is None or not date.min.year < int(match[1]) < date.max.year:
            raise NotFound()
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def last_finished(cls, on: date) -> "Quarter":
        return cls(on.year, (on.month - 1) // MONTHS + 1).before

    @property
    def before(self) -> "Quarter":
        return Quarter(self.year, self.number - 1) if self.number > 1 else Quarter(self.year - 1, QUARTERS)

    @property
    def after(self) -> "Quarter":
        return Quarter(self.year, self.number + 1) if self.number < QUARTERS else Quarter(self.year + 1, 1)

    @property
    def first(self) -> date:
        return date(self.year, MONTHS * (self.number - 1) + 1, 1)

    @property
    def last(self) -> date:
        return self.after.first - timedelta(days=1)

    @property
    def key(self) -> str:
        return f"{self.year}-{self.number}"

    def check_finished(self, on: date) -> None:
        """Refused while the quarter is not over: its numbers would be others tomorrow."""
        if on <= self.last:
            raise Refused("quarter_not_finished", quarter=self.key, last=self.last.isoformat())
