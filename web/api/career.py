"""Her career on one address: levels, goals, tests, steps, education, recognition and the talk about money."""

from se_engine.actions import career as actions
from se_engine.queries.access import access_of_case
from se_engine.queries.career import CareerPage, EducationLine, GoalLine, QualificationLine, TestDay, career_page
from se_engine.queries.career_steps import RECORDED, StepLine
from se_engine.queries.economy import EconomyTalk
from se_engine.records.career import CareerStep
from web.api.blueprint import CASE, api
from web.api.describing import reads, writes
from web.api.models import career as models
from web.api.models.plan import Why
from web.api.shaping import etag, shaped
from web.api.writes import Written, once
from web.auth import actor
from web.session import note_read, session


@api.get(f"{CASE}/career")
@reads(models.Career, 404)
def show_career(case_id: int) -> models.Career:
    """Everything about language and career after the first job, with its words."""
    page = career_page(session(), actor(), case_id)
    note_read(page.case)
    return models.Career(
        case=case_id,
        levels=[shaped(models.LevelOver, row, skill=skill, happened_on=row.on) for skill, row in page.levels],
        goals=[_goal(page, one) for one in page.goals],
        tests=[_test(page, one) for one in page.tests],
        steps=[_step(page, one) for one in page.steps],
        education=[_education(page, one) for one in page.educations],
        qualifications=[_qualification(page, one) for one in page.qualifications],
        economy=_economy(page, page.economy) if page.economy else None,
    )


def _said(page: CareerPage, text_id: int | None) -> str | None:
    return page.words.get(text_id or 0)


def _goal(page: CareerPage, line: GoalLine) -> models.LanguageGoal:
    words, reached = _said(page, line.words_text_id), page.reaches(line)
    return shaped(models.LanguageGoal, line, language_goal_id=line.id, case=page.case.id, words=words, reached=reached)


def _test(page: CareerPage, line: TestDay) -> models.LanguageTest:
    return shaped(
        models.LanguageTest, line, test_id=line.id, case=page.case.id, taken_on=line.on, results=dict(line.results)
    )


def _step(page: CareerPage, line: StepLine) -> models.CareerStep:
    number = line.id if line.source == RECORDED else None
    words = _said(page, line.text_id)
    return shaped(models.CareerStep, line, career_step_id=number, happened_on=line.on, words=words)


def _education(page: CareerPage, line: EducationLine) -> models.Education:
    place, subject, support, learned = (_said(page, number) for number in line.text_ids)
    told = {"place": place, "subject": subject, "support": support, "learned": learned}
    return shaped(models.Education, line, education_id=line.id, case=page.case.id, etag=etag(line), **told)


def _qualification(page: CareerPage, line: QualificationLine) -> models.Qualification:
    return shaped(
        models.Qualification,
        line,
        qualification_id=line.id,
        case=page.case.id,
        words=_said(page, line.text_id),
        recognitions=[
            shaped(models.Recognition, one, happened_on=one.on, words=_said(page, one.text_id)) for one in line.steps
        ],
    )


def _economy(page: CareerPage, talk: EconomyTalk) -> models.EconomyTalk:
    return shaped(models.EconomyTalk, talk, happened_on=talk.on, words=_said(page, talk.text_id))


@api.post(f"{CASE}/career-steps")
@writes(models.CareerStepKey, status=201)
@once
def record_career_step(case_id: int, json: models.NewCareerStep) -> Written:
    """A certificate, a licence, a course, a pay step."""
    step = actions.record_step(session(), actor(), case_id, **json.model_dump())
    return _key(step), 201, {"Location": f"/api/v1/cases/{case_id}/career"}


@api.post("/career-steps/<id:career_step_id>/void")
@writes(models.CareerStepKey)
@once
def take_career_step_back(career_step_id: int, json: Why) -> Written:
    """It was recorded wrongly."""
    step, case = access_of_case(session(), actor(), CareerStep, career_step_id)
    actions.void_step(session(), actor(), case.id, step.id, why=json.why)
    return _key(step), 200, {}


def _key(step: CareerStep) -> models.CareerStepKey:
    return shaped(models.CareerStepKey, step, career_step_id=step.id, case=step.case_id)
