"""Opening what is closed: a supervisor reads health fields when she has said why, and the trail keeps it."""

from sqlalchemy.orm import Session

from se_engine.actions.texts import keep_text
from se_engine.actions.trail import write_trail
from se_engine.queries.access import access_participant
from se_engine.records.participants import Participant
from se_engine.rules.errors import NotPermitted, Refused
from se_engine.rules.roles import SUPERVISION, Actor


def open_on_request(session: Session, actor: Actor, participant_id: int, *, why: str) -> Participant:
    """Tells the trail first; what is opened is then read in the same request, and in no other."""
    participant = access_participant(session, actor, participant_id)
    if actor.role not in SUPERVISION:
        raise NotPermitted()
    if not why.strip():
        raise Refused("reason_needed")
    text = keep_text(session, participant, "reason", why.strip())
    write_trail(session, actor, "health_read", participant=participant, text=text)
    session.flush()
    return participant
