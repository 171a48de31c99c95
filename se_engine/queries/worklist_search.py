"""Finding people on one's own list by name, however it is spelled, or by reference."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from se_engine.clock import today
from se_engine.queries.access import cases_in_scope
from se_engine.queries.names import found_by_name
from se_engine.records.cases import Case
from se_engine.records.participants import Participant
from se_engine.rules.roles import Actor

MOST = 50


def cases_found(session: Session, actor: Actor, text: str) -> tuple[int, ...]:
    """The running cases the reader may open whose participant is meant; at most fifty."""
    wanted = text.strip()
    if not wanted:
        return ()
    people = [found.participant_id for found in found_by_name(session, actor, wanted, limit=MOST)]
    called = Participant.ref.in_({wanted, wanted.upper(), wanted.lower()})
    found = session.scalars(
        select(Case.id)
        .join(Participant, Participant.id == Case.participant_id)
        .where(Case.status != "ended", cases_in_scope(actor, today(session)))
        .where(or_(Participant.id.in_(people), called))
        .order_by(Case.id)
        .limit(MOST)
    )
    return tuple(found)
