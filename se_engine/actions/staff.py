"""Facts about staff: shares of full time, group supervision. Absences stand in actions/absences.py."""

from datetime import date

from sqlalchemy.orm import Session

from se_engine.actions.trail import write_trail
from se_engine.clock import now, today
from se_engine.queries.access import access_office
from se_engine.records.people import GroupSupervision, StaffShare, SupervisionAttendance, User
from se_engine.rules.errors import NotFound, NotPermitted, Refused
from se_engine.rules.evidence import check_minutes
from se_engine.rules.roles import SUPERVISION, Actor, Role


def record_share(
    session: Session, actor: Actor, user_id: int, *, percent: int, se_percent: int, from_on: date, until_on: date | None
) -> StaffShare:
    user = _colleague(session, actor, user_id)
    if actor.role not in SUPERVISION:
        raise NotPermitted()
    if not (0 <= percent <= 100 and 0 <= se_percent <= 100):
        raise Refused("percent_not_allowed")
    if until_on is not None and until_on < from_on:
        raise Refused("ends_before_it_starts", started=from_on.isoformat())
    share = StaffShare(
        user_id=user.id,
        percent=percent,
        se_percent=se_percent,
        from_on=from_on,
        until_on=until_on,
        recorded_by=actor.user_id,
        recorded_at=now(session),
    )
    session.add(share)
    write_trail(session, actor, "share_recorded", detail={"account": user.id, "percent": percent, "se": se_percent})
    session.flush()
    return share


def record_group_supervision(
    session: Session, actor: Actor, office_id: int, *, held_on: date, minutes: int, attended: list[int]
) -> GroupSupervision:
    office = access_office(session, actor, office_id)
    if actor.role not in SUPERVISION:
        raise NotPermitted()
    check_minutes(minutes)
    if held_on > today(session):
        raise Refused("in_the_future", day=held_on.isoformat(), today=today(session).isoformat())
    held = GroupSupervision(
        office_id=office.id,
        held_on=held_on,
        minutes=minutes,
        led_by=actor.user_id,
        recorded_by=actor.user_id,
        recorded_at=now(session),
    )
    session.add(held)
    session.flush()
    for user_id in dict.fromkeys(attended):
        _colleague(session, actor, user_id)
        session.add(SupervisionAttendance(group_supervision_id=held.id, user_id=user_id))
    write_trail(session, actor, "group_supervision_recorded", happened_on=held_on, detail={"attended": len(attended)})
    session.flush()
    return held


def _colleague(session: Session, actor: Actor, user_id: int) -> User:
    user = session.get(User, user_id)
    mine = user is not None and (actor.role is Role.OPERATOR or user.office_id == actor.office_id)
    if user is None or not mine:
        raise NotFound()
    if actor.role not in SUPERVISION and user.id != actor.user_id:
        raise NotPermitted()
    return user
