"""What stands around a job as requests bring it and answers hold it: needs, partners, promises, problems."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from se_engine.rules import consents
from se_engine.rules.needs import AREAS, BROUGHT_BY, PARTNER_KINDS, STATUSES, TAGS, TOPICS, WHO
from web.api.answers import ETAG, Answer
from web.api.fields import Body, Day, Flag, Id, Kept, Language, Name, Words

ShortWords = Annotated[Words, Field(description="an appointment, never a diagnosis; at most 300 characters")]


class NewNeed(Body):
    area: Literal[*AREAS]
    noted_on: Day
    words: ShortWords = ""
    partner_id: Id | None = None
    appointment_on: Annotated[Day | None, Field(description="with a day it is an appointment")] = None
    sort_first: Flag = False
    kept: Kept = False


class ChangedNeed(Body):
    """Where it stands (JSON merge patch); in place and not needed end it."""

    on: Day
    status: Literal[*STATUSES] = Field(default="open", json_schema_extra={"default": None})
    words: ShortWords = ""
    partner_id: Id | None = None
    appointment_on: Day | None = None
    sort_first: Flag = False
    kept: Kept = False


class NewPartner(Body):
    """A service or organisation, never a person."""

    name: Name
    kind: Literal[*PARTNER_KINDS]
    phone: Name = ""
    email: Name = ""


class ChangedPartner(Body):
    """Only what is named is changed (JSON merge patch)."""

    name: Name = Field(default="", json_schema_extra={"default": None})
    kind: Literal[*PARTNER_KINDS] = Field(default="other", json_schema_extra={"default": None})
    phone: Name | None = None
    email: Name | None = None


class Nothing(Body):
    """There is nothing to say beside the address."""


class NewPartnerConsents(Body):
    """Her answers on one partner, a topic each."""

    partner_id: Id
    answers: Annotated[dict[Literal[*TOPICS], Literal[*consents.ANSWERS]], Field(min_length=1)]
    happened_on: Day
    valid_until: Day | None = None
    language: Language | None = None


class Promise(Body):
    who: Literal[*WHO]
    partner_id: Annotated[Id | None, Field(description="needed when a partner promised")] = None
    text: Words
    due_on: Day | None = None


class NewCommitments(Body):
    """What was promised at one meeting: all of it or none."""

    promises: Annotated[list[Promise], Field(min_length=1, max_length=50)]
    contact_id: Id | None = None
    made_on: Annotated[Day | None, Field(description="left out: the day of the contact, or today")] = None
    because: Annotated[Words, Field(description="why a partner took part without her consent")] = ""
    kept: Kept = False


class Done(Body):
    done_on: Day


class Dropped(Body):
    why: Words
    dropped_on: Day
    kept: Kept = False


class NewProblem(Body):
    tag: Literal[*TAGS]
    brought_by: Literal[*BROUGHT_BY]
    words: Words
    opened_on: Day
    answer_on: Annotated[Day | None, Field(description="left out: an employer's, the next working day")] = None
    track_id: Id | None = None
    kept: Kept = False


class ClosedProblem(Body):
    solution: Words
    closed_on: Day
    kept: Kept = False


class NeedKey(Answer):
    need_id: int
    case: int
    area: str
    status: str
    sort_first: bool
    rank: int | None
    partner_id: int | None
    appointment_on: date | None
    noted_on: date
    ended_on: date | None
    etag: ETAG


class Need(NeedKey):
    partner: str | None
    words: str | None


class PartnerKey(Answer):
    partner_id: int
    kind: str
    ended_on: date | None


class Partner(PartnerKey):
    name: str
    phone: str | None
    email: str | None
    cases: Annotated[int, Field(description="in how many cases she was asked about it")]


class Partners(Answer):
    partners: list[Partner]


class TopicAnswer(Answer):
    topic: str
    state: Annotated[str, Field(description="yes, review, run_out, no, withdrawn or not_asked")]
    happened_on: date | None
    valid_until: date | None
    language: str | None
    shared: Annotated[bool, Field(description="it may be talked about today")]


class PartnerConsent(Answer):
    partner_id: int
    partner: str
    kind: str
    topics: list[TopicAnswer]


class PartnerConsentsKept(Answer):
    case: int
    partner_id: int
    answers: dict[str, str]


class CommitmentKey(Answer):
    commitment_id: int
    case: int
    contact_id: int | None
    who: str
    made_on: date
    due_on: date | None
    done_on: date | None
    dropped_on: date | None


class Commitment(CommitmentKey):
    partner: str | None
    text: str | None
    why: str | None


class CommitmentsKept(Answer):
    case: int
    commitments: list[CommitmentKey]


class ProblemKey(Answer):
    problem_id: int
    case: int
    tag: str
    brought_by: str
    opened_on: date
    answer_by: date | None
    closed_on: date | None


class LoggedProblem(ProblemKey):
    words: str | None
    solution: str | None


class Needs(Answer):
    case: int
    needs: Annotated[list[Need], Field(description="the next appointment first")]
    commitments: list[Commitment]
    problems: list[LoggedProblem]
    consents: list[PartnerConsent]
