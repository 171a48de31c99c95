"""Follow-up after job start as requests bring it and answers hold it."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from se_engine.rules.follow_up_answers import FILLED_IN, HIGHEST, LOWEST, TOPIC_STATES
from se_engine.rules.follow_up_plan import SIDES
from se_engine.rules.timeline import CHECK_ANSWERS, CHECK_EVIDENCE
from web.api.answers import Answer, Titles
from web.api.bodies import Query
from web.api.fields import Body, Code, Day, Id, Kept, Language, Number, Whole, Words

OneToFive = Annotated[Whole, Field(ge=LOWEST, le=HIGHEST)]
HerWords = Annotated[Words, Field(description="in her words")]


class PlanConfirmed(Body):
    """She has seen the days and said yes."""

    happened_on: Day
    words: HerWords = ""
    kept: Kept = False


class CheckDropped(Body):
    point: Annotated[Code, Field(description="the key of a light check")]
    happened_on: Day
    words: HerWords
    kept: Kept = False


class CheckRestored(Body):
    point: Code
    happened_on: Day
    words: HerWords = ""
    kept: Kept = False


class ContactWished(Body):
    day: Annotated[Day, Field(description="when she wants it")]
    happened_on: Day
    words: HerWords = ""
    kept: Kept = False


class InWork(Body):
    """Whether she is in the job, and how we know."""

    answer: Literal[*CHECK_ANSWERS]
    evidence: Annotated[Literal[*CHECK_EVIDENCE] | None, Field(description="needed unless it is not known")] = None
    job_id: Annotated[Id | None, Field(description="left out, the job that leads the follow-up")] = None


class NewCheck(InWork):
    """Which check of the schedule it keeps follows from its day."""

    happened_on: Day


class NewTopic(Body):
    side: Literal[*SIDES]
    topic: Annotated[Code, Field(description="see /follow-up-plan")]
    state: Literal[*TOPIC_STATES]
    words: Words = ""


class NewTopics(Body):
    topics: Annotated[list[NewTopic], Field(min_length=1, max_length=100)]
    kept: Kept = False


class NewFollowUpScores(Body):
    """Her own five scores on a day."""

    happened_on: Day
    safe: OneToFive
    understand: OneToFive
    learn: OneToFive
    belong: OneToFive
    stay: OneToFive
    words: HerWords = ""
    job_id: Id | None = None
    check_id: Id | None = None
    kept: Kept = False


class NewSurvey(Body):
    """Her experience of the service; a question she skips has no answer."""

    week: Whole
    language: Language
    filled_in: Literal[*FILLED_IN]
    happened_on: Day
    answers: Annotated[dict[Code, OneToFive], Field(max_length=50, description="question of the plan → 1–5")]
    words: HerWords = ""
    kept: Kept = False


class PlanQuery(Query):
    version: Annotated[Number, Field(ge=1, description="left out, the newest")] | None = None


class ScheduleChoiceKey(Answer):
    case: int
    job_id: int
    choice: Annotated[str, Field(description="confirmed, dropped, restored or more")]
    point: str | None
    day: date | None
    plan_version: int
    happened_on: date


class ScheduleChoice(ScheduleChoiceKey):
    words: str | None


class CheckKey(Answer):
    check_id: int
    case: int
    job_id: int | None
    contact_id: Annotated[int | None, Field(description="the note it was told in")]
    happened_on: date
    answer: str
    evidence: str | None


class Topic(Answer):
    side: str
    topic: str
    state: str
    words: str | None


class FollowUpCheck(CheckKey):
    topics: list[Topic]


class TopicKept(Answer):
    side: str
    topic: str
    state: str


class TopicsKept(Answer):
    check_id: int
    topics: list[TopicKept]


class FollowUpScoresKey(Answer):
    scores_id: int
    case: int
    job_id: int | None
    check_id: int | None
    happened_on: date


class FollowUpScores(FollowUpScoresKey):
    safe: int
    understand: int
    learn: int
    belong: int
    stay: int
    words: str | None


class SurveyKey(Answer):
    survey_id: int
    job_id: int
    week: int
    plan_version: int
    language: str
    filled_in: str
    happened_on: date


class Survey(SurveyKey):
    answers: dict[str, int]
    words: str | None


class SchedulePoint(Answer):
    """One check of one job."""

    key: str
    on: date
    working_day: Annotated[date, Field(description="the day itself, or the next working day")]
    opens: date
    closes: date
    red_from: date
    state: Annotated[str, Field(description="kept, answered, due, missed, ahead, dropped or past")]
    kept_on: date | None
    full: Annotated[bool, Field(description="with scores and topics")]
    light: Annotated[bool, Field(description="she may leave it out")]
    survey: bool


class ScheduleEvent(Answer):
    """One more check, because something changes at work."""

    key: str
    changes_on: date
    on: date
    state: str
    kept_on: date | None


class JobSchedule(Answer):
    job_id: int
    employer: str | None
    started_on: date
    ended_on: date | None
    plan_version: int
    leads: Annotated[bool, Field(description="the one that is followed")]
    stands: Annotated[str, Field(description="in_work, not_in_work or not_known")]
    next: Annotated[str | None, Field(description="the key of the check that comes next")]
    points: list[SchedulePoint]
    events: list[ScheduleEvent]
    confirmed: ScheduleChoice | None
    dropped: list[ScheduleChoice]
    more: list[ScheduleChoice]
    surveys: list[Survey]


class FollowUp(Answer):
    case: int
    on: date
    schedules: Annotated[list[JobSchedule], Field(description="the one that is followed first, then the newest")]
    checks: Annotated[list[FollowUpCheck], Field(description="the newest first, without those taken back")]
    scores: Annotated[list[FollowUpScores], Field(description="the newest first")]


class DefinedCheck(Answer):
    key: str
    day: Annotated[int, Field(description="from the first paid day")]
    form: str
    with_her: Annotated[int, Field(description="minutes")]
    with_employer: int
    on_demand: bool
    three_way: bool
    light: bool
    full: bool
    survey: bool
    questions: bool
    talks: list[str]


class DefinedEvent(Answer):
    key: str
    titles: Titles
    opens: Annotated[int, Field(description="days from the change, negative before it")]
    due: int


class Item(Answer):
    key: str
    titles: Titles


class FollowUpPlan(Answer):
    version: int
    titles: Titles
    red_after: int
    checks: list[DefinedCheck]
    events: list[DefinedEvent]
    topics: Annotated[dict[str, list[Item]], Field(description="by side; hers with the questions of the dimensions")]
    scores: list[Item]
    survey_weeks: list[int]
    survey: list[Item]
