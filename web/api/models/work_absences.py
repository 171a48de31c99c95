"""Times away from work as requests bring them and answers hold them: days, and never a word of why."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from se_engine.rules.jobs import ABSENCES
from web.api.answers import ETAG, Answer
from web.api.fields import Body, Code, Day, Flag


class NewWorkAbsence(Body):
    kind: Literal[*ABSENCES]
    from_on: Day
    until_on: Annotated[Day | None, Field(description="left out until she is back")] = None


class WorkAbsenceEnd(Body):
    until_on: Annotated[Day, Field(description="the last day away")]


class NewAbsencePoint(Body):
    """Whether the workplace followed up at one of the law's dates; the newest word on a point counts."""

    point: Annotated[Code, Field(description="a key of the follow-up plan")]
    followed_up: Flag
    happened_on: Day


class WorkAbsenceKey(Answer):
    """Whether it was sickness or leave is not kept for repeats."""

    absence_id: int
    job_id: int
    from_on: date
    until_on: date | None
    etag: ETAG


class AbsencePoint(Answer):
    point: str
    followed_up: bool
    happened_on: date


class AbsencePointKept(Answer):
    absence_id: int
    point: str
    happened_on: date


class WorkAbsence(WorkAbsenceKey):
    kind: str
    points: Annotated[list[AbsencePoint], Field(description="the newest word on each")]
