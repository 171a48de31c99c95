"""How many weeks specialists were at work in a period: what contacts per week are divided by."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Row, String, cast, func, or_, select
from sqlalchemy.orm import Session

from se_engine.queries.report_groups import NO_GROUP
from se_engine.queries.report_questions import Asked
from se_engine.records.contacts import Contact
from se_engine.records.offices import Office, Team
from se_engine.records.people import Absence, User
from se_engine.rules.calendar import working_days
from se_engine.rules.contacts import TOLD
from se_engine.rules.roles import Role

DAYS_OF_WEEK = 5
BEFORE = timedelta(days=1)


@dataclass(frozen=True)
class AtWork:
    """The working days of one specialist within some days, without those away."""

    user_id: int
    group: str
    days: int


def specialist_weeks(session: Session, asked: Asked, first: date, last: date) -> Mapping[str, float]:
    """Group → working days without those away, in weeks of five."""
    weeks: dict[str, float] = defaultdict(float)
    for one in working_days_of_each(session, asked, first, last):
        weeks[one.group] += one.days / DAYS_OF_WEEK
    return weeks


def working_days_of_each(session: Session, asked: Asked, first: date, last: date) -> Iterator[AtWork]:
    """Someone is there from her account or her first contact on, whichever is earlier; where the account is closed,
    until her last contact."""
    away = _away(session, asked, first, last)
    for row in _specialists(session, asked):
        begins = max(first, min(day for day in (row.created_at.date(), row.first_on) if day is not None))
        ends = last if row.active else min(last, row.last_on or date.min)
        if begins <= ends:
            yield AtWork(row.id, row.label, _days(begins, ends, away[row.id]))


def _days(first: date, last: date, away: list[tuple[date, date]]) -> int:
    """Working days from first to last, both included, without those of absences, which may overlap."""
    days, since = 0, first
    for from_on, until_on in sorted(away):
        if since < from_on <= last:
            days += working_days(since - BEFORE, from_on - BEFORE)
        since = max(since, until_on + BEFORE)
    return days + (working_days(since - BEFORE, last) if since <= last else 0)


def _specialists(session: Session, asked: Asked) -> list[Row[Any]]:
    labels: dict[str | None, Any] = {"office": Office.name, "team": func.coalesce(Team.name, NO_GROUP)}
    label = labels.get(asked.question.by, cast("", String))
    told = (
        select(
            Contact.user_id,
            func.min(Contact.happened_on).label("first_on"),
            func.max(Contact.happened_on).label("last_on"),
        )
        .where(Contact.status.in_(TOLD), Contact.office_id.in_(asked.office_ids))
        .group_by(Contact.user_id)
        .subquery()
        .c
    )
    people = (
        select(User.id, User.active, User.created_at, told.first_on, told.last_on, label.label("label"))
        .join(Office, Office.id == User.office_id)
        .outerjoin(Team, Team.id == User.team_id)
        .outerjoin(told.user_id.table, told.user_id == User.id)
        .where(User.office_id.in_(asked.office_ids), User.role == Role.JOB_SPECIALIST.value)
        .where(or_(User.active, told.last_on.is_not(None)))
        .order_by(User.id)
    )
    if asked.actor.role is Role.JOB_SPECIALIST:
        people = people.where(User.id == asked.actor.user_id)
    elif asked.actor.team_id is not None:
        people = people.where(User.team_id == asked.actor.team_id)
    return list(session.execute(people))


def _away(session: Session, asked: Asked, first: date, last: date) -> dict[int, list[tuple[date, date]]]:
    found: dict[int, list[tuple[date, date]]] = defaultdict(list)
    rows = session.execute(
        select(Absence.user_id, Absence.from_on, Absence.until_on)
        .join(User, User.id == Absence.user_id)
        .where(User.office_id.in_(asked.office_ids), Absence.from_on <= last, Absence.until_on >= first)
    )
    for row in rows:
        found[row.user_id].append((row.from_on, row.until_on))
    return found
