"""The other registrations that somebody says are the same person, and those nobody has looked at yet."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from se_engine.queries.access import access_participant
from se_engine.queries.names import Likely, found_by_ids, likely_the_same
from se_engine.queries.texts import name_of
from se_engine.records.referrals import SamePerson
from se_engine.rules.roles import Actor


def linked_to(session: Session, actor: Actor, participant_id: int) -> Likely:
    """The registrations said to be hers: those the reader may open, and how many more."""
    linked = [other for other, same in _said(session, participant_id) if same]
    shown = found_by_ids(session, actor, linked)
    return Likely(shown, len(linked) - len(shown))


def perhaps_the_same(session: Session, actor: Actor, participant_id: int) -> Likely:
    """Those who may be the same person, without the ones of whom somebody has said that they are, or are not."""
    participant = access_participant(session, actor, participant_id)
    return likely_the_same(
        session,
        actor,
        participant.office_id,
        name_of(session, participant),
        birth_year=participant.birth_year,
        but=[participant.id, *(other for other, _ in _said(session, participant_id))],
    )


def _said(session: Session, participant_id: int) -> list[tuple[int, bool]]:
    rows = session.execute(
        select(SamePerson.participant_id, SamePerson.other_id, SamePerson.same).where(
            or_(SamePerson.participant_id == participant_id, SamePerson.other_id == participant_id)
        )
    )
    return [(row.other_id if row.participant_id == participant_id else row.participant_id, row.same) for row in rows]
