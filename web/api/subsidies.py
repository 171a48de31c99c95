"""Subsidies: applied for, decided by NAV alone, stepped down, ended."""

from collections.abc import Sequence

from se_engine.actions import subsidies as actions
from se_engine.queries.access import access_of_case
from se_engine.records.jobs import Subsidy, SubsidyStep
from web.api.blueprint import CASE, JOB, api
from web.api.describing import writes
from web.api.models import subsidies as models
from web.api.models.plan import Why
from web.api.shaping import etag, shaped
from web.api.writes import Written, check_seen, once
from web.auth import actor
from web.session import session

SUBSIDY = "/subsidies/<id:subsidy_id>"


@api.post(f"{JOB}/subsidies")
@writes(models.SubsidyKey, status=201)
@once
def apply_for_subsidy(job_id: int, json: models.NewSubsidy) -> Written:
    """An application was sent to NAV for a job."""
    return _made(actions.apply_for_subsidy(session(), actor(), job_id, **json.model_dump()))


@api.post(f"{CASE}/subsidies")
@writes(models.SubsidyKey, status=201)
@once
def apply_for_subsidy_ahead(case_id: int, json: models.NewSubsidyAhead) -> Written:
    """The same before there is a job; the one that begins at this workplace takes the subsidy over."""
    given = json.model_dump(exclude={"employer_id"})
    return _made(actions.apply_at_employer(session(), actor(), case_id, json.employer_id, **given))


@api.post(f"{SUBSIDY}/decision")
@writes(models.SubsidyKey, 412, 428)
@once
def decide_subsidy(subsidy_id: int, json: models.SubsidyDecision) -> Written:
    """Granted with its days and steps, declined or withdrawn."""
    _check_seen(subsidy_id)
    given = json.model_dump(exclude={"steps"})
    steps = {step.from_on: step.percent for step in json.steps}
    return _stands(actions.decide_subsidy(session(), actor(), subsidy_id, steps=steps, **given))


@api.post(f"{SUBSIDY}/steps")
@writes(models.SubsidyKey, status=201)
@once
def add_subsidy_step(subsidy_id: int, json: models.NewSubsidyStep) -> Written:
    """From a day on NAV pays so many percent; for a day that has a step already the new one counts."""
    actions.add_step(session(), actor(), subsidy_id, **json.model_dump())
    return _made(access_of_case(session(), actor(), Subsidy, subsidy_id)[0])


@api.post(f"{SUBSIDY}/end")
@writes(models.SubsidyKey, 412, 428)
@once
def end_subsidy(subsidy_id: int, json: models.SubsidyUntil) -> Written:
    """Another last day."""
    _check_seen(subsidy_id)
    return _stands(actions.end_subsidy(session(), actor(), subsidy_id, until_on=json.until_on))


@api.post(f"{SUBSIDY}/void")
@writes(models.SubsidyKey, 412, 428)
@once
def take_subsidy_back(subsidy_id: int, json: Why) -> Written:
    """It was recorded wrongly."""
    _check_seen(subsidy_id)
    return _stands(actions.void_subsidy(session(), actor(), subsidy_id, why=json.why))


def _check_seen(subsidy_id: int) -> None:
    """Held from here on: of two who have seen the same, one is too late."""
    check_seen(access_of_case(session(), actor(), Subsidy, subsidy_id, lock=True)[0])


def _made(subsidy: Subsidy) -> Written:
    shown, _, headers = _stands(subsidy)
    return shown, 201, {**headers, "Location": f"/api/v1/cases/{subsidy.case_id}/jobs"}


def _stands(subsidy: Subsidy) -> Written:
    shown = _key(subsidy)
    return shown, 200, {"ETag": shown.etag}


def _key(subsidy: Subsidy) -> models.SubsidyKey:
    return shaped(models.SubsidyKey, subsidy, subsidy_id=subsidy.id, case=subsidy.case_id, etag=etag(subsidy))


def shape_subsidy(subsidy: Subsidy, steps: Sequence[SubsidyStep]) -> models.Subsidy:
    return models.Subsidy(**_key(subsidy).model_dump(), steps=[shaped(models.SubsidyStep, step) for step in steps])
