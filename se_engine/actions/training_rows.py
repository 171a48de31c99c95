"""One rung of a ladder as every action on it begins and ends: opened for writing, and its entry in the trail."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from se_engine.actions.tasks import check_working_day
from se_engine.actions.trail import write_trail
from se_engine.queries.access import access_of_case
from se_engine.records.cases import Case
from se_engine.records.documents import Rung
from se_engine.records.texts import KeptText
from se_engine.rules.errors import Refused
from se_engine.rules.roles import Actor


def open_rung(session: Session, actor: Actor, rung_id: int, *, on: date) -> tuple[Rung, Case]:
    """A rung that stands, held until the transaction ends, in a case that ran on the day."""
    rung, case = access_of_case(session, actor, Rung, rung_id, lock=True)
    if rung.removed_on is not None:
        raise Refused("rung_was_removed", day=rung.removed_on.isoformat())
    check_working_day(session, case, on)
    return rung, case


def write_rung_trail(
    session: Session,
    actor: Actor,
    what: str,
    case: Case,
    rung: Rung,
    on: date,
    text: KeptText | None = None,
    **codes: str | int | None,
) -> None:
    detail: dict[str, Any] = {"rung": rung.id, "employer": rung.employer_id, "step": rung.step, **codes}
    write_trail(session, actor, what, case=case, happened_on=on, text=text, detail=detail)
