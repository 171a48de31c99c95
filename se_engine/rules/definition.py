"""The text of a definition → a Process, or every fault found in it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from se_engine.rules.errors import InvalidDefinition
from se_engine.rules.guards import EVERY_DIMENSION, GUARDS
from se_engine.rules.process import Move, Process, Step, Template
from se_engine.rules.roles import ACCOUNT_ROLES, Role
from se_engine.rules.tasks import CONDITIONS, CORE, DIMENSIONS, FACTS_THAT_CLOSE, Requirement, Task
from se_engine.rules.text import LANGUAGES, Text

Table = Mapping[str, Any]

ALLOWED = {
    "the file": {"name", "title", "step", "task", "move", "template", "targets"},
    "step": {"key", "title", "participant_title", "guide_days", "contact_days", "final"},
    "task": {
        "key", "step", "dimension", "title", "participant_title", "evidence", "per", "repeats", "text",
        "about", "when", "same_as", "closed_by", "basis", "mark",
    },
    "move": {"trigger", "from", "to", "roles", "title", "kind", "requires"},
    "template": {"key", "title", "guide_days", "targets"},
    "requirement": {"task", "any", "guard", "when", "unless", "max_age_days"},
}  # fmt: skip
NEEDED = {
    "the file": ("name", "title", "step", "move"),
    "step": ("key", "title"),
    "task": ("key", "step", "dimension", "title", "evidence", "per", "text", "mark"),
    "move": ("trigger", "from", "to", "roles", "title"),
    "template": ("key", "title"),
    "requirement": (),
}
CHOICES = {
    "dimension": (CORE, *DIMENSIONS),
    "per": ("case", "visit", "employer"),
    "repeats": ("visit", "month", "quarter"),
    "text": ("none", "short", "own_words"),
    "about": ("participant", "staff"),
    "kind": ("forward", "back", "found", "exception", "end"),
    "mark": ("F", "X", "H", "T", "D", "K"),
    "when": tuple(sorted(CONDITIONS)),
    "unless": tuple(sorted(CONDITIONS)),
    "closed_by": tuple(sorted(FACTS_THAT_CLOSE)),
}
DAYS = ("guide_days", "contact_days", "max_age_days")


class _Reader:
    """Collects the faults while the tables are turned into data."""

    def __init__(self) -> None:
        self.faults: list[str] = []

    def check(self, kind: str, label: str, table: Any) -> bool:
        if not isinstance(table, dict):
            self.faults.append(f"{label} must be a table")
            return False
        for key in sorted(set(table) - ALLOWED[kind]):
            self.faults.append(f"{label}: unknown key «{key}»; allowed: {', '.join(sorted(ALLOWED[kind]))}")
        for key in NEEDED[kind]:
            if key not in table:
                self.faults.append(f"{label}: «{key}» is missing")
        for key, choices in CHOICES.items():
            if key in table and table[key] not in choices:
                self.faults.append(f"{label}: {key} «{table[key]}» is unknown; allowed: {', '.join(choices)}")
        for key in DAYS:
            if key in table and not isinstance(table[key], dict) and not _whole_days(table[key]):
                self.faults.append(f"{label}: {key} must be a whole number of days, zero or more")
        return True

    def text(self, label: str, value: Any) -> Text:
        table = value if isinstance(value, dict) else {}
        for language in LANGUAGES:
            if not isinstance(table.get(language), str) or not table[language].strip():
                self.faults.append(f"{label}: text is missing in {language}")
        for language in sorted(set(table) - set(LANGUAGES)):
            self.faults.append(f"{label}: unknown language «{language}»; allowed: {', '.join(LANGUAGES)}")
        return Text(*(str(table.get(language, "")) for language in LANGUAGES))


def read_process(document: Table, *, version: int, source: str) -> Process:
    """The process in a parsed definition file; InvalidDefinition names every fault at once."""
    reader = _Reader()
    reader.check("the file", source, document)
    title = reader.text(f"{source}: title", document.get("title"))
    steps = tuple(_step(reader, table) for table in _tables(document, "step") if isinstance(table, dict))
    tasks = _tasks(reader, _tables(document, "task"))
    moves = tuple(_move(reader, table) for table in _tables(document, "move") if isinstance(table, dict))
    templates = tuple(_template(reader, table) for table in _tables(document, "template") if isinstance(table, dict))
    targets = document.get("targets", {})
    reader.faults += _day_faults("targets", targets)
    process = Process(str(document.get("name", "")), version, title, steps, tasks, moves, templates, dict(targets))
    reader.faults += faults_of(process)
    if reader.faults:
        raise InvalidDefinition(source, reader.faults)
    return process


def _tables(document: Table, key: str) -> Iterable[Any]:
    value = document.get(key, [])
    return value if isinstance(value, list) else []


def _step(reader: _Reader, table: Table) -> Step:
    label = f"step «{table.get('key', '?')}»"
    reader.check("step", label, table)
    title = reader.text(f"{label}: title", table.get("title"))
    own = table.get("participant_title")
    return Step(
        key=str(table.get("key", "")),
        title=title,
        participant_title=reader.text(f"{label}: participant_title", own) if own is not None else title,
        guide_days=table.get("guide_days"),
        contact_days=table.get("contact_days"),
        final=bool(table.get("final", False)),
    )


def _tasks(reader: _Reader, tables: Iterable[Any]) -> tuple[Task, ...]:
    rows = [table for table in tables if reader.check("task", f"task «{_key(table)}»", table)]
    twins = {str(table["same_as"]): str(table.get("key")) for table in rows if "same_as" in table}
    return tuple(_task(reader, table, twins) for table in rows)


def _key(table: Any) -> str:
    return str(table.get("key", "?")) if isinstance(table, dict) else "?"


def _task(reader: _Reader, table: Table, twins: Mapping[str, str]) -> Task:
    key, label = _key(table), f"task «{_key(table)}»"
    own = table.get("participant_title")
    # The dimension's key carries the state of a pair of twins: requirements name that one.
    return Task(
        key=key,
        step=str(table.get("step", "")),
        dimension=str(table.get("dimension", "")),
        title=reader.text(f"{label}: title", table.get("title")),
        evidence=reader.text(f"{label}: evidence", table.get("evidence")),
        participant_title=reader.text(f"{label}: participant_title", own) if own is not None else None,
        per=str(table.get("per", "")),
        repeats=table.get("repeats"),
        when=table.get("when"),
        same_as=table.get("same_as"),
        shared_key=twins.get(key, key),
        text=str(table.get("text", "")),
        about=str(table.get("about", "participant")),
        closed_by=table.get("closed_by"),
        basis=tuple(table.get("basis", ())),
        mark=str(table.get("mark", "")),
    )


def _move(reader: _Reader, table: Table) -> Move:
    label = f"move «{table.get('trigger', '?')}»"
    reader.check("move", label, table)
    roles = table.get("roles", [])
    if not roles:
        reader.faults.append(f"{label}: nobody may take it; name at least one role")
    for role in roles:
        if role not in ACCOUNT_ROLES:
            reader.faults.append(f"{label}: role «{role}» is unknown; allowed: {', '.join(ACCOUNT_ROLES)}")
    return Move(
        trigger=str(table.get("trigger", "")),
        sources=tuple(str(source) for source in table.get("from", [])),
        to=str(table.get("to", "")),
        roles=tuple(Role(role) for role in roles if role in ACCOUNT_ROLES),
        title=reader.text(f"{label}: title", table.get("title")),
        kind=str(table.get("kind", "forward")),
        requires=tuple(_requirement(reader, label, item) for item in table.get("requires", [])),
    )


def _requirement(reader: _Reader, label: str, item: Any) -> Requirement:
    if isinstance(item, str):
        return Requirement(guard=item) if item in GUARDS or item == EVERY_DIMENSION else Requirement((item,))
    if not reader.check("requirement", f"{label}: requirement", item):
        return Requirement()
    if sum(key in item for key in ("task", "any", "guard")) != 1:
        reader.faults.append(f"{label}: a requirement names one of task, any, guard")
    if item.get("any") == []:
        reader.faults.append(f"{label}: «any» is empty and can never be met")
    guard = item.get("guard")
    if guard is not None and guard not in GUARDS and guard != EVERY_DIMENSION:
        reader.faults.append(f"{label}: guard «{guard}» is unknown; allowed: {', '.join(sorted(GUARDS))}")
    tasks = tuple(item.get("any", ())) or ((item["task"],) if "task" in item else ())
    return Requirement(tasks, guard, item.get("when"), item.get("unless"), item.get("max_age_days"))


def _template(reader: _Reader, table: Table) -> Template:
    label = f"template «{table.get('key', '?')}»"
    reader.check("template", label, table)
    days, targets = table.get("guide_days", {}), table.get("targets", {})
    reader.faults += _day_faults(f"{label}: guide_days", days) + _day_faults(f"{label}: targets", targets)
    title = reader.text(f"{label}: title", table.get("title"))
    return Template(str(table.get("key", "")), title, dict(days), dict(targets))


def _whole_days(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _day_faults(label: str, days: Any) -> list[str]:
    if not isinstance(days, dict):
        return [f"{label} must be a table of days"]
    return [
        f"{label}: «{key}» must be a whole number of days, zero or more"
        for key, value in days.items()
        if not _whole_days(value)
    ]


def faults_of(process: Process) -> list[str]:
    """What is wrong between the tables: names that lead nowhere, steps out of reach, moves that never happen."""
    return [*_step_faults(process), *_task_faults(process), *_move_faults(process), *_template_faults(process)]


def _repeated(kind: str, keys: Iterable[str]) -> list[str]:
    return [f"{kind} «{key}» is used {n} times" for key, n in Counter(keys).items() if n > 1]


def _step_faults(process: Process) -> list[str]:
    faults = _repeated("step", (step.key for step in process.steps))
    if not process.steps:
        return [*faults, "there is no step"]
    reached = {process.first_step.key}
    while more := {m.to for m in process.moves if reached & set(m.sources)} - reached:
        reached |= more
    for step in process.steps:
        if step.key not in reached:
            faults.append(f"step «{step.key}» cannot be reached from «{process.first_step.key}»")
        leaves = any(step.key in move.sources for move in process.moves)
        if step.final and leaves:
            faults.append(f"step «{step.key}» is final and has a way out")
        if not step.final and not leaves:
            faults.append(f"step «{step.key}» has no way out and is not final")
    return faults


def _task_faults(process: Process) -> list[str]:
    faults = _repeated("task key", (task.key for task in process.tasks))
    for task in process.tasks:
        if task.step not in process.step_by_key:
            faults.append(f"task «{task.key}»: step «{task.step}» is unknown")
        if task.same_as is None:
            continue
        twin = process.task_by_key.get(task.same_as)
        if twin is None:
            faults.append(f"task «{task.key}»: same_as «{task.same_as}» is no task")
        elif twin.same_as is not None or twin.key == task.key:
            faults.append(f"task «{task.key}»: same_as «{task.same_as}» is itself a twin")
        elif twin.step != task.step:
            faults.append(f"task «{task.key}»: its twin «{twin.key}» belongs to another step")
    return faults


def _move_faults(process: Process) -> list[str]:
    faults = []
    pairs = Counter((source, move.trigger) for move in process.moves for source in move.sources)
    faults += [
        f"move «{trigger}» stands twice from «{source}»; the second is dead"
        for (source, trigger), n in pairs.items()
        if n > 1
    ]
    for move in process.moves:
        label = f"move «{move.trigger}»"
        if not move.sources:
            faults.append(f"{label}: it starts from no step")
        for step in (*move.sources, move.to):
            if step not in process.step_by_key:
                wildcard = " (wildcards are not allowed: name each step)" if step in ("*", "=") else ""
                faults.append(f"{label}: step «{step}» is unknown{wildcard}")
        for key in (key for requirement in move.requires for key in requirement.tasks):
            if key not in process.task_by_key:
                faults.append(f"{label}: requires «{key}», which is neither a task nor a guard")
    return faults


def _template_faults(process: Process) -> list[str]:
    faults = _repeated("template", (template.key for template in process.templates))
    for template in process.templates:
        faults += [
            f"template «{template.key}»: guide_days names the unknown step «{step}»"
            for step in template.guide_days
            if step not in process.step_by_key
        ]
        faults += [
            f"template «{template.key}»: the target «{name}» is not one of the process"
            for name in template.targets
            if name not in process.targets
        ]
    return faults
