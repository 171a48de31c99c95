"""What the API answers: the shapes of `case show` and `case moves`, and everything else a system reads."""

from datetime import date, datetime
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field

ETAG = Annotated[str, Field(description="send it as If-Match with the next change")]


class Answer(BaseModel):
    """Answers of POST and PATCH are kept for repeats, so they hold ids, codes and dates: never names or words."""

    model_config = ConfigDict(serialize_by_alias=True)

    def to_keep(self) -> Self:
        """What of it is kept for repeats."""
        return self


class ParticipantKey(Answer):
    participant: int
    participant_ref: str
    office: str
    team_id: int | None
    protected: bool
    etag: ETAG


class Participants(Answer):
    participants: list[ParticipantKey]
    next: str | None


class Participant(ParticipantKey):
    given_name: str
    family_name: str
    birth_year: int | None
    sex: str | None
    country: str | None
    arrived_year: int | None
    highest_education: str | None
    interpreter_need: str | None
    interpreter_language: str | None
    referred_on: date | None
    referred_by: str | None
    decision: str | None
    decided_on: date | None
    recorded_at: datetime


class CaseShow(Answer):
    """As `se-engine case show`, with the participant's id and the ETag."""

    case: int
    participant_ref: str
    office: str
    process: str
    version: Annotated[int, Field(description="of the process")]
    step: str
    status: str
    opened_on: date
    ended_on: date | None
    participant: int
    etag: ETAG


class Cases(Answer):
    cases: list[CaseShow]
    next: str | None


class Case(CaseShow):
    entered_on: date
    end_reason: str | None
    waiting_for: str | None
    waiting_since: date | None
    pause_reason: str | None
    paused_since: date | None
    next_on: Annotated[date | None, Field(description="next check of the waiting, or new contact after the pause")]
    last_contact_on: date | None
    owner: Annotated[int | None, Field(description="the job specialist's account")]
    previous: Annotated[int | None, Field(description="the case this one continues")]
    template: Annotated[str, Field(description="the start package it follows")]


class Reason(Answer):
    code: str
    task: str | None
    text: str
    who: list[str]
    where: str


class Move(Answer):
    """As in `se-engine case moves`."""

    trigger: str
    to: str
    allowed: bool
    reasons: list[Reason]


class Titles(Answer):
    nb: str
    nn: str
    en: str


class Task(Answer):
    key: str
    dimension: str
    step: str
    status: str
    happened_on: date | None
    employer: Annotated[str | None, Field(description="for tasks that belong to one employer")]
    applies: Annotated[bool, Field(description="false while the fact that makes the task apply is not there")]
    same_as: str | None
    closed_by: Annotated[str | None, Field(description="the fact that closes the task instead of a line")]
    titles: Titles


class Tasks(Answer):
    tasks: list[Task]


class Recorded(Answer):
    """The case as it stands now, and the tasks the statement was for."""

    case: int
    tasks: list[str]
    status: str
    etag: ETAG


class Event(Answer):
    id: int
    kind: str
    happened_on: date
    recorded_at: datetime
    recorded_by: Annotated[int | None, Field(description="account; null for the operator")]
    role: str
    source: str
    recorded_on: Annotated[date | None, Field(description="when the old system recorded an imported event")]
    step: str | None
    from_step: str | None
    trigger: str | None
    decided_by: str | None
    reason: str | None
    waiting_for: str | None
    next_on: date | None
    job: int | None
    text: Annotated[str | None, Field(description="null also when it was redacted")]
    open_requirements: list[Any]
    remarks: list[Any]
    voids: Annotated[int | None, Field(description="the id of the event this one takes back")]


class History(Answer):
    events: list[Event]


class Step(Answer):
    key: str
    titles: Titles
    guide_days: int | None
    final: bool


class DefinedMove(Answer):
    trigger: str
    sources: Annotated[list[str], Field(serialization_alias="from")]
    to: str
    kind: str
    roles: list[str]
    needs_reason: bool
    titles: Titles


class Template(Answer):
    """A start package: another rhythm for the same process, and which tasks come first."""

    key: str
    titles: Titles
    guide_days: dict[str, int]
    contact_days: dict[str, int]
    tasks: list[str]


class Process(Answer):
    process: str
    version: int
    titles: Titles
    steps: list[Step]
    moves: list[DefinedMove]
    templates: list[Template]


class Problem(Answer):
    """RFC 9457. `code` says which problem it is; `reasons` holds every one, as in `case moves`."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    reasons: list[Reason]
