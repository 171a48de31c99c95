"""A period and the one before it, so that a team is compared with nobody but itself."""

from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from se_engine.queries.report_questions import Question

MONTHS = {"year": 12, "half_year": 6}
"""How long before lies what a report is compared with."""
ONE_DAY = timedelta(days=1)


class Period(NamedTuple):
    """Both days are included."""

    from_on: date
    to_on: date


def with_period(question: Question, *, whole_years: bool = False) -> Question:
    """The question with the period it is about, where a comparison needs one.

    Where none is given, it is the months up to the report's day, or with `whole_years` the calendar year of that day.
    """
    if question.compare is None:
        return question
    if whole_years and question.from_on is None and question.to_on is None:
        year = question.as_of.year
        return replace(question, from_on=date(year, 1, 1), to_on=date(year, 12, 31))
    to_on = question.to_on or question.as_of
    from_on = question.from_on or months_before(to_on, MONTHS[question.compare]) + ONE_DAY
    return replace(question, from_on=min(from_on, to_on), to_on=to_on)


def period_before(question: Question) -> Period | None:
    """The same days a year or half a year before; None when nothing is compared."""
    if question.compare is None or question.from_on is None or question.to_on is None:
        return None
    months = MONTHS[question.compare]
    # A day after the last is moved back, so that a period of whole months stays one: 1.7.–31.12. → 1.1.–30.6.
    return Period(months_before(question.from_on, months), months_before(question.to_on + ONE_DAY, months) - ONE_DAY)


def months_before(day: date, months: int) -> date:
    """The same day of an earlier month, or that month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
