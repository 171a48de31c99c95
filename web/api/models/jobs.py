"""Jobs as requests bring them and answers hold them: how they began, what changed, how they ended, what was said."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field

from se_engine.actions.job_checks import LENGTH, OVERLAP
from se_engine.rules.jobs import CHANGES, CONTRACTS, END_CAUSES, PARTS, SEARCH_ANSWERS
from se_engine.rules.timeline import JOB_END_REASONS
from web.api.answers import ETAG, Answer
from web.api.fields import Amount, Body, Code, Day, Flag, Id, Kept, Name, Words
from web.api.models.subsidies import Subsidy
from web.api.models.work_absences import WorkAbsence

Stands = Annotated[
    list[Literal[OVERLAP, LENGTH]],
    Field(max_length=2, default_factory=list, description="what was asked about and is right as it is"),
]
Occupation = Annotated[str, Field(pattern=r"^\d{4}$", description="STYRK-08")]
Parts = Annotated[dict[Literal[*PARTS], Words], Field(default_factory=dict, description="by whose words they are")]


class NewJob(Body):
    """Paid work or a placement; what is not known yet is left out. A placement that becomes a job is a new job."""

    started_on: Day
    employer: Annotated[Name, Field(description="its name; a track, or the placement it continues, brings its own")] = (
        ""
    )
    occupation: Annotated[Name, Field(description="what the workplace calls it")] = ""
    occupation_code: Occupation | None = None
    hours_per_week: Amount | None = None
    contract: Literal[*CONTRACTS] | None = None
    paid: Flag | None = None
    subsidy: Flag | None = None
    planned_until: Day | None = None
    probation_until: Day | None = None
    decision_on: Annotated[Day | None, Field(description="when the employer decides about employment")] = None
    pay_planned_on: Annotated[Day | None, Field(description="of a placement: from when pay is planned")] = None
    job_ref: Annotated[Code | None, Field(description="the office's own key")] = None
    track_id: Id | None = None
    follows_id: Annotated[Id | None, Field(description="the placement it continues, which then ends")] = None
    stands: Stands


class JobEnd(Body):
    """Who ended it, why, and in whose words; of sickness nothing more is told."""

    ended_on: Day
    reason: Literal[*JOB_END_REASONS]
    cause: Literal[*END_CAUSES] | None = None
    words: Parts
    kept: Kept = False


class NewJobChange(Body):
    """One change on its day: `number` for hours and position, `code` for contract and occupation, `day` for days."""

    what: Literal[*CHANGES]
    happened_on: Day
    number: Amount | None = None
    code: Code | None = None
    day: Day | None = None
    words: Words = ""
    kept: Kept = False
    stands: Stands


class NewJobWords(Body):
    """Parts that say something new; an earlier text of a part stays and counts no more."""

    words: Annotated[dict[Literal[*PARTS], Words], Field(min_length=1)]
    kept: Kept = False


class NewSearch(Body):
    """After the end: she was offered to search anew, and answered."""

    offered_on: Day
    answer: Literal[*SEARCH_ANSWERS]
    words: Words = ""
    kept: Kept = False


class JobKey(Answer):
    job_id: int
    case: int
    job_ref: str | None
    employer_id: int | None
    started_on: date
    ended_on: date | None
    follows_id: int | None
    etag: ETAG


class JobChangeKey(Answer):
    change_id: int
    job_id: int
    what: str
    happened_on: date
    voids_id: int | None


class JobWordsKept(Answer):
    job_id: int
    parts: Annotated[list[str], Field(description="those that say something new")]


class NewSearchKey(Answer):
    job_id: int
    offered_on: date
    answer: str


class Terms(Answer):
    """What holds from one day to another."""

    from_on: date
    until_on: date | None
    hours: float | None
    position: Annotated[float | None, Field(description="percent")]
    contract: str | None
    occupation_code: str | None
    planned_until: date | None
    probation_until: date | None
    decision_on: date | None
    pay_planned_on: date | None
    written_on: Annotated[date | None, Field(description="when the written contract was seen")]


class JobChange(JobChangeKey):
    number: float | None
    code: str | None
    day: date | None
    words: str | None
    voided: bool


class JobText(Answer):
    part: str
    words: str | None
    recorded_at: datetime


class OfferedSearch(NewSearchKey):
    words: str | None


class Job(JobKey):
    employer: str | None
    occupation: str | None
    paid: bool | None
    subsidy: bool | None
    end_reason: str | None
    end_cause: str | None
    known_until: Annotated[date | None, Field(description="when somebody last said that she is in it")]
    longest_until: Annotated[date | None, Field(description="of a placement: as long as such a one may last")]
    terms: Annotated[list[Terms], Field(description="from the first day on, cut where a term changed")]
    changes: Annotated[list[JobChange], Field(description="by day, those taken back included")]
    texts: Annotated[list[JobText], Field(description="the oldest first: the last of a part counts")]
    searches: Annotated[list[OfferedSearch], Field(description="the last one counts")]
    subsidies: list[Subsidy]
    absences: list[WorkAbsence]


class Label(Answer):
    """Calculated from facts on every reading, never stored."""

    key: str
    value: Annotated[str, Field(description="yes, no or not_known")]
    version: Annotated[int, Field(description="of the definition")]
    since: date | None
    weeks: Annotated[int | None, Field(description="how many weeks counted")]


class Jobs(Answer):
    case: int
    on: Annotated[date, Field(description="the day of the labels")]
    jobs: Annotated[list[Job], Field(description="the newest first")]
    labels: list[Label]
    subsidies_ahead: Annotated[list[Subsidy], Field(description="applied for where no job has begun yet")]
