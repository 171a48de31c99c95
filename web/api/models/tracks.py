"""Employer tracks of a case as requests bring them and answers hold them."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field

from se_engine.actions.cases import DECIDERS
from se_engine.rules.disclosures import DECISIONS, TELLERS, TOPICS
from se_engine.rules.employers import REQUIRED_LEVELS
from se_engine.rules.languages import SKILLS
from se_engine.rules.tracks import CLOSE_REASONS, KINDS, REMEDIES
from web.api.answers import ETAG, Answer, Reason
from web.api.fields import Body, Code, Day, Id, Kept, Language, Name, Whole, Words


class NewTrack(Body):
    """With an employer of the office, by its id or its name."""

    opened_on: Day
    employer_id: Id | None = None
    employer: Annotated[Name, Field(description="its name, when there is no card yet")] = ""
    wish: Annotated[Whole | None, Field(description="which of her ranked wishes it serves")] = None
    occupation: Name = ""
    kind: Literal[*KINDS] | None = None


class NewTrackMove(Body):
    trigger: Code
    happened_on: Day
    note: Annotated[Words, Field(description="needed for exceptions")] = ""
    decided_by: Literal[*DECIDERS] | None = None
    kept: Kept = False


class TrackClosing(Body):
    """For language with the task it failed at (`words`) and the skill."""

    happened_on: Day
    reason: Literal[*CLOSE_REASONS]
    skill: Literal[*SKILLS] | None = None
    words: Words = ""
    decided_by: Literal[*DECIDERS] | None = None
    closing_talk_on: Annotated[Day | None, Field(description="left out, the talk with the place is due")] = None
    kept: Kept = False


class ClosingTalk(Body):
    happened_on: Day
    words: Words = ""
    kept: Kept = False


class SkillAsked(Body):
    """What the place asks of one skill, and what makes up for a gap."""

    required: Literal[*REQUIRED_LEVELS] | None = None
    remedy: Literal[*REMEDIES] | None = None
    words: Words = ""


class NewMatch(Body):
    happened_on: Day
    skills: Annotated[dict[Literal[*SKILLS], SkillAsked], Field(description="her levels of the day stand beside")]
    own_score: Annotated[Whole | None, Field(description="her own, 1–5; closes the task")] = None
    words: Words = ""
    kept: Kept = False


class NewDisclosure(Body):
    """What one employer may be told; in her words what may be told, what must not, or both."""

    employer_id: Id
    decision: Literal[*DECISIONS]
    may_tell: Annotated[list[Literal[*TOPICS]], Field(max_length=20, default_factory=list)]
    by_whom: Literal[*TELLERS]
    words: Words = ""
    not_told_words: Words = ""
    language: Language | None = None
    interpreter: Literal["yes", "no"] | None = None
    happened_on: Day


class TrackKey(Answer):
    track_id: int
    case: int
    employer_id: int
    step: str
    opened_on: date
    entered_on: date
    ended_on: date | None
    close_reason: str | None
    close_skill: str | None
    closing_talk: str | None
    closing_talk_on: date | None
    etag: ETAG


class TrackMove(Answer):
    """A move from here; «why not yet» is its reasons."""

    trigger: str
    to: str
    kind: str
    allowed: bool
    reasons: list[Reason]


class Track(TrackKey):
    employer: str
    wish: int | None
    wish_words: str | None
    occupation: str | None
    kind: str | None
    days: Annotated[int, Field(description="since it was opened, until it ended")]
    days_per_step: dict[str, int]
    next_on: date | None
    score: Annotated[int | None, Field(description="her newest own score of the match")]
    moves: list[TrackMove]


class Tracks(Answer):
    tracks: Annotated[list[Track], Field(description="those that run first, the newest first")]


class TrackEvent(Answer):
    event_id: int
    trigger: str | None
    from_step: str | None
    step: str
    happened_on: date
    decided_by: str | None
    reason: str | None
    words: str | None
    voids_id: int | None
    recorded_at: datetime


class MatchSkill(Answer):
    skill: str
    required: str | None
    has: str | None
    gap: Annotated[int | None, Field(description="levels that are lacking")]
    remedy: str | None
    words: str | None


class Match(Answer):
    match_id: int
    happened_on: date
    own_score: int | None
    words: str | None
    skills: list[MatchSkill]


class DisclosureKey(Answer):
    disclosure_id: int
    case: int
    employer_id: int
    decision: str
    may_tell: list[str]
    by_whom: str
    language: str | None
    interpreter: str | None
    happened_on: date


class Disclosure(DisclosureKey):
    words: str | None
    not_told_words: str | None


class Disclosures(Answer):
    disclosures: Annotated[list[Disclosure], Field(description="by employer, the newest first: it counts")]


class MatchKey(Answer):
    match_id: int
    track_id: int
    happened_on: date
    own_score: int | None


class WholeTrack(Track):
    close_words: str | None
    events: Annotated[list[TrackEvent], Field(description="the newest first, those taken back included")]
    matches: Annotated[list[Match], Field(description="the newest first")]
    disclosures: list[Disclosure]
