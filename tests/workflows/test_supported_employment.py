"""Version 1 of the process says what was decided: its tasks, twins, moves, requirements and rhythm."""

from collections import Counter

import pytest

from se_engine import processes
from se_engine.rules.guards import EVERY_DIMENSION
from se_engine.rules.process import Move, Process
from se_engine.rules.tasks import CORE, DIMENSIONS, Requirement
from se_engine.rules.text import LANGUAGES

STEPS = ["engagement", "profiling", "job_finding", "employer_engagement", "job_support", "follow_up", "ended"]

TWINS = """
T1-A03=T1-S1 T1-A06=T1-S3 T1-A07=T1-M1 T1-A08=T1-M3 T1-A11=T1-M6 T1-A14=T1-M5
T2-A02=T2-S1 T2-A04=T2-K2 T2-A05=T2-S2 T2-A06=T2-M2 T2-A11=T2-K3 T2-A12=T2-M4 T2-A14=T2-M6 T2-A15=T2-M5
T3-A02=T3-M1 T3-A06=T3-M4 T3-A07=T3-S1 T3-A08=T3-M2 T3-A10=T3-S2
T4-A03=T4-K3 T4-A05=T4-M2 T4-A08=T4-M3 T4-A09=T4-M5 T4-A11=T4-S2
T5-A04=T5-S1 T5-A05=T5-M2 T5-A06=T5-S2 T5-A07=T5-K1 T5-A12=T5-M4 T5-A14=T5-K5
"""

ONE_EMPLOYER = {f"T3-A{n:02}" for n in range(5, 16)} | {"T3-S1", "T3-S4", "T3-M2", "T3-M4"}

MOVES = {
    "engagement": {"profiling", "job_support", "ended"},
    "profiling": {"engagement", "job_finding", "job_support", "ended"},
    "job_finding": {"profiling", "employer_engagement", "job_support", "ended"},
    "employer_engagement": {"job_finding", "profiling", "job_support", "ended"},
    "job_support": {"employer_engagement", "job_finding", "profiling", "follow_up", "ended"},
    "follow_up": {"job_support", "employer_engagement", "job_finding", "profiling", "ended"},
    "ended": set(),
}

REQUIRED = {
    "begin_profiling": {"T1-A10", "T1-A14", "T1-S1", "T1-S3", "T1-M1", "T1-K1|T1-K2|T1-K3|T1-K4"},
    "begin_job_finding": {
        "T2-A07", "T2-S1", "T2-S2 when low_literacy", "T2-M3", "T2-M5", "T2-K1|T2-K2|T2-K3|T2-K4|T2-K5",
    },
    "begin_employer_engagement": {
        "T3-A05", "T3-S1", "T3-S4 when interpreter_need", "T3-M2", "T3-M4", "T3-A12 when unpaid",
        "T3-K1|T3-K2|T3-K3|T3-K4|T3-K5",
    },
    "begin_job_support": {
        "T4-A08", "T4-A05 unless employer_not_told", "T4-A10 unless employer_not_told",
        "T4-S1|T4-S2|T4-S3|T4-S4|T4-S5 when language_need unless employer_not_told", "T4-M3",
        "T4-K1|T4-K2|T4-K3|T4-K4|T4-K5 unless employer_not_told", "T4-K5 when employer_not_told",
        "T4-A12 when unpaid", "T4-A06 when subsidy", "T4-M5 when team_told",
    },
    "begin_follow_up": {
        "T5-A10", "T5-A15", "T5-S1|T5-S2|T5-S3 when language_need", "T5-S4 within 92 days", "T5-M4",
        "T5-M5 within 31 days", "T5-K1|T5-K2|T5-K3|T5-K4|T5-K5", "T5-A13 when subsidy",
    },
}  # fmt: skip

GUARDS = {
    "begin_profiling": {"scheme_allows", "guardian_if_minor", EVERY_DIMENSION},
    "begin_job_finding": {EVERY_DIMENSION},
    "begin_employer_engagement": {"both_said_yes", "late_with_a_reason", EVERY_DIMENSION},
    "begin_job_support": {EVERY_DIMENSION},
    "begin_follow_up": {"paid_job", EVERY_DIMENSION},
    "job_found": {"job_registered"},
    "close_follow_up": {"closing_talk", "last_answer", "whom_to_call", "own_decision"},
}

CLOSED_BY_FACT = {
    "T1-A10", "T1-A14", "T1-S1", "T2-S1", "T2-M5", "T3-A05", "T3-M2", "T3-M4", "T4-A08", "T4-A05", "T4-A10", "T5-A15",
    "T5-M4", "T5-M5",
}  # fmt: skip
"""The fourteen that are always asked; the rest is asked only under a condition, or by a reminder."""
CLOSED_BY_FACT_AT_TIMES = {"T4-A12", "T4-A06", "T5-S4", "T2-M6"}


