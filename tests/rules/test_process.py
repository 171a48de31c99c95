"""One question: may this move be taken now? And for any facts an answer that is declared."""

from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from se_engine import processes
from se_engine.rules.definition import read_process
from se_engine.rules.errors import Blocked, NoSuchMove, NotPermitted, Reason, Refused
from se_engine.rules.facts import CaseFacts, EmployerFacts, TaskFact, TaskStatus
from se_engine.rules.guards import EITHER, EMPLOYER_GUARDS, GUARDS, SPECIALIST, SUPERVISOR
from se_engine.rules.process import Move, Process
from se_engine.rules.roles import Role
from se_engine.rules.tasks import CONDITIONS, DIMENSIONS
from tests.rules.definitions import small_process

TODAY = date(2026, 3, 16)
PROCESS = processes.latest()
SMALL = read_process(small_process(), version=1, source="v1.toml")
TRIGGERS = sorted({move.trigger for move in PROCESS.moves})
STEPS = [step.key for step in PROCESS.steps]
HOLDS = sorted(GUARDS.keys() - {"late_with_a_reason"})
DONE = TaskFact(TaskStatus.DONE, TODAY)
ASIDE = TaskFact(TaskStatus.NOT_RELEVANT, TODAY)
MORE = TaskFact(TaskStatus.NEEDS_MORE, TODAY)


def facts(step: str, **rest: object) -> CaseFacts:
    known = {"today": TODAY, "opened_on": TODAY - timedelta(days=60), "entered_on": TODAY, **rest}
    return CaseFacts(step=step, **known)  # type: ignore[arg-type]  # the tests give what the fields take


def everything(step: str, **rest: object) -> CaseFacts:
    """All tasks done, with one employer, and every guard satisfied."""
    of_case = {task.shared_key: DONE for task in PROCESS.tasks if not task.per_employer}
    of_employer = {task.shared_key: DONE for task in PROCESS.tasks if task.per_employer}
    met = EmployerFacts(of_employer, holds=frozenset(EMPLOYER_GUARDS))
    known = {"tasks": of_case, "employers": {"A": met}, "holds": frozenset(HOLDS), **rest}
    return facts(step, **known)


def codes(reasons: Iterable[Reason]) -> list[str]:
    return [f"{reason.code}:{reason.task or ''}".rstrip(":") for reason in reasons]


def why_not(process: Process, known: CaseFacts, trigger: str) -> tuple[Reason, ...]:
    with pytest.raises(Blocked) as blocked:
        process.decide(known.step, trigger, Role.JOB_SPECIALIST, known)
    return blocked.value.reasons


# The property: whatever is asked, the answer is declared.

DAYS = st.dates(TODAY - timedelta(days=120), TODAY)
TASK_FACTS = st.builds(TaskFact, st.sampled_from(TaskStatus), DAYS, st.booleans())
SOME_TASKS = st.dictionaries(st.sampled_from([task.shared_key for task in PROCESS.tasks]), TASK_FACTS, max_size=25)
SOME_CONDITIONS = st.frozensets(st.sampled_from(sorted(CONDITIONS)))
SOME_HOLDS = st.frozensets(st.sampled_from(sorted(EMPLOYER_GUARDS)))
FACTS = st.builds(
    CaseFacts,
    step=st.sampled_from(STEPS),
    today=st.just(TODAY),
    opened_on=DAYS,
    entered_on=DAYS,
    tasks=SOME_TASKS,
    employers=st.dictionaries(
        st.sampled_from("ABC"), st.builds(EmployerFacts, SOME_TASKS, SOME_CONDITIONS, SOME_HOLDS), max_size=3
    ),
    conditions=SOME_CONDITIONS,
    holds=st.frozensets(st.sampled_from(HOLDS)),
    granted=st.frozensets(st.sampled_from(TRIGGERS), max_size=2),
    cells_excused=st.frozensets(st.sampled_from(TRIGGERS), max_size=2),
    reason_given=st.booleans(),
    employer_meeting_on=st.one_of(st.none(), DAYS),
    employer_meeting_target=st.sampled_from([None, 14, 30]),
)


