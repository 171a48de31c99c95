"""Days with their meetings, as they are asked for and answered."""

from datetime import date
from typing import Annotated

from pydantic import Field

from web.api.answers import Answer
from web.api.bodies import Query
from web.api.fields import Day, Number


class DayQuery(Query):
    on: Day | None = None


class AgendaQuery(Query):
    from_on: Day
    to_on: Day
    user_id: Annotated[Number, Field(ge=1)] | None = None


class AgendaLine(Answer):
    """A meeting of a day, without names and words: those stand in the contact."""

    contact_id: int
    case: int | None
    employer_id: int | None
    kind: str
    channel: str
    purpose: str | None
    status: str
    happened_on: date
    starts_at: str | None
    ends_at: str | None
    minutes: int | None
    user_id: int | None
    standing_in: bool
    interpreter: str | None
    interpreter_missing: bool
    collides: bool
    over: Annotated[bool, Field(description="its time has passed and the note is missing")]
    late: Annotated[bool, Field(description="for longer than notes may take")]


class OwnDay(Answer):
    on: date
    lines: list[AgendaLine]
    must_complete: list[AgendaLine]


class TeamAgenda(Answer):
    from_on: date
    to_on: date
    lines: list[AgendaLine]
    more: Annotated[bool, Field(description="there is more than this answer holds: ask for a shorter period")]
