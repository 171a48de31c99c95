"""The examples of workflows/README.md are such as the engine takes."""

import re
import tomllib
from typing import Any

from se_engine import document_kinds, frameworks, processes
from se_engine.rules.definition import read_process
from se_engine.rules.text import Text
from tests.support.tree import TOP

README = (TOP / "workflows" / "README.md").read_text(encoding="utf-8")
V1 = TOP / "workflows" / "supported_employment" / "v1.toml"
EXAMPLES = [tomllib.loads(block) for block in re.findall(r"```toml\n(.*?)```", README, re.DOTALL)]


def examples(kind: str) -> list[dict[str, Any]]:
    return [table for example in EXAMPLES for table in example.get(kind, [])]


def test_example_of_a_new_task_makes_a_new_version() -> None:
    document = tomllib.loads(V1.read_text(encoding="utf-8"))
    (changed,) = [example["requires"] for example in EXAMPLES if "requires" in example]
    document["task"].append(examples("task")[-1])
    for move in document["move"]:
        if move["trigger"] == "begin_job_finding":
            assert set(move["requires"][:2]) < {"T2-A07", "T2-S1", "T2-A18"}
            move["requires"] = changed
    process = read_process(document, version=2, source="v2.toml")
    assert process.task_by_key["T2-A18"].step == "profiling"


def test_examples_of_step_task_and_move_are_those_of_the_definition() -> None:
    process = processes.latest()
    step, move = examples("step")[0], examples("move")[0]
    assert process.step_by_key[str(step["key"])].title.nb == step["title"]["nb"]
    assert process.move("profiling", str(move["trigger"])).title.nb == move["title"]["nb"]
    task = examples("task")[0]
    assert process.task_by_key[str(task["key"])].title.nb == task["title"]["nb"]


def test_examples_of_a_document_are_those_of_its_kind() -> None:
    (example,) = [example for example in EXAMPLES if "parties" in example]
    kind = document_kinds.latest(example["kind"])
    assert list(kind.parties) == example["parties"]
    for field in example["field"]:
        found = kind.field_by_key[field["key"]]
        assert found.title == Text(**field["title"])
        assert (found.part, found.kind, found.whose, found.needed) == tuple(
            field[key] for key in ("part", "kind", "whose", "needed")
        )


def test_example_of_a_framework_is_ours() -> None:
    (example,) = [example for example in EXAMPLES if "rated" in example]
    ours = tomllib.loads(frameworks.path_of("se5", 1).read_text(encoding="utf-8"))
    (shown,) = example.pop("item")
    (item,) = [item for item in ours["item"] if item["key"] == shown["key"]]
    assert shown.items() <= item.items()
    assert example.items() <= ours.items()
