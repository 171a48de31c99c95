"""Reminders as they are asked for and answered: without names, as every list across participants."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from se_engine.queries.reminders import OWN, TEAM
from web.api.answers import Answer
from web.api.bodies import Query
from web.api.fields import Day


class RemindersQuery(Query):
    on: Annotated[Day | None, Field(description="a day to come: what is due then, if nothing is done")] = None
    whose: Annotated[Literal[OWN, TEAM], Field(description="those who lead nobody have their own")] = TEAM


class Reminder(Answer):
    """One for each person and reason."""

    case: int
    participant_ref: str
    step: str
    reason: str
    also: Annotated[list[str], Field(description="what the same contact settles")]
    due_on: date
    late: bool
    owner: int | None
    meeting_on: Annotated[date | None, Field(description="the next meeting that is planned with her")]
    path: Annotated[str, Field(description="the page where it is done")]


class Reminders(Answer):
    on: date
    total: int
    late: int
    reminders: Annotated[list[Reminder], Field(description="people before papers, the oldest first")]
