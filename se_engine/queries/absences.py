"""Who is away, who stands in, and who is proposed to."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, exists, select
from sqlalchemy.orm import Session, aliased

from se_engine.clock import today
from se_engine.records.people import Absence, User
from se_engine.rules.errors import NotFound, NotPermitted
from se_engine.rules.roles import SUPERVISION, Actor

SHOWN = 50


@dataclass(frozen=True)
class AbsenceLine:
    id: int
    user_id: int
    name: str
    substitute_id: int | None
    substitute: str | None
    proposed_id: int | None
    proposed: str | None
    from_on: date
    until_on: date
    is_now: bool
    substitute_away: bool
    """Whether the one who stands in is away on some of the days herself."""


def absences_of(session: Session, actor: Actor) -> list[AbsenceLine]:
    """Those of the reader's office that are, and those to come."""
    on = today(session)
    return _lines(session, on, User.office_id == actor.office_id, Absence.until_on >= on)


def own_absences(session: Session, actor: Actor) -> list[AbsenceLine]:
    """The reader's own, and what became of her proposals."""
    on = today(session)
    return _lines(session, on, Absence.user_id == actor.user_id, Absence.until_on >= on)


def absence_of(session: Session, actor: Actor, absence_id: int) -> AbsenceLine:
    if actor.role not in SUPERVISION:
        raise NotPermitted()
    found = _lines(session, today(session), User.office_id == actor.office_id, Absence.id == absence_id)
    if not found:
        raise NotFound()
    return found[0]


def _lines(session: Session, on: date, *wanted: ColumnElement[bool]) -> list[AbsenceLine]:
    substitute, proposed, other = aliased(User), aliased(User), aliased(Absence)
    meets = and_(other.from_on <= Absence.until_on, other.until_on >= Absence.from_on)
    rows = session.execute(
        select(
            Absence, User.name, substitute.name.label("substitute"), proposed.name.label("proposed"),
            exists().where(other.user_id == Absence.substitute_id, meets).label("substitute_away"),
        )
        .join(User, User.id == Absence.user_id)
        .outerjoin(substitute, substitute.id == Absence.substitute_id)
        .outerjoin(proposed, proposed.id == Absence.proposed_id)
        .where(*wanted)
        .order_by(Absence.from_on, Absence.id)
        .limit(SHOWN)
    )  # fmt: skip
    return [
        AbsenceLine(
            away.id, away.user_id, row.name, away.substitute_id, row.substitute, away.proposed_id, row.proposed,
            away.from_on, away.until_on, is_now=away.from_on <= on, substitute_away=row.substitute_away,
        )
        for row in rows
        for away in [row.Absence]
    ]  # fmt: skip
