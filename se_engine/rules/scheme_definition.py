"""The text of a scheme's rules → SchemeRules, or every fault found in it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from se_engine.rules.errors import InvalidDefinition
from se_engine.rules.identity import SCHEMES
from se_engine.rules.schemes import RECORD_FACTS, YES_NO, Choice, Criterion, Question, SchemeRules
from se_engine.rules.text import Text, text_of

MARKS = ("F", "X", "H", "T", "D", "K")
KINDS = ("yes_no", "number", "choice")
SHAPES: Mapping[str, tuple[type, str]] = {
    **dict.fromkeys(("scheme", "source", "mark", "key", "kind", "fact"), (str, "a word")),
    **dict.fromkeys(("valid_from", "valid_until"), (date, "a day, like 2026-01-01")),
    **dict.fromkeys(("question", "criterion", "choice"), (list, "a list of tables")),
    **dict.fromkeys(("at_least", "at_most"), (int, "a whole number")),
    "one_of": (list, "a list of words"),
    "when": (dict, "a table of one fact and its value"),
}
ALLOWED = {
    "file": {"scheme", "title", "valid_from", "valid_until", "source", "mark", "question", "criterion"},
    "question": {"key", "kind", "title", "choice"},
    "choice": {"key", "title"},
    "criterion": {"key", "fact", "title", "at_least", "at_most", "one_of", "when", "source", "mark"},
}
NEEDED = {
    "file": ("scheme", "title", "valid_from", "source", "mark", "criterion"),
    "question": ("key", "kind", "title"),
    "choice": ("key", "title"),
    "criterion": ("key", "fact", "title"),
}


class _Reader:
    """Collects the faults while the tables are turned into data."""

    def __init__(self) -> None:
        self.faults: list[str] = []

    def check(self, kind: str, label: str, table: Any) -> dict[str, Any]:
        """The table without what has the wrong shape."""
        if not isinstance(table, dict):
            self.faults.append(f"{label} must be a table")
            return {}
        for key in sorted(set(table) - ALLOWED[kind]):
            self.faults.append(f"{label}: unknown key «{key}»; allowed: {', '.join(sorted(ALLOWED[kind]))}")
        self.faults += [f"{label}: «{key}» is missing" for key in NEEDED[kind] if key not in table]
        return {key: value for key, value in table.items() if self._has_its_shape(label, key, value)}

    def _has_its_shape(self, label: str, key: str, value: Any) -> bool:
        shape, called = SHAPES.get(key, (object, ""))
        # A moment is a date to Python, and true is a whole number.
        good = isinstance(value, shape) and not isinstance(value, datetime) and not (shape is int and value is True)
        if key == "one_of" and good:
            good = bool(value) and all(isinstance(word, str) for word in value)
        if key == "when" and good:
            good = len(value) == 1 and all(isinstance(word, str) for word in value.values())
        if not good:
            self.faults.append(f"{label}: {key} must be {called}")
        return good

    def text(self, label: str, value: Any) -> Text:
        if value is None:  # said already: the key is missing
            return Text("", "", "")
        return text_of(label, value, self.faults)

    def one_of(self, label: str, key: str, value: Any, allowed: Sequence[str]) -> None:
        if value is not None and value not in allowed:
            self.faults.append(f"{label}: {key} «{value}» is unknown; allowed: {', '.join(allowed)}")


def read_rules(document: Mapping[str, Any], *, scheme: str, version: str, source: str) -> SchemeRules:
    """The rules in a parsed file of a scheme's folder; InvalidDefinition names every fault at once."""
    reader = _Reader()
    file = reader.check("file", source, dict(document))
    reader.one_of(source, "scheme", file.get("scheme"), SCHEMES)
    reader.one_of(source, "mark", file.get("mark"), MARKS)
    if file.get("scheme", scheme) != scheme:
        reader.faults.append(f"{source}: it is about «{file['scheme']}» and lies in the folder of «{scheme}»")
    starts, ends = file.get("valid_from"), file.get("valid_until")
    if starts and ends and ends < starts:
        reader.faults.append(f"{source}: valid_until is before valid_from")
    questions = tuple(_question(reader, table) for table in file.get("question", ()))
    criteria = tuple(_criterion(reader, table, file) for table in file.get("criterion", ()))
    reader.faults += _faults_between(questions, criteria)
    title = reader.text(f"{source}: title", file.get("title"))
    if reader.faults or starts is None:
        raise InvalidDefinition(source, reader.faults)
    return SchemeRules(
        scheme, version, title, starts, ends, file.get("source", ""), file.get("mark", ""), questions, criteria
    )


