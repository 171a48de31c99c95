"""Career and language as requests bring them and answers hold them: steps, education, recognition, tests, goals."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from se_engine.rules import choices
from se_engine.rules.career import DOCUMENTED, EDUCATION_LEVELS, OUTCOMES, RECOGNITION, RESULTS, STEPS, TESTS
from se_engine.rules.languages import LEVELS, SKILLS
from web.api.answers import ETAG, Answer
from web.api.fields import Amount, Body, Day, Flag, Id, Kept, Whole, Words


class NewCareerStep(Body):
    """More hours, another contract or another occupation are changes of a job and stand there."""

    kind: Literal[*STEPS]
    happened_on: Day
    number: Annotated[Amount | None, Field(description="what the kind counts: hours of a course, kroner an hour")] = (
        None
    )
    words: Words = ""
    job_id: Id | None = None
    kept: Kept = False


class NewEducation(Body):
    level: Literal[*EDUCATION_LEVELS]
    place: Words = ""
    subject: Words
    started_on: Day
    planned_until: Day | None = None
    support: Words = ""
    kept: Kept = False


class ChangedEducation(Body):
    """How it goes (JSON merge patch); `ended_on` and `outcome` end it, and null opens it again."""

    planned_until: Day | None = None
    support: Words = Field(default="", json_schema_extra={"default": None})
    learned: Words = Field(default="", description="what works and what does not", json_schema_extra={"default": None})
    ended_on: Day | None = None
    outcome: Literal[*OUTCOMES] | None = None
    kept: Kept = False


class NewQualification(Body):
    """Education or a trade from abroad, and where its recognition stands."""

    words: Words
    status: Literal[*RECOGNITION]
    happened_on: Day
    country: Annotated[str, Field(pattern="^[A-Z]{2}$", description="ISO 3166")] | None = None
    level: Literal[*EDUCATION_LEVELS] | None = None
    years: Whole | None = None
    documented: Literal[*DOCUMENTED] | None = None
    kept: Kept = False


class NewRecognition(Body):
    status: Literal[*RECOGNITION]
    happened_on: Day
    words: Words = ""
    kept: Kept = False


class NewTest(Body):
    """A day to come registers her for it; the result in a skill is also her level on that day."""

    kind: Literal[*TESTS]
    taken_on: Day
    results: Annotated[dict[Literal[*SKILLS], Literal[*RESULTS]], Field(default_factory=dict)]
    passed: Annotated[Flag | None, Field(description="for a test that has no result for each skill")] = None
    attempt: Annotated[Whole, Field(ge=1, le=20)] | None = None


class NewLanguageGoal(Body):
    """One at a time for each skill: the one that runs ends as changed."""

    skill: Literal[*SKILLS]
    level: Literal[*LEVELS]
    set_on: Day
    by_on: Day | None = None
    wish: Annotated[Whole | None, Field(description="which of her ranked wishes it serves")] = None
    words: Words = ""
    kept: Kept = False


class LanguageGoalEnd(Body):
    outcome: Literal[*choices.OUTCOMES]
    ended_on: Day


class CareerStepKey(Answer):
    career_step_id: int
    case: int
    kind: str
    happened_on: date


class EducationKey(Answer):
    education_id: int
    case: int
    level: str
    started_on: date
    planned_until: date | None
    ended_on: date | None
    outcome: str | None
    etag: ETAG


class QualificationKey(Answer):
    qualification_id: int
    case: int


class TestKey(Answer):
    test_id: int
    case: int
    kind: str
    taken_on: date


class LanguageGoalKey(Answer):
    language_goal_id: int
    case: int
    skill: str
    level: str
    by_on: date | None
    wish: int | None
    set_on: date
    ended_on: date | None
    outcome: str | None


class LevelOver(Answer):
    """What was said of one skill on a day."""

    skill: str
    level: str | None
    source: str
    happened_on: date


class LanguageGoal(LanguageGoalKey):
    words: str | None
    reached: Annotated[bool, Field(description="her newest level is as high")]


class LanguageTest(TestKey):
    attempt: int | None
    results: Annotated[dict[str, str | None], Field(description="by skill; null: not passed")]
    passed: bool | None


class CareerStep(Answer):
    """A step forward; `source` says whose vocabulary `code` is: a step, a change of a job, or the start of one."""

    career_step_id: Annotated[int | None, Field(description="of what was recorded as a step, and may be taken back")]
    source: str
    code: str
    happened_on: date
    number: float | None
    to: Annotated[str | None, Field(description="the new contract or occupation")]
    until: date | None
    employer: str | None
    occupation: str | None
    paid: bool | None
    words: str | None


class Education(EducationKey):
    place: str | None
    subject: str | None
    support: str | None
    learned: str | None


class Recognition(Answer):
    status: str
    happened_on: date
    words: str | None


class Qualification(QualificationKey):
    words: str | None
    country: str | None
    level: str | None
    years: int | None
    documented: str | None
    recognitions: Annotated[list[Recognition], Field(description="the oldest first: the last counts")]


class EconomyTalk(Answer):
    """The talk about what pay does to her economy."""

    status: str | None
    happened_on: date | None
    words: str | None
    due_on: Annotated[date | None, Field(description="the last day before pay begins, while nothing answers it")]


class Career(Answer):
    case: int
    levels: Annotated[list[LevelOver], Field(description="the oldest first: the last of a skill counts")]
    goals: list[LanguageGoal]
    tests: list[LanguageTest]
    steps: Annotated[list[CareerStep], Field(description="the newest first")]
    education: list[Education]
    qualifications: list[Qualification]
    economy: EconomyTalk | None
