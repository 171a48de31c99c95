"""The text of a definition → a Process, or every fault found in it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from se_engine.rules.consistency import faults_of
from se_engine.rules.errors import InvalidDefinition
from se_engine.rules.guards import EVERY_DIMENSION, GUARDS_ABOUT
from se_engine.rules.process import Adoption, Move, Process, Step, Template
from se_engine.rules.roles import ACCOUNT_ROLES, Role
from se_engine.rules.tasks import CONDITIONS, CORE, DIMENSIONS, RECORDED_ELSEWHERE, Requirement, Task
from se_engine.rules.text import Text, text_of

Table = Mapping[str, Any]

ALLOWED = {
    "the file": {"name", "title", "is_about", "step", "task", "move", "template", "targets", "adopts"},
    "step": {"key", "title", "participant_title", "guide_days", "contact_days", "final"},
    "task": {
        "key", "step", "dimension", "title", "participant_title", "evidence", "per", "repeats", "text",
        "about", "when", "same_as", "closed_by", "basis", "mark",
    },
    "move": {"trigger", "from", "to", "roles", "title", "kind", "requires", "names_track"},
    "template": {"key", "title", "guide_days", "contact_days", "targets", "tasks"},
    "requirement": {"task", "any", "guard", "when", "unless", "max_age_days"},
    "adopts": {"steps", "tasks"},
}  # fmt: skip
NEEDED = {
    "the file": ("name", "title", "step", "move"),
    "step": ("key", "title"),
    "task": ("key", "step", "dimension", "title", "evidence", "per", "text", "mark"),
    "move": ("trigger", "from", "to", "roles", "title"),
    "template": ("key", "title"),
    "requirement": (),
    "adopts": (),
}
CHOICES = {
    "is_about": tuple(GUARDS_ABOUT),
    "dimension": (CORE, *DIMENSIONS),
    "per": ("case", "visit", "employer"),
    "repeats": ("visit", "month", "quarter"),
    "text": ("none", "short", "own_words"),
    "about": ("participant", "staff"),
    "kind": ("forward", "back", "found", "exception", "end"),
    "mark": ("F", "X", "H", "T", "D", "K"),
    "when": tuple(sorted(CONDITIONS)),
    "unless": tuple(sorted(CONDITIONS)),
    "closed_by": tuple(sorted(RECORDED_ELSEWHERE)),
}
DAYS = ("guide_days", "contact_days", "max_age_days")
SHAPES: Mapping[str, tuple[type, str]] = {
    **dict.fromkeys(("name", "key", "step", "trigger", "to", "same_as", "task", "guard", *CHOICES), (str, "a word")),
    **dict.fromkeys(("from", "roles", "requires", "basis", "any", "tasks"), (list, "a list")),
    **dict.fromkeys(("final", "names_track"), (bool, "true or false")),
}
SHAPES_OF: Mapping[str, Mapping[str, tuple[type, str]]] = {
    "the file": {
        **dict.fromkeys(("step", "task", "move", "template"), (list, "a list of tables")),
        "adopts": (dict, "a table for each earlier version"),
    },
    "adopts": dict.fromkeys(("steps", "tasks"), (dict, "a table of names")),
    "template": dict.fromkeys(("guide_days", "contact_days"), (dict, "a table of days")),
}
WORD_LISTS = ("from", "roles", "basis", "any", "tasks")


class _Reader:
    """Collects the faults while the tables are turned into data."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        self.guards: frozenset[str] = frozenset()

    def check(self, kind: str, label: str, table: Any) -> Table:
        """The table without what has the wrong shape: the rest of the file can still be read, and its faults found."""
        if not isinstance(table, dict):
            self.faults.append(f"{label} must be a table")
            return {}
        for key in sorted(set(table) - ALLOWED[kind]):
            self.faults.append(f"{label}: unknown key «{key}»; allowed: {', '.join(sorted(ALLOWED[kind]))}")
        for key in NEEDED[kind]:
            if key not in table:
                self.faults.append(f"{label}: «{key}» is missing")
        well = {key: value for key, value in table.items() if self._has_its_shape(kind, label, key, value)}
        for key, choices in CHOICES.items():
            if key in well and well[key] not in choices:
                self.faults.append(f"{label}: {key} «{well[key]}» is unknown; allowed: {', '.join(choices)}")
        return well

    def _has_its_shape(self, kind: str, label: str, key: str, value: Any) -> bool:
        shape, called = SHAPES_OF.get(kind, {}).get(key) or SHAPES.get(key, (object, ""))
        if key in WORD_LISTS and isinstance(value, list) and not all(isinstance(item, str) for item in value):
            shape, called = type(None), "a list of words"
        if key in DAYS and shape is object and not _whole_days(value):
            shape, called = type(None), "a whole number of days, zero or more"
        if not isinstance(value, shape):
            self.faults.append(f"{label}: {key} must be {called}")
        return isinstance(value, shape)

    def days(self, label: str, table: Any) -> dict[str, int]:
        if not isinstance(table, dict):
            self.faults.append(f"{label} must be a table of days")
            return {}
        for key, value in table.items():
            if not _whole_days(value):
                self.faults.append(f"{label}: «{key}» must be a whole number of days, zero or more")
        return table

    def text(self, label: str, value: Any) -> Text:
        if value is None:  # said already: the key is missing
            return Text("", "", "")
        return text_of(label, value, self.faults)


