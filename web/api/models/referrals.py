"""Referrals as requests bring them and answers hold them."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from se_engine.queries.referrals import STATUSES
from se_engine.rules.referrals import DECIDED_BY, DECLINED, REASONS, REFERRERS, WAITING
from web.api.answers import Answer, ParticipantKey
from web.api.bodies import Query
from web.api.fields import Body, Code, Cursor, Day, Flag, Id, Kept, Words

Decider = Annotated[Literal[*DECIDED_BY], Field(description="apart from who records it")]
WhyOwner = Annotated[Words, Field(description="needed when the specialist has twenty running cases or more")]


class Acceptance(Body):
    decided_on: Day
    decided_by: Decider
    opened_on: Day
    owner: Annotated[Id | None, Field(description="a job specialist's account; one takes the case herself")] = None
    template: Annotated[Code | None, Field(description="start package; left out, the office's own")] = None
    why_owner: WhyOwner = ""
    kept: Kept = False


class LetWait(Body):
    reason: Literal[*REASONS[WAITING]]
    look_again_on: Day
    decided_on: Day
    decided_by: Decider
    note: Words = ""
    kept: Kept = False


class Refusal(Body):
    reason: Literal[*REASONS[DECLINED]]
    may_return: Annotated[Flag, Field(description="without anybody referring her anew")]
    decided_on: Day
    decided_by: Decider
    note: Words = ""
    kept: Kept = False


class Assignment(Body):
    specialist: Annotated[Id | None, Field(description="account; null: nobody yet")]
    why: WhyOwner = ""
    kept: Kept = False


class ReferredAgain(Body):
    referred_on: Day
    referred_by: Literal[*REFERRERS] | None = None


class SamePerson(Body):
    other: Annotated[Id, Field(description="`participant` of the other registration")]
    same: Flag


class ReferralsQuery(Query):
    cursor: Cursor = ""
    status: Literal[*STATUSES] = "new"


class ReferralRow(Answer):
    """One of the inbox, without her name: that stands in the referral."""

    participant: int
    participant_ref: str
    protected: bool
    interpreter_language: str | None
    referred_on: date | None
    referred_by: str | None
    days: Annotated[int | None, Field(description="since the referral, until it is decided about")]
    specialist: int | None
    decision: str | None
    decided_on: date | None
    reason: str | None
    may_return: str | None
    look_again_on: date | None
    due: Annotated[bool, Field(description="it is time to look again")]


class Referrals(Answer):
    referrals: Annotated[list[ReferralRow], Field(description="thirty at a time, the longest waiting first")]
    counts: dict[str, int]
    unassigned: int
    due: int
    next: str | None


class Decision(Answer):
    decision: str
    reason: str | None
    decided_on: date
    decided_by: str
    may_return: str | None
    look_again_on: date | None
    words: str | None


class Likely(Answer):
    participants: Annotated[list[int], Field(description="those within reach")]
    hidden: Annotated[int, Field(description="how many more there are")]


class ReferralKey(ParticipantKey):
    specialist: int | None
    decision: str | None
    decided_on: date | None
    referred_on: date | None


class Referral(ReferralKey):
    name: str
    referred_by: str | None
    languages: list[str]
    days: int | None
    decisions: Annotated[list[Decision], Field(description="the newest first")]
    linked: Annotated[Likely, Field(description="registrations said to be the same person")]
    perhaps: Annotated[Likely, Field(description="registrations that look like hers, and nobody has looked at yet")]
    running_case: int | None
    may_assign: bool
    may_decide: bool


class SameSaid(Answer):
    participant: int
    other: int
    same: bool


class Specialist(Answer):
    """How much somebody carries: numbers to talk about, never a ranking."""

    user_id: int
    name: str
    role: str
    working: Annotated[int, Field(description="running cases that are not paused, follow-up apart")]
    paused: int
    follow_up: int
    free: int
    load: Annotated[str, Field(description="free, warn or full; from full on a reason is asked")]
    share: Annotated[int | None, Field(description="percent of full time")]
    away_until: date | None


class Specialists(Answer):
    specialists: list[Specialist]
