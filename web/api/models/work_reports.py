"""Reports on the work itself: effort and result, going back, and work outside the office."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from se_engine.queries.effort_report import OPTIONS as EFFORT
from web.api.answers import Answer
from web.api.fields import Name
from web.api.models.reports import Report, ReportQuery


class EffortQuery(ReportQuery):
    window: Annotated[Literal[*map(int, EFFORT["window"])], Field(description="first days that are counted")] | None = (
        None
    )
    of: Annotated[Name, Field(description="`all`, a dimension or a step")] | None = None
    bands: Literal[*EFFORT["bands"]] | None = None


class EffortRow(Answer):
    """Published, below the threshold the key alone; hours of a contact are shared between its dimensions."""

    key: Annotated[str, Field(description="a dimension, `no_task`, or a step")]
    suppressed: bool
    cases: int | None = None
    contacts: int | None = None
    hours: float | None = None


class EffortSoFar(Answer):
    as_of: date | None
    contacts: int | None = None
    without_length: Annotated[int | None, Field(description="contacts of which nobody said how long")] = None
    dimensions: list[EffortRow]
    steps: list[EffortRow]


class EffortShare(Answer):
    """`k` of `n` with Wilson's limits; `at_most` if all of whom nothing is known had it."""

    part: str
    of: str
    n: int | None
    k: int | None
    share: float | None
    low: float | None
    high: float | None
    at_most: float | None


class EffortBand(Answer):
    """Everybody under the empty name, then low, middle and high; which counts there are depends on the result."""

    group: str
    suppressed: bool
    reached: int | None = None
    already: int | None = None
    at_risk: int | None = None
    met: int | None = None
    in_30: int | None = None
    in_60: int | None = None
    not_met: int | None = None
    job: int | None = None
    searching: int | None = None
    ended_without: int | None = None
    in_work: int | None = None
    not_in_work: int | None = None
    not_known: int | None = None
    reasons: dict[str, int | None] | None = None
    shares: list[EffortShare] | None = None


class EffortResult(Answer):
    result: Annotated[str, Field(description="meeting, day_180, week_13, week_26 or week_52")]
    as_of: date | None
    rows: list[EffortBand]


class Effort(Report):
    """As `se-engine report effort --format json`: what goes together, never what has an effect."""

    window: int
    of: str
    bands: str
    borders: Annotated[list[float], Field(description="hours from which the middle and the high band begin")]
    association: bool
    effort: EffortSoFar
    cases: Annotated[dict[str, int] | None, Field(description="by band")]
    results: list[EffortResult]


class MoveBack(Answer):
    from_step: Annotated[str, Field(alias="from")]
    to_step: Annotated[str, Field(alias="to")]
    move: Annotated[str, Field(description="the move's trigger, or `not_told`")]
    decided_by: str
    many: int


class GoingBack(Report):
    """As `se-engine report going-back --format json`: for accounts that may open every case (`whole`)."""

    whole: bool
    total: int | None
    moves: list[MoveBack]


class FirstMeeting(Answer):
    """Days from the opening to the first meeting with an employer about a job, who has not met one counted in."""

    cases: int
    met: int
    not_met: int
    mean_of_met: float | None
    median: float | None
    median_low: float | None
    median_high: float | None
    quartile_1: float | None
    quartile_3: float | None
    curve: list[list[float | None]]
    band: list[list[float | None]]
    observed_to: int | None


class FieldTime(Answer):
    minutes: int
    field_minutes: int
    share: float | None


class EmployerContacts(Answer):
    contacts: int
    specialist_weeks: float
    per_week: float | None


class Attempts(Answer):
    contacts: int
    without_success: int
    share: float | None


class FieldWorkBlock(Answer):
    first_meeting: FirstMeeting | None = None
    field_time: FieldTime | None = None
    employer_contacts: EmployerContacts | None = None
    attempts: Attempts | None = None


class FieldWorkOfGroup(FieldWorkBlock):
    group: str


class FieldWork(FieldWorkBlock, Report):
    """As `se-engine report field-work --format json`: of an office or team to who leads it, else one's own."""

    opened_in_period: bool
    groups: list[FieldWorkOfGroup] | None = None
