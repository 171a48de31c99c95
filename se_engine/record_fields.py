"""The fields of a participant's record: what may be asked, why, on which ground, and who may read the answer."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from se_engine.processes import WORKFLOWS
from se_engine.rules.codes import COUNTRIES
from se_engine.rules.errors import InvalidDefinition, Refused
from se_engine.rules.text import Text

FILE = WORKFLOWS / "participant_record" / "v1.toml"
ALWAYS_SEALED = frozenset({"special", "health", "criminal", "safety"})
WORDS = frozenset({"text", "long_text"})
LARGEST_SCALE = 10


@dataclass(frozen=True)
class Choice:
    key: str
    title: Text


@dataclass(frozen=True)
class RecordField:
    key: str
    group: str
    title: Text
    help: Text | None
    kind: str
    choices: tuple[Choice, ...]
    many: bool
    privacy: str
    purpose: Text
    legal_basis: str
    mark: str
    readers: tuple[str, ...]
    keep: str

    @property
    def sealed(self) -> bool:
        """Whether the answer lies under the participant's key: words, and whatever may hurt when read."""
        return self.kind in WORDS or self.privacy in ALWAYS_SEALED

    @property
    def may_be_read_by_casework(self) -> bool:
        return "owner" in self.readers

    def checked(self, answer: str) -> str:
        """The answer as it is kept; Refused says what is allowed."""
        given = answer.strip()
        if given:
            _CHECKS.get(self.kind, _anything)(self, given)
        return given


def _anything(field: RecordField, given: str) -> None:
    return


def _one_of(field: RecordField, given: str) -> None:
    allowed = [choice.key for choice in field.choices]
    if given not in allowed:
        raise Refused("value_unknown", field=field.key, allowed=", ".join(allowed))


def _some_of(field: RecordField, given: str) -> None:
    for part in given.split(","):
        _one_of(field, part.strip())


def _yes_no(field: RecordField, given: str) -> None:
    if given not in ("yes", "no"):
        raise Refused("value_unknown", field=field.key, allowed="yes, no")


def _date(field: RecordField, given: str) -> None:
    try:
        date.fromisoformat(given)
    except ValueError:
        raise Refused("date_unknown", value=field.key) from None


def _number(field: RecordField, given: str) -> None:
    largest = LARGEST_SCALE if field.kind == "scale" else 9999
    if not given.isdecimal() or int(given) > largest:
        raise Refused("number_not_allowed", task=field.key, largest=largest)


def _country(field: RecordField, given: str) -> None:
    if field.key.endswith(("country", "citizenship")) and given not in COUNTRIES:
        raise Refused("country_unknown", country=given)


_CHECKS = {
    "choice": _one_of,
    "choices": _some_of,
    "yes_no": _yes_no,
    "date": _date,
    "year": _number,
    "number": _number,
    "scale": _number,
    "code": _country,
}


@dataclass(frozen=True)
class Record:
    groups: Mapping[str, Text]
    fields: Mapping[str, RecordField]


def get(key: str) -> RecordField:
    field = catalogue().fields.get(key)
    if field is None:
        raise Refused("field_unknown", field=key)
    return field


@lru_cache(maxsize=1)
def catalogue() -> Record:
    """All groups and fields, in the order of the file."""
    document = tomllib.loads(FILE.read_text(encoding="utf-8"))
    try:
        groups = {table["key"]: Text(**table["title"]) for table in document["group"]}
        fields = {table["key"]: _field(table) for table in document["field"]}
    except (KeyError, TypeError) as fault:
        raise InvalidDefinition(FILE.name, [f"a table lacks or misspells {fault}"]) from None
    return Record(groups, fields)


def _field(table: dict[str, object]) -> RecordField:
    values = dict(table)
    values.pop("source", None)
    return RecordField(
        key=str(values["key"]),
        group=str(values["group"]),
        title=_text(values["title"]),
        help=_text(values["help"]) if "help" in values else None,
        kind=str(values["kind"]),
        choices=tuple(Choice(c["key"], _text(c["title"])) for c in _list(values.get("choices"))),
        many=bool(values.get("many", False)),
        privacy=str(values["privacy"]),
        purpose=_text(values["purpose"]),
        legal_basis=str(values["legal_basis"]),
        mark=str(values["mark"]),
        readers=tuple(str(reader) for reader in _list(values["readers"])),
        keep=str(values["keep"]),
    )


def _list(value: object) -> list[dict[str, str]]:
    return value if isinstance(value, list) else []


def _text(value: object) -> Text:
    if not isinstance(value, dict):
        raise TypeError(f"a text in three languages, not {value!r}")
    return Text(**value)
