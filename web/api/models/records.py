"""Parts of a participant's record as requests bring them and answers hold them."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from se_engine.rules import consents
from se_engine.rules.languages import LEVEL_SOURCES, LEVELS, SKILLS
from web.api.answers import Answer
from web.api.fields import Body, Day, Language, Name

Languages = Annotated[list[Language], Field(min_length=1, max_length=20, description="the first language first")]


class NewName(Body):
    given_name: Name
    family_name: Name


class SetLanguages(Body):
    """All of them: what is not named is no longer hers."""

    languages: Languages


class NewLevels(Body):
    """Her Norwegian on a day, skill by skill; null: not known."""

    levels: Annotated[dict[Literal[*SKILLS], Literal[*LEVELS] | None], Field(min_length=1)]
    source: Literal[*LEVEL_SOURCES]
    happened_on: Day


class NewConsents(Body):
    """Her answers to several questions in one talk."""

    answers: Annotated[dict[Literal[*consents.LINES, consents.OTHER], Literal[*consents.ANSWERS]], Field(min_length=1)]
    form: Literal[*consents.FORMS]
    happened_on: Day
    language: Language | None = None
    valid_until: Day | None = None
    party: Annotated[Name, Field(description="for `other`: with whom, and what about")] = ""


class LanguagesKept(Answer):
    participant: int
    languages: list[str]


class Level(Answer):
    skill: str
    level: str | None
    source: str
    happened_on: date


class Levels(Answer):
    participant: int
    levels: Annotated[list[Level], Field(description="the newest first; the newest of a skill counts")]


class LevelsKept(Answer):
    participant: int
    levels: dict[str, str | None]


class Consent(Answer):
    line: str
    answer: str
    form: str
    language: str | None
    happened_on: date
    valid_until: date | None
    party: str | None


class Consents(Answer):
    participant: int
    consents: Annotated[list[Consent], Field(description="the newest first; the newest answer to a question counts")]


class ConsentsKept(Answer):
    participant: int
    answers: dict[str, str]
