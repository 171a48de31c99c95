"""What registration takes of an office's time: forms sent, and how long they stood open, beside weeks at work."""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from se_engine.clock import today
from se_engine.queries.indicators.evidence import Evidence, Window
from se_engine.queries.indicators.sources_staff import working_days
from se_engine.records.supervision import FormTime

WEEKS = 12
LEAST_SPECIALISTS = 3
"""Below, the time of an office would be somebody's own."""
WEEK = timedelta(days=7)
DAYS_OF_WEEK = 5


@dataclass(frozen=True)
class FormLine:
    form: str
    sent: int
    minutes: int


@dataclass(frozen=True)
class Registration:
    """Whole weeks before the one that runs."""

    from_on: date
    to_on: date
    specialists: int
    weeks_at_work: Fraction
    forms: tuple[FormLine, ...]
    """By minutes, the most first; empty for an office so small that it would tell of a person."""

    @property
    def too_small(self) -> bool:
        return self.specialists < LEAST_SPECIALISTS

    @property
    def sent(self) -> int:
        return sum(line.sent for line in self.forms)

    @property
    def minutes(self) -> int:
        return sum(line.minutes for line in self.forms)

    def a_week(self, many: int) -> float | None:
        """For one job specialist in one week at work."""
        return float(many / self.weeks_at_work) if self.weeks_at_work else None


def registration(session: Session, office_id: int) -> Registration:
    """For whom the numbers of the office are open at all; the caller has seen to that."""
    on = today(session)
    this_week = on - timedelta(days=on.weekday())
    from_on, to_on = this_week - WEEKS * WEEK, this_week - timedelta(days=1)
    days = Evidence(session, Window((office_id,), from_on, to_on)).read(working_days)
    at_work = {user: many for user, many in days.items() if many}
    rows = session.execute(
        select(FormTime.form, func.sum(FormTime.sent), func.sum(FormTime.minutes))
        .where(FormTime.office_id == office_id, FormTime.week_on >= from_on, FormTime.week_on <= to_on)
        .group_by(FormTime.form)
    )
    lines = sorted((FormLine(*row) for row in rows), key=lambda line: (-line.minutes, line.form))
    told = tuple(lines) if len(at_work) >= LEAST_SPECIALISTS else ()
    return Registration(from_on, to_on, len(at_work), Fraction(sum(at_work.values()), DAYS_OF_WEEK), told)
