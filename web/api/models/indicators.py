"""Indicators of a framework as queries ask for them and answers hold them."""

from datetime import date
from typing import Annotated, Any

from pydantic import Field

from web.api.answers import Answer
from web.api.bodies import Query
from web.api.fields import Day, Name, Number


class IndicatorQuery(Query):
    framework: Annotated[Name, Field(description="`se5`, `dimensions`, `ips25` …")]
    version: Annotated[Number, Field(description="of the framework; left out, the newest")] | None = None
    office: Annotated[Name, Field(description="by name")]
    from_on: Annotated[Day, Field(alias="from", description="the first day of the period")]
    to_on: Annotated[Day, Field(alias="to", description="the last day: what happened later does not exist")]


class Counted(Answer):
    indicator: str
    unit: Annotated[str, Field(description="share and ratio are fractions of one")]
    value: float | None
    n: Annotated[int | None, Field(description="how many it stands on")]
    numerator: int | None
    denominator: int | None


class IndicatorRow(Counted):
    """One item with its number. A level is what the records suggest: the rating is a person's."""

    id: str
    indicator_version: int
    direction: str
    min_n: int
    suggested_level: int | None
    rateable: bool
    why: Annotated[str | None, Field(description="why there is no level")]
    flags: Annotated[list[str], Field(description="median_differs: with those who wait it would be another level")]
    detail: dict[str, Any]
    cases: Annotated[list[str], Field(description="references of those this account may open")]
    lacking: Annotated[list[str], Field(description="of them, those that hold the number down")]
    shown: list[Counted]
    suppressed: bool | None = None


class Cell(Answer):
    id: str
    items: list[str]
    suggested_level: int | None
    why: str | None
    lowest: int | None
    highest: int | None


class Indicators(Answer):
    framework: str
    version: int
    office: str
    from_on: Annotated[date, Field(alias="from")]
    to_on: Annotated[date, Field(alias="to")]
    published: Annotated[bool, Field(description="true: small numbers are hidden from this account")]
    indicators: list[IndicatorRow]
    cells: list[Cell] | None = None
