"""Subsidies as requests bring them and answers hold them: NAV alone decides."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from se_engine.rules.jobs import DECISIONS, SUBSIDIES
from web.api.answers import ETAG, Answer
from web.api.fields import Body, Day, Id, Whole


class NewSubsidy(Body):
    kind: Literal[*SUBSIDIES]
    applied_on: Day


class NewSubsidyAhead(NewSubsidy):
    """At a workplace with a track, before there is a job there."""

    employer_id: Id


class NewSubsidyStep(Body):
    """From a day on NAV pays so many percent."""

    from_on: Day
    percent: Whole


class SubsidyDecision(Body):
    """What NAV decided; the days and steps of what was granted."""

    decision: Literal[*DECISIONS]
    decided_on: Day
    from_on: Day | None = None
    until_on: Day | None = None
    steps: Annotated[list[NewSubsidyStep], Field(max_length=50, default_factory=list)]


class SubsidyUntil(Body):
    until_on: Annotated[Day, Field(description="NAV prolonged or shortened it")]


class SubsidyKey(Answer):
    subsidy_id: int
    case: int
    job_id: int | None
    employer_id: int | None
    kind: str
    applied_on: date | None
    decided_on: date | None
    decision: str | None
    from_on: date | None
    until_on: date | None
    etag: ETAG


class SubsidyStep(Answer):
    from_on: date
    percent: int


class Subsidy(SubsidyKey):
    steps: list[SubsidyStep]
