"""Schemes as requests bring them and answers hold them; what is asked for a check is kept nowhere."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field

from se_engine.rules.identity import CHECK_RESULTS, SCHEMES
from web.api.answers import Answer, Titles
from web.api.fields import Body, Code, Day, Name, Words


class NewScheme(Body):
    scheme: Literal[*SCHEMES]
    from_on: Day | None = None
    until_on: Day | None = None
    check_result: Annotated[Literal[*CHECK_RESULTS], Field(description="approved is a supervisor's")] = "not_checked"


class CheckAnswers(Body):
    """What the record does not know; used for this check and kept nowhere. Left out: not known."""

    answers: Annotated[dict[Code, Name], Field(max_length=50, description="question → yes, no, a code or a number")]


class Approval(Body):
    why: Words


class Scheme(Answer):
    membership_id: int
    scheme: str
    from_on: date | None
    until_on: date | None
    check_result: str
    checked_on: date | None
    rule_version: Annotated[str | None, Field(description="the rules that were checked by")]


class Schemes(Answer):
    participant: int
    schemes: list[Scheme]


class Question(Answer):
    key: str
    kind: Annotated[str, Field(description="yes_no, number or choice")]
    titles: Titles
    allowed: list[str]


class Questions(Answer):
    rules: Annotated[str, Field(description="those of the day she began")]
    questions: Annotated[list[Question], Field(description="what the record does not know")]


class Finding(Answer):
    key: str
    verdict: Annotated[str, Field(description="met, not_met, unknown or not_relevant")]
    titles: Titles
    source: str


class SchemeCheck(Answer):
    membership_id: int
    check_result: Annotated[str, Field(description="as it stands: an approval stays")]
    result: str
    rules: str
    findings: Annotated[list[Finding], Field(description="why; told once and kept nowhere, so none in a repeat")]

    def to_keep(self) -> Self:
        """The reasons would say what was answered."""
        return self.model_copy(update={"findings": []})
