"""What a card gathers: people to talk to, framework agreements, and the answers to our five questions."""

from se_engine.actions import employer_relations as actions
from se_engine.queries.access import access_employer
from web.api.blueprint import EMPLOYER, api
from web.api.describing import writes
from web.api.models import employers as models
from web.api.shaping import etag
from web.api.writes import Written, once
from web.auth import actor
from web.session import session


@api.post(f"{EMPLOYER}/people")
@writes(models.EmployerPart, status=201)
@once
def add_employer_person(employer_id: int, json: models.NewPerson) -> Written:
    """Somebody at the employer to talk to."""
    person = actions.add_person(session(), actor(), employer_id, **json.model_dump())
    return _part(employer_id, status=201, person_id=person.id)


@api.post(f"{EMPLOYER}/people/<id:person_id>/left")
@writes(models.EmployerPart)
@once
def employer_person_left(employer_id: int, person_id: int, json: models.Left) -> Written:
    """No longer the one to talk to there."""
    actions.person_left(session(), actor(), employer_id, person_id, left_on=json.left_on)
    return _part(employer_id, person_id=person_id)


@api.post(f"{EMPLOYER}/agreements")
@writes(models.EmployerPart, status=201)
@once
def add_agreement(employer_id: int, json: models.NewAgreement) -> Written:
    """A framework agreement: so many places a year, from one day until another."""
    given = json.model_dump(exclude={"nobody_named"})
    agreement = actions.add_agreement(session(), actor(), employer_id, confirmed=json.nobody_named, **given)
    return _part(employer_id, status=201, agreement_id=agreement.id)


@api.post(f"{EMPLOYER}/agreements/<id:agreement_id>/end")
@writes(models.EmployerPart)
@once
def end_agreement(employer_id: int, agreement_id: int, json: models.Ended) -> Written:
    """Ended before its time."""
    actions.end_agreement(session(), actor(), employer_id, agreement_id, ended_on=json.ended_on)
    return _part(employer_id, agreement_id=agreement_id)


@api.post(f"{EMPLOYER}/feedback")
@writes(models.EmployerPart, status=201)
@once
def record_feedback(employer_id: int, json: models.NewFeedback) -> Written:
    """What the employer answered in week 2, 8 or 26 of somebody's work there; one answer for each week."""
    given = json.model_dump(exclude={"track_id", "week", "nobody_named"})
    feedback = actions.record_feedback(
        session(), actor(), employer_id, json.track_id, json.week, confirmed=json.nobody_named, **given
    )
    return _part(employer_id, status=201, feedback_id=feedback.id)


def _part(employer_id: int, *, status: int = 200, **part: int) -> Written:
    employer = access_employer(session(), actor(), employer_id)
    shown = models.EmployerPart(employer_id=employer.id, etag=etag(employer), **part)
    headers = {"ETag": shown.etag}
    if status == 201:
        headers["Location"] = f"/api/v1/employers/{employer.id}"
    return shown, status, headers
