"""Open questions for the talks: which belong to which task or part of the plan. Shown, never answered in writing."""

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from se_engine import processes
from se_engine.rules.errors import InvalidDefinition
from se_engine.rules.text import LANGUAGES, Text

NAME = "prompts"
METHODS = ("mi", "solution", "appreciative")
PLACES = ("motivation", "goal", "dream", "choice", "problem")
KEYS = {"key", "method", "tasks", "places", "text", "mark"}
MARKS = ("D",)
"""Every question is our own."""
LONGEST = 120
"""Characters: what is longer is more than one question."""


@dataclass(frozen=True)
class Prompt:
    key: str
    method: str
    tasks: frozenset[str]
    places: frozenset[str]
    text: Text
    mark: str


def prompts_for(tasks: Collection[str] = (), *, place: str | None = None) -> list[Prompt]:
    """The questions for any of the tasks, or for a part of her plan, in the order of the file."""
    wanted = frozenset(tasks)
    return [prompt for prompt in catalogue() if prompt.tasks & wanted or (place is not None and place in prompt.places)]


def catalogue() -> tuple[Prompt, ...]:
    """The newest file, read once: the office's own when it has one."""
    newest = processes.versions(NAME)[-1]
    paths = (folder / NAME / f"v{newest}.toml" for folder in processes.folders())
    path = next(path for path in paths if path.is_file())
    return _read_once(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _read_once(path: Path, changed: int) -> tuple[Prompt, ...]:
    document = tomllib.loads(path.read_text(encoding="utf-8"))
    return read(document, known_tasks=_tasks_of_every_version(), source=f"{NAME}/{path.name}")


def _tasks_of_every_version() -> frozenset[str]:
    """Cases stand on older versions too."""
    name = processes.SUPPORTED_EMPLOYMENT
    return frozenset(key for version in processes.versions(name) for key in processes.get(name, version).task_by_key)


def read(document: Mapping[str, Any], *, known_tasks: Collection[str], source: str) -> tuple[Prompt, ...]:
    """The questions of a file, or every fault in it at once."""
    tables = document.get("prompt", [])
    keys = [table.get("key", "") for table in tables]
    faults = [] if tables else ["has no question"]
    faults += [f"question «{key}» stands twice" for key in sorted({key for key in keys if keys.count(key) > 1})]
    for table in tables:
        faults += [f"question «{table.get('key', '?')}»: {fault}" for fault in _faults(table, known_tasks)]
    if faults:
        raise InvalidDefinition(source, faults)
    return tuple(
        Prompt(
            table["key"],
            table["method"],
            frozenset(table.get("tasks", ())),
            frozenset(table.get("places", ())),
            Text(**table["text"]),
            table["mark"],
        )
        for table in tables
    )


def _faults(table: Mapping[str, Any], known_tasks: Collection[str]) -> list[str]:
    faults = [f"«{key}» is not known here" for key in sorted(set(table) - KEYS)]
    if not table.get("key"):
        faults.append("has no key")
    if table.get("method") not in METHODS:
        faults.append(f"method is one of {', '.join(METHODS)}")
    if table.get("mark") not in MARKS:
        faults.append("mark is D: the questions are our own")
    if not table.get("tasks") and not table.get("places"):
        faults.append("belongs to no task and no place")
    faults += [f"task «{task}» is not in the process" for task in table.get("tasks", ()) if task not in known_tasks]
    faults += [
        f"place «{place}» is not one of {', '.join(PLACES)}" for place in table.get("places", ()) if place not in PLACES
    ]
    return faults + _text_faults(table.get("text", {}))


def _text_faults(text: Any) -> list[str]:
    if not isinstance(text, dict):
        return ["text stands in nb, nn and en"]
    faults = [f"text is missing in {language}" for language in LANGUAGES if not str(text.get(language, "")).strip()]
    faults += [f"text in «{language}» is not one of {', '.join(LANGUAGES)}" for language in set(text) - set(LANGUAGES)]
    for language, words in text.items():
        if str(words).count("?") != 1 or not str(words).rstrip().endswith("?"):
            faults.append(f"is not one question in {language}")
        if len(str(words)) > LONGEST:
            faults.append(f"is longer than {LONGEST} characters in {language}")
    return faults
