"""Times away from work, and whether the workplace followed up at the law's dates."""

from collections.abc import Mapping

from se_engine.actions import work_absences as actions
from se_engine.actions.absence_points import record_absence_point as record_point
from se_engine.queries.access import access_work_absence
from se_engine.records.jobs import AbsencePoint, WorkAbsence
from web.api.blueprint import JOB, api
from web.api.describing import writes
from web.api.models import work_absences as models
from web.api.models.plan import Why
from web.api.shaping import etag, shaped
from web.api.writes import Written, check_seen, once
from web.auth import actor
from web.session import session

ABSENCE = "/work-absences/<id:absence_id>"


@api.post(f"{JOB}/absences")
@writes(models.WorkAbsenceKey, status=201)
@once
def record_work_absence(job_id: int, json: models.NewWorkAbsence) -> Written:
    """Away from the first day on, sick or on leave."""
    made = actions.record_work_absence(session(), actor(), job_id, **json.model_dump())
    _absence, _job, case = access_work_absence(session(), actor(), made.id)
    return _key(made), 201, {"ETag": etag(made), "Location": f"/api/v1/cases/{case.id}/jobs"}


@api.post(f"{ABSENCE}/end")
@writes(models.WorkAbsenceKey, 412, 428)
@once
def end_work_absence(absence_id: int, json: models.WorkAbsenceEnd) -> Written:
    """The last day away; she is back the day after."""
    _check_seen(absence_id)
    return _stands(actions.end_work_absence(session(), actor(), absence_id, until_on=json.until_on))


@api.post(f"{ABSENCE}/void")
@writes(models.WorkAbsenceKey, 412, 428)
@once
def take_work_absence_back(absence_id: int, json: Why) -> Written:
    """It was recorded wrongly."""
    _check_seen(absence_id)
    return _stands(actions.void_work_absence(session(), actor(), absence_id, why=json.why))


@api.post(f"{ABSENCE}/points")
@writes(models.AbsencePointKept, status=201)
@once
def record_absence_point(absence_id: int, json: models.NewAbsencePoint) -> Written:
    """Followed up or not, and never why."""
    _absence, _job, case = access_work_absence(session(), actor(), absence_id)
    point = record_point(session(), actor(), case.id, absence_id, **json.model_dump())
    return shaped(models.AbsencePointKept, point), 201, {"Location": f"/api/v1/cases/{case.id}/jobs"}


def _check_seen(absence_id: int) -> None:
    check_seen(access_work_absence(session(), actor(), absence_id, lock=True)[0])


def _stands(absence: WorkAbsence) -> Written:
    return _key(absence), 200, {"ETag": etag(absence)}


def _key(absence: WorkAbsence) -> models.WorkAbsenceKey:
    return shaped(models.WorkAbsenceKey, absence, absence_id=absence.id, etag=etag(absence))


def shape_absence(absence: WorkAbsence, points: Mapping[str, AbsencePoint]) -> models.WorkAbsence:
    told = [shaped(models.AbsencePoint, point) for point in points.values()]
    return models.WorkAbsence(**_key(absence).model_dump(), kind=absence.kind, points=told)