@given(FACTS, st.sampled_from([*TRIGGERS, "fly", "to_ended", "__class__"]), st.sampled_from(Role))
def test_the_answer_is_a_declared_move_or_a_refusal_with_reasons(known: CaseFacts, trigger: str, role: Role) -> None:
    declared = {move.trigger: move for move in PROCESS.moves_from(known.step)}
    answer = asked(known, trigger, role)
    if trigger not in declared:
        assert isinstance(answer, NoSuchMove)
    elif role is not Role.OPERATOR and role not in declared[trigger].roles:
        assert isinstance(answer, NotPermitted)
    elif missing := PROCESS.unmet(declared[trigger], known):
        assert isinstance(answer, Blocked)
        assert answer.reasons == missing
        assert all(reason.who and reason.where for reason in missing)
    else:
        assert answer is declared[trigger]


def asked(known: CaseFacts, trigger: str, role: Role) -> Move | Refused:
    try:
        return PROCESS.decide(known.step, trigger, role, known)
    except Refused as refused:
        return refused


@given(FACTS)
def test_what_is_shown_beforehand_is_what_is_decided(known: CaseFacts) -> None:
    options = PROCESS.options(known.step, known)
    assert [option.move for option in options] == list(PROCESS.moves_from(known.step))
    for option in options:
        if option.allowed:
            assert PROCESS.decide(known.step, option.move.trigger, Role.SUPERVISOR, known) is option.move
        else:
            assert why_not(PROCESS, known, option.move.trigger) == option.reasons


@given(FACTS)
def test_a_question_changes_nothing(known: CaseFacts) -> None:
    before = PROCESS.options(known.step, known)
    for trigger in TRIGGERS:
        try:
            PROCESS.decide(known.step, trigger, Role.SUPERVISOR, known)
        except (NoSuchMove, Blocked):
            continue
    assert PROCESS.options(known.step, known) == before


# Roles × steps.


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR, Role.MANAGER])
@pytest.mark.parametrize("step", STEPS)
def test_no_move_is_for_those_without_cases(role: Role, step: str) -> None:
    for move in PROCESS.moves_from(step):
        with pytest.raises(NotPermitted):
            PROCESS.decide(step, move.trigger, role, everything(step))


@pytest.mark.parametrize("role", [Role.JOB_SPECIALIST, Role.SUPERVISOR, Role.OPERATOR])
@pytest.mark.parametrize("step", STEPS)
def test_with_everything_in_place_every_move_is_open_to_casework(role: Role, step: str) -> None:
    for move in PROCESS.moves_from(step):
        assert PROCESS.decide(step, move.trigger, role, everything(step)) is move


def test_who_may_not_take_a_move_is_told_so_before_what_is_missing() -> None:
    with pytest.raises(NotPermitted):
        PROCESS.decide("engagement", "begin_profiling", Role.AUDITOR, facts("engagement"))


# Guards.


@pytest.mark.parametrize("guard", HOLDS)
def test_a_recorded_fact_is_there_or_says_who_records_it_and_where(guard: str) -> None:
    assert GUARDS[guard](facts("engagement", holds=frozenset({guard}))) is None
    reason = GUARDS[guard](facts("engagement"))
    assert reason is not None
    assert reason.code == guard
    assert reason.who in (SPECIALIST, SUPERVISOR, EITHER)


@pytest.mark.parametrize(
    ("meeting", "reason_given", "target", "passes"),
    [
        (None, False, None, True),
        (None, False, 60, True),
        (None, False, 59, False),
        (None, True, 59, True),
        (TODAY - timedelta(days=30), False, 30, True),
        (TODAY - timedelta(days=29), False, 30, False),
    ],
)
def test_late_asks_for_a_reason(meeting: date | None, reason_given: bool, target: int | None, passes: bool) -> None:
    known = facts("job_finding", employer_meeting_on=meeting, reason_given=reason_given, employer_meeting_target=target)
    assert (GUARDS["late_with_a_reason"](known) is None) is passes


# Requirements.


def test_every_unmet_requirement_is_named_at_once() -> None:
    assert codes(why_not(SMALL, facts("first"), "go")) == ["task_open:S1", "one_task_open:M1", "scheme_allows"]


def test_a_twin_closes_both() -> None:
    known = facts("first", tasks={"S1": DONE, "M1": DONE}, holds=frozenset({"scheme_allows"}))
    assert SMALL.decide("first", "go", Role.JOB_SPECIALIST, known).to == "second"


def test_culture_that_was_looked_at_and_not_needed_closes() -> None:
    known = facts("first", tasks={"S1": DONE, "K1": ASIDE}, holds=frozenset({"scheme_allows"}))
    assert SMALL.decide("first", "go", Role.JOB_SPECIALIST, known)


