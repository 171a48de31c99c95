"""The interpreter of a contact as requests bring it and answers hold it."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from se_engine.rules.interpreters import GENDERS, MODES, NOT_NEEDED_BECAUSE, OUTCOMES, WHO
from web.api.answers import Answer
from web.api.fields import Body, Day, Flag, Kept, Language, Minutes, Name, Whole, Words


class InterpreterNeed(Body):
    """Whether an interpreter is needed, asked anew each time, and which."""

    needed: Literal["yes", "no"]
    not_needed_because: Literal[*NOT_NEEDED_BECAUSE] | None = None
    language: Annotated[Language | None, Field(description="left out: the one her record names")] = None
    dialect: Name = ""
    not_this_person: Name = ""
    gender_wish: Literal[*GENDERS] | None = None
    mode: Literal[*MODES] | None = None
    anonymous: Annotated[Flag, Field(description="her name is not told when it is ordered")] = False
    ordered_on: Day | None = None
    ordered_as: Annotated[Literal[*WHO], Field(description="a child is always refused")] = "qualified"
    reason: Annotated[Words, Field(description="why it is somebody who is not qualified")] = ""


class WantedInterpreter(InterpreterNeed):
    """For a meeting ahead."""

    kept: Kept = False


class InterpreterTold(Body):
    """What became of the interpreter; that a child was used is recorded with its reason and told the supervisor."""

    needed: Literal["yes", "no"] = "yes"
    not_needed_because: Literal[*NOT_NEEDED_BECAUSE] | None = None
    status: Literal[*OUTCOMES] = "came"
    came_as: Annotated[Literal[*WHO] | None, Field(description="who interpreted, when not the one ordered")] = None
    reason: Words = ""
    minutes: Minutes | None = None
    cost: Annotated[Whole | None, Field(ge=0, description="whole kroner")] = None
    mode: Literal[*MODES] | None = None
    language: Language | None = None


class ToldInterpreter(InterpreterTold):
    """For a contact that has been told already."""

    kept: Kept = False


class Booking(Answer):
    """The interpreter of a contact."""

    needed: str
    status: str
    not_needed_because: str | None
    language: str | None
    gender_wish: str | None
    mode: str | None
    anonymous: bool
    dialect: str | None
    not_this_person: str | None
    ordered_as: str | None
    ordered_on: date | None
    came_as: str | None
    reason: str | None
    minutes: int | None
    cost: int | None
