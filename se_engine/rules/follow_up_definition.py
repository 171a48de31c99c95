"""The text of a follow-up plan → FollowUpPlan, or every fault found in it."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from se_engine.rules.errors import InvalidDefinition
from se_engine.rules.follow_up_plan import (
    DIMENSIONS,
    FORMS,
    SIDES,
    WEEK,
    FollowUpPlan,
    Item,
    PlanAbsencePoint,
    PlanCheck,
    PlanEvent,
)
from se_engine.rules.text import Text, text_of

Table = Mapping[str, Any]
DAYS = ("red_after_days", "opens_before_days", "confirm_within_days")
FLAGS = ("on_demand", "three_way", "light", "full", "survey", "questions")
TABLES = ("check", "talk", "event", "topic", "question", "score", "absence_point")
ALLOWED = {
    "file": {"name", "title", "mark", "survey", *DAYS, *TABLES},
    "check": {"key", "day", "week", "form", "with_her", "with_employer", "talks", *FLAGS},
    "talk": {"key", "title"},
    "event": {"key", "title", "opens", "due"},
    "topic": {"key", "title", "side"},
    "question": {"about", "title"},
    "score": {"key", "title"},
    "absence_point": {"key", "title", "week"},
    "survey": {"questions", "open"},
}
SCORES = ("safe", "understand", "learn", "belong", "stay")
"""The columns in which her scores are kept."""


class _Reader:
    """Collects the faults while the tables are turned into data."""

    def __init__(self) -> None:
        self.faults: list[str] = []

    def table(self, kind: str, label: str, value: Any) -> Table:
        if not isinstance(value, dict):
            self.faults.append(f"{label} must be a table")
            return {}
        for key in sorted(set(value) - ALLOWED[kind]):
            self.faults.append(f"{label}: unknown key «{key}»; allowed: {', '.join(sorted(ALLOWED[kind]))}")
        return value

    def word(self, label: str, table: Table, key: str, allowed: tuple[str, ...] = ()) -> str:
        value = table.get(key)
        if not isinstance(value, str) or not value:
            self.faults.append(f"{label}: «{key}» is missing")
            return ""
        if allowed and value not in allowed:
            self.faults.append(f"{label}: {key} «{value}» is unknown; allowed: {', '.join(allowed)}")
        return value

    def number(self, label: str, table: Table, key: str, *, default: int | None = None, signed: bool = False) -> int:
        value = table.get(key, default)
        if not isinstance(value, int) or isinstance(value, bool) or (value < 0 and not signed):
            self.faults.append(f"{label}: {key} must be a whole number{'' if signed else ', zero or more'}")
            return 0
        return value

    def flag(self, label: str, table: Table, key: str) -> bool:
        value = table.get(key, False)
        if not isinstance(value, bool):
            self.faults.append(f"{label}: {key} must be true or false")
        return value is True

    def words(self, label: str, table: Table, key: str) -> tuple[str, ...]:
        value = table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
            self.faults.append(f"{label}: {key} must be a list of words")
            return ()
        return tuple(value)

    def text(self, label: str, value: Any) -> Text:
        return text_of(label, value, self.faults)


def read_plan(document: Table, *, version: int, source: str) -> FollowUpPlan:
    """The plan in a parsed file; InvalidDefinition names every fault at once."""
    reader = _Reader()
    file = reader.table("file", "the file", dict(document))
    found = {kind: _tables(reader, file, kind) for kind in TABLES}
    red, before, confirm = (reader.number("the file", file, key) for key in DAYS)
    talks = {item.key: item.title for item in (_item(reader, "talk", table) for table in found["talk"])}
    checks = tuple(_check(reader, table, talks) for table in found["check"])
    survey = reader.table("survey", "survey", file.get("survey", {}))
    plan = FollowUpPlan(
        version=version,
        title=reader.text("the file: title", file.get("title")),
        red_after=red,
        opens_before=before,
        confirm_within=confirm,
        checks=checks,
        talks=talks,
        events=tuple(_event(reader, table) for table in found["event"]),
        topics=_topics(reader, found["topic"]),
        questions=tuple(_item(reader, "question", table, key="about") for table in found["question"]),
        scores=tuple(_item(reader, "score", table) for table in found["score"]),
        survey=reader.words("survey", survey, "questions"),
        survey_open=reader.word("survey", survey, "open"),
        absence_points=tuple(_absence_point(reader, table) for table in found["absence_point"]),
    )
    reader.faults += _faults_between(plan)
    if reader.faults:
        raise InvalidDefinition(source, reader.faults)
    return plan


def _tables(reader: _Reader, file: Table, kind: str) -> list[Any]:
    value = file.get(kind, [])
    if isinstance(value, list):
        return value
    reader.faults.append(f"{kind} must be a list of tables")
    return []


def _label(kind: str, table: Any, key: str = "key") -> str:
    return f"{kind} «{table.get(key, '?') if isinstance(table, dict) else '?'}»"


def _item(reader: _Reader, kind: str, table: Any, *, key: str = "key") -> Item:
    label = _label(kind, table, key)
    known = reader.table(kind, label, table)
    return Item(reader.word(label, known, key), reader.text(f"{label}: title", known.get("title")))


def _check(reader: _Reader, table: Any, talks: Mapping[str, Text]) -> PlanCheck:
    label = _label("check", table)
    known = reader.table("check", label, table)
    key = reader.word(label, known, "key")
    if key and not key.isalnum():
        reader.faults.append(f"{label}: a key has letters and digits only")
    if ("day" in known) == ("week" in known):
        reader.faults.append(f"{label}: it has either a day or a week")
    day = WEEK * reader.number(label, known, "week") if "week" in known else 0
    asked = reader.words(label, known, "talks")
    reader.faults += [f"{label}: talk «{talk}» stands nowhere" for talk in asked if talk not in talks]
    return PlanCheck(
        key=key,
        day=reader.number(label, known, "day", signed=True) if "day" in known else day,
        form=reader.word(label, known, "form", FORMS),
        with_her=reader.number(label, known, "with_her"),
        with_employer=reader.number(label, known, "with_employer", default=0),
        talks=asked,
        **{flag: reader.flag(label, known, flag) for flag in FLAGS},
    )


def _event(reader: _Reader, table: Any) -> PlanEvent:
    label = _label("event", table)
    known = reader.table("event", label, table)
    event = PlanEvent(
        reader.word(label, known, "key"),
        reader.text(f"{label}: title", known.get("title")),
        reader.number(label, known, "opens", signed=True),
        reader.number(label, known, "due", signed=True),
    )
    if event.opens > event.due:
        reader.faults.append(f"{label}: it opens after it is due")
    return event


def _topics(reader: _Reader, tables: list[Any]) -> dict[str, tuple[Item, ...]]:
    read = [(_item(reader, "topic", table), table) for table in tables]
    found = [(reader.word(f"topic «{item.key}»", table, "side", SIDES), item) for item, table in read if item.key]
    return {side: tuple(item for its, item in found if its == side) for side in SIDES}


def _absence_point(reader: _Reader, table: Any) -> PlanAbsencePoint:
    label = _label("absence_point", table)
    known = reader.table("absence_point", label, table)
    return PlanAbsencePoint(
        reader.word(label, known, "key"),
        reader.text(f"{label}: title", known.get("title")),
        reader.number(label, known, "week"),
    )


def _faults_between(plan: FollowUpPlan) -> list[str]:
    """What only the whole file shows: order, keys used twice, scores and dimensions that must all be there."""
    faults = [] if plan.checks else ["there is no check"]
    for one, other in pairwise(plan.checks):
        if other.day <= one.day:
            faults.append(f"check «{other.key}»: its day is not after that of «{one.key}»")
    if plan.checks and plan.checks[0].day < -plan.opens_before:
        faults.append(f"check «{plan.checks[0].key}»: the first window opens after it")
    if plan.checks and plan.checks[-1].light:
        faults.append(f"check «{plan.checks[-1].key}»: the last one cannot be light")
    topics = [item.key for side in SIDES for item in plan.topics[side]]
    kinds = {
        "check": [check.key for check in plan.checks],
        "event": [event.key for event in plan.events],
        "topic": topics,
        "absence_point": [point.key for point in plan.absence_points],
        "survey": list(plan.survey),
    }
    for kind, keys in kinds.items():
        faults += [f"{kind} «{key}» stands twice" for key in sorted({key for key in keys if keys.count(key) > 1})]
    if tuple(item.key for item in plan.scores) != SCORES:
        faults.append(f"score: it is these, in this order: {', '.join(SCORES)}")
    if tuple(item.key for item in plan.questions) != DIMENSIONS:
        faults.append(f"question: one about each of {', '.join(DIMENSIONS)}")
    return faults