def read_process(document: Table, *, version: int, source: str) -> Process:
    """The process in a parsed definition file; InvalidDefinition names every fault at once."""
    reader = _Reader()
    file = reader.check("the file", source, document)
    reader.guards = frozenset({EVERY_DIMENSION, *GUARDS_ABOUT.get(file.get("is_about", "case"), GUARDS_ABOUT["case"])})
    title = reader.text(f"{source}: title", file.get("title"))
    steps = tuple(_step(reader, table) for table in file.get("step", ()))
    tasks = _tasks(reader, file.get("task", ()))
    moves = tuple(_move(reader, table) for table in file.get("move", ()))
    templates = tuple(_template(reader, table) for table in file.get("template", ()))
    targets = reader.days("targets", file.get("targets", {}))
    adopts = _adopts(reader, file.get("adopts", {}), version)
    process = Process(file.get("name", ""), version, title, steps, tasks, moves, templates, targets, adopts)
    reader.faults += faults_of(process)
    if reader.faults:
        raise InvalidDefinition(source, reader.faults)
    return process


def _step(reader: _Reader, table: Table) -> Step:
    label = f"step «{_key(table)}»"
    table = reader.check("step", label, table)
    title = reader.text(f"{label}: title", table.get("title"))
    own = table.get("participant_title")
    return Step(
        key=table.get("key", ""),
        title=title,
        participant_title=reader.text(f"{label}: participant_title", own) if own is not None else title,
        guide_days=table.get("guide_days"),
        contact_days=table.get("contact_days"),
        final=table.get("final", False),
    )


def _tasks(reader: _Reader, tables: Iterable[Any]) -> tuple[Task, ...]:
    rows = [reader.check("task", f"task «{_key(table)}»", table) for table in tables]
    twins = {table["same_as"]: table.get("key", "") for table in rows if "same_as" in table}
    tasks = [_task(reader, table, twins) for table in rows]
    facts = {task.shared_key: task.closed_by for task in tasks if task.closed_by}
    return tuple(replace(task, shared_fact=facts.get(task.shared_key)) for task in tasks)


def _key(table: Any, key: str = "key") -> str:
    return str(table.get(key, "?")) if isinstance(table, dict) else "?"


