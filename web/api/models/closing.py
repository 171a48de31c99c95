"""The closing talk and the ends that lack something, as requests bring them and answers hold them."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from se_engine.rules.closing import PRESENT
from se_engine.rules.timeline import END_REASONS
from web.api.answers import ETAG, Answer
from web.api.fields import Body, Day, Flag, Kept, Language, Name, Words


class NewClosingTalk(Body):
    """The question confirmed, her own decision, whom she calls; with an end reason the case ends on that day."""

    happened_on: Day
    confirmed: Annotated[
        Literal["yes", "not_known"],
        Field(description="the facts are right, or nobody knows; what is wrong is corrected first"),
    ]
    decision: Annotated[Words, Field(description="hers, in her words")]
    plan: Annotated[Words, Field(description="what she wants next")] = ""
    natural_support: Annotated[Words, Field(description="who helps at work from now on, and with what")] = ""
    whom: Annotated[Name, Field(min_length=1, description="who answers when she calls")]
    phone: Annotated[Name, Field(max_length=40)] = ""
    language: Annotated[Language, Field(description="in which she was told whom to call; ISO 639")]
    present: Annotated[list[Literal[*PRESENT]], Field(max_length=len(PRESENT), default_factory=list)]
    ask_later: Annotated[Flag | None, Field(description="one message after 18 and 24 months")] = None
    end_reason: Annotated[Literal[*END_REASONS] | None, Field(description="left out, the case goes on")] = None
    kept: Kept = False


class NewRegisterReport(Body):
    reported_on: Annotated[Day, Field(description="the register was told there; the service itself tells it nothing")]


class ClosingTalkKept(Answer):
    talk_id: int
    case: int
    happened_on: date
    last_answer: str
    ended_on: date | None
    end_reason: str | None


class RegisterReported(Answer):
    case: int
    reported_on: date


class JobAsked(Answer):
    """The job that is asked about, on terms of today."""

    job_id: int
    employer: str | None
    occupation: str | None
    since: date
    hours: float | None
    contract: str | None


class HeldTalk(Answer):
    happened_on: date
    last_answer: str
    decision: str | None
    plan: str | None
    natural_support: str | None
    whom_to_call: str | None
    language: str
    present: list[str]
    ask_later: bool | None


class Closing(Answer):
    """The one question, made of facts, and what else the talk is filled in with."""

    case: int
    job: Annotated[JobAsked | None, Field(description="in work since …; null: not in work")]
    last_job_ended_on: date | None
    answered_on: Annotated[date | None, Field(description="when she was last known to be in this job")]
    answer: Annotated[str, Field(description="what a yes to the question says")]
    end_reason: Annotated[str | None, Field(description="the one that the facts speak for")]
    trigger: Annotated[str | None, Field(description="the move that ends the case; null when it has ended")]
    owner: int | None
    owner_phone: str | None
    language: str | None
    talk: Annotated[HeldTalk | None, Field(description="the last one of the case")]
    etag: ETAG


class End(Answer):
    """An end without a reason, or of which the register has not been told; without a name."""

    case: int
    ended_on: date
    end_reason: str | None
    without_reason: bool
    event_id: Annotated[int | None, Field(description="the end in the history, which is corrected")]
    report_by: date | None
    days_left: Annotated[int | None, Field(description="of the register's two months; below nought they are over")]


class Ends(Answer):
    ends: list[End]
    more: Annotated[bool, Field(description="there are more than this answer holds")]
