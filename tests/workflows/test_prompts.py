"""Open questions: every fault of a file is told at once, and each task finds its own."""

import pytest

from se_engine import processes, prompts
from se_engine.rules.errors import InvalidDefinition

TASKS = frozenset(processes.latest().task_by_key)
GOOD = {
    "key": "proud_of",
    "method": "appreciative",
    "tasks": ["T2-M2"],
    "text": {"nb": "Hva er du stolt av?", "nn": "Kva er du stolt av?", "en": "What are you proud of?"},
    "mark": "D",
}


def faults(*tables):
    with pytest.raises(InvalidDefinition) as invalid:
        prompts.read({"prompt": list(tables)}, known_tasks=TASKS, source="v1.toml")
    return " ".join(invalid.value.faults)


def test_ours_can_be_read_and_belong_to_every_method_and_place():
    ours = prompts.catalogue()
    assert {prompt.method for prompt in ours} == set(prompts.METHODS)
    assert {place for prompt in ours for place in prompt.places} == set(prompts.PLACES)
    assert all(prompt.tasks <= TASKS for prompt in ours)


def test_a_task_finds_its_questions_and_one_without_any_finds_none():
    assert "proud_of" in {prompt.key for prompt in prompts.prompts_for(["T2-M2"])}
    assert prompts.prompts_for(["T3-A05"]) == []
    assert prompts.prompts_for(place="nowhere") == []


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"method": "quiz"}, "method is one of"),
        ({"tasks": ["T9-X1"]}, "task «T9-X1» is not in the process"),
        ({"tasks": [], "places": []}, "belongs to no task"),
        ({"places": ["hall"]}, "place «hall»"),
        ({"mark": "T"}, "mark is D"),
        ({"text": {"nb": "Hva?", "en": "What?"}}, "missing in nn"),
        ({"text": {**GOOD["text"], "en": "Tell me."}}, "not one question in en"),
        ({"text": {**GOOD["text"], "nb": "Hva? Og hvorfor?"}}, "not one question in nb"),
        ({"answer": "yes"}, "«answer» is not known here"),
        ({"key": ""}, "has no key"),
    ],
)
def test_a_fault_is_told_in_a_sentence(wrong, said):
    assert said in faults({**GOOD, **wrong})


def test_all_faults_are_told_at_once():
    said = faults(GOOD, GOOD, {**GOOD, "key": "other", "method": "quiz", "mark": "X"})
    assert "«proud_of» stands twice" in said
    assert "method is one of" in said
    assert "mark is D" in said
