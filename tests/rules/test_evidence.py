"""What must be said when a task is answered, and what must not be written down."""

import pytest

from se_engine import processes
from se_engine.rules.errors import RecordedElsewhere, Refused
from se_engine.rules.evidence import check_evidence, check_minutes, check_value, conditions_from, takes_value
from se_engine.rules.facts import TaskStatus
from se_engine.rules.tasks import RECORDED_ELSEWHERE

TASKS = processes.latest().task_by_key
LINE = "She told it back."


def check(key: str, status: TaskStatus = TaskStatus.DONE, **given: str) -> None:
    check_evidence(TASKS[key], status, **{"words": "", "employer": "", **given})


def refused(key: str, status: TaskStatus = TaskStatus.DONE, **given: str) -> str:
    with pytest.raises(Refused) as refusal:
        check(key, status, **given)
    return refusal.value.reason.code


def test_done_means_a_line_and_never_only_a_tick() -> None:
    assert refused("T1-S3") == "line_needed"
    assert refused("T1-S3", words="   ") == "line_needed"
    check("T1-S3", words=LINE)


@pytest.mark.parametrize("status", [TaskStatus.NOT_RELEVANT, TaskStatus.NEEDS_MORE])
def test_what_is_not_done_says_why(status: TaskStatus) -> None:
    assert refused("T1-S3", status) == "reason_needed_for_task"
    check("T1-S3", status, words="She reads and writes Norwegian.")


def test_open_is_no_answer() -> None:
    assert refused("T1-S3", TaskStatus.OPEN) == "task_status_unknown"


@pytest.mark.parametrize("key", ["T2-A08", "T2-K4", "T3-K4"])
def test_special_categories_take_no_words(key: str) -> None:
    assert refused(key, words="She prays at noon.") == "no_words_here"
    assert refused(key, value="prayer") == "value_not_allowed"
    check(key)
    check(key, value="raised")
    check(key, TaskStatus.NOT_RELEVANT)


@pytest.mark.parametrize("key", [task.key for task in TASKS.values() if task.shared_fact in RECORDED_ELSEWHERE])
def test_what_has_a_record_of_its_own_is_closed_there(key: str) -> None:
    with pytest.raises(RecordedElsewhere) as refusal:
        check(key, words=LINE, employer="A")
    task, reason = TASKS[key], refusal.value.reason
    assert (reason.code, reason.where) == ("closed_by_its_record", f"fact:{task.shared_fact}:{key}")


def test_every_fact_that_closes_a_task_has_a_record() -> None:
    assert {task.closed_by for task in TASKS.values() if task.closed_by} == RECORDED_ELSEWHERE


@pytest.mark.parametrize("key", [task.key for task in TASKS.values() if task.per_employer])
def test_what_belongs_to_an_employer_names_one(key: str) -> None:
    assert refused(key, words=LINE, employer="  ") == "employer_needed"


def test_what_is_about_the_staff_is_never_in_her_case() -> None:
    assert refused("T1-K5", words=LINE) == "task_is_about_staff"


@pytest.mark.parametrize(
    ("key", "value", "allowed"),
    [
        ("T4-A08", "placement", True), ("T4-A08", "coffee", False), ("T4-A08", "", False),
        ("T4-A08", "ordinary,placement", False),
        ("T5-M5", "1,2,3,4,5", True), ("T5-M5", "1, 2, 3, 4, 5", True), ("T5-M5", "1,2,3,4", False),
        ("T4-A05", "2", True), ("T4-A05", "0", False), ("T4-A05", "41", False), ("T4-A05", "²", False),
        ("T4-A05", "two", False), ("T1-A14", "", True),
        ("T4-A12", "2026-12-24", True), ("T4-A12", "", False), ("T4-A12", "24.12.", False),
    ],
)  # fmt: skip
def test_a_fact_has_a_form(key: str, value: str, allowed: bool) -> None:
    if allowed:
        check_value(TASKS[key], value)
        return
    with pytest.raises(Refused) as refusal:
        check_value(TASKS[key], value)
    assert refusal.value.reason.code in ("value_not_allowed", "number_not_allowed", "day_needed")


def test_only_facts_with_codes_numbers_or_days_take_a_value() -> None:
    taking = {key for key, task in TASKS.items() if takes_value(task) and task.text != "none"}
    assert taking == {"T3-A05", "T3-M2", "T3-M4", "T4-A05", "T4-A08", "T4-A12", "T5-M5"}


@pytest.mark.parametrize("minutes", [0, -5, 1441])
def test_a_meeting_lasts_a_time_that_can_be(minutes: int) -> None:
    with pytest.raises(Refused):
        check_minutes(minutes)


def test_what_the_answers_of_an_employer_make_true() -> None:
    assert conditions_from({"employer_meeting": "placement"}) == {"unpaid"}
    assert conditions_from({"employer_meeting": "placement", "written_agreement": "ordinary"}) == set()
    assert conditions_from({"employer_meeting": "placement", "written_agreement": "subsidised"}) == {"subsidy"}
    assert conditions_from({"disclosure_decision": "not_told"}) == {"employer_not_told"}
    assert conditions_from({"disclosure_decision": "team_told"}) == {"team_told"}
