"""Her plan: proposals and her answers, goals, and how motivated and how sure she is."""

from collections.abc import Mapping

from se_engine.actions import choices, goals
from se_engine.queries.choices import ChoiceLine
from se_engine.queries.plan import GoalLine, plan_page
from se_engine.records.choices import Choice, Goal
from web.api.blueprint import CASE, api
from web.api.describing import reads, writes
from web.api.models import plan as models
from web.api.shaping import shaped
from web.api.writes import Written, once
from web.auth import actor
from web.session import note_read, session

CHOICE = "/choices/<id:choice_id>"
Words = Mapping[int, str | None]


@api.get(f"{CASE}/plan")
@reads(models.Plan, 404)
def show_plan(case_id: int) -> models.Plan:
    """What she was offered and what she answered, her goals, wishes and numbers, with their words."""
    found = plan_page(session(), actor(), case_id)
    note_read(found.case)
    return models.Plan(
        case=case_id,
        choices=[_choice(one, case_id, found.words) for one in found.choices],
        numbers=shaped(models.ChoiceNumbers, found.numbers),
        goals=[_goal(one, case_id, found.words) for one in found.goals],
        scores=[shaped(models.Score, one) for one in found.scores],
        told={field: [shaped(models.Told, one) for one in told] for field, told in found.told.items()},
    )


def _choice(line: ChoiceLine, case_id: int, words: Words) -> models.Choice:
    return shaped(
        models.Choice,
        line,
        choice_id=line.id,
        case=case_id,
        offer=words.get(line.offer_text_id),
        words=words.get(line.words_text_id or 0),
        void_reason=words.get(line.void_text_id or 0),
    )


def _goal(line: GoalLine, case_id: int, words: Words) -> models.Goal:
    return shaped(models.Goal, line, goal_id=line.id, case=case_id, words=words.get(line.text_id))


@api.post(f"{CASE}/choices")
@writes(models.ChoiceKey, status=201)
@once
def offer_choice(case_id: int, json: models.NewChoice) -> Written:
    """A proposal; without an answer it waits for her."""
    made = choices.put_to_her(session(), actor(), case_id, **json.model_dump())
    return _choice_key(made), 201, {"Location": f"/api/v1/cases/{case_id}/plan"}


@api.post(f"{CHOICE}/answer")
@writes(models.ChoiceKey)
@once
def answer_choice(choice_id: int, json: models.ChoiceAnswer) -> Written:
    """Her answer; what she changes later is a new proposal."""
    return _choice_key(choices.answer_choice(session(), actor(), choice_id, **json.model_dump())), 200, {}


@api.post(f"{CHOICE}/void")
@writes(models.ChoiceKey)
@once
def take_choice_back(choice_id: int, json: models.Why) -> Written:
    """It was never offered, or written down wrongly."""
    return _choice_key(choices.void_choice(session(), actor(), choice_id, why=json.why)), 200, {}


def _choice_key(made: Choice) -> models.ChoiceKey:
    return shaped(models.ChoiceKey, made, choice_id=made.id, case=made.case_id)


@api.post(f"{CASE}/goals")
@writes(models.GoalKey, status=201)
@once
def set_goal(case_id: int, json: models.NewGoal) -> Written:
    """A goal of her own; one that follows another ends it as changed."""
    made = goals.set_goal(session(), actor(), case_id, **json.model_dump())
    return _goal_key(made), 201, {"Location": f"/api/v1/cases/{case_id}/plan"}


@api.post("/goals/<id:goal_id>/end")
@writes(models.GoalKey)
@once
def end_goal(goal_id: int, json: models.GoalEnd) -> Written:
    """Reached, changed or dropped."""
    return _goal_key(goals.end_goal(session(), actor(), goal_id, **json.model_dump())), 200, {}


def _goal_key(made: Goal) -> models.GoalKey:
    return shaped(models.GoalKey, made, goal_id=made.id, case=made.case_id)


@api.post(f"{CASE}/scores")
@writes(models.Scores, status=201)
@once
def record_scores(case_id: int, json: models.NewScores) -> Written:
    """A point of her curve; the same number again is worth keeping too."""
    goals.record_scores(session(), actor(), case_id, **json.model_dump())
    point = models.Score(on=json.happened_on, motivation=json.motivation, confidence=json.confidence)
    return models.Scores(case=case_id, scores=[point]), 201, {"Location": f"/api/v1/cases/{case_id}/plan"}
