"""The kinds of value that requests bring: narrower than JSON, so that nothing is guessed."""

import re
from datetime import date
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, StrictInt
from pydantic_core import PydanticCustomError

ISO_DAY = re.compile(r"(19|20|21)\d\d-\d\d-\d\d")
ISO_MOMENT = re.compile(r"(19|20|21)\d\d-\d\d-\d\dT")
LARGEST_ID = 2**63 - 1
NO_NUL = r"^[^\x00]*$"
"""PostgreSQL keeps no NUL in a text."""


def _iso_day(value: object) -> object:
    """pydantic would also take seconds since 1970 for a date."""
    if value is None or isinstance(value, date):
        return value
    if isinstance(value, str) and ISO_DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise PydanticCustomError("date_needed", "a date like 2026-11-21 is needed")


def _iso_moment(value: object) -> object:
    """Nor is a number a moment; a year near the ends of the calendar cannot be turned into UTC."""
    if isinstance(value, str) and not ISO_MOMENT.match(value):
        raise PydanticCustomError("moment_needed", "a moment like 2026-11-21T08:00:00Z is needed")
    return value


def _whole(value: object) -> object:
    """JSON has one kind of number: 1990.0 is 1990."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


Day = Annotated[date, BeforeValidator(_iso_day)]
Moment = Annotated[AwareDatetime, BeforeValidator(_iso_moment)]
Flag = StrictBool
Whole = Annotated[StrictInt, BeforeValidator(_whole)]
Id = Annotated[Whole, Field(ge=1, le=LARGEST_ID)]
Amount = Annotated[float, Field(strict=True, gt=0, le=1_000_000, allow_inf_nan=False)]
"""Hours, percent or kroner; the rules know how much is possible."""
Number = Annotated[int, Field(ge=0, le=LARGEST_ID)]
"""A whole number in a query string, where everything is text."""
Year = Annotated[Whole, Field(ge=1800, le=2200)]
Minutes = Annotated[Whole, Field(ge=0, le=1440)]
Name = Annotated[str, Field(max_length=200, pattern=NO_NUL)]
Words = Annotated[str, Field(max_length=20_000, pattern=NO_NUL)]
Code = Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[A-Za-z0-9_-]+$")]


Language = Annotated[str, Field(pattern="^[a-z]{2,3}$", description="ISO 639")]
TimeOfDay = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$", description="local time, HH:MM")]
Kept = Annotated[Flag, Field(description="the words were looked at again and stand as they are")]
NobodyNamed = Annotated[Flag, Field(description="what is written on the employer's side tells of no participant")]
Cursor = Annotated[str, Field(max_length=100, pattern=r"^[0-9.-]*$", description="`next` of the page before")]
Limit = Annotated[Number, Field(ge=1, le=200)]


class Body(BaseModel):
    """A request body: a field nobody knows is refused, because it was meant to do something."""

    model_config = ConfigDict(extra="forbid")
