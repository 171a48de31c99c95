"""The workplace training plan as requests bring it and answers hold it."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from se_engine.rules.training import METHODS, MOST_WORDS, SAYERS
from web.api.answers import ETAG, Answer
from web.api.fields import Body, Day, Flag, Id, Kept, Whole, Words

Step = Annotated[Whole, Field(description="1 safe basic tasks … 5 tasks with responsibility")]


class NewWord(Body):
    """A word or phrase the task needs, and what she calls it."""

    norwegian: Words
    own: Words = ""


class NewRung(Body):
    """A task at the end of its step, at a workplace that knows of the service."""

    employer_id: Id
    step: Step
    task: Words
    added_on: Day
    teacher: Words = ""
    method: Literal[*METHODS] | None = None
    adaptation: Words = ""
    safety: Words = ""
    starts_on: Day | None = None
    words: Annotated[list[NewWord], Field(max_length=MOST_WORDS, default_factory=list)]
    kept: Kept = False


class ChangedRung(Body):
    """How the task is learned (JSON merge patch); another task is another rung."""

    on: Day
    step: Step = Field(default=0, json_schema_extra={"default": None})
    teacher: Words | None = None
    method: Literal[*METHODS] | None = None
    adaptation: Words | None = None
    safety: Words | None = None
    starts_on: Day | None = None
    kept: Kept = False


class NewMastery(Body):
    """One person's word on the task; the newest of each counts."""

    says: Literal[*SAYERS]
    mastered: Flag = True
    happened_on: Day


class NewWords(Body):
    words: Annotated[list[NewWord], Field(min_length=1, max_length=MOST_WORDS)]
    on: Day
    kept: Kept = False


class WordLearned(Body):
    learned: Annotated[Flag, Field(description="false: it turned out that she does not know it yet")] = True
    on: Day


class RungRemoval(Body):
    why: Words
    removed_on: Day
    kept: Kept = False


class RungKey(Answer):
    rung_id: int
    case: int
    employer_id: int
    step: int
    method: str | None
    added_on: date
    starts_on: date | None
    removed_on: date | None
    etag: ETAG


class RungWord(Answer):
    word_id: int
    norwegian: str
    own: str | None
    learned_on: date | None


class RungWordKey(Answer):
    word_id: int
    rung_id: int
    learned_on: date | None


class RungWords(Answer):
    rung_id: int
    words: list[RungWordKey]


class MasterySaid(Answer):
    says: str
    mastered: bool
    happened_on: date


class MasteryKept(MasterySaid):
    rung_id: int


class Rung(RungKey):
    task: str
    teacher: str | None
    adaptation: str | None
    safety: str | None
    removed_why: str | None
    status: Annotated[str, Field(description="planned, training or mastered")]
    mastered_on: Annotated[date | None, Field(description="since she and somebody at the workplace both say so")]
    said: Annotated[list[MasterySaid], Field(description="the newest word of each")]
    words: list[RungWord]


class Ladder(Answer):
    employer_id: int
    employer: str
    track_id: int | None
    runs: Annotated[bool, Field(description="she works there, or is on her way to")]
    not_told: Annotated[bool, Field(description="by her choice the workplace is told nothing: no ladder here")]
    rungs: Annotated[list[Rung], Field(description="in their order; those taken off the ladder included")]


class Training(Answer):
    case: int
    language: Annotated[str | None, Field(description="the language that words are learned beside")]
    ladders: Annotated[list[Ladder], Field(description="the workplaces of now first")]