@pytest.mark.parametrize("answer", [ASIDE, MORE])
def test_not_relevant_and_needs_more_close_nothing_else(answer: TaskFact) -> None:
    known = facts("first", tasks={"S1": answer, "M1": answer}, holds=frozenset({"scheme_allows"}))
    assert codes(why_not(SMALL, known, "go")) == ["task_open:S1", "one_task_open:M1"]


def test_one_employers_task_does_not_close_anothers() -> None:
    met = frozenset({"both_said_yes"})
    old = EmployerFacts({"T3-M2": DONE, "T3-A05": DONE, "T3-S1": DONE}, holds=met)
    new = EmployerFacts({"T3-A05": DONE, "T3-S1": DONE, "T3-M4": DONE}, holds=met)
    known = everything("job_finding", employers={"old": old, "new": new})
    missing = codes(why_not(PROCESS, known, "begin_employer_engagement"))
    assert len(missing) == 1
    assert missing[0] in ("task_open:T3-M2", "task_open:T3-M4")


def test_meeting_one_employer_and_being_ready_with_another_is_not_enough() -> None:
    """What is asked of the track belongs to the employer, as its tasks do."""
    ready = everything("job_finding").employers["A"]
    known = everything(
        "job_finding", employers={"met": EmployerFacts(holds=ready.holds), "ready": EmployerFacts(ready.tasks)}
    )
    assert codes(why_not(PROCESS, known, "begin_employer_engagement")) == ["both_said_yes"]


def test_an_employer_who_is_not_told_is_asked_for_less() -> None:
    told = EmployerFacts({"T4-A08": DONE, "T4-M3": DONE})
    not_told = EmployerFacts({"T4-A08": DONE, "T4-M3": DONE}, frozenset({"employer_not_told"}))
    missing = codes(why_not(PROCESS, everything("employer_engagement", employers={"A": told}), "begin_job_support"))
    assert {"task_open:T4-A05", "task_open:T4-A10", "one_task_open:T4-K1"} <= set(missing)
    known = everything("employer_engagement", employers={"A": not_told}, conditions=frozenset({"language_need"}))
    # The contract is one pair of twins: its teach-back is asked, and what we do at misunderstandings.
    assert codes(why_not(PROCESS, known, "begin_job_support")) == ["task_open:T4-K5"]


def test_an_employers_conditions_are_not_another_steps() -> None:
    employers = {"A": EmployerFacts({}, frozenset({"employer_not_told", "subsidy"}))}
    assert PROCESS.decide(
        "job_support", "begin_follow_up", Role.SUPERVISOR, everything("job_support", employers=employers)
    )


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_an_empty_cell_keeps_the_step_from_closing(dimension: str) -> None:
    shared = [PROCESS.task_by_key[task.shared_key] for task in PROCESS.tasks]
    of_case = {task.key: DONE for task in shared if task.dimension != dimension}
    missing = why_not(PROCESS, everything("profiling", tasks=of_case), "begin_job_finding")
    assert dimension in {reason.values.get("dimension") for reason in missing if reason.code == "cell_empty"}


def test_what_is_about_the_staff_does_not_fill_her_cell() -> None:
    of_case = {t.shared_key: DONE for t in PROCESS.tasks if t.dimension != "culture"} | {"T1-K5": DONE}
    missing = why_not(PROCESS, everything("engagement", tasks=of_case), "begin_profiling")
    assert [reason.values.get("dimension") for reason in missing if reason.code == "cell_empty"] == ["culture"]


def test_a_granted_move_is_open_whatever_is_missing() -> None:
    known = facts("engagement", granted=frozenset({"begin_profiling"}))
    move = PROCESS.decide("engagement", "begin_profiling", Role.JOB_SPECIALIST, known)
    assert len(PROCESS.waived(move, known)) >= 5


def test_an_excused_cell_opens_nothing_but_the_cell() -> None:
    known = facts("engagement", cells_excused=frozenset({"begin_profiling"}))
    missing = codes(why_not(PROCESS, known, "begin_profiling"))
    assert "task_open:T1-A14" in missing
    assert "cell_empty" not in missing


def test_an_exception_says_what_the_ordinary_move_would_ask() -> None:
    known = facts("engagement")
    exception = PROCESS.move("engagement", "begin_profiling_anyway")
    assert PROCESS.waived(exception, known) == why_not(PROCESS, known, "begin_profiling")


def test_guide_times_and_targets_follow_the_template() -> None:
    assert SMALL.guide_days("first", "standard") == 3
    assert SMALL.guide_days("first", "none") == 7
    assert SMALL.target("placement", "none") == 30