@pytest.fixture(scope="module")
def process() -> Process:
    return processes.get("supported_employment", 1)


def described(process: Process, requirement: Requirement) -> str:
    when = requirement.when or process.task_by_key[requirement.tasks[0]].when
    return "|".join(requirement.tasks) + "".join(
        f" {word} {value}{unit}"
        for word, value, unit in (
            ("when", when, ""),
            ("unless", requirement.unless, ""),
            ("within", requirement.max_age_days, " days"),
        )
        if value is not None
    )


def test_the_steps_stand_in_their_order(process: Process) -> None:
    assert [step.key for step in process.steps] == STEPS
    assert [step.key for step in process.steps if step.final] == ["ended"]


def test_there_are_76_activities_and_78_tasks_of_the_dimensions(process: Process) -> None:
    assert sum(task.dimension == CORE for task in process.tasks) == 76
    assert sum(task.dimension in DIMENSIONS for task in process.tasks) == 78


def test_the_activities_are_numbered_without_gaps(process: Process) -> None:
    core = [task.key for task in process.tasks if task.dimension == CORE]
    many = {"T1": 14, "T2": 17, "T3": 15, "T4": 15, "T5": 15}
    assert sorted(core) == [f"{step}-A{n:02}" for step, last in many.items() for n in range(1, last + 1)]


def test_every_step_has_its_tasks_of_each_dimension(process: Process) -> None:
    counted = Counter((task.step, task.dimension) for task in process.tasks if task.dimension != CORE)
    cells = [[counted[step, dimension] for dimension in DIMENSIONS] for step in STEPS[:5]]
    assert cells == [[5, 6, 5], [6, 6, 5], [5, 5, 5], [5, 5, 5], [5, 5, 5]]
    assert [sum(row) for row in cells] == [16, 17, 15, 15, 15]


def test_a_key_says_the_step_and_the_dimension(process: Process) -> None:
    letters = {"core": "A", "language": "S", "participation": "M", "culture": "K"}
    for task in process.tasks:
        assert task.key.startswith(f"T{STEPS.index(task.step) + 1}-{letters[task.dimension]}")


def test_the_thirty_twins(process: Process) -> None:
    pairs = {f"{task.same_as}={task.key}" for task in process.tasks if task.same_as}
    assert pairs == set(TWINS.split())
    assert len(pairs) == 30


def test_what_belongs_to_one_employer(process: Process) -> None:
    found = {task.key for task in process.tasks if task.per_employer}
    assert found == ONE_EMPLOYER | {task.key for task in process.tasks if task.step == "employer_engagement"}


def test_what_is_measured_from_notes_and_never_done_once(process: Process) -> None:
    repeats = {task.key: task.repeats for task in process.tasks if task.repeats}
    assert repeats == {"T5-A03": "visit", "T5-S1": "visit", "T5-M5": "month", "T5-S4": "quarter"}


def test_belief_health_and_family_are_never_written_down(process: Process) -> None:
    assert {task.key for task in process.tasks if task.text == "none"} == {"T3-K4", "T2-A08", "T2-K4"}


def test_one_task_is_about_the_staff(process: Process) -> None:
    assert [task.key for task in process.tasks if task.about == "staff"] == ["T1-K5"]


def test_what_applies_only_at_times(process: Process) -> None:
    when = {task.key: task.when for task in process.tasks if task.when}
    languages = {f"T4-S{n}": "language_need" for n in range(1, 6)} | {f"T5-S{n}": "language_need" for n in range(1, 4)}
    assert when == languages | {
        "T2-S2": "low_literacy", "T2-A13": "education_abroad", "T3-A12": "unpaid", "T3-S4": "interpreter_need",
        "T4-A06": "subsidy", "T4-A12": "unpaid", "T5-A13": "subsidy",
    }  # fmt: skip


def test_the_moves_are_those_that_were_decided(process: Process) -> None:
    assert {step: {move.to for move in process.moves_from(step)} for step in STEPS} == MOVES


def test_every_forward_move_can_be_recorded_when_it_has_happened(process: Process) -> None:
    for move in process.moves:
        if move.kind == "forward":
            twins = [m for m in process.moves_from(move.sources[0]) if m.to == move.to and m.kind == "exception"]
            assert [m.requires for m in twins] == [()]


@pytest.mark.parametrize("trigger", REQUIRED)
def test_a_move_requires_exactly_what_was_decided(process: Process, trigger: str) -> None:
    move = next(move for move in process.moves if move.trigger == trigger)
    assert {described(process, requirement) for requirement in move.requires if requirement.tasks} == REQUIRED[trigger]


def test_the_guards_are_exactly_those_that_were_decided(process: Process) -> None:
    found = {move.trigger: {r.guard for r in move.requires if r.guard} for move in process.moves}
    assert {trigger: asked for trigger, asked in found.items() if asked} == GUARDS


