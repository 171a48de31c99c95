"""What is answered at checks: in the job or not and how we know, topics, and her scores; or taken back."""

from se_engine.actions import checks as actions
from se_engine.actions.contact_corrections import event_of_check
from se_engine.actions.corrections import void_event
from se_engine.actions.scores import record_scores
from se_engine.queries.access import access_case
from web.api import answers
from web.api.blueprint import CASE, api
from web.api.describing import writes
from web.api.follow_up import check_key
from web.api.models import follow_up as models
from web.api.models.plan import Why
from web.api.shaping import shaped
from web.api.writes import Written, check_seen, once, stands
from web.auth import actor
from web.session import session

CHECK = f"{CASE}/checks/<id:check_id>"


@api.post(f"{CASE}/checks")
@writes(models.CheckKey, status=201)
@once
def record_check(case_id: int, json: models.NewCheck) -> Written:
    """Told without a note; what a note tells comes with the note."""
    check = actions.record_check(session(), actor(), case_id, **json.model_dump())
    return check_key(check), 201, _at(case_id)


@api.post(f"{CHECK}/topics")
@writes(models.TopicsKept, status=201)
@once
def record_check_topics(case_id: int, check_id: int, json: models.NewTopics) -> Written:
    """What was talked through with her, and with the workplace as far as she lets it be told."""
    topics = tuple(actions.TopicAnswer(**one.model_dump()) for one in json.topics)
    made = actions.record_topics(session(), actor(), case_id, check_id, topics=topics, kept=json.kept)
    told = [shaped(models.TopicKept, one) for one in made]
    return models.TopicsKept(check_id=check_id, topics=told), 201, _at(case_id)


@api.post(f"{CHECK}/void")
@writes(answers.Case, 412, 428)
@once
def take_check_back(case_id: int, check_id: int, json: Why) -> Written:
    """It was recorded wrongly: the case then stands as its history says without it."""
    case = access_case(session(), actor(), case_id)
    seen = check_seen(case)
    check = actions.check_of(session(), case, check_id)
    event = event_of_check(session(), check.id)
    return stands(void_event(session(), actor(), case.id, event, seen_version=seen, why=json.why))


@api.post(f"{CASE}/follow-up/scores")
@writes(models.FollowUpScoresKey, status=201)
@once
def record_follow_up_scores(case_id: int, json: models.NewFollowUpScores) -> Written:
    """How she has it at work, from 1 to 5; another thing than motivation and confidence."""
    made = record_scores(session(), actor(), case_id, **json.model_dump())
    return shaped(models.FollowUpScoresKey, made, scores_id=made.id, case=made.case_id), 201, _at(case_id)


def _at(case_id: int) -> dict[str, str]:
    return {"Location": f"/api/v1/cases/{case_id}/follow-up"}
