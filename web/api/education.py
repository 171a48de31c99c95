"""Education beside or instead of work, and competence from abroad with its recognition."""

from typing import Any

from se_engine.actions import education as actions
from se_engine.actions import qualifications
from se_engine.queries.access import access_of_case
from se_engine.queries.texts import texts_of
from se_engine.records.career import Education
from se_engine.records.cases import Case
from web.api.blueprint import CASE, api
from web.api.describing import writes
from web.api.models import career as models
from web.api.models.plan import Why
from web.api.shaping import etag, shaped
from web.api.writes import Written, check_seen, once
from web.auth import actor
from web.session import session

EDUCATION = "/education/<id:education_id>"
QUALIFICATION = f"{CASE}/qualifications/<id:qualification_id>"


@api.post(f"{CASE}/education")
@writes(models.EducationKey, status=201)
@once
def add_education(case_id: int, json: models.NewEducation) -> Written:
    """Where, what, from–to, and with which support."""
    education = actions.add_education(session(), actor(), case_id, **json.model_dump())
    return _key(education), 201, {"ETag": etag(education), "Location": f"/api/v1/cases/{case_id}/career"}


@api.patch(EDUCATION)
@writes(models.EducationKey, 412, 428)
@once
def change_education(education_id: int, json: models.ChangedEducation) -> Written:
    """How it goes, what supports her, and how it ended (JSON merge patch)."""
    education, case = access_of_case(session(), actor(), Education, education_id)
    seen = check_seen(education)
    given = _stands(education, case) | json.model_dump(exclude_unset=True)
    actions.change_education(session(), actor(), case.id, education.id, seen_version=seen, **given)
    return _key(education), 200, {"ETag": etag(education)}


def _stands(education: Education, case: Case) -> dict[str, Any]:
    """What is not named stays as it is."""
    ids = {"support": education.support_text_id, "learned": education.learned_text_id}
    words = texts_of(session(), case.participant, [number for number in ids.values() if number])
    told = {name: words.get(number or 0) or "" for name, number in ids.items()}
    return {name: getattr(education, name) for name in ("planned_until", "ended_on", "outcome")} | told


@api.post(f"{EDUCATION}/void")
@writes(models.EducationKey, 412, 428)
@once
def take_education_back(education_id: int, json: Why) -> Written:
    """It was recorded wrongly."""
    education, case = access_of_case(session(), actor(), Education, education_id, lock=True)
    check_seen(education)
    actions.void_education(session(), actor(), case.id, education.id, why=json.why)
    return _key(education), 200, {"ETag": etag(education)}


def _key(education: Education) -> models.EducationKey:
    return shaped(
        models.EducationKey, education, education_id=education.id, case=education.case_id, etag=etag(education)
    )


@api.post(f"{CASE}/qualifications")
@writes(models.QualificationKey, status=201)
@once
def add_qualification(case_id: int, json: models.NewQualification) -> Written:
    """What she learned, where, and where its recognition stands."""
    made = qualifications.add_qualification(session(), actor(), case_id, **json.model_dump())
    return _told(case_id, made.id, 201)


@api.post(f"{QUALIFICATION}/recognitions")
@writes(models.QualificationKey, status=201)
@once
def record_recognition(case_id: int, qualification_id: int, json: models.NewRecognition) -> Written:
    """Applied for, granted, turned down …; the newest counts."""
    qualifications.record_recognition(session(), actor(), case_id, qualification_id, **json.model_dump())
    return _told(case_id, qualification_id, 201)


@api.post(f"{QUALIFICATION}/void")
@writes(models.QualificationKey)
@once
def take_qualification_back(case_id: int, qualification_id: int, json: Why) -> Written:
    """It was recorded wrongly; her record then says what the others say."""
    qualifications.void_qualification(session(), actor(), case_id, qualification_id, why=json.why)
    return _told(case_id, qualification_id, 200)


def _told(case_id: int, qualification_id: int, status: int) -> Written:
    key = models.QualificationKey(qualification_id=qualification_id, case=case_id)
    return key, status, {"Location": f"/api/v1/cases/{case_id}/career"} if status == 201 else {}
