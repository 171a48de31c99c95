"""The text of a kind of document → DocumentKind, or every fault found in it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from se_engine.rules.document_kinds import (
    ABOUT,
    CELL,
    FIELD_KINDS,
    KINDS,
    PARTIES,
    SOURCES,
    WHOSE,
    DocumentChoice,
    DocumentField,
    DocumentKind,
    DocumentPart,
)
from se_engine.rules.errors import InvalidDefinition
from se_engine.rules.text import Text, text_of

WORD, YES_OR_NO, NUMBER = (str, "a word"), (bool, "true or false"), (int, "a whole number")
SHAPES: Mapping[str, tuple[type, str]] = {
    **dict.fromkeys(("kind", "key", "part", "whose", "step", "about", "source"), WORD),
    **dict.fromkeys(("needed", "if_told", "guardian", "after_end"), YES_OR_NO),
    **dict.fromkeys(("at_least", "at_most", "comment_days"), NUMBER),
    **dict.fromkeys(("parties", "record"), (list, "a list of words")),
    **dict.fromkeys(("choices", "columns", "rows"), (list, "a list of tables")),
    **dict.fromkeys(("part_list", "field_list"), (list, "a list of tables")),
    "needed_if": (dict, "a table of fields with their answers"),
}
ALLOWED = {
    "file": {"kind", "title", "lead", "step", "about", "parties", "guardian", "comment_days", "after_end",
             "part", "field"},
    "part": {"key", "title"},
    "choice": {"key", "title"},
    "column": {"key", "kind", "title", "needed", "choices", "at_least", "at_most"},
    "field": {"key", "part", "kind", "title", "help", "whose", "needed", "needed_if", "if_told", "choices", "columns",
              "rows", "at_least", "at_most", "begins_with", "source", "record"},
}  # fmt: skip
NEEDED = {
    "file": ("kind", "title", "lead", "step", "about", "part", "field"),
    "part": ("key", "title"),
    "choice": ("key", "title"),
    "column": ("key", "kind", "title"),
    "field": ("key", "part", "kind", "title", "whose"),
}


class _Reader:
    """Collects the faults while the tables are turned into data."""

    def __init__(self) -> None:
        self.faults: list[str] = []

    def check(self, sort: str, label: str, table: Any) -> dict[str, Any]:
        """The table without what has the wrong shape."""
        if not isinstance(table, dict):
            self.faults.append(f"{label} must be a table")
            return {}
        for key in sorted(set(table) - ALLOWED[sort]):
            self.faults.append(f"{label}: unknown key «{key}»; allowed: {', '.join(sorted(ALLOWED[sort]))}")
        self.faults += [f"{label}: «{key}» is missing" for key in NEEDED[sort] if key not in table]
        lists = {"part": "part_list", "field": "field_list"} if sort == "file" else {}
        return {key: value for key, value in table.items() if self._fits(label, key, str(lists.get(key, key)), value)}

    def _fits(self, label: str, key: str, sort: str, value: Any) -> bool:
        shape, called = SHAPES.get(sort, (object, ""))
        good = isinstance(value, shape) and not (shape is int and isinstance(value, bool))
        if good and called == "a list of words":
            good = all(isinstance(word, str) for word in value)
        if not good:
            self.faults.append(f"{label}: {key} must be {called}")
        return good

    def text(self, label: str, value: Any) -> Text:
        if value is None:  # said already: the key is missing
            return Text("", "", "")
        return text_of(label, value, self.faults)

    def maybe_text(self, label: str, value: Any) -> Text | None:
        return None if value is None else self.text(label, value)

    def one_of(self, label: str, key: str, value: Any, allowed: Sequence[str]) -> None:
        if value is not None and value not in allowed:
            self.faults.append(f"{label}: {key} «{value}» is unknown; allowed: {', '.join(allowed)}")

    def key(self, label: str, table: Mapping[str, Any]) -> str:
        key = str(table.get("key", ""))
        if key and (CELL in key or not key.isidentifier()):
            self.faults.append(f"{label}: a key is made of small letters with single underscores between")
        return key


def read_kind(document: Mapping[str, Any], *, kind: str, version: int, source: str) -> DocumentKind:
    """The kind in a parsed file of its folder; InvalidDefinition names every fault at once."""
    reader = _Reader()
    file = reader.check("file", source, dict(document))
    for key, allowed in (("kind", KINDS), ("about", ABOUT)):
        reader.one_of(source, key, file.get(key), allowed)
    for party in file.get("parties", ()):
        reader.one_of(source, "party", party, [party for party in PARTIES if party != "guardian"])
    if file.get("kind", kind) != kind:
        reader.faults.append(f"{source}: it is about «{file['kind']}» and lies in the folder of «{kind}»")
    if bool(file.get("parties")) == ("comment_days" in file):
        reader.faults.append(f"{source}: it has either parties who agree, or comment_days")
    parts = tuple(_part(reader, table) for table in file.get("part", ()))
    fields = tuple(_field(reader, table) for table in file.get("field", ()))
    reader.faults += _faults_between(parts, fields)
    title, lead = reader.text(f"{source}: title", file.get("title")), reader.text(f"{source}: lead", file.get("lead"))
    if reader.faults:
        raise InvalidDefinition(source, reader.faults)
    return DocumentKind(
        kind=kind, version=version, title=title, lead=lead, step=file["step"], about=file["about"],
        parties=tuple(file.get("parties", ())), guardian=file.get("guardian", False),
        comment_days=file.get("comment_days"), after_end=file.get("after_end", False), parts=parts, fields=fields,
    )  # fmt: skip


def _part(reader: _Reader, table: Any) -> DocumentPart:
    label = f"part «{_key(table)}»"
    table = reader.check("part", label, table)
    return DocumentPart(reader.key(label, table), reader.text(f"{label}: title", table.get("title")))


def _choices(reader: _Reader, label: str, tables: Sequence[Any]) -> tuple[DocumentChoice, ...]:
    found = []
    for one in tables:
        named = f"{label}: «{_key(one)}»"
        table = reader.check("choice", named, one)
        found.append(DocumentChoice(reader.key(named, table), reader.text(f"{named}: title", table.get("title"))))
    return tuple(found)


def _field(reader: _Reader, table: Any) -> DocumentField:
    label = f"field «{_key(table)}»"
    table = reader.check("field", label, table)
    for key, allowed in (("kind", FIELD_KINDS), ("whose", WHOSE), ("source", SOURCES)):
        reader.one_of(label, key, table.get(key), allowed)
    is_rows = table.get("kind") == "rows"
    if is_rows != bool(table.get("columns")) or ("rows" in table and not is_rows):
        reader.faults.append(f"{label}: kind «rows» has columns, and no other has columns or rows")
    if table.get("kind") == "own_words" and table.get("whose") != "participant":
        reader.faults.append(f"{label}: own words are the participant’s")
    if bool(table.get("record")) != (table.get("source") == "record"):
        reader.faults.append(f"{label}: source «record» names fields of the record, and no other does")
    return DocumentField(
        **_asked(reader, label, table),
        part=table.get("part", ""),
        whose=table.get("whose", ""),
        needed_if={key: tuple(answers) for key, answers in table.get("needed_if", {}).items()},
        if_told=table.get("if_told", False),
        help=reader.maybe_text(f"{label}: help", table.get("help")),
        columns=tuple(_column(reader, label, column) for column in table.get("columns", ())),
        rows=_choices(reader, f"{label}: row", table.get("rows", ())),
        begins_with=reader.maybe_text(f"{label}: begins_with", table.get("begins_with")),
        source=table.get("source"),
        record=tuple(table.get("record", ())),
    )


def _column(reader: _Reader, label: str, table: Any) -> DocumentField:
    label = f"{label}: column «{_key(table)}»"
    table = reader.check("column", label, table)
    inner = [kind for kind in FIELD_KINDS if kind not in ("rows", "own_words", "long")]
    reader.one_of(label, "kind", table.get("kind"), inner)
    if table.get("key") == "row":
        reader.faults.append(f"{label}: «row» is kept for which row it is")
    return DocumentField(**_asked(reader, label, table))


def _asked(reader: _Reader, label: str, table: Mapping[str, Any]) -> dict[str, Any]:
    """What fields and columns have in common."""
    choices = _choices(reader, f"{label}: choice", table.get("choices", ()))
    if (table.get("kind") == "choice") != bool(choices):
        reader.faults.append(f"{label}: kind «choice» has choices, and no other has")
    least, most = table.get("at_least", 0), table.get("at_most")
    if most is not None and most < least:
        reader.faults.append(f"{label}: at_most is smaller than at_least")
    return {
        "key": reader.key(label, table),
        "kind": table.get("kind", ""),
        "title": reader.text(f"{label}: title", table.get("title")),
        "needed": table.get("needed", False),
        "choices": choices,
        "at_least": least,
        "at_most": most,
    }


def _key(table: Any) -> str:
    return str(table.get("key", "?")) if isinstance(table, dict) else "?"


def _faults_between(parts: Sequence[DocumentPart], fields: Sequence[DocumentField]) -> list[str]:
    """Keys used twice, parts that nobody knows or nothing stands in, conditions that can never be."""
    faults = _twice("part", [part.key for part in parts]) + _twice("field", [one.key for one in fields])
    for one in fields:
        faults += _twice(f"field «{one.key}»: column", [column.key for column in one.columns])
        faults += _twice(f"field «{one.key}»: row", [row.key for row in one.rows])
        faults += _twice(f"field «{one.key}»: choice", [choice.key for choice in one.choices])
    known, used = {part.key for part in parts}, {one.part for one in fields}
    faults += [f"field «{one.key}»: part «{one.part}» is unknown" for one in fields if one.part not in known]
    faults += [f"part «{part.key}» has no field" for part in parts if part.key not in used]
    answers = {one.key: {choice.key for choice in one.choices} for one in fields}
    for one in fields:
        for other, wanted in one.needed_if.items():
            unknown = sorted(set(wanted) - answers.get(other, set()))
            if other not in answers:
                faults.append(f"field «{one.key}»: needed_if names «{other}», which is no field")
            elif unknown or not wanted:
                faults.append(f"field «{one.key}»: «{', '.join(unknown)}» is no answer to «{other}»")
    return faults


def _twice(what: str, keys: Sequence[str]) -> list[str]:
    return [f"{what} «{key}» is used {n} times" for key, n in Counter(keys).items() if n > 1]