def _question(reader: _Reader, table: Any) -> Question:
    label = f"question «{_key(table)}»"
    table = reader.check("question", label, table)
    reader.one_of(label, "kind", table.get("kind"), KINDS)
    choices = tuple(_choice(reader, label, one) for one in table.get("choice", ()))
    if (table.get("kind") == "choice") != bool(choices):
        reader.faults.append(f"{label}: kind «choice» has choices, and no other has")
    known = RECORD_FACTS.get(table.get("key", ""))
    if known is not None and table.get("kind") not in (known, None):
        reader.faults.append(f"{label}: the record has it as {known}")
    return Question(
        table.get("key", ""), table.get("kind", ""), reader.text(f"{label}: title", table.get("title")), choices
    )


def _choice(reader: _Reader, label: str, table: Any) -> Choice:
    label = f"{label}: choice «{_key(table)}»"
    table = reader.check("choice", label, table)
    return Choice(table.get("key", ""), reader.text(f"{label}: title", table.get("title")))


def _criterion(reader: _Reader, table: Any, file: Mapping[str, Any]) -> Criterion:
    label = f"criterion «{_key(table)}»"
    table = reader.check("criterion", label, table)
    reader.one_of(label, "mark", table.get("mark"), MARKS)
    numbers = "at_least" in table or "at_most" in table
    if numbers == ("one_of" in table):
        reader.faults.append(f"{label}: it has either one_of, or at_least and at_most")
    least, most = table.get("at_least"), table.get("at_most")
    if least is not None and most is not None and most < least:
        reader.faults.append(f"{label}: at_most is smaller than at_least")
    when: dict[str, str] = table.get("when", {})
    return Criterion(
        key=table.get("key", ""),
        fact=table.get("fact", ""),
        title=reader.text(f"{label}: title", table.get("title")),
        source=table.get("source", file.get("source", "")),
        mark=table.get("mark", file.get("mark", "")),
        at_least=least,
        at_most=most,
        one_of=tuple(table.get("one_of", ())),
        when=next(iter(when.items()), None),
    )


def _key(table: Any) -> str:
    return str(table.get("key", "?")) if isinstance(table, dict) else "?"


def _faults_between(questions: Sequence[Question], criteria: Sequence[Criterion]) -> list[str]:
    """Keys used twice, and facts that nobody knows or asks."""
    asked = {question.key: question for question in questions}
    kinds = {**RECORD_FACTS, **{question.key: question.kind for question in questions}}
    faults = [f"question «{key}» is used {n} times" for key, n in Counter(q.key for q in questions).items() if n > 1]
    faults += [f"criterion «{key}» is used {n} times" for key, n in Counter(c.key for c in criteria).items() if n > 1]
    used = {fact for one in criteria for fact in (one.fact, *(one.when or ())[:1])}
    faults += [f"question «{key}» is asked for nothing" for key in asked if key not in used]
    for one in criteria:
        label = f"criterion «{one.key}»"
        for fact in (one.fact, *(one.when or ())[:1]):
            if fact and fact not in kinds:
                faults.append(f"{label}: «{fact}» is neither a question here nor known to the record")
        if one.one_of and kinds.get(one.fact) == "number":
            faults.append(f"{label}: «{one.fact}» is a number; use at_least and at_most")
        if not one.one_of and kinds.get(one.fact) in ("yes_no", "choice"):
            faults.append(f"{label}: «{one.fact}» is no number; use one_of")
        wanted = [(one.fact, word) for word in one.one_of] + ([one.when] if one.when else [])
        for fact, word in wanted:
            allowed = _allowed(fact, kinds.get(fact), asked)
            if allowed and word not in allowed:
                faults.append(f"{label}: «{word}» is no answer to «{fact}»; allowed: {', '.join(allowed)}")
    return faults


def _allowed(fact: str, kind: str | None, asked: Mapping[str, Question]) -> Sequence[str]:
    if kind == "yes_no":
        return YES_NO
    return asked[fact].allowed if fact in asked and kind == "choice" else ()
