"""Numbers that nobody types: days to the first employer meeting, attempts without success, time in the field."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, case, func, or_, select, true
from sqlalchemy.orm import Session

from se_engine.records.cases import Case
from se_engine.records.contacts import Contact
from se_engine.records.people import User
from se_engine.rules.contacts import HELD, TOLD, WITH_EMPLOYER, WITHOUT_SUCCESS
from se_engine.rules.errors import NotPermitted
from se_engine.rules.roles import CASEWORK, SUPERVISION, Actor, Role


@dataclass(frozen=True)
class CaseNumbers:
    days_to_first_employer_meeting: int | None
    """From the opening to the first meeting on a concrete job; None: there has been none."""
    without_success: int
    """Attempts since she was last met or spoken with."""
    minutes: int
    travel_minutes: int


@dataclass(frozen=True)
class FieldTime:
    """Minutes with people in a period; travel counts as time in the field."""

    field_minutes: int
    all_minutes: int

    @property
    def share(self) -> float | None:
        return self.field_minutes / self.all_minutes if self.all_minutes else None


def case_numbers(session: Session, case_: Case) -> CaseNumbers:
    """One statement over the contacts of a case."""
    since = case_.last_contact_on or date.min
    failed = and_(Contact.status.in_(WITHOUT_SUCCESS), Contact.happened_on > since)
    held = Contact.status == HELD
    row = session.execute(
        select(
            func.min(case((on_concrete_job(), Contact.happened_on))),
            func.count(case((failed, 1))),
            func.coalesce(func.sum(case((held, Contact.minutes))), 0),
            func.coalesce(func.sum(case((held, Contact.travel_minutes))), 0),
        ).where(Contact.case_id == case_.id)
    ).one()
    first, attempts, minutes, travel = row
    return CaseNumbers((first - case_.opened_on).days if first else None, attempts, minutes, travel)


def field_time(
    session: Session, actor: Actor, from_on: date, to_on: date, *, user_id: int | None = None
) -> FieldTime:
    """Of one person, or of all whom the reader leads: together, never one beside the other."""
    if actor.role not in CASEWORK:
        raise NotPermitted()
    field, every = session.execute(
        select(*field_and_all_minutes())
        .outerjoin(User, User.id == Contact.user_id)
        .where(
            _led(actor),
            Contact.user_id == user_id if user_id is not None else true(),
            Contact.happened_on.between(from_on, to_on),
            Contact.status.in_(TOLD),
        )
    ).one()
    return FieldTime(int(field), int(every))


def on_concrete_job() -> ColumnElement[bool]:
    """Meetings with an employer about a concrete job or placement: the first of them ends the wait for one."""
    return and_(Contact.status == HELD, Contact.kind.in_(WITH_EMPLOYER), Contact.concrete_job.is_not(None))


def field_and_all_minutes() -> tuple[ColumnElement[int], ColumnElement[int]]:
    """Sums over contacts that were told: the minutes in the field, and all; travel counts as both."""
    spent, travel = func.coalesce(Contact.minutes, 0), func.coalesce(Contact.travel_minutes, 0)
    field = func.sum(travel + case((in_field(), spent), else_=0))
    return func.coalesce(field, 0), func.coalesce(func.sum(travel + spent), 0)


def in_field() -> ColumnElement[bool]:
    """Where nobody said, a meeting in person with an employer was at the workplace."""
    at_work = and_(Contact.in_field.is_(None), Contact.channel == "in_person", Contact.kind.in_(WITH_EMPLOYER))
    return or_(Contact.in_field.is_(True), at_work)


def _led(actor: Actor) -> ColumnElement[bool]:
    if actor.role is Role.OPERATOR:
        return true()
    mine = Contact.user_id == actor.user_id
    if actor.role in SUPERVISION:
        mine = or_(mine, true() if actor.team_id is None else User.team_id == actor.team_id)
    return and_(Contact.office_id == actor.office_id, mine)
