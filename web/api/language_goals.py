"""Tests of Norwegian, and which level she aims at in a skill."""

from se_engine.actions.language_goals import end_language_goal as end
from se_engine.actions.language_goals import set_language_goal as set_goal
from se_engine.actions.language_tests import record_test, test_of, void_test
from se_engine.queries.access import access_case, access_of_case
from se_engine.records.career import LanguageGoal, LanguageTest
from web.api.blueprint import CASE, api
from web.api.describing import writes
from web.api.models import career as models
from web.api.models.plan import Why
from web.api.shaping import shaped
from web.api.writes import Written, once
from web.auth import actor
from web.session import session


@api.post(f"{CASE}/language-tests")
@writes(models.TestKey, status=201)
@once
def record_language_test(case_id: int, json: models.NewTest) -> Written:
    """Registered for, or taken with what came of it."""
    rows = record_test(session(), actor(), case_id, **json.model_dump())
    return _test(case_id, rows[0]), 201, {"Location": f"/api/v1/cases/{case_id}/career"}


@api.post(f"{CASE}/language-tests/<id:test_id>/void")
@writes(models.TestKey)
@once
def take_language_test_back(case_id: int, test_id: int, json: Why) -> Written:
    """Everything told of the test on that day, and the levels that only it has shown."""
    test = test_of(session(), access_case(session(), actor(), case_id), test_id)
    void_test(session(), actor(), case_id, test.id, why=json.why)
    return _test(case_id, test), 200, {}


def _test(case_id: int, test: LanguageTest) -> models.TestKey:
    return shaped(models.TestKey, test, test_id=test.id, case=case_id)


@api.post(f"{CASE}/language-goals")
@writes(models.LanguageGoalKey, status=201)
@once
def set_language_goal(case_id: int, json: models.NewLanguageGoal) -> Written:
    """What the wished job asks for."""
    goal = set_goal(session(), actor(), case_id, **json.model_dump())
    return _goal(goal), 201, {"Location": f"/api/v1/cases/{case_id}/career"}


@api.post("/language-goals/<id:language_goal_id>/end")
@writes(models.LanguageGoalKey)
@once
def end_language_goal(language_goal_id: int, json: models.LanguageGoalEnd) -> Written:
    """Reached, changed or dropped."""
    goal, case = access_of_case(session(), actor(), LanguageGoal, language_goal_id)
    return _goal(end(session(), actor(), case.id, goal.id, **json.model_dump())), 200, {}


def _goal(goal: LanguageGoal) -> models.LanguageGoalKey:
    return shaped(models.LanguageGoalKey, goal, language_goal_id=goal.id, case=goal.case_id)
