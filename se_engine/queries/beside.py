"""What stands beside a case for one reader: her own reminder, and who stood in for whom when something was recorded."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, LargeBinary, Select, String, cast, literal, null, select, union_all
from sqlalchemy.orm import Session

from se_engine.clock import NORWAY
from se_engine.queries.desk import Sticky
from se_engine.queries.texts import open_text
from se_engine.records.base import BigId
from se_engine.records.cases import Case, CaseOwner
from se_engine.records.desk import StickyNote
from se_engine.records.people import Absence, User
from se_engine.rules.absences import Away
from se_engine.rules.roles import Actor


@dataclass(frozen=True)
class StoodIn:
    away: Away
    name: str
    substitute_id: int


@dataclass(frozen=True)
class Beside:
    sticky: Sticky | None
    owners: tuple[tuple[date, int | None], ...]
    """From which day each has had the case, in order."""
    stood_in: tuple[StoodIn, ...]

    def instead_of(self, user_id: int | None, at: datetime) -> str | None:
        """Whom somebody stood in for when she recorded something: the owner of that day, who was away."""
        on = at.astimezone(NORWAY).date()
        owner = next((owner for since, owner in reversed(self.owners) if since <= on), None)
        for one in self.stood_in:
            days = one.away.from_on <= on <= one.away.until_on
            if days and one.substitute_id == user_id and one.away.user_id == owner:
                return one.name
        return None


def beside_case(session: Session, actor: Actor, case: Case) -> Beside:
    """One statement; the door is the caller's."""
    owned = select(CaseOwner.user_id).where(CaseOwner.case_id == case.id)
    rows = session.execute(
        union_all(
            _line("sticky", StickyNote.id, from_on=StickyNote.due_on, sealed=StickyNote.sealed).where(
                StickyNote.case_id == case.id, StickyNote.user_id == actor.user_id
            ),
            _line("owner", CaseOwner.id, user_id=CaseOwner.user_id, from_on=CaseOwner.from_on).where(
                CaseOwner.case_id == case.id
            ),
            _line(
                "away", Absence.id, user_id=Absence.user_id, other_id=Absence.substitute_id, from_on=Absence.from_on,
                until_on=Absence.until_on, name=User.name,
            )
            .join(User, User.id == Absence.user_id)
            .where(Absence.user_id.in_(owned), Absence.substitute_id.is_not(None)),
        )
    ).all()  # fmt: skip
    sealed_key = case.participant.sealed_key
    sticky = next((row for row in rows if row.kind == "sticky"), None)
    owners = sorted((row for row in rows if row.kind == "owner"), key=lambda row: (row.from_on, row.id))
    return Beside(
        sticky=Sticky(open_text(session, sealed_key, "sticky", sticky.sealed), sticky.from_on) if sticky else None,
        owners=tuple((row.from_on, row.user_id) for row in owners),
        stood_in=tuple(
            StoodIn(Away(row.user_id, row.from_on, row.until_on), row.name, row.other_id)
            for row in rows
            if row.kind == "away"
        ),
    )


def _line(kind: str, number: Any, **given: Any) -> Select[Any]:
    days, people = dict.fromkeys(("from_on", "until_on"), Date()), dict.fromkeys(("user_id", "other_id"), BigId)
    kinds: dict[str, Any] = {**people, **days, "name": String(), "sealed": LargeBinary()}
    columns = (given.get(name, cast(null(), kind_of)).label(name) for name, kind_of in kinds.items())
    return select(literal(kind).label("kind"), number.label("id"), *columns)
