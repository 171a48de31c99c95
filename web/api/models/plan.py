"""Her plan as requests bring it and answers hold it: choices, goals, numbers and wishes."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from se_engine.rules.choices import ABOUT, ANSWERS, GOAL_KINDS, INTERPRETER, OUTCOMES, WHOSE
from web.api.answers import Answer
from web.api.fields import Body, Day, Id, Kept, Language, Whole, Words

HerWords = Annotated[Words, Field(description="in her words")]
Scale = Annotated[Whole, Field(ge=0, le=10)]


class NewChoice(Body):
    """A proposal to her; with an answer when she gave it in the same talk."""

    about: Literal[*ABOUT]
    offer: Words
    offered_on: Day
    answer: Literal[*ANSWERS] | None = None
    words: HerWords = ""
    language: Language | None = None
    interpreter: Literal[*INTERPRETER] | None = None
    track_id: Id | None = None
    contact_id: Id | None = None
    kept: Kept = False


class ChoiceAnswer(Body):
    answer: Literal[*ANSWERS]
    answered_on: Day
    words: Annotated[Words, Field(description="in her words; needed for something else")] = ""
    language: Language | None = None
    interpreter: Literal[*INTERPRETER] | None = None
    kept: Kept = False


class Why(Body):
    why: Words


class NewGoal(Body):
    kind: Literal[*GOAL_KINDS]
    words: HerWords
    set_on: Day
    whose: Annotated[Literal[*WHOSE], Field(description="whose words it is in")] = "own"
    language: Language | None = None
    follows_id: Annotated[Id | None, Field(description="the goal that this one changes")] = None
    kept: Kept = False


class GoalEnd(Body):
    outcome: Literal[*OUTCOMES]
    ended_on: Day


class NewScores(Body):
    """How much she wants to work and how sure she is, nought to ten; one of them is enough."""

    motivation: Scale | None = None
    confidence: Scale | None = None
    happened_on: Day


class ChoiceKey(Answer):
    choice_id: int
    case: int
    about: str
    offered_on: date
    answer: str | None
    answered_on: date | None
    voided: bool


class Choice(ChoiceKey):
    employer: str | None
    track_id: int | None
    offer: str | None
    words: str | None
    language: str | None
    interpreter: str | None
    void_reason: str | None


class GoalKey(Answer):
    goal_id: int
    case: int
    kind: str
    set_on: date
    ended_on: date | None
    outcome: str | None


class Goal(GoalKey):
    whose: str
    words: str | None
    follows_id: int | None
    language: str | None


class Score(Answer):
    on: date
    motivation: int | None
    confidence: int | None


class Scores(Answer):
    case: int
    scores: list[Score]


class Told(Answer):
    entry: int
    words: str | None
    on: date


class ChoiceNumbers(Answer):
    offered: int
    answered: int
    chosen: int
    declined: int
    something_else: int


class Plan(Answer):
    case: int
    choices: list[Choice]
    numbers: ChoiceNumbers
    goals: list[Goal]
    scores: list[Score]
    told: Annotated[dict[str, list[Told]], Field(description="dream, wishes and plans, by the field of her record")]
