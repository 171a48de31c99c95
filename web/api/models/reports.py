"""Reports as queries ask for them and answers hold them."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from se_engine.queries.report_groups import GROUPINGS
from se_engine.queries.report_questions import COMPARISONS, HORIZON, LARGEST_HORIZON, VISITS
from se_engine.queries.retention import WHICH
from se_engine.rules.time import CLOCKS
from web.api.answers import Answer
from web.api.bodies import Query
from web.api.fields import Day, Name, Number

Text = Annotated[Name, Field(description="this group of `by` alone")]
Horizon = Annotated[int, Field(ge=0, le=LARGEST_HORIZON, description="days")]


class ReportQuery(Query):
    """What every report may be asked; what one does not know of, it leaves alone."""

    office: Annotated[Name, Field(description="by name; left out, every office whose numbers may be seen")] = ""
    from_on: Annotated[Day | None, Field(alias="from", description="entered, opened or begun from this day on")] = None
    to_on: Annotated[Day | None, Field(alias="to", description="entered, opened or begun up to this day")] = None
    as_of: Annotated[Day | None, Field(description="later facts do not exist; left out, today")] = None
    by: Literal[*GROUPINGS] | None = None
    group: Text | None = None
    visits: Literal[*VISITS] = "all"
    clock: Literal[*CLOCKS] = "calendar"
    horizon: Horizon = HORIZON
    threshold: Annotated[Number, Field(description="fewer are hidden; left out, the office's own")] | None = None
    compare: Annotated[Literal[*COMPARISONS] | None, Field(description="beside the same days before")] = None
    published: Annotated[bool, Field(description="answer as for readers who may not open the cases")] = False


class RetentionQuery(ReportQuery):
    which: Annotated[Literal[*WHICH], Field(description="the first job of each participant, or any")] | None = None


class Report(Answer):
    """What every answer begins with. In the published form `as_of` is the quarter's end that stands."""

    report: str
    definition_version: int
    as_of: date
    asked_as_of: date | None = None
    from_on: Annotated[date | None, Field(alias="from")]
    to_on: Annotated[date | None, Field(alias="to")]
    office: str | None
    by: str | None
    published: bool | None = None
    threshold: int | None = None


class LeftTo(Answer):
    forward: int | None
    back: int | None
    ended: dict[str, int | None]
    open: int | None


class StepNumbers(Answer):
    """Below the threshold the step alone. Rows of `curve` are day, at risk, left, proportion still in the step."""

    step: str
    title: str
    suppressed: bool
    visits: int | None = None
    completed: int | None = None
    open: int | None = None
    left_to: LeftTo | None = None
    median: float | None = None
    median_low: float | None = None
    median_high: float | None = None
    quartile_1: float | None = None
    quartile_3: float | None = None
    mean_to_horizon: float | None = None
    horizon: int | None = None
    own_days_mean: float | None = None
    waiting_days_mean: float | None = None
    paused_days_mean: float | None = None
    waiting_by: dict[str, float | None] | None = None
    curve: list[list[float | None]] | None = None
    band: list[list[float | None]] | None = None
    observed_to: Annotated[int | None, Field(description="the last day on which any stay was observed")] = None


class StepNote(Answer):
    code: str
    steps: list[str]


class LogRank(Answer):
    chi2: float
    df: int
    p: float


class StepsBefore(Answer):
    """The same days a year or half a year before, compared with these by the log-rank test."""

    from_on: Annotated[date, Field(alias="from")]
    to_on: Annotated[date, Field(alias="to")]
    steps: list[StepNumbers]
    tracks: list[StepNumbers]
    log_rank: dict[str, LogRank | None] | None = None
    tracks_log_rank: dict[str, LogRank | None] | None = None


class StepsBlock(Answer):
    steps: list[StepNumbers] | None = None
    tracks: Annotated[list[StepNumbers] | None, Field(description="the steps of employer tracks")] = None
    notes: Annotated[list[StepNote] | None, Field(description="what the numbers cannot say")] = None
    before: StepsBefore | None = None