def _task(reader: _Reader, table: Table, twins: Mapping[str, str]) -> Task:
    key, label = table.get("key", ""), f"task «{_key(table)}»"
    own = table.get("participant_title")
    # The dimension's key carries the state of a pair of twins: requirements name that one.
    return Task(
        key=key,
        step=table.get("step", ""),
        dimension=table.get("dimension", ""),
        title=reader.text(f"{label}: title", table.get("title")),
        evidence=reader.text(f"{label}: evidence", table.get("evidence")),
        participant_title=reader.text(f"{label}: participant_title", own) if own is not None else None,
        per=table.get("per", ""),
        repeats=table.get("repeats"),
        when=table.get("when"),
        same_as=table.get("same_as"),
        shared_key=twins.get(key, key),
        text=table.get("text", ""),
        about=table.get("about", "participant"),
        closed_by=table.get("closed_by"),
        basis=tuple(table.get("basis", ())),
        mark=table.get("mark", ""),
    )


def _move(reader: _Reader, table: Table) -> Move:
    label = f"move «{_key(table, 'trigger')}»"
    table = reader.check("move", label, table)
    roles = table.get("roles", [])
    if not roles:
        reader.faults.append(f"{label}: nobody may take it; name at least one role")
    for role in roles:
        if role not in ACCOUNT_ROLES:
            reader.faults.append(f"{label}: role «{role}» is unknown; allowed: {', '.join(ACCOUNT_ROLES)}")
    return Move(
        trigger=table.get("trigger", ""),
        sources=tuple(table.get("from", ())),
        to=table.get("to", ""),
        roles=tuple(Role(role) for role in roles if role in ACCOUNT_ROLES),
        title=reader.text(f"{label}: title", table.get("title")),
        kind=table.get("kind", "forward"),
        requires=tuple(_requirement(reader, label, item) for item in table.get("requires", [])),
        names_track=table.get("names_track", False),
    )


def _requirement(reader: _Reader, label: str, item: Any) -> Requirement:
    if isinstance(item, str):
        return Requirement(guard=item) if item in reader.guards else Requirement((item,))
    item = reader.check("requirement", f"{label}: requirement", item)
    if sum(key in item for key in ("task", "any", "guard")) != 1:
        reader.faults.append(f"{label}: a requirement names one of task, any, guard")
    if item.get("any") == []:
        reader.faults.append(f"{label}: «any» is empty and can never be met")
    guard = item.get("guard")
    if guard is not None and guard not in reader.guards:
        allowed = ", ".join(sorted(reader.guards - {EVERY_DIMENSION}))
        reader.faults.append(f"{label}: guard «{guard}» is unknown; allowed: {allowed}")
    tasks = tuple(item.get("any", ())) or ((item["task"],) if "task" in item else ())
    return Requirement(tasks, guard, item.get("when"), item.get("unless"), item.get("max_age_days"))


def _template(reader: _Reader, table: Table) -> Template:
    label = f"template «{_key(table)}»"
    table = reader.check("template", label, table)
    return Template(
        table.get("key", ""),
        reader.text(f"{label}: title", table.get("title")),
        reader.days(f"{label}: guide_days", table.get("guide_days", {})),
        reader.days(f"{label}: contact_days", table.get("contact_days", {})),
        reader.days(f"{label}: targets", table.get("targets", {})),
        tuple(table.get("tasks", ())),
    )


def _adopts(reader: _Reader, tables: Table, version: int) -> dict[int, Adoption]:
    adopts = {}
    for key, table in tables.items():
        label = f"adopts «{key}»"
        maps = reader.check("adopts", label, table)
        for name, names in maps.items():
            if not all(isinstance(new, str) for new in names.values()):
                reader.faults.append(f"{label}: {name} must give each old name a new one")
        if key.isdecimal() and 0 < int(key) < version:
            adopts[int(key)] = Adoption(
                {old: new for old, new in maps.get("steps", {}).items() if isinstance(new, str)},
                {old: new for old, new in maps.get("tasks", {}).items() if isinstance(new, str)},
            )
        else:
            reader.faults.append(f"{label}: not a version before {version}")
    return adopts


def _whole_days(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
