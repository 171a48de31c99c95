"""The worklist, reminders and the hand-over sheet as they are asked for and answered."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from se_engine.queries.worklist_statuses import SUPERVISOR_STATUSES
from se_engine.queries.worklists import WEEKS_AHEAD
from se_engine.rules.timeline import WAITING_FOR
from web.api.answers import ETAG, Answer
from web.api.bodies import Query
from web.api.fields import Body, Code, Cursor, Day, Kept, Limit, Name, Number


class WorklistQuery(Query):
    cursor: Cursor = ""
    limit: Limit = 50
    status: Annotated[Literal[*SUPERVISOR_STATUSES], Field(description="requests, unassigned: a supervisor's")] = "all"
    waiting_for: Literal[*WAITING_FOR] | None = None
    step: Code | None = None
    owner: Annotated[Number | None, Field(description="account; 0: nobody")] = None
    ahead: Annotated[Number, Field(le=WEEKS_AHEAD, description="weeks from now, if nothing is done")] = 0


class NewSticky(Body):
    """A reminder to oneself: a few words, a day, or both; it takes the place of an earlier one."""

    text: Name = ""
    due_on: Day | None = None
    kept: Kept = False


class WorklistRow(Answer):
    """One case, without her name: that stands in the participant."""

    case: int
    participant_ref: str
    protected: bool
    interpreter_language: str | None
    step: str
    status: str
    waiting_for: str | None
    waiting_since: date | None
    pause_reason: str | None
    paused_since: date | None
    sorting_first: bool
    next_on: date | None
    opened_on: date
    entered_on: date
    days_in_step: int
    guide_days: int | None
    last_contact_on: date | None
    due_on: date | None
    due_for: str | None
    urgency: str
    missing: list[str]
    owner: int | None
    has_request: bool
    meeting_on: date | None
    interpreter_by: Annotated[date | None, Field(description="by when an interpreter has to be ordered")]
    promise_by: date | None
    review_on: date | None
    sticky_on: date | None
    has_sticky: bool
    etag: ETAG


class Worklist(Answer):
    on: date
    counts: dict[str, int]
    waiting_for: dict[str, int]
    urgencies: dict[str, int]
    protected: Annotated[int, Field(description="cases that exist for others")]
    rows: list[WorklistRow]
    next: str | None


class StickyKey(Answer):
    case: int
    due_on: date | None


class Sticky(StickyKey):
    text: str | None


class Secret(Answer):
    employer: str
    decision: str
    may_tell: list[str]
    by_whom: str
    not_told: str | None
    since: date


class OpenPromise(Answer):
    who: str
    partner: str | None
    text: str | None
    due_on: date | None


class Appointment(Answer):
    area: str
    partner: str | None
    on: date


class RunningTrack(Answer):
    employer: str
    step: str
    since: date
    occupation: str | None


class PossibleMove(Answer):
    trigger: str
    to: str
    takeable: bool
    lacks: Annotated[list[str], Field(description="codes of what is missing")]


class HandOver(Answer):
    """What somebody who takes the case over has to know today."""

    case: int
    step: str
    status: str
    owner: int | None
    waiting_for: str | None
    waiting_since: date | None
    next_on: date | None
    contacts: Annotated[list[int], Field(description="the last three that took place: `contact_id`")]
    planned: Annotated[list[int], Field(description="meetings ahead: `contact_id`")]
    possible: list[PossibleMove]
    tracks: list[RunningTrack]
    secrets: Annotated[list[Secret], Field(description="what must not be told the employers, in her words")]
    promises: list[OpenPromise]
    appointments: list[Appointment]
