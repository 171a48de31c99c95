"""Follow-up after job start: the schedule of each job as it stands, answers, scores and surveys; and its plan."""

from typing import Any

from se_engine import follow_up_plans, her_language
from se_engine.queries.check_topics import TopicLine, topics_of
from se_engine.queries.follow_up import FollowUpPage, Schedule, SurveyLine, follow_up_page
from se_engine.records.follow_up import Check, ScheduleChoice, Scores, Survey
from se_engine.rules.follow_up import Point
from se_engine.rules.follow_up_answers import QUESTION
from se_engine.rules.follow_up_plan import SIDES, FollowUpPlan, Item
from web.api import answers
from web.api.blueprint import CASE, api
from web.api.describing import reads
from web.api.models import follow_up as models
from web.api.shaping import shaped, titles
from web.auth import actor
from web.session import note_read, session


@api.get(f"{CASE}/follow-up")
@reads(models.FollowUp, 404)
def show_follow_up(case_id: int) -> models.FollowUp:
    """Each job's checks and how they stand today, her choices, and what was answered, with words."""
    page = follow_up_page(session(), actor(), case_id)
    note_read(page.case)
    topics = topics_of(session(), page.case, [check.id for check in page.checks])
    return models.FollowUp(
        case=case_id,
        on=page.today,
        schedules=[_schedule(page, one) for one in page.schedules],
        checks=[_check(check, topics.get(check.id, [])) for check in page.checks],
        scores=[_scores(page, one) for one in page.scores],
    )


def _schedule(page: FollowUpPage, one: Schedule) -> models.JobSchedule:
    choices = one.choices
    return models.JobSchedule(
        job_id=one.job.id,
        employer=one.employer,
        started_on=one.job.started_on,
        ended_on=one.job.ended_on,
        plan_version=one.plan.version,
        leads=one.leads,
        stands=one.stands,
        next=one.next.key if one.next else None,
        points=[_point(point) for point in one.points],
        events=[shaped(models.ScheduleEvent, event, key=event.event.key) for event in one.events],
        confirmed=_choice(page, choices.confirmed) if choices.confirmed else None,
        dropped=[_choice(page, row) for row in choices.dropped],
        more=[_choice(page, row) for row in choices.more],
        surveys=[_survey(page, line) for line in one.surveys],
    )


def _point(point: Point) -> models.SchedulePoint:
    check = point.check
    of_check = {"key": check.key, "full": check.full, "light": check.light, "survey": check.survey}
    return shaped(models.SchedulePoint, point, **of_check)


def _choice(page: FollowUpPage, row: ScheduleChoice) -> models.ScheduleChoice:
    return models.ScheduleChoice(**choice_key(row).model_dump(), words=page.words.get(row.words_text_id or 0))


def choice_key(row: ScheduleChoice) -> models.ScheduleChoiceKey:
    return shaped(models.ScheduleChoiceKey, row, case=row.case_id)


def _check(check: Check, topics: list[TopicLine]) -> models.FollowUpCheck:
    told = [shaped(models.Topic, line) for line in topics]
    return models.FollowUpCheck(**check_key(check).model_dump(), topics=told)


def check_key(check: Check) -> models.CheckKey:
    return shaped(models.CheckKey, check, check_id=check.id, case=check.case_id)


def _scores(page: FollowUpPage, row: Scores) -> models.FollowUpScores:
    words = page.words.get(row.words_text_id or 0)
    return shaped(models.FollowUpScores, row, scores_id=row.id, case=row.case_id, words=words)


def _survey(page: FollowUpPage, line: SurveyLine) -> models.Survey:
    words = page.words.get(line.survey.words_text_id or 0)
    return models.Survey(**survey_key(line.survey).model_dump(), answers=dict(line.scores), words=words)


def survey_key(row: Survey) -> models.SurveyKey:
    return shaped(models.SurveyKey, row, survey_id=row.id)


@api.get("/follow-up-plan")
@reads(models.FollowUpPlan, 422)
def show_follow_up_plan(query: models.PlanQuery) -> models.FollowUpPlan:
    """Which checks there are, what full ones talk through, and what the survey asks."""
    plan = follow_up_plans.get(query.version)
    return models.FollowUpPlan(
        version=plan.version,
        titles=titles(plan.title),
        red_after=plan.red_after,
        checks=[shaped(models.DefinedCheck, check, talks=list(check.talks)) for check in plan.checks],
        events=[shaped(models.DefinedEvent, event, titles=titles(event.title)) for event in plan.events],
        topics={side: _topics(plan, side) for side in SIDES},
        scores=[_item(one) for one in plan.scores],
        survey_weeks=list(plan.survey_weeks),
        survey=[models.Item(key=key, titles=_asked(key)) for key in plan.survey],
    )


def _topics(plan: FollowUpPlan, side: str) -> list[models.Item]:
    own = [_item(one) for one in plan.topics[side]]
    return own if side == "employer" else [*own, *(_item(one, QUESTION) for one in plan.questions)]


def _item(one: Item, before: str = "") -> models.Item:
    return models.Item(key=f"{before}{one.key}", titles=titles(one.title))


def _asked(key: str) -> answers.Titles:
    said: dict[str, Any] = {code: her_language.words(code)[key] for code in answers.Titles.model_fields}
    return answers.Titles(**said)
