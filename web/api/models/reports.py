"""Reports as queries ask for them and answers hold them."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from se_engine.queries.report_groups import GROUPINGS
from se_engine.queries.retention import WHICH
from web.api.answers import Answer
from web.api.bodies import Query
from web.api.fields import Day, Name, Number


class RetentionQuery(Query):
    office: Annotated[Name, Field(description="by name; left out, every office whose numbers may be seen")] = ""
    from_on: Annotated[Day | None, Field(alias="from", description="jobs that began from this day on")] = None
    to_on: Annotated[Day | None, Field(alias="to", description="jobs that began up to this day")] = None
    as_of: Annotated[Day | None, Field(description="later facts do not exist; left out, today")] = None
    by: Literal[*GROUPINGS] | None = None
    which: Annotated[Literal[*WHICH], Field(description="the first job of each participant, or any")] = "any"
    threshold: Annotated[Number, Field(description="fewer jobs are hidden; left out, the office's own")] | None = None


class Checkpoint(Answer):
    """Below the threshold the week alone."""

    week: int
    suppressed: bool
    total: int | None = None
    in_work: int | None = None
    not_in_work: int | None = None
    not_known: int | None = None
    late: int | None = None


class RetentionGroup(Answer):
    group: str
    checkpoints: list[Checkpoint]


class Retention(Answer):
    """As `se-engine report retention --format json`: groups, or checkpoints of the chosen and of both kinds."""

    report: str
    definition_version: int
    as_of: date
    from_on: Annotated[date | None, Field(alias="from")]
    to_on: Annotated[date | None, Field(alias="to")]
    office: str | None
    which: str
    by: str | None
    threshold: int | None = None
    checkpoints: list[Checkpoint] | None = None
    first: list[Checkpoint] | None = None
    any: list[Checkpoint] | None = None
    groups: list[RetentionGroup] | None = None
