"""Contacts as requests bring them and answers hold them: meetings ahead, notes and calls."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field

from se_engine.rules.contacts import (
    ACTED,
    CANCELLERS,
    CHANNELS,
    CONCRETE,
    KINDS,
    OUTCOMES,
    PRESENCE,
    PURPOSES,
    TOLD,
)
from se_engine.rules.disclosures import TOPICS
from web.api.answers import ETAG, Answer
from web.api.bodies import Query
from web.api.fields import (
    Body,
    Code,
    Cursor,
    Day,
    Flag,
    Id,
    Kept,
    Limit,
    Minutes,
    Name,
    NobodyNamed,
    TimeOfDay,
    Whole,
    Words,
)
from web.api.models.follow_up import InWork
from web.api.models.interpreters import Booking, InterpreterNeed, InterpreterTold

CollisionKnown = Annotated[Flag, Field(description="somebody has another meeting then, and that is known")]

PartnerId = Annotated[Id, Field(description="of a cooperation meeting: which of the office's partners it is with")]
Because = Annotated[Words, Field(description="why a partner is met without her yes; the supervisor hears")]


class NewMeeting(Body):
    kind: Literal[*KINDS]
    happened_on: Annotated[Day, Field(description="the day it is planned for")]
    channel: Literal[*CHANNELS] = "in_person"
    starts_at: TimeOfDay | None = None
    minutes: Minutes | None = None
    purpose: Literal[*PURPOSES] | None = None
    employer_id: Id | None = None
    track_id: Id | None = None
    partner_id: PartnerId | None = None
    user_id: Annotated[Id | None, Field(description="whose meeting it is; left out, the account's own")] = None
    in_field: Flag | None = None
    place: Name = ""
    agenda: Words = ""
    told_because: Because = ""
    interpreter: InterpreterNeed | None = None
    collision_known: CollisionKnown = False
    kept: Kept = False


class ChangedMeeting(Body):
    """Only what is named is changed (JSON merge patch); what cannot be empty takes no null."""

    kind: Literal[*KINDS] = Field(default="participant", json_schema_extra={"default": None})
    happened_on: Day = Field(default=date.max, json_schema_extra={"default": None})
    channel: Literal[*CHANNELS] = Field(default="in_person", json_schema_extra={"default": None})
    starts_at: TimeOfDay | None = None
    minutes: Minutes | None = None
    purpose: Literal[*PURPOSES] | None = None
    employer_id: Id | None = None
    track_id: Id | None = None
    partner_id: PartnerId | None = None
    user_id: Id | None = None
    in_field: Flag | None = None
    place: Name | None = None
    agenda: Words | None = None
    told_because: Words | None = None
    collision_known: CollisionKnown = False
    kept: Kept = False


class Cancelled(Body):
    by: Literal[*CANCELLERS]
    why: Words
    kept: Kept = False


class TakenBack(Body):
    why: Words
    kept: Kept = False


class NewNote(Body):
    """The one note. Of a meeting that was planned, what is left out stays as it was planned."""

    happened_on: Day
    kind: Annotated[
        Literal[*KINDS] | None, Field(description="needed when nobody planned it; the same for channel")
    ] = None
    channel: Literal[*CHANNELS] | None = None
    status: Literal[*TOLD] = "held"
    starts_at: TimeOfDay | None = None
    minutes: Minutes | None = None
    travel_minutes: Minutes | None = None
    in_field: Flag | None = None
    purpose: Literal[*PURPOSES] | None = None
    employer_id: Id | None = None
    track_id: Id | None = None
    partner_id: PartnerId | None = None
    participant_present: Literal[*PRESENCE] | None = None
    acted: Literal[*ACTED] | None = None
    decision_maker: Flag | None = None
    concrete_job: Literal[*CONCRETE] | None = None
    outcome: Literal[*OUTCOMES] | None = None
    satisfaction: Annotated[Whole | None, Field(ge=1, le=5)] = None
    named: Annotated[Flag, Field(description="the employer was told who she is")] = False
    told: Annotated[list[Literal[*TOPICS]], Field(max_length=20, description="what it was told", default_factory=list)]
    told_because: Annotated[Words, Field(description="why more was told than she allows; the supervisor hears")] = ""
    said: Words = ""
    her_words: Words = ""
    work: Annotated[Words, Field(description="of a visit: the work")] = ""
    workplace_norwegian: Words = ""
    guidance: Words = ""
    no_show: Words = ""
    next_step: Words = ""
    next_on: Day | None = None
    employer_text: Annotated[Words, Field(description="the workplace's own note, of nobody by name")] = ""
    employer_agreed: Words = ""
    nobody_named: NobodyNamed = False
    shared: Annotated[Flag, Field(description="she may read it")] = True
    hidden_because: Words = ""
    tasks: Annotated[list[Code], Field(max_length=100, description="it is evidence for", default_factory=list)]
    interpreter: InterpreterTold | None = None
    in_work: Annotated[InWork | None, Field(description="once a job has begun: the answer at follow-up")] = None
    user_id: Id | None = None
    collision_known: CollisionKnown = False
    kept: Kept = False


class NewCall(Body):
    answered: Flag
    message_left: Flag = False
    minutes: Minutes | None = None
    said: Words = ""
    happened_on: Annotated[Day | None, Field(description="left out: today")] = None
    next_on: Day | None = None
    kept: Kept = False


class SentInvitation(Body):
    text: Words


class ContactsQuery(Query):
    cursor: Cursor = ""
    limit: Limit = 20


class ContactKey(Answer):
    contact_id: int
    case: int | None
    employer_id: int | None
    status: str
    happened_on: date
    etag: ETAG


class Contact(ContactKey):
    employer: str | None
    track_id: int | None
    partner_id: int | None
    partner: str | None
    user_id: Annotated[int | None, Field(description="whose contact it is")]
    kind: str
    purpose: str | None
    channel: str
    starts_at: str | None
    minutes: int | None
    travel_minutes: int | None
    in_field: bool | None
    participant_present: str | None
    success: Annotated[bool, Field(description="she was met or spoken with: the contact limits count from it")]
    acted: str | None
    decision_maker: bool | None
    concrete_job: str | None
    told: list[str]
    satisfaction: int | None
    outcome: str | None
    cancelled_by: str | None
    shared: bool
    next_on: date | None
    chain_id: Annotated[int | None, Field(description="the contact without success that this one comes after")]
    recorded_by: int | None
    recorded_at: datetime
    completed_at: datetime | None
    source: str
    words: Annotated[dict[str, str | None], Field(description="part → words; null where they were removed")]
    interpreter: Booking | None
    tasks: list[str]
    employer_text: str | None
    employer_agreed: str | None


class Contacts(Answer):
    contacts: list[Contact]
    next: str | None


class Invitation(Answer):
    text: Annotated[str, Field(description="hers first, then ours")]
    text_nb: str
    text_other: str | None
    language: str | None
    sms_uri: Annotated[str | None, Field(description="null without a number, or when she wants no messages")]
