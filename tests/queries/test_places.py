"""Every reason leads to the form that mends it."""

from se_engine.queries.places import BY_FACT, place_path
from se_engine.rules.tasks import RECORDED_ELSEWHERE
from web.parts.records import ENDPOINTS


def test_every_fact_that_closes_a_task_is_recorded_somewhere():
    assert BY_FACT.keys() | ENDPOINTS.keys() == RECORDED_ELSEWHERE
    assert BY_FACT.keys().isdisjoint(ENDPOINTS)


def test_an_open_fact_leads_to_its_form_and_a_task_to_its_own():
    assert place_path(7, "fact:first_rungs:T4-A10") == "/cases/7/training/new"
    assert place_path(7, "fact:consents:T1-A10") == "/cases/7/tasks/T1-A10"  # which leads on to the record
    assert place_path(7, "task:T1-S3") == "/cases/7/tasks/T1-S3"
    assert place_path(7, "move", "begin_profiling") == "/cases/7/moves/begin_profiling"
    assert place_path(7, "nowhere") == "/cases/7"
