"""Moving cases to another version: looked at first, done on purpose, undone."""

import shutil
from datetime import date, timedelta

import pytest

from se_engine import processes
from se_engine.actions.adoption import adopt, adoption_preview, undo_adoption
from se_engine.actions.cases import advance
from se_engine.actions.corrections import void_event
from se_engine.actions.people import add_office
from se_engine.actions.tasks import record_tasks
from se_engine.actions.waiting import start_waiting
from se_engine.queries.facts import facts_of
from se_engine.queries.report_questions import Question
from se_engine.queries.time_per_step import time_per_step
from se_engine.queries.timelines import live_events, periods_of
from se_engine.records.trail import TrailEntry
from se_engine.rules.definition import read_process
from se_engine.rules.errors import InvalidDefinition, NotPermitted, Refused
from se_engine.rules.facts import TaskStatus
from se_engine.rules.roles import OPERATOR
from tests.support.people import OPENED, TODAY, make_user
from tests.support.tree import TOP

NAME = processes.SUPPORTED_EMPLOYMENT
V1 = TOP / "workflows" / NAME / "v1.toml"
RENAMED = """
[adopts.1]
steps = {profiling = "mapping"}
tasks = {"T1-A04" = "T1-A99"}
"""


@pytest.fixture
def publish(tmp_path, monkeypatch):
    """publish(map): version 2, in which profiling is called mapping, and one task has another key."""
    (tmp_path / NAME).mkdir()

    def write(adopts: str, **replaced: str) -> None:
        text = V1.read_text(encoding="utf-8")
        words = {'"profiling"': '"mapping"', "profiling = ": "mapping = ", '"T1-A04"': '"T1-A99"', **replaced}
        for old, new in words.items():
            assert old in text
            text = text.replace(old, new)
        (tmp_path / NAME / "v2.toml").write_text(text + adopts, encoding="utf-8")
        monkeypatch.setenv("SE_DEFINITIONS_DIR", str(tmp_path))

    yield write
    shutil.rmtree(tmp_path / NAME)


def end(session, people, case, on=TODAY):
    return advance(session, people.jo, case.id, "end", seen_version=None, happened_on=on, end_reason="moved")


def test_preview_says_what_becomes_of_each_case(session, people, make_case, publish):
    cases = [make_case(), make_case(step="job_finding"), make_case(step="profiling"), make_case()]
    end(session, people, cases[3])
    publish(RENAMED)
    places = adoption_preview(session, people.max, NAME, 1, 2)
    assert [(place.case_id, place.verdict, place.step, place.to_step) for place in places] == [
        (cases[0].id, "moves", "engagement", "engagement"),
        (cases[1].id, "moves", "job_finding", "job_finding"),
        (cases[2].id, "moves", "profiling", "mapping"),
        (cases[3].id, "stays", "ended", None),
    ]
    assert {case.process_version for case in cases} == {1}


def test_step_without_a_place_in_the_new_version_needs_a_decision(session, people, make_case, publish):
    passed, never_there = make_case(step="job_finding"), make_case()
    publish("\n[adopts.1]\n")
    places = adopt(session, people.max, NAME, 1, 2)
    assert [(place.case_id, place.verdict) for place in places] == [
        (passed.id, "needs_decision"), (never_there.id, "moves"),
    ]  # fmt: skip
    assert (places[0].reason.code, places[0].reason.values["step"]) == ("unknown_step", "profiling")
    assert (passed.process_version, never_there.process_version) == (1, 2)


def test_adopted_case_goes_on_in_the_new_version(session, people, make_case, publish):
    case = make_case(step="profiling")
    record_tasks(
        session, people.jo, case.id, keys=["T1-A04"], status=TaskStatus.DONE, happened_on=TODAY, words="Vi snakket."
    )
    before = [(p.entered_on, p.left_on) for p in periods_of(session, case.id)]
    publish(RENAMED)
    adopt(session, people.max, NAME, 1, 2)
    assert (case.process_version, case.step, case.status) == (2, "mapping", "active")
    periods = periods_of(session, case.id)
    assert [p.step for p in periods] == ["engagement", "mapping"]
    assert [(p.entered_on, p.left_on) for p in periods] == before
    facts = facts_of(session, case, processes.get(NAME, 2))
    assert facts.tasks["T1-A99"].status is TaskStatus.DONE
    start_waiting(
        session, people.jo, case.id, seen_version=None, waiting_for="nav", on=OPENED + timedelta(days=1), next_on=TODAY
    )
    assert [w.reason for w in periods_of(session, case.id)[0].waitings] == ["nav"]
    advance(session, people.max, case.id, "begin_job_finding_anyway", seen_version=None, happened_on=TODAY, note="Hast")
    assert case.step == "job_finding"


def test_mistake_made_before_the_change_can_still_be_corrected(session, people, make_case, publish):
    case = make_case(step="profiling")
    publish(RENAMED)
    adopt(session, people.max, NAME, 1, 2)
    entered = live_events(session, case.id)[-1]
    void_event(session, people.max, case.id, entered.id, seen_version=None, why="Feil deltaker")
    assert (case.step, case.process_version) == ("engagement", 2)


