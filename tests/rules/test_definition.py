"""A definition with faults does not load, and each of them is named."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from se_engine.rules.definition import read_process
from se_engine.rules.errors import InvalidDefinition
from se_engine.rules.process import Process
from tests.rules.definitions import Table, move, small_process, task, text


def read(document: Table) -> Process:
    return read_process(document, version=1, source="v1.toml")


def faults(document: Table) -> tuple[str, ...]:
    with pytest.raises(InvalidDefinition) as invalid:
        read(document)
    return invalid.value.faults


def test_a_definition_without_faults_is_a_process() -> None:
    process = read(small_process())
    assert [step.key for step in process.steps] == ["first", "second", "over"]
    assert process.guide_days("first", "standard") == 3
    assert process.target("placement", "standard") == 30


def test_twins_share_the_key_of_the_dimension() -> None:
    process = read(small_process())
    assert {process.task_by_key[key].shared_key for key in ("A1", "S1")} == {"S1"}


SPOILED: dict[str, tuple[Callable[[Table], object], str]] = {
    "an unknown key": (lambda d: d["step"][0].update(colour="red"), "step «first»: unknown key «colour»"),
    "an unknown key of the file": (lambda d: d.update(hooks=[]), "v1.toml: unknown key «hooks»"),
    "a key that is missing": (lambda d: d["task"][0].pop("evidence"), "task «A1»: «evidence» is missing"),
    "a wildcard source": (lambda d: d["move"][0].update({"from": ["*"]}), "step «*» is unknown (wildcards"),
    "a wildcard target": (lambda d: d["move"][1].update(to="="), "step «=» is unknown (wildcards"),
    "a misspelt step": (lambda d: d["move"][1].update(to="frist"), "move «back»: step «frist» is unknown"),
    "a dead second move": (
        lambda d: d["move"].append(move("go", "first", "over")),
        "move «go» stands twice from «first»; the second is dead",
    ),
    "a final step with a way out": (
        lambda d: d["move"].append(move("reopen", "over", "first")),
        "step «over» is final and has a way out",
    ),
    "a step without a way out": (
        lambda d: d["move"].__setitem__(slice(1, 3), [move("finish", "first", "over")]),
        "step «second» has no way out and is not final",
    ),
    "a step out of reach": (
        lambda d: d["step"].append({"key": "island", "title": text("Island"), "final": True}),
        "step «island» cannot be reached from «first»",
    ),
    "a text missing in nynorsk": (
        lambda d: d["step"][1]["title"].pop("nn"),
        "step «second»: title: text is missing in nn",
    ),
    "an empty text": (lambda d: d["task"][2]["title"].update(en="  "), "task «M1»: title: text is missing in en"),
    "a fourth language": (lambda d: d["title"].update(se="x"), "v1.toml: title: unknown language «se»"),
    "a task key used twice": (lambda d: d["task"].append(task("K1", "second")), "task key «K1» is used 2 times"),
    "a step key used twice": (lambda d: d["step"].append(d["step"][1]), "step «second» is used 2 times"),
    "a template used twice": (lambda d: d["template"].append(d["template"][0]), "template «standard» is used 2 times"),
    "a twin of a twin": (
        lambda d: d["task"].append(task("T9", "first", same_as="S1")),
        "task «T9»: same_as «S1» is itself a twin",
    ),
    "a twin of itself": (lambda d: d["task"][3].update(same_as="K1"), "task «K1»: same_as «K1» is itself a twin"),
    "a third twin": (lambda d: d["task"][3].update(same_as="A1"), "twin «A1» is used 2 times"),
    "a twin in another step": (lambda d: d["task"][1].update(step="second"), "its twin «A1» belongs to another step"),
    "a twin that is no task": (lambda d: d["task"][1].update(same_as="A7"), "task «S1»: same_as «A7» is no task"),
    "a task of an unknown step": (lambda d: d["task"][0].update(step="zero"), "task «A1»: step «zero» is unknown"),
    "an unknown dimension": (lambda d: d["task"][0].update(dimension="sport"), "dimension «sport» is unknown"),
    "an unknown condition": (lambda d: d["task"][0].update(when="rain"), "task «A1»: when «rain» is unknown"),
    "an unknown closing fact": (lambda d: d["task"][0].update(closed_by="luck"), "closed_by «luck» is unknown"),
    "an unknown role": (lambda d: d["move"][0].update(roles=["wizard"]), "move «go»: role «wizard» is unknown"),
    "a role that is no account": (lambda d: d["move"][0].update(roles=["operator"]), "role «operator» is unknown"),
    "a move nobody may take": (lambda d: d["move"][0].update(roles=[]), "move «go»: nobody may take it"),
    "a move from nowhere": (lambda d: d["move"][1].update({"from": []}), "move «back»: it starts from no step"),
    "an unknown guard": (
        lambda d: d["move"][0]["requires"].append({"guard": "moon"}),
        "move «go»: guard «moon» is unknown",
    ),
    "a dotted guard": (
        lambda d: d["move"][0]["requires"].append("os.system"),
        "requires «os.system», which is neither a task nor a guard",
    ),
    "a requirement of two kinds": (
        lambda d: d["move"][0]["requires"].append({"task": "A1", "guard": "paid_job"}),
        "a requirement names one of task, any, guard",
    ),
    "a choice of nothing": (lambda d: d["move"][0]["requires"].append({"any": []}), "«any» is empty"),
    "a choice across employer and case": (
        lambda d: d["move"][0]["requires"].append({"any": ["K1", "E1"]}),
        "some of K1, E1 belong to an employer and some to the case",
    ),
    "negative days": (lambda d: d["step"][0].update(guide_days=-1), "guide_days must be a whole number of days"),
    "days as a word": (lambda d: d["step"][0].update(contact_days="7"), "contact_days must be a whole number of days"),
    "days that are true": (lambda d: d["step"][0].update(guide_days=True), "guide_days must be a whole number of days"),
    "negative days of a template": (
        lambda d: d["template"][0]["guide_days"].update(first=-3),
        "template «standard»: guide_days: «first» must be a whole number",
    ),
    "guide days of an unknown step": (
        lambda d: d["template"][0]["guide_days"].update(zero=3),
        "template «standard»: guide_days names the unknown step «zero»",
    ),
    "contact days of an unknown step": (
        lambda d: d["template"][0].update(contact_days={"zero": 3}),
        "template «standard»: contact_days names the unknown step «zero»",
    ),
    "a package of an unknown task": (
        lambda d: d["template"][0].update(tasks=["A1", "A7"]),
        "template «standard»: proposes «A7», which is no task",
    ),
    "a package with a task twice": (
        lambda d: d["template"][0].update(tasks=["A1", "A1"]),
        "template «standard»: task «A1» is used 2 times",
    ),
    "a package that is no list of words": (
        lambda d: d["template"][0].update(tasks=[1]),
        "template «standard»: tasks must be a list of words",
    ),
    "a package with a task about staff": (
        lambda d: (d["task"][3].update(about="staff"), d["template"][0].update(tasks=["K1"])),
        "template «standard»: proposes «K1», which is about staff",
    ),
    "a target the process has not": (
        lambda d: d["template"][0].update(targets={"fame": 3}),
        "template «standard»: the target «fame» is not one of the process",
    ),
    "a negative age": (
        lambda d: d["move"][2]["requires"].append({"task": "E1", "max_age_days": -5}),
        "move «finish»: requirement: max_age_days must be a whole number of days",
    ),
    "a source that is no list": (lambda d: d["move"][0].update({"from": "first"}), "move «go»: from must be a list"),
    "final as a word": (lambda d: d["step"][2].update(final="no"), "step «over»: final must be true or false"),
    "tasks that are no list of tables": (lambda d: d.update(task={}), "v1.toml: task must be a list of tables"),
    "a task that is no table": (lambda d: d["task"].append("T1"), "task «?» must be a table"),
}  # fmt: skip


@pytest.mark.parametrize("name", SPOILED)
def test_a_fault_is_named(name: str) -> None:
    spoil, sentence = SPOILED[name]
    document = small_process()
    spoil(document)
    assert any(sentence in fault for fault in faults(document)), faults(document)


PLANTED = (
    "an unknown key", "a key that is missing", "a wildcard target", "a dead second move", "a text missing in nynorsk",
    "a twin of a twin", "a task key used twice", "an unknown role", "an unknown guard", "negative days",
    "a step out of reach", "a final step with a way out",
)  # fmt: skip


def test_twelve_faults_give_twelve_sentences() -> None:
    document = small_process()
    for name in PLANTED:
        SPOILED[name][0](document)
    named = faults(document)
    assert all(any(SPOILED[name][1] in fault for fault in named) for name in PLANTED)
    assert len(named) == len(PLANTED)


JUNK = st.one_of(
    st.none(), st.booleans(), st.integers(-3, 3), st.floats(allow_nan=False), st.text(max_size=5),
    st.lists(st.one_of(st.text(max_size=3), st.integers(), st.dictionaries(st.text(max_size=2), st.text(max_size=2)))),
    st.dictionaries(st.sampled_from(["nb", "key", "task", "x"]), st.one_of(st.text(max_size=3), st.integers())),
)  # fmt: skip


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, inner in pairs for place in places(inner, (*path, key)))]


ALL_PLACES = [place for place in places(small_process()) if place]


@given(st.lists(st.tuples(st.sampled_from(ALL_PLACES), JUNK), min_size=1, max_size=3))
def test_whatever_stands_in_a_file_is_a_process_or_named_faults(changes: list[tuple[tuple[Any, ...], Any]]) -> None:
    document = small_process()
    for place, junk in changes:
        inner: Any = document
        try:
            for key in place[:-1]:
                inner = inner[key]
            inner[place[-1]] = junk
        except (KeyError, IndexError, TypeError):
            continue
    named = ["it is a process"]
    try:
        read(document)
    except InvalidDefinition as invalid:
        named = [fault.strip() for fault in invalid.faults]
    assert named
    assert all(named)
