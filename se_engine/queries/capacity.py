"""How much each specialist carries, shown beside every choice of an owner: numbers to talk about, never a ranking."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from se_engine.clock import today
from se_engine.records.cases import Case
from se_engine.records.people import Absence, StaffShare, User
from se_engine.rules.referrals import WARN_AT, load
from se_engine.rules.roles import CASEWORK, Actor

FOLLOW_UP = "follow_up"


@dataclass(frozen=True)
class Capacity:
    user_id: int
    name: str
    role: str
    working: int
    """Running cases in steps 1–5 that are not paused."""
    paused: int
    follow_up: int
    share: int | None
    """Percent of full time with Supported Employment; None where nobody has recorded it."""
    away_until: date | None

    @property
    def free(self) -> int:
        return max(0, WARN_AT - self.working)

    @property
    def load(self) -> str:
        return load(self.working)


def capacities(session: Session, actor: Actor) -> list[Capacity]:
    """Everybody in the reader's office who may own cases, those with most room first; supervisors last."""
    found = _capacities(session, and_(User.office_id == actor.office_id, User.active, User.role.in_(CASEWORK)))
    return sorted(found, key=lambda one: (one.role == "supervisor", one.away_until is not None, one.working, one.name))


def capacity_of(session: Session, user_id: int) -> Capacity | None:
    """One person's; the cases of every office count."""
    return next(iter(_capacities(session, User.id == user_id)), None)


def _capacities(session: Session, who: ColumnElement[bool]) -> list[Capacity]:
    on = today(session)
    working = and_(Case.status != "paused", Case.step != FOLLOW_UP)
    counted = {
        "working": working,
        "paused": Case.status == "paused",
        "follow_up": and_(Case.status != "paused", Case.step == FOLLOW_UP),
    }
    numbers = [func.coalesce(func.sum(case((kind, 1), else_=0)), 0).label(name) for name, kind in counted.items()]
    rows = session.execute(
        select(User.id, User.name, User.role, *numbers, share_on(on), _away(on))
        .outerjoin(Case, and_(Case.owner_id == User.id, Case.status != "ended"))
        .where(who)
        .group_by(User.id, User.name, User.role)
    )
    return [
        Capacity(
            row.id, row.name, row.role, int(row.working), int(row.paused), int(row.follow_up), row.share, row.away_until
        )
        for row in rows
    ]


def share_on(on: date) -> Any:
    """Of two that hold on the day, the newer."""
    newer = aliased(StaffShare)
    replaced = exists().where(newer.user_id == StaffShare.user_id, newer.id > StaffShare.id, newer.from_on <= on)
    return (
        select(StaffShare.percent * StaffShare.se_percent // 100)
        .where(StaffShare.user_id == User.id, StaffShare.from_on <= on, ~replaced)
        .where(or_(StaffShare.until_on.is_(None), StaffShare.until_on >= on))
        .limit(1)
        .scalar_subquery()
        .label("share")
    )


def _away(on: date) -> Any:
    return (
        select(func.max(Absence.until_on))
        .where(Absence.user_id == User.id, Absence.from_on <= on, Absence.until_on >= on)
        .scalar_subquery()
        .label("away_until")
    )