def test_trail_tells_each_change_of_version(session, people, make_case, publish):
    case = make_case()
    publish(RENAMED)
    adopt(session, people.max, NAME, 1, 2)
    undo_adoption(session, people.max, NAME, 1, 2)
    told = session.query(TrailEntry.what, TrailEntry.detail).filter_by(case_id=case.id).order_by(TrailEntry.id).all()
    assert [tuple(entry) for entry in told[-2:]] == [
        ("version_adopted", "from=1 to=2"), ("adoption_undone", "from=2 to=1"),
    ]  # fmt: skip


def test_undo_puts_the_adopted_cases_back_and_no_others(session, people, make_case, publish):
    adopted = make_case(step="profiling")
    publish(RENAMED)
    opened_since = make_case()
    adopt(session, people.max, NAME, 1, 2)
    assert (adopted.process_version, opened_since.process_version) == (2, 2)
    places = undo_adoption(session, people.max, NAME, 1, 2)
    assert [(place.case_id, place.verdict, place.to_step) for place in places] == [(adopted.id, "moves", "profiling")]
    assert (adopted.process_version, adopted.step, opened_since.process_version) == (1, "profiling", 2)
    assert undo_adoption(session, people.max, NAME, 1, 2) == []


def test_case_that_has_since_entered_a_new_step_is_not_put_back(session, people, make_case, publish):
    case = make_case(step="profiling")
    publish(RENAMED)
    adopt(session, people.max, NAME, 1, 2)
    advance(session, people.jo, case.id, "renew_agreement", seen_version=None, happened_on=TODAY, note="Nye mål")
    advance(session, people.max, case.id, "begin_profiling_anyway", seen_version=None, happened_on=TODAY, note="Hast")
    (place,) = undo_adoption(session, people.max, NAME, 1, 2)
    assert (place.verdict, place.reason.code, case.process_version, case.step) == (
        "needs_decision", "unknown_step", 2, "mapping",
    )  # fmt: skip


def test_only_who_supervises_the_cases(session, people, make_case, publish):
    mine = make_case()
    publish(RENAMED)
    with pytest.raises(NotPermitted):
        adopt(session, people.jo, NAME, 1, 2)
    elsewhere = make_user(session, "Eva", "supervisor", add_office(session, OPERATOR, "Alta").id)
    assert adoption_preview(session, elsewhere, NAME, 1, 2) == []
    assert [place.case_id for place in adoption_preview(session, OPERATOR, NAME, 1, 2)] == [mine.id]


@pytest.mark.parametrize(
    ("adopts", "code"),
    [("", "no_adoption_map"), ('[adopts.1]\nsteps = {profilling = "mapping"}', "adoption_map_wrong")],
)
def test_version_that_does_not_say_how_cases_come_over(session, people, publish, adopts, code):
    publish("\n" + adopts)
    with pytest.raises(Refused) as refused:
        adoption_preview(session, people.max, NAME, 1, 2)
    assert refused.value.reason.code == code


def test_every_fault_of_a_map_is_named():
    texts = {"nb": "x", "nn": "x", "en": "x"}
    document = {
        "name": "small",
        "title": texts,
        "step": [{"key": "one", "title": texts}, {"key": "out", "title": texts, "final": True}],
        "move": [{"trigger": "go", "from": ["old"], "to": "out", "roles": ["supervisor"], "title": texts}],
        "adopts": {
            "1": {"steps": {"old": "one", "one": "out", "gone": "nowhere"}, "tasks": {"T1": "T2"}, "moves": {}},
            "2": {"steps": {"old": "out", "four": 4}},
            "3": {},
        },
    }
    with pytest.raises(InvalidDefinition) as invalid:
        read_process(document, version=3, source="v3.toml")
    assert [fault for fault in invalid.value.faults if "adopts" in fault or "earlier" in fault] == [
        "adopts «1»: unknown key «moves»; allowed: steps, tasks",
        "adopts «2»: steps must give each old name a new one",
        "adopts «3»: not a version before 3",
        "adopts «1»: step «one» is also a step of this version; give that one another key",
        "adopts «1»: step «gone» becomes «nowhere», which is no step here",
        "adopts «1»: task «T1» becomes «T2», which is no task here",
        "adopts «2»: step «old» becomes something else in another table",
        "step «old» is a name of an earlier version",
    ]


def test_report_of_a_day_counts_the_stay_once(session, people, make_case, publish):
    """A new version is not a move: the stay in the renamed step goes on."""
    make_case(step="profiling")
    publish(RENAMED)
    adopt(session, people.max, NAME, 1, 2)
    answer = time_per_step(session, people.max, Question(as_of=date(2026, 3, 16), threshold=1))
    assert {block["step"]: block.get("visits") for block in answer["steps"] if not block["suppressed"]} == {
        "engagement": 1, "mapping": 1,
    }  # fmt: skip