class StepsOfGroup(StepsBlock):
    group: str


class TimePerStep(StepsBlock, Report):
    """As `se-engine report time-per-step --format json`."""

    process: str
    clock: str
    visits: str
    horizon: int
    compare: str | None = None
    groups: list[StepsOfGroup] | None = None
    log_rank: dict[str, LogRank | None] | None = None
    tracks_log_rank: dict[str, LogRank | None] | None = None


class FlowDay(Answer):
    """Who stood in each step at the end of the day; `entered` and `ended` are counted since ever."""

    day: date
    suppressed: bool
    steps: dict[str, int | None] | None = None
    paused: Annotated[int | None, Field(description="of all in the steps")] = None
    entered: int | None = None
    ended: int | None = None


class FlowOfGroup(Answer):
    group: str
    days: list[FlowDay]


class Flow(Report):
    """As `se-engine report flow --format json`."""

    every: Annotated[str, Field(description="day, week or quarter")]
    steps: Annotated[list[str], Field(description="in their order")]
    days: list[FlowDay] | None = None
    groups: list[FlowOfGroup] | None = None


class Carried(Answer):
    active: int
    waiting: Annotated[int, Field(description="of the active ones")]
    paused: int
    follow_up: Annotated[int, Field(description="of the active ones")]


class SpecialistLoad(Carried):
    user_id: int
    name: str
    office: str | None
    working: Annotated[int, Field(description="active in steps 1–5: what the norm counts")]
    share: Annotated[int | None, Field(description="percent of full time with Supported Employment")]
    capacity: int
    load: Annotated[str, Field(description="free, warn or full")]


class LoadSum(Answer):
    suppressed: bool
    cases: int | None = None
    active: int | None = None
    waiting: int | None = None
    paused: int | None = None
    follow_up: int | None = None


class LoadOfGroup(Answer):
    group: str
    specialists: list[SpecialistLoad]
    sum: LoadSum
    unassigned: Carried | None = None


class Caseload(Report):
    """As `se-engine report caseload --format json`: people only for who leads them, and for a specialist herself."""

    warn: int
    stop: int
    protected: Annotated[int | None, Field(description="cases that this account may not open")] = None
    specialists: list[SpecialistLoad] | None = None
    sum: LoadSum | None = None
    unassigned: Carried | None = None
    groups: list[LoadOfGroup] | None = None


class Outcome(Answer):
    """`incidence` grows on each day shown; the limits of 95 % are those at the horizon."""

    reason: str
    n: int | None
    incidence: list[tuple[int, float]]
    at_horizon: float | None
    low: float | None
    high: float | None


class OutcomeBlock(Answer):
    suppressed: bool
    total: int | None = None
    still_open: int | None = None
    still_open_at_horizon: float | None = None
    observed_to: Annotated[int | None, Field(description="the last day on which any case was observed")] = None
    outcomes: list[Outcome] | None = None


class OutcomesOfGroup(OutcomeBlock):
    group: str


class Outcomes(Report):
    """As `se-engine report outcomes --format json`."""

    clock: str
    horizon: int
    suppressed: bool | None = None
    total: int | None = None
    still_open: int | None = None
    still_open_at_horizon: float | None = None
    observed_to: int | None = None
    outcomes: list[Outcome] | None = None
    groups: list[OutcomesOfGroup] | None = None


class Checkpoint(Answer):
    """Below the threshold the week alone; published, each as of the quarter's end at which it stands."""

    week: int
    suppressed: bool
    as_of: date | None = None
    total: int | None = None
    in_work: int | None = None
    not_in_work: int | None = None
    not_known: int | None = None
    late: int | None = None


class RetentionGroup(Answer):
    group: str
    checkpoints: list[Checkpoint]


class Retention(Report):
    """As `se-engine report retention --format json`: groups, or checkpoints of the chosen and of both kinds."""

    which: str
    checkpoints: list[Checkpoint] | None = None
    first: list[Checkpoint] | None = None
    any: list[Checkpoint] | None = None
    groups: list[RetentionGroup] | None = None
