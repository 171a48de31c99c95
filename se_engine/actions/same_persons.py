"""Saying that two registrations are, or are not, the same person: linked, never merged, and taken back as easily."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine.actions.trail import write_trail
from se_engine.clock import now
from se_engine.queries.access import access_participant
from se_engine.records.referrals import SamePerson
from se_engine.rules.errors import NotPermitted, Refused
from se_engine.rules.roles import CASEWORK, Actor


def say_same(session: Session, actor: Actor, participant_id: int, other_id: int, *, same: bool) -> SamePerson:
    """Both must be open to who says it. What was said before is said otherwise; the trail of both keeps each word."""
    one, other = sorted((participant_id, other_id))
    both = [access_participant(session, actor, number) for number in (one, other)]
    if actor.role not in CASEWORK:
        raise NotPermitted()
    if one == other:
        raise Refused("same_registration")
    said = session.scalar(select(SamePerson).where(SamePerson.participant_id == one, SamePerson.other_id == other))
    if said is not None and said.same == same:
        return said
    if said is None:
        said = SamePerson(participant_id=one, other_id=other)
        session.add(said)
    said.same, said.recorded_by, said.recorded_at = same, actor.user_id, now(session)
    for participant, its_other in ((both[0], other), (both[1], one)):
        detail = {"other": its_other}
        write_trail(session, actor, "same_person" if same else "other_person", participant=participant, detail=detail)
    session.flush()
    return said
