"""What requests bring: bodies and query strings, compared with the vocabularies of the engine."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from se_engine.actions.cases import DECIDERS
from se_engine.rules.identity import DECISIONS, EDUCATION, NEEDS, SEXES
from se_engine.rules.referrals import REFERRERS
from se_engine.rules.timeline import END_REASONS, PAUSE_REASONS, WAITING_FOR
from web.api.fields import Body, Code, Day, Flag, Id, Kept, Language, Minutes, Moment, Name, Number, Words, Year

STATUSES = ("active", "paused", "ended")
ANSWERS = ("done", "not_relevant", "needs_more")


class Facts(Body):
    """Facts of identity; each may be left out, and null means: not known."""

    birth_year: Year | None = None
    sex: Literal[*SEXES] | None = None
    country: Annotated[str, Field(pattern="^[A-Z]{2}$", description="ISO 3166")] | None = None
    arrived_year: Year | None = None
    highest_education: Literal[*EDUCATION] | None = None
    interpreter_need: Literal[*NEEDS] | None = None
    interpreter_language: Language | None = None
    referred_on: Day | None = None
    referred_by: Literal[*REFERRERS] | None = None
    decision: Literal[*DECISIONS] | None = None
    decided_on: Day | None = None
    team_id: Id | None = None


class NewParticipant(Facts):
    """A participant of the account's own office."""

    participant_ref: Annotated[Name, Field(description="the office's own key; left out, the office's next one")] = ""
    given_name: Name
    family_name: Name
    languages: Annotated[
        list[Language],
        Field(max_length=20, description="first language first; one is needed", default_factory=list),
    ]
    protected: Annotated[Flag, Field(description="only named persons may see her")] = False
    another_person: Annotated[Flag, Field(description="she is none of those she looks like")] = False
    same_as: Annotated[Id | None, Field(description="a registration that is hers too: linked, never merged")] = None


class ChangedFacts(Facts):
    """Only the facts that are named are changed; null takes one away."""


class NewCase(Body):
    """A case in the first step of the newest process."""

    participant: Id
    opened_on: Day
    owner: Annotated[Id | None, Field(description="account of a job specialist at the office")] = None


class NewMove(Body):
    trigger: Code
    happened_on: Day
    note: Annotated[Words, Field(description="needed for moves back and for exceptions")] = ""
    decided_by: Literal[*DECIDERS] | None = None
    end_reason: Annotated[Literal[*END_REASONS] | None, Field(description="needed when the move ends the case")] = None


class NewTaskRecords(Body):
    """One statement for one or more tasks."""

    tasks: Annotated[list[Code], Field(min_length=1, max_length=100)]
    status: Literal[*ANSWERS]
    happened_on: Day
    words: Annotated[Words, Field(description="what was done or, for the participant's own words, said")] = ""
    value: Annotated[Name, Field(description="where no words may be kept: raised or agreed")] = ""
    employer: Annotated[Name, Field(description="needed for tasks that belong to one employer")] = ""
    minutes: Minutes | None = None
    interpreter: Literal["yes", "no"] | None = None


class NewWaiting(Body):
    waiting_for: Literal[*WAITING_FOR]
    happened_on: Day
    next_on: Annotated[Day, Field(description="when we look again")]
    note: Words = ""


class NewPause(Body):
    reason: Literal[*PAUSE_REASONS]
    happened_on: Day
    contact_on: Annotated[Day | None, Field(description="new contact, within thirty days")] = None
    note: Words = ""


class OnDay(Body):
    happened_on: Day


class Query(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ListQuery(Query):
    cursor: Annotated[Number, Field(description="`next` of the page before")] = 0
    limit: Annotated[Number, Field(ge=1, le=200)] = 50
    updated_since: Annotated[Moment | None, Field(description="only what was recorded or changed since then")] = None


class ParticipantsQuery(ListQuery):
    participant_ref: Name | None = None


class CasesQuery(ListQuery):
    participant: Annotated[Number, Field(ge=1)] | None = None
    status: Literal[*STATUSES] | None = None


class TasksQuery(Query):
    step: Code | None = None


class ProcessQuery(Query):
    version: Annotated[Number, Field(ge=1)] | None = None


class NewTemplate(Body):
    """Another start package from a day on, and why."""

    template: Code
    happened_on: Day
    why: Words
    kept: Kept = False
