"""When the e-mail about what is due is sent: every working day, once a week, or never; and never twice on a day."""

from collections.abc import Mapping
from datetime import date, timedelta

from se_engine.rules.calendar import is_working_day

DAILY, WEEKLY, NEVER = "daily", "weekly", "never"
CHOICES = (DAILY, WEEKLY, NEVER)
WEEK = timedelta(days=7)


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def sends_on(day: date, choice: str, this_week: Mapping[date, bool]) -> bool:
    """Whether to send on the day. `this_week`: the days since Monday on which one was begun → whether it was sent.

    One that was begun and did not arrive is not begun again on its day. A weekly one is sent on the first working day
    on which the service runs, and tried once more on a later day of its week.
    """
    if choice == NEVER or not is_working_day(day) or day in this_week:
        return False
    return choice == DAILY or (not any(this_week.values()) and len(this_week) < 2)
