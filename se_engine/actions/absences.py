"""Who is away and who stands in: a supervisor decides; for herself a specialist proposes."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine.actions.cases import may_own
from se_engine.actions.trail import write_trail
from se_engine.clock import now
from se_engine.records.people import Absence, User
from se_engine.rules.absences import Away, check_absence
from se_engine.rules.errors import NotFound, NotPermitted, Refused
from se_engine.rules.roles import SUPERVISION, Actor, Role


def record_absence(
    session: Session, actor: Actor, user_id: int, *, from_on: date, until_on: date, substitute_id: int | None
) -> Absence:
    """Who is away, and who stands in and may open the cases meanwhile.

    What a specialist says of herself is a proposal: her cases open to nobody before a supervisor has agreed.
    """
    user = _of_office(session, actor, user_id)
    if actor.role not in SUPERVISION and user.id != actor.user_id:
        raise NotPermitted()
    _check_substitute(session, user, substitute_id)
    check_absence(Away(user.id, from_on, until_on), substitute_id, _known(session, user.id, substitute_id))
    decides = actor.role in SUPERVISION
    absence = Absence(
        user_id=user.id,
        substitute_id=substitute_id if decides else None,
        proposed_id=None if decides else substitute_id,
        from_on=from_on,
        until_on=until_on,
        recorded_by=actor.user_id,
        recorded_at=now(session),
    )
    session.add(absence)
    session.flush()
    who = {"substitute": absence.substitute_id, "proposed": absence.proposed_id}
    write_trail(session, actor, "absence_recorded", detail={"account": user.id, **who})
    return absence


def agree_substitute(session: Session, actor: Actor, absence_id: int, substitute_id: int | None) -> Absence:
    """A supervisor says who stands in: the one who was proposed, or somebody else."""
    absence = session.get(Absence, absence_id, with_for_update=True)
    if absence is None:
        raise NotFound()
    user = _of_office(session, actor, absence.user_id)
    if actor.role not in SUPERVISION:
        raise NotPermitted()
    _check_substitute(session, user, substitute_id)
    away = Away(user.id, absence.from_on, absence.until_on)
    others = [known for known in _known(session, user.id, substitute_id) if known != away]
    check_absence(away, substitute_id, others)
    absence.substitute_id, absence.proposed_id = substitute_id, None
    write_trail(session, actor, "substitute_agreed", detail={"account": user.id, "substitute": substitute_id})
    session.flush()
    return absence


def _known(session: Session, user_id: int, substitute_id: int | None) -> list[Away]:
    whose = [number for number in (user_id, substitute_id) if number is not None]
    rows = session.execute(select(Absence.user_id, Absence.from_on, Absence.until_on).where(Absence.user_id.in_(whose)))
    return [Away(*row) for row in rows]


def _check_substitute(session: Session, user: User, substitute_id: int | None) -> None:
    if substitute_id is None:
        return
    substitute = session.get(User, substitute_id)
    if substitute is None or substitute.id == user.id or not may_own(substitute, user.office_id):
        raise Refused("no_such_specialist", field="substitute")


def _of_office(session: Session, actor: Actor, user_id: int) -> User:
    user = session.get(User, user_id)
    if user is None or (actor.role is not Role.OPERATOR and user.office_id != actor.office_id):
        raise NotFound()
    return user
