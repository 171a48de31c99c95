"""A contact that is over and a meeting ahead, each with an interpreter: what the pages of contacts are called by."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

    from se_engine.records.cases import Case
    from se_engine.rules.roles import Actor


def told_and_planned(session: Session, actor: Actor, case: Case, *, on: date) -> dict[str, int]:
    from se_engine.actions.contacts import record_note
    from se_engine.actions.meetings import plan_meeting
    from se_engine.rules.contacts import Meeting, Note
    from se_engine.rules.interpreters import InterpreterOutcome, InterpreterWish

    said = Note(
        happened_on=on, kind="participant", channel="in_person", minutes=45, said="She can begin at 8.",
        her_words="I like mornings.", next_step="Ask about the bus.", next_on=on + timedelta(days=7),
    )  # fmt: skip
    came = InterpreterOutcome(minutes=45, cost=900)
    told = record_note(session, actor, case.id, said, interpreter=came)
    ahead = Meeting(kind="participant", happened_on=on + timedelta(days=7), starts_at="10:00", minutes=60,
                    place="The library", agenda="What to say at the first visit")  # fmt: skip
    wish = InterpreterWish(needed="yes", language="ar", dialect="Sudan", gender_wish="female")
    planned = plan_meeting(session, actor, case.id, ahead, interpreter=wish)
    return {"contact_id": told.id, "meeting_id": planned.id}
