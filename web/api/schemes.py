"""The schemes she takes part in, and what their rules say."""

from se_engine.actions.schemes import approve_scheme as approve
from se_engine.actions.schemes import check_scheme as check
from se_engine.actions.schemes import join_scheme as join
from se_engine.queries.access import access_participant
from se_engine.queries.participants import record_page
from se_engine.queries.scheme_facts import asked_of
from se_engine.rules.errors import Refused
from web.api.blueprint import PARTICIPANT, api
from web.api.describing import reads, writes
from web.api.models import schemes as models
from web.api.shaping import shaped, titles
from web.api.writes import Written, once
from web.auth import actor
from web.session import note_read, session

SCHEMES = f"{PARTICIPANT}/schemes"
MEMBERSHIP = f"{SCHEMES}/<id:membership_id>"


@api.get(SCHEMES)
@reads(models.Schemes, 404)
def show_schemes(participant_id: int) -> models.Schemes:
    """What she takes part in, with the result of the rule check."""
    found = record_page(session(), actor(), participant_id)
    note_read(participant=found.participant)
    return _schemes(participant_id)


@api.post(SCHEMES)
@writes(models.Schemes, status=201)
@once
def join_scheme(participant_id: int, json: models.NewScheme) -> Written:
    """She takes part in a scheme from a day on."""
    given = json.model_dump(exclude={"scheme"})
    join(session(), actor(), participant_id, json.scheme, **given)
    return _schemes(participant_id), 201, {"Location": f"/api/v1/participants/{participant_id}/schemes"}


@api.get(f"{MEMBERSHIP}/check")
@reads(models.Questions, 404, 422)
def show_scheme_questions(participant_id: int, membership_id: int) -> models.Questions:
    """What has to be asked, because the record does not know it."""
    asked = asked_of(session(), actor(), participant_id, membership_id)
    note_read(participant=access_participant(session(), actor(), participant_id))
    questions = [
        shaped(models.Question, one, titles=titles(one.title), allowed=list(one.allowed)) for one in asked.questions
    ]
    return models.Questions(rules=asked.rules.name, questions=questions)


@api.post(f"{MEMBERSHIP}/check")
@writes(models.SchemeCheck)
@once
def check_scheme(participant_id: int, membership_id: int, json: models.CheckAnswers) -> Written:
    """What the rules of the day she began say, with the reasons. Kept are result, rules and day."""
    asked = asked_of(session(), actor(), participant_id, membership_id)
    unknown = set(json.answers) - {question.key for question in asked.questions}
    if unknown:
        raise Refused("field_unknown", field=", ".join(sorted(unknown)))
    made = check(session(), actor(), participant_id, membership_id, answers=json.answers)
    findings = [
        models.Finding(
            key=one.criterion.key,
            verdict=one.verdict.value,
            titles=titles(one.criterion.title),
            source=one.criterion.source,
        )
        for one in made.findings
    ]
    shown = models.SchemeCheck(
        membership_id=membership_id,
        check_result=asked.membership.check_result,
        result=made.result.value,
        rules=made.rules,
        findings=findings,
    )
    return shown, 200, {}


@api.post(f"{MEMBERSHIP}/approve")
@writes(models.Schemes)
@once
def approve_scheme(participant_id: int, membership_id: int, json: models.Approval) -> Written:
    """A supervisor lets her take part although the rule check said no."""
    approve(session(), actor(), participant_id, membership_id, why=json.why)
    return _schemes(participant_id), 200, {}


def _schemes(participant_id: int) -> models.Schemes:
    found = record_page(session(), actor(), participant_id).schemes
    shown = [shaped(models.Scheme, one, membership_id=one.id) for one in found]
    return models.Schemes(participant=participant_id, schemes=shown)
