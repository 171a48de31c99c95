"""Meetings ahead go with the case: they are the new owner's."""

from sqlalchemy import update
from sqlalchemy.orm import Session

from se_engine.records.contacts import Contact
from se_engine.rules.contacts import PLANNED


def hand_over_meetings(session: Session, case_id: int, from_user_id: int, to_user_id: int) -> None:
    """The trail says it with the change of owner; what a colleague has planned stays hers."""
    ahead = (Contact.case_id == case_id, Contact.status == PLANNED, Contact.user_id == from_user_id)
    session.execute(update(Contact).where(*ahead).values(user_id=to_user_id, version=Contact.version + 1))