def always_required(process: Process) -> list[tuple[str, ...]]:
    """The required set as it was counted: every choice once, without what only a condition or an old level asks for."""
    return [
        requirement.tasks
        for move in process.moves
        for requirement in move.requires
        if requirement.tasks
        and not process.task_by_key[requirement.tasks[0]].when
        and requirement.when not in ("employer_not_told", "team_told")
        and requirement.tasks != ("T5-S4",)
    ] + [r.tasks for m in process.moves for r in m.requires if r.when == "language_need"]


def test_the_required_set_has_twenty_eight_of_which_facts_close_fourteen(process: Process) -> None:
    required = always_required(process)
    assert len(set(required)) == 28
    facts = {keys[0] for keys in required if process.task_by_key[keys[0]].closed_by}
    assert facts == CLOSED_BY_FACT


def test_what_facts_close_is_marked_so(process: Process) -> None:
    assert {task.key for task in process.tasks if task.closed_by} == CLOSED_BY_FACT | CLOSED_BY_FACT_AT_TIMES


def test_every_text_is_there_in_three_languages(process: Process) -> None:
    texts = [
        process.title,
        *(step.title for step in process.steps),
        *(step.participant_title for step in process.steps),
    ]
    texts += [move.title for move in process.moves] + [template.title for template in process.templates]
    for task in process.tasks:
        texts += [task.title, task.evidence, *([task.participant_title] if task.participant_title else [])]
    assert all(text.to(language).strip() for text in texts for language in LANGUAGES)


def test_every_task_that_concerns_her_has_her_wording(process: Process) -> None:
    lacking = [task.key for task in process.tasks if task.participant_title is None]
    assert lacking == ["T1-K5"]


def test_every_task_has_a_basis_and_a_mark(process: Process) -> None:
    assert [task.key for task in process.tasks if not task.mark or not (task.basis or task.mark == "D")] == []


RHYTHMS = ("motivation", "fast")


def test_lorenskog_changes_guide_times_and_targets_only(process: Process) -> None:
    lorenskog = process.template("lorenskog")
    assert (process.target("first_employer_meeting", "lorenskog"), process.target("placement", "lorenskog")) == (14, 14)
    assert process.target("first_employer_meeting", "standard") == 30
    days = [process.guide_days(step, "lorenskog") for step in STEPS[:4]]
    assert sum(day or 0 for day in days) <= 30
    assert set(lorenskog.guide_days) <= set(STEPS)
    assert set(lorenskog.targets) <= set(process.targets)


PACKAGES = [f"{group}_{rhythm}" for group in ("home_staying_women", "youth", "newly_arrived") for rhythm in RHYTHMS]


@pytest.mark.parametrize("key", PACKAGES)
def test_a_start_package_proposes_tasks_that_no_move_requires_of_everybody(process: Process, key: str) -> None:
    package = process.template(key)
    alone = [needed.tasks[0] for move in process.moves for needed in move.requires if len(needed.tasks) == 1]
    proposed = [process.task_by_key[task] for task in package.tasks]
    assert {task.dimension for task in proposed} == {"core", "language", "participation", "culture"}
    always = {process.task_by_key[task].shared_key for task in alone if process.task_by_key[task].when is None}
    assert not {task.shared_key for task in proposed} & always


def test_motivation_first_takes_its_time_and_fast_to_job_does_not(process: Process) -> None:
    for group in ("home_staying_women", "youth", "newly_arrived"):
        slow, fast = f"{group}_motivation", f"{group}_fast"
        assert (process.guide_days("engagement", slow) or 0) > (process.guide_days("engagement", "standard") or 0)
        assert (process.guide_days("engagement", fast) or 0) < (process.guide_days("engagement", "standard") or 0)
        assert process.contact_days("engagement", slow) == 7
        assert (process.target("first_employer_meeting", fast) or 99) < 30
    assert process.contact_days("engagement", "standard") == 14
    assert process.proposed("standard") == frozenset()


HAPPY_PATH = [
    "engagement —begin_profiling→ profiling",
    "profiling —begin_job_finding→ job_finding",
    "job_finding —begin_employer_engagement→ employer_engagement",
    "employer_engagement —begin_job_support→ job_support",
    "job_support —begin_follow_up→ follow_up",
    "follow_up —close_follow_up→ ended",
]


def test_the_way_from_referral_to_the_end(process: Process) -> None:
    ordinary = [move for move in process.moves if move.kind == "forward" or move.trigger == "close_follow_up"]
    assert [f"{move.sources[0]} —{move.trigger}→ {move.to}" for move in ordinary] == HAPPY_PATH


def test_who_may_take_which_move(process: Process) -> None:
    """Specialist and supervisor take every move; nobody else takes any."""

    def who(move: Move) -> list[str]:
        return [role.value for role in move.roles]

    assert {tuple(who(move)) for move in process.moves} == {("job_specialist", "supervisor")}
