"""Employers as requests bring them and answers hold them."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field

from se_engine.queries.employers import NORWEGIAN, SHOWN
from se_engine.rules.employers import ANOTHER, FORMS, INDUSTRIES, NEEDS, STAGES
from se_engine.rules.languages import LEVELS
from web.api.answers import ETAG, Answer
from web.api.bodies import Query
from web.api.fields import Body, Code, Cursor, Day, Flag, Id, Limit, Name, NobodyNamed, Whole, Words

OptionalName = Annotated[Name | None, Field(description="null takes it away")]
OptionalWords = Annotated[Words | None, Field(description="of nobody by name")]
Level = Annotated[Code | None, Field(description="the level asked for, A1–C2 or none")]


class EmployerFacts(Body):
    """Facts of the card; each may be left out, and null means: not known. Codes are those of the answers."""

    org_number: Annotated[Name | None, Field(description="nine digits; the last is checked")] = None
    industry: Annotated[Name | None, Field(description="section or number of NACE Rev. 2.1")] = None
    size: Code | None = None
    stage: Literal[*STAGES] | None = None
    refusal: Code | None = None
    source: Code | None = None
    collective_agreement: Code | None = None
    safety_delegate: Code | None = None
    limited_norwegian: Code | None = None
    listening: Level = None
    reading: Level = None
    speaking: Level = None
    writing: Level = None
    language_mentor: Code | None = None
    experience: Code | None = None
    needs: Annotated[list[Literal[*NEEDS]] | None, Field(max_length=20)] = None
    preferred_form: Literal[*FORMS] | None = None
    address: OptionalName = None
    phone: OptionalName = None
    municipality: OptionalName = None
    preferred_time: OptionalWords = None
    busy_times: OptionalWords = None
    possible_tasks: OptionalWords = None
    experience_words: OptionalWords = None
    next_on: Day | None = None
    nobody_named: NobodyNamed = False


class NewEmployer(EmployerFacts):
    """An employer of the account's own office."""

    name: Name
    another: Annotated[Flag, Field(description="it is another one than those it looks like")] = False


class ChangedEmployer(EmployerFacts):
    """Only the facts that are named are changed (JSON merge patch)."""

    name: Name = Field(default="", json_schema_extra={"default": None})


class NewPerson(Body):
    """Somebody to talk to: work details only."""

    name: Name
    function: Name = ""
    phone: Name = ""
    email: Name = ""
    preferred_form: Literal[*FORMS] | None = None
    preferred_time: Name = ""
    decides: Flag = False


class Left(Body):
    left_on: Day


class NewAgreement(Body):
    from_on: Day
    until_on: Day
    places: Annotated[Whole, Field(description="a year")]
    tasks: Words = ""
    nobody_named: NobodyNamed = False


class Ended(Body):
    ended_on: Day


class NewFeedback(Body):
    """Five answers from 1 to 5, null where there is none: work, understanding, follow-up, information, effort."""

    track_id: Id
    week: Annotated[Whole, Field(description="2, 8 or 26")]
    happened_on: Day
    answers: Annotated[list[Annotated[Whole, Field(ge=1, le=5)] | None], Field(min_length=5, max_length=5)]
    another: Literal[*ANOTHER] | None = None
    text: Words = ""
    nobody_named: NobodyNamed = False


class EmployersQuery(Query):
    cursor: Cursor = ""
    limit: Limit = 50
    words: Annotated[Name, Field(description="in the name; or the beginning of the organisation number")] = ""
    show: Annotated[Literal[*SHOWN], Field(description="why it needs attention")] = "all"
    stage: Literal[*STAGES] | None = None
    norwegian: Literal[*NORWEGIAN] | None = None
    level: Annotated[Literal[*LEVELS] | None, Field(description="asks for no more than this")] = None
    industry: Literal[*INDUSTRIES] | None = None
    free: Annotated[bool, Field(description="with free places")] = False
    pool: Annotated[bool, Field(description="known to take people on")] = False


class EmployerKey(Answer):
    employer_id: int
    etag: ETAG


class EmployerPart(EmployerKey):
    """What was added to a card, or ended on it, and the card's new tag."""

    person_id: int | None = None
    agreement_id: int | None = None
    feedback_id: int | None = None


class EmployerRow(Answer):
    employer_id: int
    name: str
    stage: str | None
    industry: str | None
    limited_norwegian: str | None
    preferred_time: str | None
    phone: str | None
    last_on: Annotated[date | None, Field(description="the last contact")]
    planned_on: date | None
    participants: Annotated[int, Field(description="how many are there now")]
    day: Annotated[date | None, Field(description="from when it needs attention")]
    why: str | None
    places: int
    used: int
    urgency: str


class Employers(Answer):
    employers: list[EmployerRow]
    counts: dict[str, int]
    next: str | None


class Person(Answer):
    person_id: int
    name: str
    function: str | None
    phone: str | None
    email: str | None
    preferred_form: str | None
    preferred_time: str | None
    decides: bool


class Agreement(Answer):
    agreement_id: int
    from_on: date
    until_on: date
    ended_on: date | None
    places: int
    used: int
    tasks: str | None
    runs: bool


class EmployerNote(Answer):
    """A contact as the employer's side of it may be read; `case` only where it is within reach."""

    on: date
    status: str
    kind: str | None
    channel: str | None
    purpose: str | None
    decision_maker: bool | None
    outcome: str | None
    satisfaction: int | None
    case: int | None
    text: str | None
    agreed: str | None


class Relation(Answer):
    """A running track of a case within reach."""

    case: int
    step: str
    opened_on: date
    occupation: str | None


class Results(Answer):
    participants: int
    placements: int
    jobs: int
    old_enough: Annotated[int, Field(description="jobs that began at least 26 weeks ago")]
    still_there: Annotated[int, Field(description="of these, how many lasted 26 weeks")]


class Feedback(Answer):
    week: int
    on: date
    answers: list[int | None]
    another: str | None
    text: str | None


class FeedbackDue(Answer):
    track_id: int
    case: int
    week: int
    due_on: date


class Employer(EmployerKey):
    name: str
    org_number: str | None
    industry: str | None
    size: str | None
    stage: str | None
    refusal: str | None
    source: str | None
    collective_agreement: str | None
    safety_delegate: str | None
    limited_norwegian: str | None
    listening: str | None
    reading: str | None
    speaking: str | None
    writing: str | None
    language_mentor: str | None
    experience: str | None
    needs: list[str]
    preferred_form: str | None
    address: str | None
    phone: str | None
    municipality: str | None
    preferred_time: str | None
    busy_times: str | None
    possible_tasks: str | None
    experience_words: str | None
    next_on: date | None
    people: list[Person]
    agreements: list[Agreement]
    notes: Annotated[list[EmployerNote], Field(description="the newest contacts, those with participants too")]
    relations: list[Relation]
    other_tracks: Annotated[int, Field(description="running tracks of cases that are not within reach")]
    results: Results
    feedback: list[Feedback]
    feedback_due: list[FeedbackDue]


class CardChange(Answer):
    field: str
    before: str | None
    after: str | None
    at: datetime
    version: int


class CardHistory(Answer):
    changes: Annotated[list[CardChange], Field(description="the newest 500, the newest first")]
