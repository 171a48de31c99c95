"""What she chooses about a job's schedule: yes to it, a light check left out or taken up, one more contact."""

from collections.abc import Callable
from typing import Any

from se_engine.actions import schedules as actions
from se_engine.actions.scores import record_survey as record
from se_engine.queries.access import access_of_case
from se_engine.records.jobs import Job
from web.api.blueprint import JOB, api
from web.api.describing import writes
from web.api.fields import Body
from web.api.follow_up import choice_key, survey_key
from web.api.models import follow_up as models
from web.api.writes import Written, once
from web.auth import actor
from web.session import session

SCHEDULE = f"{JOB}/follow-up"


@api.post(f"{SCHEDULE}/confirm")
@writes(models.ScheduleChoiceKey)
@once
def confirm_follow_up(job_id: int, json: models.PlanConfirmed) -> Written:
    """Yes to the plan; the job keeps the version she saw."""
    return _chosen(actions.confirm_plan, job_id, json)


@api.post(f"{SCHEDULE}/drop")
@writes(models.ScheduleChoiceKey)
@once
def drop_check(job_id: int, json: models.CheckDropped) -> Written:
    """She leaves a light check out, in her own words."""
    return _chosen(actions.drop_check, job_id, json)


@api.post(f"{SCHEDULE}/restore")
@writes(models.ScheduleChoiceKey)
@once
def restore_check(job_id: int, json: models.CheckRestored) -> Written:
    """She wants the check after all."""
    return _chosen(actions.restore_check, job_id, json)


@api.post(f"{SCHEDULE}/more")
@writes(models.ScheduleChoiceKey)
@once
def wish_contact(job_id: int, json: models.ContactWished) -> Written:
    """One more contact than the plan has, on a day to come."""
    return _chosen(actions.wish_contact, job_id, json)


@api.post(f"{JOB}/surveys")
@writes(models.SurveyKey, status=201)
@once
def record_survey(job_id: int, json: models.NewSurvey) -> Written:
    """What she thinks of the help; once for each week that asks."""
    job, case = access_of_case(session(), actor(), Job, job_id)
    made = record(session(), actor(), case.id, job.id, **json.model_dump())
    return survey_key(made), 201, {"Location": f"/api/v1/cases/{case.id}/follow-up"}


def _chosen(act: Callable[..., Any], job_id: int, json: Body) -> Written:
    job, case = access_of_case(session(), actor(), Job, job_id)
    return choice_key(act(session(), actor(), case.id, job.id, **json.model_dump())), 200, {}
