"""Cases by their numbers, with names: what stands behind a number of a report."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine.clock import today
from se_engine.queries.access import cases_in_scope
from se_engine.queries.texts import full_name, open_text
from se_engine.records.cases import Case
from se_engine.records.participants import Participant
from se_engine.records.people import User
from se_engine.records.texts import ParticipantText
from se_engine.rules.roles import Actor


@dataclass(frozen=True)
class CaseLine:
    case_id: int
    participant_ref: str
    name: str
    step: str
    status: str
    opened_on: date
    owner: str | None


def cases_by_number(session: Session, actor: Actor, ids: Sequence[int]) -> list[CaseLine]:
    """Those of them that this reader may open, by number."""
    rows = session.execute(
        select(
            Case.id, Case.step, Case.status, Case.opened_on, Participant.ref, Participant.sealed_key,
            ParticipantText.sealed, User.name.label("owner"),
        )
        .join(Participant, Participant.id == Case.participant_id)
        .outerjoin(ParticipantText, ParticipantText.id == Participant.name_id)
        .outerjoin(User, User.id == Case.owner_id)
        .where(Case.id.in_(ids), cases_in_scope(actor, today(session)))
        .order_by(Case.id)
    )  # fmt: skip
    return [
        CaseLine(
            case_id=row.id,
            participant_ref=row.ref,
            name=full_name(open_text(session, row.sealed_key, "name", row.sealed)),
            step=row.step,
            status=row.status,
            opened_on=row.opened_on,
            owner=row.owner,
        )
        for row in rows
    ]
