"""The days of a report that looks at a stretch of time, rather than at those who began in it."""

from datetime import date, timedelta

from se_engine.queries.report_questions import Question
from se_engine.rules.errors import Refused


def axis(question: Question, usual: int) -> tuple[date, date]:
    """The first and the last day; nothing is told of days after `as_of`, and without a first day, of so many days."""
    last = min(question.to_on or question.as_of, question.as_of)
    first = question.from_on or last - timedelta(days=usual - 1)
    if first > last:
        raise Refused("report_begins_after_it_ends", first=first.isoformat(), last=last.isoformat())
    return first, last
