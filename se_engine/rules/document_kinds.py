"""What a kind of document consists of: its parts, its fields, and who has to agree to it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from se_engine.rules.text import Text

KINDS = (
    "cooperation_agreement",
    "vocational_profile",
    "three_party_agreement",
    "training_plan",
    "step_down_plan",
    "interim_report",
    "final_report",
)
FIELD_KINDS = ("short", "long", "own_words", "date", "number", "choice", "rows")
WHOSE = ("participant", "specialist", "employer", "together")
PARTIES = ("participant", "guardian", "employer", "specialist", "supervisor")
ABOUT = ("case", "employer", "period")
SOURCES = (
    "record", "levels", "consents", "interpreter", "track_tasks", "terms", "job_hours", "job_start", "job_end",
    "job_decision", "employer_contact", "may_tell", "contacts", "moves", "employers", "jobs", "goals", "specialist",
    "review_day",
)  # fmt: skip
"""What the service already knows and a field may begin with."""


@dataclass(frozen=True)
class DocumentChoice:
    key: str
    title: Text


@dataclass(frozen=True)
class DocumentField:
    """One question of a document, or one column of its rows."""

    key: str
    kind: str
    title: Text
    part: str = ""
    whose: str = "together"
    """Whose words stand in it."""
    needed: bool = False
    """Nobody can sign before it is filled in. A column is needed in every row that has been begun."""
    needed_if: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The same, where another field has one of these answers."""
    if_told: bool = False
    """Left out where the employer is told nothing, by her choice."""
    help: Text | None = None
    choices: tuple[DocumentChoice, ...] = ()
    columns: tuple["DocumentField", ...] = ()
    rows: tuple[DocumentChoice, ...] = ()
    """Rows that are always there, like plan A, B and C; without them rows are added as needed."""
    at_least: int = 0
    at_most: int | None = None
    begins_with: Text | None = None
    """Words that stand in a new document, to be changed as needed."""
    source: str | None = None
    record: tuple[str, ...] = ()
    """For the source `record`: the fields of her record."""

    @property
    def may_be_needed(self) -> bool:
        """Before anybody signs; perhaps only where another answer asks for it."""
        return self.needed or bool(self.needed_if)


@dataclass(frozen=True)
class DocumentPart:
    key: str
    title: Text


@dataclass(frozen=True)
class DocumentKind:
    kind: str
    version: int
    title: Text
    lead: Text
    step: str
    about: str
    parties: tuple[str, ...]
    """Who must agree to it; nobody for a report, which is shared instead."""
    guardian: bool
    """A guardian agrees too, for a participant under 18."""
    comment_days: int | None
    """It is shared with her, and this is how long she has to comment."""
    after_end: bool
    """It may be written after the case has ended."""
    parts: tuple[DocumentPart, ...]
    fields: tuple[DocumentField, ...]

    @property
    def name(self) -> str:
        return f"{self.kind}/v{self.version}"

    @property
    def is_report(self) -> bool:
        return not self.parties

    @cached_property
    def field_by_key(self) -> Mapping[str, DocumentField]:
        return {one.key: one for one in self.fields}

    def shown(self, *, told: bool) -> tuple[DocumentField, ...]:
        """The fields that are asked for."""
        return tuple(one for one in self.fields if told or not one.if_told)

    def in_part(self, part: str, *, told: bool) -> tuple[DocumentField, ...]:
        return tuple(one for one in self.shown(told=told) if one.part == part)

    def titles(self, names: Collection[str], language: str) -> list[str]:
        """Fields, or single cells of their rows, in words."""
        return [self._title(name, language) for name in names]

    def _title(self, name: str, language: str) -> str:
        key, number, column = split_cell(name)
        found = self.field_by_key.get(key)
        if found is None:
            return name
        title = found.title.to(language)
        inner = next((one for one in found.columns if one.key == column), None)
        if inner is None:
            return title
        row = found.rows[number - 1].title.to(language) if 0 < number <= len(found.rows) else f"{title} {number}"
        return f"{row}: {inner.title.to(language).lower()}"


CELL = "__"


def cell_name(key: str, number: int, column: str) -> str:
    """How one cell of a field's rows is called, in refusals and in forms; rows count from 1."""
    return f"{key}{CELL}{number}{CELL}{column}"


def split_cell(name: str) -> tuple[str, int, str]:
    key, _, rest = name.partition(CELL)
    number, _, column = rest.partition(CELL)
    return key, int(number) if number.isdecimal() else 0, column
